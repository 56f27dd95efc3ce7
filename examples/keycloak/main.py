"""A cache in a namespace where Keycloak runs already: the manifests of others, a user, a way in for its pods alone."""

from pathlib import Path

from cdk8s import App, Chart, Include, JsonPatch, YamlOutputType

from constructs_lib import Client, DragonflyCache, DragonflyMonitoring, DragonflyNetworkPolicy

HERE = Path(__file__).parent

app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, output_file_extension=".yaml")
chart = Chart(app, "identity", namespace="identity")
(keycloak,) = Include(chart, "keycloak", url=str(HERE / "keycloak.yaml")).api_objects

# The namespace enforces Pod Security `restricted`, and nobody here may change that: the cache's pods pass it.
cache = DragonflyCache(
    chart,
    "cache",
    name="keycloak-cache",
    replicas=2,
    pod_security="restricted",
    acl_default="closed",
    profile="session",
)
cache.add_user("keycloak", preset="keycloak")
DragonflyMonitoring(chart, "monitoring", cache=cache)
DragonflyNetworkPolicy(
    chart,
    "network-policy",
    cache=cache,
    clients=[Client(namespace="identity", pod_labels={"app.kubernetes.io/name": "keycloak"})],
    prometheus_namespace="monitoring",
)

# For a Helm release these would be values: `connection.env()` is a list of core/v1 EnvVars, `as_dict()` plain values.
for variable in cache.connection("keycloak").env():
    keycloak.add_json_patch(JsonPatch.add("/spec/template/spec/containers/0/env/-", variable))

app.synth()
