"""`DragonflyRestoreDrill`: on schedule, the newest snapshot is loaded into a throw-away Dragonfly and counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any

from cdk8s import ApiObject
from constructs import Construct

from constructs_lib.arguments.model import rule
from constructs_lib.arguments.types import number_of
from constructs_lib.backup.backup import DragonflyBackup
from constructs_lib.backup.beside_cache import drill_findings
from constructs_lib.backup.drill_arguments import RestoreDrillArguments
from constructs_lib.backup.s3_environment import s3_env, service_account
from constructs_lib.backup.script_job import (
    DATA,
    add_cron_job_of,
    add_scripts,
    job_labels,
    restricted_pod,
    script_container,
    script_volume,
)
from constructs_lib.backup.volumes import beside_pod, claim_volume
from constructs_lib.cache.arguments import IMAGE, CacheArguments
from constructs_lib.cache.existing.existing import refused_of_others
from constructs_lib.cache.pods import DRAGONFLY_ID, RESTRICTED_CONTAINER
from constructs_lib.construct.keyword_arguments import keyword_arguments
from constructs_lib.errors import Finding
from constructs_lib.monitoring.monitoring import DragonflyMonitoring
from constructs_lib.values.cpu import Cpu
from constructs_lib.values.cron import Cron
from constructs_lib.values.memory import Memory
from constructs_lib.values.s3 import S3Address

CA = "/live-ca"

VOLUME = "/volume"
"""Where the volume with the snapshots is mounted, if they are on one."""

FIRST = 0
"""The pod whose volume is read."""


class _Arguments(RestoreDrillArguments):
    backup: Annotated[DragonflyBackup, refused_of_others("drill")]
    monitoring: DragonflyMonitoring | None = None

    @rule("backup", "monitoring")
    def _the_monitoring_is_of_the_same_cache(self) -> Iterator[Finding]:
        if self.monitoring is not None and self.monitoring.cache is not self.backup.cache:
            yield Finding.error(
                "monitoring",
                f"that of '{self.monitoring.cache.name}', while '{self.backup.cache.name}' is drilled; accepted: the "
                "monitoring of the same cache",
            )

    @rule("backup")
    def _cache_has_no_other(self) -> Iterator[Finding]:
        if self.backup.cache.restore_drill is not None:
            yield Finding.error(
                "backup", f"'{self.backup.cache.name}' has a DragonflyRestoreDrill already; give a cache one"
            )

    @rule("backup", "compare_with_live")
    def _it_can_be_tried(self) -> Iterator[Finding]:
        yield from drill_findings(self.backup.cache.arguments, False, self.backup.arguments, self)


class DragonflyRestoreDrill(Construct):
    """A CronJob that tries a restore: the newest whole snapshot is read, loaded and counted; nothing is written.

    It fails if nothing is whole, if it cannot be loaded, or if its number of keys is too far from the living cache's,
    which it may reach through the cache's network policy. With `monitoring` an alert tells when the last good drill is
    too old. From Kubernetes v1.29.

    Of a bucket it takes the newest snapshot of all pods. Of volumes it takes that of pod 0, on that pod's node: a pod
    mounts what it was made with, so one cannot look into all of them first. Every pod saves the same data on the same
    schedule, whichever is the master (docs/dragonfly.md, "Snapshots"), and pod 0 is there at any number of replicas.
    A claim that lets in one pod alone, ReadWriteOncePod, is refused; what an existing claim says is not known here.

        DragonflyRestoreDrill(chart, "drill", backup=backup, monitoring=monitoring, schedule="30 5 * * 1")
    """

    @keyword_arguments(_Arguments)
    def __init__(self, scope: Construct, id: str, arguments: _Arguments) -> None:
        super().__init__(scope, id)
        self._arguments = arguments
        self._backup = arguments.backup
        self._cache = arguments.backup.cache
        name = f"{self._cache.name}-drill"
        labels = job_labels(self._cache.name, "drill")
        add_scripts(self, name, self._cache.namespace, labels, "drill")
        self._cron_job = add_cron_job_of(
            self, name, self._cache.namespace, labels, str(arguments.schedule), lambda: self._job(name, labels)
        )
        self._cache.restore_drill = self
        if arguments.compare_with_live:
            self._cache.allow_from_job(labels)
        if arguments.monitoring is not None:
            arguments.monitoring.watch_drill(Cron.of(arguments.schedule))

    @property
    def arguments(self) -> RestoreDrillArguments:
        """What the drill was made of, validated."""
        return self._arguments

    @property
    def api_object(self) -> ApiObject:
        """The CronJob, for what the arguments do not foresee."""
        return self._cron_job

    def findings(self) -> Iterator[Finding]:
        """What is wrong or worth a warning about it when the app is finished."""
        has_users = bool(self._cache.users)
        yield from drill_findings(self._cache.arguments, has_users, self._backup.arguments, self._arguments)

    def _job(self, name: str, labels: dict[str, str]) -> dict[str, Any]:
        return {
            "backoffLimit": 1,
            "activeDeadlineSeconds": self._arguments.deadline,
            "template": {"metadata": {"labels": labels}, "spec": self._pod(name)},
        }

    def _pod(self, name: str) -> dict[str, Any]:
        cache = self._cache.arguments
        live = self._live() if self._arguments.compare_with_live else _Told()
        backup = self._backup.arguments
        # Twice: when it ends the throw-away server saves what it loaded, beside what it loaded from.
        storage = Memory.of(self._arguments.storage or 2 * cache.server_memory.bytes)
        mount = {"name": "snapshots", "mountPath": DATA}
        source = self._bucket(self._backup.root) if self._backup.root is not None else self._volume()
        return {
            "restartPolicy": "Never",
            "automountServiceAccountToken": False,
            "enableServiceLinks": False,
            "securityContext": restricted_pod(DRAGONFLY_ID),
            "initContainers": [
                script_container(
                    "fetch",
                    "fetch",
                    [*source.args, "--directory", DATA],
                    backup.job_image,
                    source.env,
                    [mount, *source.mounts],
                ),
                _server(cache, self._arguments, mount),
            ],
            "containers": [
                script_container(
                    "drill",
                    "drill",
                    [*self._args(), *live.args],
                    backup.job_image,
                    live.env,
                    [{**mount, "readOnly": True}, *live.mounts],
                )
            ],
            "volumes": [
                script_volume(name, "drill"),
                {"name": "snapshots", "emptyDir": {"sizeLimit": str(storage)}},
                *source.volumes,
                *live.volumes,
            ],
            **source.pod,
        }

    def _bucket(self, root: S3Address) -> _Told:
        """The snapshots of all pods, below their prefix."""
        backup = self._backup.arguments
        return _Told(
            args=["--prefix", root.prefix],
            env=s3_env(backup, self._backup.credentials_secret),
            pod=service_account(self._cache, backup),
        )

    def _volume(self) -> _Told:
        """Those of pod 0, read where its volume is attached. The server saves when it ends: it is given a copy."""
        cache = self._cache.arguments
        return _Told(
            args=["--volume", VOLUME],
            mounts=[{"name": "volume", "mountPath": VOLUME, "readOnly": True}],
            volumes=[claim_volume("volume", cache, self._backup.arguments, FIRST)],
            pod=beside_pod(cache, FIRST),
        )

    def _args(self) -> list[str]:
        # A minute before the Job is ended, so that the drill itself says what was slow.
        args = ["--directory", DATA, f"--within={max(number_of(self._arguments.deadline) - 60, 30)}"]
        if self._arguments.pushgateway:
            grouping = f"/namespace/{self._cache.namespace}/app/{self._cache.name}"
            args += ["--pushgateway", self._arguments.pushgateway, "--grouping", grouping]
        return args

    def _live(self) -> _Told:
        connection = self._cache.connection_at_synth()
        live = _Told(
            args=["--live", f"{connection.host}:{connection.port}", f"--tolerance={self._arguments.tolerance:g}"]
        )
        if connection.password:
            reference = {"name": connection.password.name, "key": connection.password.key}
            live.env = [{"name": "LIVE_PASSWORD", "valueFrom": {"secretKeyRef": reference}}]
        if connection.tls and connection.ca:
            live.args += ["--live-ca", f"{CA}/ca.crt"]
            live.mounts = [{"name": "live-ca", "mountPath": CA, "readOnly": True}]
            items = [{"key": connection.ca.key, "path": "ca.crt"}]
            live.volumes = [{"name": "live-ca", "secret": {"secretName": connection.ca.name, "items": items}}]
        elif connection.tls:
            live.args += ["--live-tls"]
        return live


@dataclass(slots=True)
class _Told:
    """What a container of the drill is told of the snapshots or of the living cache, and its pod with it."""

    args: list[str] = field(default_factory=list)
    env: list[dict[str, Any]] = field(default_factory=list)
    mounts: list[dict[str, Any]] = field(default_factory=list)
    volumes: list[dict[str, Any]] = field(default_factory=list)
    pod: dict[str, Any] = field(default_factory=dict)


def _server(cache: CacheArguments, drill: RestoreDrillArguments, mount: dict[str, Any]) -> dict[str, Any]:
    """The throw-away Dragonfly: the cache's own version and flags, on loopback, beside the container that counts."""
    limit = Memory.of(drill.memory_limit or cache.memory_limit)
    request = min(limit, Memory.of(cache.memory_request))
    own = [f"--dir={DATA}", "--dbfilename=drill", "--bind=127.0.0.1", "--port=6379", "--alsologtostderr"]
    return {
        "name": "dragonfly",
        "image": cache.image or f"{IMAGE}:{cache.server}",
        # It ends when the container that counts has ended: https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
        "restartPolicy": "Always",
        "args": [*cache.command_line(), *own],
        "resources": {
            "requests": {"cpu": str(Cpu.of(cache.cpu_request)), "memory": str(request)},
            "limits": {"memory": str(limit)},
        },
        "securityContext": RESTRICTED_CONTAINER,
        "volumeMounts": [mount],
    }
