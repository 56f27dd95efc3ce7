"""Names, labels, replicas and the Service of an instance."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.doctor.instance import Instance
from constructs_lib.doctor.model import ERROR, WARNING, Check, Found, add, remove
from constructs_lib.doctor.objects import Objects, may_be_same_namespace
from constructs_lib.dragonfly.instance import image_tag
from constructs_lib.dragonfly.operator_versions import operator_release
from constructs_lib.values.fields import items, mapping, pointer, text
from constructs_lib.values.names import LONGEST_INSTANCE_NAME, OPERATOR_LABELS

REPLICAS_LEFT_OUT = Check(
    "replicas-left-out",
    ERROR,
    ("Dragonfly",),
    "`replicas` has no default. Left out it is 0: no pod is made, and nothing says so.",
    "docs/dragonfly.md#the-operator",
)
REPLICAS_ZERO = Check(
    "replicas-zero",
    WARNING,
    ("Dragonfly",),
    "With no pod everything is lost that no snapshot has; `status.phase` goes on saying Ready.",
    "docs/dragonfly.md#the-operator",
)
IMAGE_LATEST = Check(
    "image-latest",
    WARNING,
    ("Dragonfly",),
    "Each pod runs what the tag led to when its node pulled it: master and replicas of two versions, and an upgrade "
    "that nobody decided on.",
    "docs/dragonfly.md#versions",
)
IMAGE_LEFT_OUT = Check(
    "image-left-out",
    WARNING,
    ("Dragonfly",),
    "Without an image the operator takes its own default, which is another one in each version: upgrading the operator "
    "upgrades the server and restarts every pod.",
    "docs/dragonfly.md#versions",
)
RESERVED_LABEL = Check(
    "reserved-label",
    ERROR,
    ("Dragonfly",),
    "The label is the operator's own. Set by hand it does nothing up to operator v1.4.0; from v1.5.0 on every later "
    "change to the instance is stuck.",
    "docs/dragonfly.md#the-operator",
)
SERVICE_NAMED_DFLY = Check(
    "service-named-dfly",
    ERROR,
    ("Dragonfly", "Service"),
    "A Service named `dfly…` puts `DFLY_…` variables into every pod of its namespace, and a server exits at start on "
    "those that it does not know.",
    "docs/dragonfly.md#the-operator",
)
NAME_TOO_LONG = Check(
    "name-too-long",
    ERROR,
    ("Dragonfly",),
    f"With more than {LONGEST_INSTANCE_NAME} characters a label of the StatefulSet's pods is too long: no pod is made.",
    "https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/",
)
SERVICE_SPEC_WIPES_LABELS = Check(
    "service-spec-wipes-labels",
    WARNING,
    ("Dragonfly",),
    "Up to operator v1.5.0 `serviceSpec`, set at all, replaces the Service's labels and annotations: whatever selects "
    "the Service by label no longer finds it.",
    "docs/dragonfly.md#the-operator",
)
CONTAINER_NAMED_DRAGONFLY = Check(
    "container-named-dragonfly",
    ERROR,
    ("Dragonfly",),
    "An additional container named `dragonfly` takes the server's place.",
    "docs/dragonfly.md#the-operator",
)
PDB_MIN_AND_MAX = Check(
    "pdb-min-and-max",
    ERROR,
    ("Dragonfly",),
    "A PodDisruptionBudget has `minAvailable` or `maxUnavailable`, not both: the API server refuses it.",
    "https://kubernetes.io/docs/tasks/run-application/configure-pdb/",
)

CHECKS = (
    REPLICAS_LEFT_OUT,
    REPLICAS_ZERO,
    IMAGE_LATEST,
    IMAGE_LEFT_OUT,
    RESERVED_LABEL,
    SERVICE_NAMED_DFLY,
    NAME_TOO_LONG,
    SERVICE_SPEC_WIPES_LABELS,
    CONTAINER_NAMED_DRAGONFLY,
    PDB_MIN_AND_MAX,
)


def find(tree: Objects) -> Iterator[Found]:
    """All of them, instance by instance, then the Services beside them."""
    for instance in tree.instances:
        for look in (_replicas, _image, _labels, _names, _service_spec, _containers, _budget):
            yield from look(instance)
    for service in tree.of_kind("Service"):
        neighbours = [other for other in tree.instances if may_be_same_namespace(other.namespace, service.namespace)]
        if service.name.startswith("dfly") and neighbours:
            what = f"its variables reach the pods of {neighbours[0].name!r} in the same namespace, whose servers exit"
            yield SERVICE_NAMED_DFLY.found(service, "/metadata/name", what, "give it a name with another beginning")


def _replicas(instance: Instance) -> Iterator[Found]:
    if instance.spec.get("replicas") is None:
        yield REPLICAS_LEFT_OUT.found(
            instance.manifest,
            "/spec/replicas",
            "replicas is left out, which is 0: no pod is made",
            "say how many pods there shall be: 1, or 2 and more for a failover",
            add("/spec/replicas", 1),
        )
    elif instance.spec["replicas"] == 0:
        what = "replicas is 0: no pod runs, and what no snapshot has is lost"
        yield REPLICAS_ZERO.found(instance.manifest, "/spec/replicas", what, "say 1 or more")


def _image(instance: Instance) -> Iterator[Found]:
    image = text(instance.spec, "image")
    default = operator_release(instance.operator).default_server
    if not image:
        what = f"no image: operator {instance.operator} takes {default}, and another version takes another"
        fix = f"name an image with its tag, such as docker.dragonflydb.io/dragonflydb/dragonfly:{default}"
        yield IMAGE_LEFT_OUT.found(instance.manifest, "/spec/image", what, fix)
    elif image_tag(image) == "latest" or (not image_tag(image) and "@" not in image):
        what = f"{image!r} is another server each time that it is pulled"
        yield IMAGE_LATEST.found(instance.manifest, "/spec/image", what, "name one version, such as v1.36.0")


def _labels(instance: Instance) -> Iterator[Found]:
    for label in sorted(OPERATOR_LABELS & mapping(instance.spec, "labels").keys()):
        where = pointer("spec", "labels", label)
        what = f"label {label!r} is the operator's own"
        yield RESERVED_LABEL.found(instance.manifest, where, what, "use another key, or leave it out", remove(where))


def _names(instance: Instance) -> Iterator[Found]:
    service = text(instance.spec, "serviceSpec", "name")
    for name, where in ((instance.name, "/metadata/name"), (service, "/spec/serviceSpec/name")):
        is_the_services = where != "/metadata/name" or not service
        if name.startswith("dfly") and is_the_services:
            what = f"the Service {name!r} gives every pod of the namespace variables on which its servers exit"
            yield SERVICE_NAMED_DFLY.found(instance.manifest, where, what, "give it a name with another beginning")
    if len(instance.name) > LONGEST_INSTANCE_NAME:
        what = f"the name has {len(instance.name)} characters, at most {LONGEST_INSTANCE_NAME} give pods"
        yield NAME_TOO_LONG.found(instance.manifest, "/metadata/name", what, "take a shorter one")


def _service_spec(instance: Instance) -> Iterator[Found]:
    given = instance.spec.get("serviceSpec")
    if given is None or not operator_release(instance.operator).service_spec_replaces_labels:
        return
    if mapping(given, "labels").get("app") == instance.name:
        return
    plain = mapping(given).keys() <= {"type"} and text(given, "type") in ("", "ClusterIP")
    yield SERVICE_SPEC_WIPES_LABELS.found(
        instance.manifest,
        "/spec/serviceSpec",
        f"operator {instance.operator} puts its labels in the place of the Service's, `app` among them",
        "leave it out: ClusterIP is the default" if plain else f"write the labels out, `app: {instance.name}` first",
        *([remove("/spec/serviceSpec")] if plain else []),
    )


def _containers(instance: Instance) -> Iterator[Found]:
    for number, container in enumerate(items(instance.spec, "additionalContainers")):
        if text(container, "name") == "dragonfly":
            where = pointer("spec", "additionalContainers", number, "name")
            what = "a container of that name takes the server's place"
            yield CONTAINER_NAMED_DRAGONFLY.found(instance.manifest, where, what, "give it another name")


def _budget(instance: Instance) -> Iterator[Found]:
    if {"minAvailable", "maxUnavailable"} <= mapping(instance.spec, "pdb").keys():
        what = "both minAvailable and maxUnavailable"
        yield PDB_MIN_AND_MAX.found(instance.manifest, "/spec/pdb", what, "leave one of them out")
