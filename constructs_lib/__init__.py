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
    from constructs_lib.bucket import DragonflyBucket
    from constructs_lib.cache import DragonflyCache
    from constructs_lib.certificate import DragonflyCertificate
    from constructs_lib.connection import env_values
    from constructs_lib.errors import DragonflyError, DragonflyWarning, InvalidArguments, InvalidConfig
    from constructs_lib.kustomization import FluxKustomization
    from constructs_lib.monitoring import DragonflyMonitoring
    from constructs_lib.namespace import add_namespace
    from constructs_lib.network_policy import DragonflyNetworkPolicy
    from constructs_lib.operator import DragonflyOperator
    from constructs_lib.restore_drill import DragonflyRestoreDrill
    from constructs_lib.secrets import DragonflySecrets
    from constructs_lib.values.acl import AclUser
    from constructs_lib.values.certificate_arguments import Issuer
    from constructs_lib.values.connection import Connection
    from constructs_lib.values.kinds import SecretKey
    from constructs_lib.values.kustomization_arguments import (
        DRAGONFLY_IS_READY,
        Dependency,
        HealthCheckExpression,
        SourceReference,
        SubstituteFrom,
    )
    from constructs_lib.values.monitoring_arguments import Alert, Rule
    from constructs_lib.values.network_policy_arguments import Client, S3Egress
    from constructs_lib.values.secrets_arguments import SecretStore

_MODULES = {
    "AclUser": "values.acl",
    "Alert": "values.monitoring_arguments",
    "Client": "values.network_policy_arguments",
    "Connection": "values.connection",
    "DRAGONFLY_IS_READY": "values.kustomization_arguments",
    "Dependency": "values.kustomization_arguments",
    "DragonflyBackup": "backup",
    "DragonflyBucket": "bucket",
    "DragonflyCache": "cache",
    "DragonflyCertificate": "certificate",
    "DragonflyError": "errors",
    "DragonflyMonitoring": "monitoring",
    "DragonflyNetworkPolicy": "network_policy",
    "DragonflyOperator": "operator",
    "DragonflyRestoreDrill": "restore_drill",
    "DragonflySecrets": "secrets",
    "DragonflyWarning": "errors",
    "FluxKustomization": "kustomization",
    "HealthCheckExpression": "values.kustomization_arguments",
    "InvalidArguments": "errors",
    "InvalidConfig": "errors",
    "Issuer": "values.certificate_arguments",
    "Rule": "values.monitoring_arguments",
    "S3Egress": "values.network_policy_arguments",
    "SecretKey": "values.kinds",
    "SecretStore": "values.secrets_arguments",
    "SourceReference": "values.kustomization_arguments",
    "SubstituteFrom": "values.kustomization_arguments",
    "add_namespace": "namespace",
    "env_values": "connection",
}

__all__ = [
    "DRAGONFLY_IS_READY",
    "AclUser",
    "Alert",
    "Client",
    "Connection",
    "Dependency",
    "DragonflyBackup",
    "DragonflyBucket",
    "DragonflyCache",
    "DragonflyCertificate",
    "DragonflyError",
    "DragonflyMonitoring",
    "DragonflyNetworkPolicy",
    "DragonflyOperator",
    "DragonflyRestoreDrill",
    "DragonflySecrets",
    "DragonflyWarning",
    "FluxKustomization",
    "HealthCheckExpression",
    "InvalidArguments",
    "InvalidConfig",
    "Issuer",
    "Rule",
    "S3Egress",
    "SecretKey",
    "SecretStore",
    "SourceReference",
    "SubstituteFrom",
    "add_namespace",
    "env_values",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
