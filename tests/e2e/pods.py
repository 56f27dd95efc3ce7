"""The pods that manifests lead to, and what the API server says of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from constructs_lib.checks.api_server import Answer, ApiServer
from constructs_lib.checks.manifests import Manifest

RESTRICTED_CONTAINER: dict[str, Any] = {
    "name": "main",
    "image": "registry.example/image:1.0.0",
    "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
}
PODS: dict[str, dict[str, Any]] = {
    "restricted": {
        "securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
        "containers": [RESTRICTED_CONTAINER],
    },
    "baseline": {"containers": [{"name": "main", "image": "registry.example/image:1.0.0"}]},
    "privileged": {"hostNetwork": True, "containers": [{"name": "main", "image": "registry.example/image:1.0.0"}]},
}
"""A pod that just passes each Pod Security level: https://kubernetes.io/docs/concepts/security/pod-security-standards/"""
LEVELS = [*PODS]
"""The levels, strictest first."""


def pod_specs(manifest: Manifest) -> Iterator[dict[str, Any]]:
    """The spec of the pods that an object leads to; the one of a Dragonfly as the operator makes it."""
    spec = manifest.object.get("spec") or {}
    if manifest.kind == "CronJob":
        yield spec["jobTemplate"]["spec"]["template"]["spec"]
    elif manifest.kind in {"DaemonSet", "Deployment", "Job", "StatefulSet"}:
        yield spec["template"]["spec"]
    elif manifest.kind == "Dragonfly":
        yield _instance(spec)


def try_pod(server: ApiServer, namespace: str, spec: Mapping[str, Any]) -> Answer:
    """Create a pod, for trial; its ServiceAccount must be there."""
    resource = server.resource("v1", "Pod")
    assert resource
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"generateName": "trial-"}, "spec": spec}
    return server.request("POST", resource.at(namespace), pod, dryRun="All", fieldValidation="Strict")


def _instance(spec: Mapping[str, Any]) -> dict[str, Any]:
    """An instance's pod as far as admission looks at it: containers, volumes, security contexts."""
    container = {
        "name": "dragonfly",
        "image": spec["image"],
        "args": spec.get("args", []),
        "env": spec.get("env", []),
        "resources": spec.get("resources", {}),
        "securityContext": spec.get("containerSecurityContext", {}),
    }
    taken = ("affinity", "initContainers", "nodeSelector", "tolerations", "priorityClassName")
    return {
        **{name: spec[name] for name in taken if name in spec},
        "securityContext": spec.get("podSecurityContext", {"fsGroup": 999}),
        "containers": [container, *spec.get("additionalContainers", [])],
        "volumes": spec.get("additionalVolumes", []),
    }
