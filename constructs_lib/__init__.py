"""cdk8s constructs for Dragonfly on Kubernetes, under Flux.

    from cdk8s import App, Chart
    from constructs_lib import Client, DragonflyBackup, DragonflyCache, DragonflyMonitoring, DragonflyNetworkPolicy

    app = App()
    chart = Chart(app, "sessions", namespace="cache")
    cache = DragonflyCache(chart, "cache", name="sessions", replicas=3, memory_limit="2Gi")
    DragonflyMonitoring(chart, "monitoring", cache=cache)
    DragonflyBackup(chart, "backup", cache=cache, bucket="dragonfly-backups")
    DragonflyNetworkPolicy(chart, "network-policy", cache=cache, clients=[Client(namespace="identity")])
    app.synth()

Each name is loaded when it is first asked for: a binding costs time to load, and starts Node.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from constructs_lib.backup import DragonflyBackup
    from constructs_lib.cache import DragonflyCache
    from constructs_lib.errors import DragonflyError, DragonflyWarning, InvalidArguments, InvalidConfig
    from constructs_lib.kustomization import FluxKustomization
    from constructs_lib.monitoring import DragonflyMonitoring
    from constructs_lib.namespace import add_namespace
    from constructs_lib.network_policy import DragonflyNetworkPolicy
    from constructs_lib.operator import DragonflyOperator
    from constructs_lib.values.kinds import SecretKey
    from constructs_lib.values.kustomization_arguments import (
        DRAGONFLY_IS_READY,
        Dependency,
        HealthCheckExpression,
        SourceReference,
        SubstituteFrom,
    )
    from constructs_lib.values.network_policy_arguments import Client

_MODULES = {
    "Client": "values.network_policy_arguments",
    "DRAGONFLY_IS_READY": "values.kustomization_arguments",
    "Dependency": "values.kustomization_arguments",
    "DragonflyBackup": "backup",
    "DragonflyCache": "cache",
    "DragonflyError": "errors",
    "DragonflyMonitoring": "monitoring",
    "DragonflyNetworkPolicy": "network_policy",
    "DragonflyOperator": "operator",
    "DragonflyWarning": "errors",
    "FluxKustomization": "kustomization",
    "HealthCheckExpression": "values.kustomization_arguments",
    "InvalidArguments": "errors",
    "InvalidConfig": "errors",
    "SecretKey": "values.kinds",
    "SourceReference": "values.kustomization_arguments",
    "SubstituteFrom": "values.kustomization_arguments",
    "add_namespace": "namespace",
}

__all__ = [
    "DRAGONFLY_IS_READY",
    "Client",
    "Dependency",
    "DragonflyBackup",
    "DragonflyCache",
    "DragonflyError",
    "DragonflyMonitoring",
    "DragonflyNetworkPolicy",
    "DragonflyOperator",
    "DragonflyWarning",
    "FluxKustomization",
    "HealthCheckExpression",
    "InvalidArguments",
    "InvalidConfig",
    "SecretKey",
    "SourceReference",
    "SubstituteFrom",
    "add_namespace",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
