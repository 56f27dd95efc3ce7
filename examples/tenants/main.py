"""Fifty tenants from a list: each has a namespace with a quota, a cache of its size, a user, a Secret and a policy."""

from pathlib import Path
from typing import Any, TypedDict

import yaml
from cdk8s import App, Chart, Size, YamlOutputType
from cdk8s_plus_28 import k8s

from constructs_lib import (
    DRAGONFLY_IS_READY,
    Dependency,
    DragonflyCache,
    DragonflyFleetDashboard,
    DragonflyMonitoring,
    DragonflyNetworkPolicy,
    DragonflyOperator,
    DragonflySecrets,
    FluxKustomization,
    SecretStore,
    add_namespace,
)


class Tenant(TypedDict):
    """A line of tenants.yaml."""

    name: str
    size: str


OPERATOR = "v1.6.1"
STORE = SecretStore(name="vault")
TENANTS: list[Tenant] = yaml.safe_load(Path(__file__).with_name("tenants.yaml").read_text())
SIZES: dict[str, dict[str, Any]] = {
    "small": {"replicas": 1, "proactor_threads": 1, "memory_limit": Size.mebibytes(512)},
    "medium": {"replicas": 2, "memory_limit": Size.gibibytes(1)},
    "large": {"replicas": 3, "memory_limit": Size.gibibytes(4), "proactor_threads": 4},
}


def add_tenant(app: App, name: str, size: dict[str, Any]) -> DragonflyMonitoring:
    """A chart with all of a tenant's but its namespace."""
    chart = Chart(app, name, namespace=name, labels={"tenant": name})
    cache = DragonflyCache(
        chart, "cache", name=name, operator_version=OPERATOR, pod_security="restricted", acl_default="closed", **size
    )
    cache.add_user(name, keys=["*"])
    # A password is read at start: another version restarts the pods, once the store has another password.
    DragonflySecrets(chart, "secrets", cache=cache, source="external-secrets", secret_store=STORE, version="1")
    DragonflyNetworkPolicy(chart, "network-policy", cache=cache, clients=[name], prometheus_namespace="monitoring")
    memory = k8s.Quantity.from_string(f"{size['memory_limit'].to_mebibytes() * size['replicas']:.0f}Mi")
    k8s.KubeResourceQuota(
        chart, "quota", metadata={"name": name}, spec=k8s.ResourceQuotaSpec(hard={"limits.memory": memory})
    )
    return DragonflyMonitoring(chart, "monitoring", cache=cache, dashboard="none")


app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, output_file_extension=".yaml")
operator = DragonflyOperator(Chart(app, "dragonfly-operator"), "operator", version=OPERATOR)
monitorings = [add_tenant(app, tenant["name"], SIZES[tenant["size"]]) for tenant in TENANTS]
DragonflyFleetDashboard(Chart(app, "dashboard", namespace="monitoring"), "dashboard", monitorings=monitorings)

flux = Chart(app, "flux", namespace="flux-system")
add_namespace(flux, operator.namespace, "restricted")
for folder in ("dragonfly-operator", "dashboard"):
    FluxKustomization(flux, folder, name=folder, path=f"./dist/{folder}")
for name in (tenant["name"] for tenant in TENANTS):
    add_namespace(flux, name, "restricted")
    FluxKustomization(
        flux,
        name,
        name=name,
        path=f"./dist/{name}",
        depends_on=[Dependency(name="dragonfly-operator")],
        health_check_exprs=[DRAGONFLY_IS_READY],
    )

app.synth()
