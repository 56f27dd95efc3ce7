"""A web shop: sessions that outlive a node, a job queue beside them, and the shop's own pods, under Flux."""

import cdk8s_plus_28 as kplus
from cdk8s import ApiObjectMetadata, App, Chart, Cron, Duration, Size, YamlOutputType

from constructs_lib import (
    DRAGONFLY_IS_READY,
    Dependency,
    DragonflyBackup,
    DragonflyCache,
    DragonflyMonitoring,
    DragonflyNetworkPolicy,
    DragonflyOperator,
    FluxKustomization,
    add_namespace,
)

OPERATOR = "v1.6.1"

app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, output_file_extension=".yaml")
operator = DragonflyOperator(Chart(app, "dragonfly-operator"), "operator", version=OPERATOR)

stores = Chart(app, "stores", namespace="shop")
sessions = DragonflyCache(
    stores,
    "sessions",
    name="sessions",
    operator_version=OPERATOR,
    profile="session",
    replicas=3,
    memory_limit=Size.gibibytes(2),
    maxmemory="75%",
)
# Jobs are never evicted, and a worker's Lua scripts may touch keys that they do not declare.
queue = DragonflyCache(stores, "queue", name="queue", operator_version=OPERATOR, profile="queue", replicas=2)
for store, hours in ((sessions, "*/6"), (queue, "*")):
    DragonflyBackup(
        store,
        "backup",
        cache=store,
        bucket="shop-backups",
        endpoint="rustfs-svc.storage.svc.cluster.local:9000",
        https=False,
        schedule=Cron(minute="0", hour=hours, day="*", month="*", week_day="*"),
        retention=Duration.days(14),
    )
    DragonflyMonitoring(store, "monitoring", cache=store)
    DragonflyNetworkPolicy(store, "network-policy", cache=store, prometheus_namespace="monitoring")

shop = Chart(app, "shop", namespace="shop")
web = kplus.Deployment(shop, "web", metadata=ApiObjectMetadata(name="web"), replicas=2)
worker = kplus.Deployment(shop, "worker", metadata=ApiObjectMetadata(name="worker"))
pages = web.add_container(image="registry.example.com/shop/web:1.4.0", port_number=8080)
jobs = worker.add_container(image="registry.example.com/shop/worker:1.4.0")

# A user of its own, the way through the network policy and the variables, in one call; and the same one by one.
sessions.grant(web, "web", keys=["session:*"]).add_to(pages)
queue.allow_from(web)
queue.allow_from(worker)
for container in (pages, jobs):
    queue.connection().add_to(container, prefix="QUEUE_")

flux = Chart(app, "flux", namespace="flux-system")
add_namespace(flux, operator.namespace, "restricted")
add_namespace(flux, "shop", "baseline")
FluxKustomization(flux, "dragonfly-operator", name="dragonfly-operator", path="./dist/dragonfly-operator")
FluxKustomization(
    flux,
    "stores",
    name="stores",
    path="./dist/stores",
    depends_on=[Dependency(name="dragonfly-operator")],
    health_check_exprs=[DRAGONFLY_IS_READY],
)
FluxKustomization(flux, "shop", name="shop", path="./dist/shop", depends_on=[Dependency(name="stores")])

app.synth()
