"""What the arguments do not foresee, each way out once. All of it is written after what the library writes itself."""

import jsii
from cdk8s import ApiObject, App, Chart, JsonPatch, YamlOutputType
from cdk8s_plus_28 import k8s
from constructs import IValidation

from constructs_lib import DragonflyCache, DragonflyMonitoring, DragonflyNetworkPolicy, DragonflyOperator

OPERATOR = "v1.4.0"
EXPORTER = "docker.io/oliver006/redis_exporter:v1.77.0"
PASSWORD = {"name": "REDIS_PASSWORD", "valueFrom": {"secretKeyRef": {"name": "shared-auth", "key": "password"}}}

app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, output_file_extension=".yaml")
DragonflyOperator(Chart(app, "dragonfly-operator"), "operator", version=OPERATOR)

# An object beside, raw, of a kind that has no types here: its fields are a patch. Of the cluster, so its chart names no
# namespace.
priority = ApiObject(
    Chart(app, "cluster"),
    "priority",
    api_version="scheduling.k8s.io/v1",
    kind="PriorityClass",
    metadata={"name": "stores"},
)
priority.add_json_patch(JsonPatch.add("/value", 100_000))

chart = Chart(app, "shared", namespace="platform")
cache = DragonflyCache(
    chart,
    "cache",
    name="shared",
    operator_version=OPERATOR,
    replicas=2,
    priority_class_name=priority.name,
    # A flag with no argument of its own: held by name and type to the flags of that server.
    flags={"hz": 50},
    # Containers beside the server: as Kubernetes users write them, or as cdk8s-plus-28 types them.
    additional_containers=[
        {"name": "exporter", "image": EXPORTER, "env": [PASSWORD], "resources": {"limits": {"memory": "64Mi"}}},
        k8s.Container(name="shell", image="docker.io/library/busybox:1.37.0", command=["sleep", "infinity"]),
    ],
)
monitoring = DragonflyMonitoring(chart, "monitoring", cache=cache)
DragonflyNetworkPolicy(chart, "network-policy", cache=cache, clients=["apps"], prometheus_namespace="monitoring")

# A JSON patch on the main object: a flag that only a build of your own knows, which `flags` would refuse. The doctor
# would not know it either, and is told why it is there.
ApiObject.of(cache).add_json_patch(JsonPatch.add("/spec/args/-", "--flag_of_our_build=1"))
ApiObject.of(cache).metadata.add_annotation("ignore-check.cdk8s-dragonfly/flag-unknown", "a build of our own")

# A JSON patch on another object of a construct: the first group of alerts is judged less often.
monitoring.prometheus_rule.add_json_patch(JsonPatch.add("/spec/groups/0/interval", "1m"))

# An object beside, typed by cdk8s-plus-28: operator v1.4.0 makes no PodDisruptionBudget.
k8s.KubePodDisruptionBudget(
    chart,
    "disruption",
    metadata={"name": "shared"},
    spec=k8s.PodDisruptionBudgetSpec(
        max_unavailable=k8s.IntOrString.from_number(1), selector=k8s.LabelSelector(match_labels=cache.pod_labels)
    ),
)

# A visitor: what every object of the app has, whoever made it.
for construct in app.node.find_all():
    if isinstance(construct, ApiObject):
        construct.metadata.add_annotation("contact", "platform@example.com")


@jsii.implements(IValidation)
class TwoPodsAtLeast:
    """A rule of the house, told at synth beside the library's own errors."""

    def validate(self) -> list[str]:
        """What is wrong; nothing where there are two."""
        return [] if cache.arguments.replicas > 1 else ["a shared cache needs two pods: give it replicas=2"]


cache.node.add_validation(TwoPodsAtLeast())

app.synth()
