"""Jobs and CronJobs that run one of the project's scripts: in a plain Python image, out of a ConfigMap.

Their pods pass Pod Security `restricted`, have no token of the API server, and bear labels of their own: no policy or
Service that selects the cache's pods selects them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from cdk8s import ApiObject
from constructs import Construct

from constructs_lib.construct.api_object import RESOURCE, RenderedObject
from constructs_lib.flux.annotations import FLUX_FORCE, FLUX_SAFE
from constructs_lib.values.memory import Memory

SOURCES = "constructs_lib.backup.jobs"

PACKAGE = "constructs_lib.scripts"
"""What that package is called in a pod. A Job's name has a digest of its command: under another name Flux would run
every restore again."""

MODULES = {
    "bucket": ("credentials", "s3", "bucket"),
    "prune": ("credentials", "s3", "snapshots", "prune"),
    "restore": ("credentials", "s3", "snapshots", "restore"),
    "fetch": ("credentials", "s3", "snapshots", "restore", "fetch"),
    "drill": ("credentials", "s3", "snapshots", "restore", "fetch", "drill"),
}
"""The modules that each script is made of."""

NOBODY = 65534
"""A user that owns nothing: https://refspecs.linuxbase.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/usernames.html"""

LONGEST_JOB_NAME = 63
"""Its pods bear it as a label."""

SCRIPTS = "/scripts"
DATA = "/snapshots"


@dataclass(frozen=True, slots=True)
class ScriptJob:
    """What runs, in whose name, and with what."""

    name: str
    namespace: str
    instance: str
    component: str
    """What it is for, for its labels."""
    script: str
    args: list[str]
    image: str
    env: list[dict[str, Any]] = field(default_factory=list)
    deadline: int = 3600
    user: int = NOBODY
    pod: dict[str, Any] = field(default_factory=dict)
    """Further fields of the pod, such as a ServiceAccount."""
    volumes: list[dict[str, Any]] = field(default_factory=list)
    mounts: list[dict[str, Any]] = field(default_factory=list)

    @property
    def labels(self) -> dict[str, str]:
        """Labels of all that belongs to it."""
        return job_labels(self.instance, self.component)

    @property
    def spec(self) -> dict[str, Any]:
        """The Job's spec."""
        return {
            "backoffLimit": 3,
            "activeDeadlineSeconds": self.deadline,
            "template": {"metadata": {"labels": self.labels}, "spec": self._pod_spec()},
        }

    def _pod_spec(self) -> dict[str, Any]:
        return {
            "restartPolicy": "Never",
            "automountServiceAccountToken": False,
            "enableServiceLinks": False,
            "securityContext": restricted_pod(self.user),
            "containers": [self.container()],
            "volumes": [script_volume(self.name, self.script), *self.volumes],
            **self.pod,
        }

    def container(self) -> dict[str, Any]:
        """The container that runs the script."""
        return script_container(self.component, self.script, self.args, self.image, self.env, self.mounts)


def job_labels(instance: str, component: str) -> dict[str, str]:
    """Labels of what a Job for an instance consists of."""
    return {
        "app.kubernetes.io/name": "dragonfly-backup",
        "app.kubernetes.io/instance": instance,
        "app.kubernetes.io/component": component,
    }


def restricted_pod(user: int) -> dict[str, Any]:
    """A pod's security context, as Pod Security's `restricted` asks for it."""
    return {
        "runAsNonRoot": True,
        "runAsUser": user,
        "runAsGroup": user,
        "fsGroup": user,
        "fsGroupChangePolicy": "OnRootMismatch",
        "seccompProfile": {"type": "RuntimeDefault"},
    }


RESTRICTED_CONTAINER = {
    "allowPrivilegeEscalation": False,
    "capabilities": {"drop": ["ALL"]},
    "readOnlyRootFilesystem": True,
}


def script_container(
    name: str,
    script: str,
    args: list[str],
    image: str,
    env: list[dict[str, Any]],
    mounts: list[dict[str, Any]],
) -> dict[str, Any]:
    """A container that runs a script."""
    return {
        "name": name,
        "image": image,
        "command": ["python3", "-m", f"{PACKAGE}.{script}"],
        "args": args,
        "workingDir": SCRIPTS,
        "env": [{"name": "PYTHONDONTWRITEBYTECODE", "value": "1"}, {"name": "PYTHONUNBUFFERED", "value": "1"}, *env],
        "resources": {
            "requests": {"cpu": "10m", "memory": str(Memory.of("64Mi"))},
            "limits": {"memory": str(Memory.of("256Mi"))},
        },
        "securityContext": RESTRICTED_CONTAINER,
        "volumeMounts": [{"name": "scripts", "mountPath": SCRIPTS, "readOnly": True}, *mounts],
    }


def script_volume(config_map: str, script: str) -> dict[str, Any]:
    """The scripts, where Python finds them under the names that they have here."""
    path = PACKAGE.replace(".", "/")
    items = [{"key": f"{module}.py", "path": f"{path}/{module}.py"} for module in MODULES[script]]
    return {"name": "scripts", "configMap": {"name": config_map, "items": items}}


def add_scripts(scope: Construct, name: str, namespace: str, labels: dict[str, str], script: str) -> ApiObject:
    """A ConfigMap with a script and what it is made of."""
    return RenderedObject(
        scope,
        "Scripts",
        "v1",
        "ConfigMap",
        lambda: {"data": {f"{module}.py": _source(module) for module in MODULES[script]}},
        name=name,
        namespace=namespace,
        labels=labels,
        annotations=FLUX_SAFE,
    )


@cache
def _source(module: str) -> str:
    return files(SOURCES).joinpath(f"{module}.py").read_text("utf-8")


def add_job(scope: Construct, job: ScriptJob) -> ApiObject:
    """A Job with its ConfigMap, named after what it is told: another Job for something else, as none can be changed.

    It stays when it is done: one that went by itself would be made anew by Flux. Changed under its name all the same,
    by a JSON patch or by a variable that Flux fills in, it is run anew: its script does what is left to do.
    """
    digest = sha256(json.dumps(job.spec, sort_keys=True).encode()).hexdigest()[:8]
    job = replace(job, name=f"{job.name[: LONGEST_JOB_NAME - 9]}-{digest}")
    add_scripts(scope, job.name, job.namespace, job.labels, job.script)
    return _object(scope, "Job", job.name, job.namespace, job.labels, lambda: job.spec, FLUX_FORCE)


def add_cron_job(scope: Construct, job: ScriptJob, schedule: str) -> ApiObject:
    """A CronJob with its ConfigMap; never two of its Jobs at once."""
    add_scripts(scope, job.name, job.namespace, job.labels, job.script)
    return add_cron_job_of(scope, job.name, job.namespace, job.labels, schedule, lambda: job.spec)


def add_cron_job_of(
    scope: Construct,
    name: str,
    namespace: str,
    labels: dict[str, str],
    schedule: str,
    spec: Callable[[], dict[str, Any]],
) -> ApiObject:
    """A CronJob of a Job's spec, which is made when the app is synthesized."""
    return _object(scope, "CronJob", name, namespace, labels, lambda: cron_job_spec(schedule, spec(), labels))


def cron_job_spec(schedule: str, job: dict[str, Any], labels: dict[str, str]) -> dict[str, Any]:
    """The spec of a CronJob."""
    return {
        "schedule": schedule,
        "timeZone": "Etc/UTC",
        "concurrencyPolicy": "Forbid",
        "startingDeadlineSeconds": 3600,
        "successfulJobsHistoryLimit": 1,
        "failedJobsHistoryLimit": 3,
        "jobTemplate": {"metadata": {"labels": labels}, "spec": {**job, "ttlSecondsAfterFinished": 7 * 24 * 3600}},
    }


def _object(
    scope: Construct,
    kind: str,
    name: str,
    namespace: str,
    labels: dict[str, str],
    spec: Callable[[], dict[str, Any]],
    annotations: dict[str, str] | None = None,
) -> ApiObject:
    return RenderedObject(
        scope,
        RESOURCE,
        "batch/v1",
        kind,
        lambda: {"spec": spec()},
        name=name,
        namespace=namespace,
        labels=labels,
        annotations=annotations,
    )
