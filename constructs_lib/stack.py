"""The stack: what a `cluster.yaml` asks for, as charts. The one place where config meets constructs.

One chart a folder of the output and no dependencies between charts, so that paths stay the same whatever is added:
`flux/` is what the cluster's own Flux is pointed at, and it orders the rest.
"""

from __future__ import annotations

import warnings

from cdk8s import App, Chart

from constructs_lib.cache.cache import DragonflyCache
from constructs_lib.checks.ignores import IGNORE_PREFIX
from constructs_lib.config.cluster import Cluster
from constructs_lib.config.folders import FLUX_FOLDER, OPERATOR_FOLDER
from constructs_lib.errors import ArgumentWarning
from constructs_lib.flux.arguments import Dependency
from constructs_lib.flux.kustomization import FluxKustomization
from constructs_lib.flux.namespace import add_namespace
from constructs_lib.operator.operator import RELEASE, DragonflyOperator
from constructs_lib.secrets.secrets import DragonflySecrets


def add_stack(app: App, cluster: Cluster) -> None:
    """Add the charts of a cluster's stack to an app.

    Raises:
        InvalidArguments: a construct refuses what the file's own checks let pass.
    """
    with warnings.catch_warnings():
        # The file's reader has told these already, under the file's own keys.
        warnings.simplefilter("ignore", ArgumentWarning)
        operator = _operator(app, cluster)
        cache = _cache(app, cluster)
        _flux(app, cluster, operator, cache)


def _operator(app: App, cluster: Cluster) -> DragonflyOperator:
    return DragonflyOperator(Chart(app, OPERATOR_FOLDER), "operator", **cluster.operator)


def _cache(app: App, cluster: Cluster) -> DragonflyCache:
    chart = Chart(app, cluster.name)
    cache = DragonflyCache(chart, "cache", **cluster.cache)
    for user in cluster.users:
        cache.add_user(**user)
    preparation = Chart(app, cluster.preparation) if cluster.preparation else None
    # A restore reads the bucket before there is a cache: what gives it the keys must not wait for the cache.
    first = preparation if preparation is not None and cluster.restores else chart
    DragonflySecrets(first, "secrets", cache=cache, **cluster.secrets)
    if cluster.certificate is not None:
        from constructs_lib.certificate.certificate import DragonflyCertificate

        DragonflyCertificate(chart, "certificate", cache=cache, **cluster.certificate)
    backup = None
    if cluster.backup is not None:
        from constructs_lib.backup.backup import DragonflyBackup

        backup = DragonflyBackup(chart, "backup", cache=cache, restore_scope=preparation, **cluster.backup)
    if backup is not None and preparation is not None and cluster.bucket is not None:
        from constructs_lib.backup.bucket import DragonflyBucket

        DragonflyBucket(preparation, "bucket", backup=backup, **cluster.bucket)
    monitoring = None
    if cluster.monitoring is not None:
        from constructs_lib.monitoring.monitoring import DragonflyMonitoring

        monitoring = DragonflyMonitoring(chart, "monitoring", cache=cache, **cluster.monitoring)
    if backup is not None and cluster.restore_drill is not None:
        from constructs_lib.backup.drill import DragonflyRestoreDrill

        DragonflyRestoreDrill(chart, "drill", backup=backup, monitoring=monitoring, **cluster.restore_drill)
    if cluster.network_policy is not None:
        from constructs_lib.network.policy import DragonflyNetworkPolicy

        DragonflyNetworkPolicy(chart, "network-policy", cache=cache, **cluster.network_policy)
    if reason := _why_the_admin_port_is_open(cluster):
        cache.api_object.metadata.add_annotation(f"{IGNORE_PREFIX}admin-port-open", reason)
    return cache


def _why_the_admin_port_is_open(cluster: Cluster) -> str:
    """What in the file leaves port 9999 open; empty where a policy closes it."""
    if cluster.network_policy is None:
        return "network_policies_enabled is off in cluster.yaml"
    return "" if cluster.network_policy.get("mode") == "enforce" else "network_policies_mode is audit in cluster.yaml"


def _flux(app: App, cluster: Cluster, operator: DragonflyOperator, cache: DragonflyCache) -> None:
    switches = cluster.switches
    chart = Chart(app, FLUX_FOLDER)
    add_namespace(chart, operator.namespace, "restricted")
    add_namespace(chart, cache.namespace, cache.arguments.pod_security)
    common = {"namespace": switches.dragonfly_flux_namespace or cache.namespace, **cluster.kustomization}
    root = switches.dragonfly_flux_path.rstrip("/")
    FluxKustomization(
        chart,
        RELEASE,
        name=RELEASE,
        path=f"{root}/{OPERATOR_FOLDER}",
        depends_on=switches.dragonfly_flux_depends_on,
        **common,
    )
    rustfs = list(switches.dragonfly_backup_depends_on) if cluster.needs_rustfs else []
    if cluster.preparation:
        FluxKustomization(
            chart,
            cluster.preparation,
            name=cluster.preparation,
            path=f"{root}/{cluster.preparation}",
            depends_on=rustfs,
            substitute_from=switches.dragonfly_flux_substitute_from,
            **common,
        )
    FluxKustomization(
        chart,
        cache.name,
        name=cache.name,
        path=f"{root}/{cache.name}",
        depends_on=[
            Dependency(name=RELEASE),
            *([Dependency(name=cluster.preparation)] if cluster.preparation else []),
            *rustfs,
            *(switches.dragonfly_tls_depends_on if cluster.certificate else []),
        ],
        substitute_from=switches.dragonfly_flux_substitute_from,
        health_check_exprs=switches.dragonfly_flux_health_check_exprs,
        **common,
    )
