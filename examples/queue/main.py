"""A job queue (BullMQ, Celery, Sidekiq) and a cache beside it, from one app, under Flux."""

from cdk8s import App, Chart, YamlOutputType

from constructs_lib import (
    DRAGONFLY_IS_READY,
    Client,
    Dependency,
    DragonflyCache,
    DragonflyNetworkPolicy,
    DragonflyOperator,
    FluxKustomization,
    add_namespace,
)

OPERATOR = "v1.6.1"

app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, output_file_extension=".yaml")

DragonflyOperator(Chart(app, "dragonfly-operator"), "operator", version=OPERATOR)

# Jobs are never evicted. Where every pod is lost they come back from snapshots alone: give it a DragonflyBackup.
jobs = Chart(app, "jobs", namespace="shop")
queue = DragonflyCache(jobs, "queue", name="jobs", operator_version=OPERATOR, replicas=2, profile="queue")
DragonflyNetworkPolicy(jobs, "network-policy", cache=queue, clients=[Client(namespace="shop")])

pages = Chart(app, "pages", namespace="shop")
cache = DragonflyCache(pages, "cache", name="pages", operator_version=OPERATOR, profile="cache", memory_limit="4Gi")
DragonflyNetworkPolicy(
    pages, "network-policy", cache=cache, clients=[Client(namespace="shop", pod_labels={"app": "web"})]
)

flux = Chart(app, "flux", namespace="flux-system")
add_namespace(flux, "dragonfly-operator-system", "restricted")
add_namespace(flux, "shop", "baseline")
FluxKustomization(flux, "operator", name="dragonfly-operator", path="./dist/dragonfly-operator")
for name in ("jobs", "pages"):
    FluxKustomization(
        flux,
        name,
        name=name,
        path=f"./dist/{name}",
        depends_on=[Dependency(name="dragonfly-operator")],
        health_check_exprs=[DRAGONFLY_IS_READY],
    )

app.synth()
