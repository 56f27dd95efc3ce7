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

from constructs_lib.deprecations import warn_of_name

if TYPE_CHECKING:
    from constructs_lib.acl.user import AclUser
    from constructs_lib.arguments.references import SecretKey
    from constructs_lib.backup.backup import DragonflyBackup
    from constructs_lib.backup.bucket import DragonflyBucket
    from constructs_lib.backup.drill import DragonflyRestoreDrill
    from constructs_lib.cache.cache import DragonflyCache
    from constructs_lib.cache.clients import Client
    from constructs_lib.cache.connection import Connection
    from constructs_lib.cache.environment import env_values
    from constructs_lib.cache.existing.existing import ExistingDragonfly
    from constructs_lib.cache.instance import DragonflyInstance
    from constructs_lib.certificate.arguments import Issuer
    from constructs_lib.certificate.certificate import DragonflyCertificate
    from constructs_lib.construct.keyword_arguments import arguments_of
    from constructs_lib.errors import DragonflyError, DragonflyWarning, InvalidArguments, InvalidConfig
    from constructs_lib.flux.arguments import (
        DRAGONFLY_IS_READY,
        Dependency,
        HealthCheckExpression,
        SourceReference,
        SubstituteFrom,
    )
    from constructs_lib.flux.kustomization import FluxKustomization
    from constructs_lib.flux.namespace import add_namespace
    from constructs_lib.monitoring.arguments import Alert, Rule
    from constructs_lib.monitoring.fleet_dashboard import DragonflyFleetDashboard
    from constructs_lib.monitoring.monitoring import DragonflyMonitoring
    from constructs_lib.network.arguments import S3Egress
    from constructs_lib.network.policy import DragonflyNetworkPolicy
    from constructs_lib.operator.operator import DragonflyOperator
    from constructs_lib.secrets.arguments import SecretStore
    from constructs_lib.secrets.secrets import DragonflySecrets

_MODULES = {
    "AclUser": "acl.user",
    "Alert": "monitoring.arguments",
    "Client": "cache.clients",
    "Connection": "cache.connection",
    "DRAGONFLY_IS_READY": "flux.arguments",
    "Dependency": "flux.arguments",
    "DragonflyBackup": "backup.backup",
    "DragonflyBucket": "backup.bucket",
    "DragonflyCache": "cache.cache",
    "DragonflyCertificate": "certificate.certificate",
    "DragonflyError": "errors",
    "DragonflyFleetDashboard": "monitoring.fleet_dashboard",
    "DragonflyInstance": "cache.instance",
    "DragonflyMonitoring": "monitoring.monitoring",
    "DragonflyNetworkPolicy": "network.policy",
    "DragonflyOperator": "operator.operator",
    "DragonflyRestoreDrill": "backup.drill",
    "DragonflySecrets": "secrets.secrets",
    "DragonflyWarning": "errors",
    "ExistingDragonfly": "cache.existing.existing",
    "FluxKustomization": "flux.kustomization",
    "HealthCheckExpression": "flux.arguments",
    "InvalidArguments": "errors",
    "InvalidConfig": "errors",
    "Issuer": "certificate.arguments",
    "Rule": "monitoring.arguments",
    "S3Egress": "network.arguments",
    "SecretKey": "arguments.references",
    "SecretStore": "secrets.arguments",
    "SourceReference": "flux.arguments",
    "SubstituteFrom": "flux.arguments",
    "add_namespace": "flux.namespace",
    "arguments_of": "construct.keyword_arguments",
    "env_values": "cache.environment",
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
    "DragonflyFleetDashboard",
    "DragonflyInstance",
    "DragonflyMonitoring",
    "DragonflyNetworkPolicy",
    "DragonflyOperator",
    "DragonflyRestoreDrill",
    "DragonflySecrets",
    "DragonflyWarning",
    "ExistingDragonfly",
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
    "arguments_of",
    "env_values",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    warn_of_name(name)
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
