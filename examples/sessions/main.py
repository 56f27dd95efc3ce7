"""A store for sessions: three pods, saved every six hours, monitored, and closed to all but one namespace."""

from cdk8s import App, Chart, YamlOutputType

from constructs_lib import Client, DragonflyBackup, DragonflyCache, DragonflyMonitoring, DragonflyNetworkPolicy

app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, output_file_extension=".yaml")
chart = Chart(app, "sessions", namespace="cache")
cache = DragonflyCache(chart, "cache", name="sessions", replicas=3, memory_limit="2Gi", profile="session")
DragonflyMonitoring(chart, "monitoring", cache=cache)
DragonflyBackup(
    chart,
    "backup",
    cache=cache,
    bucket="dragonfly-backups",
    endpoint="rustfs-svc.storage.svc.cluster.local:9000",
    https=False,
    schedule="0 */6 * * *",
)
DragonflyNetworkPolicy(
    chart,
    "network-policy",
    cache=cache,
    clients=[Client(namespace="identity")],
    prometheus_namespace="monitoring",
)
app.synth()
