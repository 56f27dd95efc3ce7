"""The stack: what a `cluster.yaml` asks for, as charts. The one place where config meets constructs.

One chart a folder of the output and no dependencies between charts, so that paths stay the same whatever is added:
`flux/` is what the cluster's own Flux is pointed at, and it orders the rest.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from cdk8s import App, Chart

from constructs_lib.cache.cache import DragonflyCache
from constructs_lib.cache.caches_of_app import CachesOfApp
from constructs_lib.checks.ignores import IGNORE_PREFIX
from constructs_lib.config.cluster import Cluster, Instance
from constructs_lib.config.folders import FLEET_FOLDER, FLUX_FOLDER, OPERATOR_FOLDER
from constructs_lib.errors import ArgumentWarning
from constructs_lib.flux.arguments import Dependency
from constructs_lib.flux.kustomization import FluxKustomization
from constructs_lib.flux.namespace import PodSecurity, add_namespace
from constructs_lib.operator.operator import DragonflyOperator
from constructs_lib.secrets.secrets import DragonflySecrets


def add_stack(app: App, cluster: Cluster) -> None:
    """Add the charts of a cluster's stack to an app.

    Raises:
        InvalidArguments: a construct refuses what the file's own checks let pass.
    """
    with warnings.catch_warnings():
        # The file's reader has told these already, under the file's own keys.
        warnings.simplefilter("ignore", ArgumentWarning)
        operator = DragonflyOperator(Chart(app, OPERATOR_FOLDER), "operator", **cluster.operator)
        caches = [_instance(app, instance) for instance in cluster.instances]
        if cluster.dashboard is not None:
            _fleet_dashboard(app, cluster, cluster.dashboard, caches)
        _flux(app, cluster, operator, caches)


def _instance(app: App, instance: Instance) -> DragonflyCache:
    chart = Chart(app, instance.name)
    CachesOfApp.of(app).covers(chart)
    cache = DragonflyCache(chart, "cache", **instance.cache)
    for user in instance.users:
        cache.add_user(**user)
    preparation = Chart(app, instance.preparation) if instance.preparation else None
    # A restore reads the bucket before there is a cache: what gives it the keys must not wait for the cache.
    first = preparation if preparation is not None and instance.restores else chart
    DragonflySecrets(first, "secrets", cache=cache, **instance.secrets)
    if instance.certificate is not None:
        from constructs_lib.certificate.certificate import DragonflyCertificate

        DragonflyCertificate(chart, "certificate", cache=cache, **instance.certificate)
    backup = None
    if instance.backup is not None:
        from constructs_lib.backup.backup import DragonflyBackup

        backup = DragonflyBackup(chart, "backup", cache=cache, restore_scope=preparation, **instance.backup)
    if backup is not None and preparation is not None and instance.bucket is not None:
        from constructs_lib.backup.bucket import DragonflyBucket

        DragonflyBucket(preparation, "bucket", backup=backup, **instance.bucket)
    monitoring = None
    if instance.monitoring is not None:
        from constructs_lib.monitoring.monitoring import DragonflyMonitoring

        monitoring = DragonflyMonitoring(chart, "monitoring", cache=cache, **instance.monitoring)
    if backup is not None and instance.restore_drill is not None:
        from constructs_lib.backup.drill import DragonflyRestoreDrill

        DragonflyRestoreDrill(chart, "drill", backup=backup, monitoring=monitoring, **instance.restore_drill)
    if instance.network_policy is not None:
        from constructs_lib.network.policy import DragonflyNetworkPolicy

        DragonflyNetworkPolicy(chart, "network-policy", cache=cache, **instance.network_policy)
    if reason := _why_the_admin_port_is_open(instance):
        cache.api_object.annotate(f"{IGNORE_PREFIX}admin-port-open", reason)
    return cache


def _why_the_admin_port_is_open(instance: Instance) -> str:
    """What in the file leaves port 9999 open; empty where a policy closes it."""
    if instance.network_policy is None:
        return "network_policies_enabled is off in cluster.yaml"
    return "" if instance.network_policy.get("mode") == "enforce" else "network_policies_mode is audit in cluster.yaml"


def _fleet_dashboard(app: App, cluster: Cluster, given: Mapping[str, Any], caches: Sequence[DragonflyCache]) -> None:
    from constructs_lib.monitoring.fleet_dashboard import DragonflyFleetDashboard
    from constructs_lib.monitoring.monitoring import DragonflyMonitoring

    monitorings = [cache.monitoring for cache in caches if isinstance(cache.monitoring, DragonflyMonitoring)]
    DragonflyFleetDashboard(
        Chart(app, FLEET_FOLDER), "dashboard", namespace=cluster.namespace, monitorings=monitorings, **given
    )


def _flux(app: App, cluster: Cluster, operator: DragonflyOperator, caches: Sequence[DragonflyCache]) -> None:
    chart = Chart(app, FLUX_FOLDER)
    add_namespace(chart, operator.namespace, "restricted")
    for name, pod_security in _namespaces(cluster, caches).items():
        add_namespace(chart, name, pod_security)
    switches = cluster.switches
    root = switches.dragonfly_flux_path.rstrip("/")

    def kustomization(folder: str, arguments: Mapping[str, Any], **more: Any) -> None:
        FluxKustomization(
            chart,
            folder,
            name=folder,
            namespace=cluster.flux_namespace,
            path=f"{root}/{folder}",
            **arguments,
            **more,
        )

    kustomization(OPERATOR_FOLDER, cluster.kustomization, depends_on=switches.dragonfly_flux_depends_on)
    if cluster.dashboard is not None:
        kustomization(FLEET_FOLDER, cluster.kustomization)
    for instance in cluster.instances:
        own = instance.switches
        rustfs = list(own.dragonfly_backup_depends_on) if instance.needs_rustfs else []
        substituted = {"substitute_from": own.dragonfly_flux_substitute_from}
        if instance.preparation:
            kustomization(instance.preparation, instance.kustomization, depends_on=rustfs, **substituted)
        kustomization(
            instance.name,
            instance.kustomization,
            depends_on=[
                Dependency(name=OPERATOR_FOLDER),
                *([Dependency(name=instance.preparation)] if instance.preparation else []),
                *rustfs,
                *(own.dragonfly_tls_depends_on if instance.certificate else []),
            ],
            health_check_exprs=own.dragonfly_flux_health_check_exprs,
            **substituted,
        )


def _namespaces(cluster: Cluster, caches: Sequence[DragonflyCache]) -> dict[str, PodSecurity]:
    """Every namespace that the stack is in, with the strictest level that all its pods pass."""
    levels: dict[str, PodSecurity] = {}
    for cache in caches:
        others = levels.get(cache.namespace, "restricted")
        levels[cache.namespace] = max(others, cache.arguments.pod_security, key=_LEVELS.index)
    if cluster.dashboard is not None or not cluster.switches.dragonfly_flux_namespace:
        levels.setdefault(cluster.namespace, "restricted")
    return levels


_LEVELS: tuple[PodSecurity, ...] = ("restricted", "baseline", "privileged")
"""The strictest first."""
