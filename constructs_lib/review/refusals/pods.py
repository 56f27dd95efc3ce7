"""What the API server refuses of the pods of a Job or CronJob: `ValidatePodTemplateSpec`, as far as Jobs of ours go.

https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from constructs_lib.review.changes.metadata import has_variables
from constructs_lib.review.changes.quantities import quantity
from constructs_lib.review.changes.refusals import Refusal
from constructs_lib.review.refusals.formats import (
    AMOUNT,
    DATA_KEY,
    LABEL,
    LABEL_KEY,
    SUBDOMAIN,
    VARIABLE,
    Format,
    between,
    format_refusals,
    matching,
    one_of,
)
from constructs_lib.review.refusals.metadata import label_refusals

Object = Mapping[str, Any]

_USER = between(0, 2**31 - 1)
_SECCOMP = one_of("Localhost", "RuntimeDefault", "Unconfined")
_SOMETHING = matching(r"(?s).+", "a text that is not empty")
_MODE = between(0, 0o777)
_INSIDE = matching(r"(?!/)(?!(.*/)?\.\.(/|$)).+", "a path inside the volume, with no '..'")

POD_FORMATS: Mapping[str, Format] = {
    "/activeDeadlineSeconds": between(1, 2**31 - 1),
    "/dnsPolicy": one_of("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"),
    "/hostname": LABEL,
    "/imagePullSecrets/*/name": _SOMETHING,
    "/nodeName": SUBDOMAIN,
    "/preemptionPolicy": one_of("Never", "PreemptLowerPriority"),
    "/priorityClassName": SUBDOMAIN,
    "/runtimeClassName": SUBDOMAIN,
    "/securityContext/fsGroup": _USER,
    "/securityContext/fsGroupChangePolicy": one_of("Always", "OnRootMismatch"),
    "/securityContext/runAsGroup": _USER,
    "/securityContext/runAsUser": _USER,
    "/securityContext/seccompProfile/type": _SECCOMP,
    "/securityContext/supplementalGroups/*": _USER,
    "/serviceAccountName": SUBDOMAIN,
    "/subdomain": LABEL,
    "/terminationGracePeriodSeconds": between(0, 2**63 - 1),
    "/tolerations/*/effect": one_of("", "NoExecute", "NoSchedule", "PreferNoSchedule"),
    "/tolerations/*/operator": one_of("", "Equal", "Exists"),
    "/volumes/*/configMap/defaultMode": _MODE,
    "/volumes/*/configMap/items/*/key": _SOMETHING,
    "/volumes/*/configMap/items/*/path": _INSIDE,
    "/volumes/*/emptyDir/medium": one_of("", "Memory"),
    "/volumes/*/emptyDir/sizeLimit": AMOUNT,
    "/volumes/*/name": LABEL,
    "/volumes/*/secret/defaultMode": _MODE,
    "/volumes/*/secret/items/*/key": _SOMETHING,
    "/volumes/*/secret/items/*/path": _INSIDE,
}

CONTAINER_FORMATS: Mapping[str, Format] = {
    "/env/*/name": VARIABLE,
    "/env/*/valueFrom/configMapKeyRef/key": DATA_KEY,
    "/env/*/valueFrom/configMapKeyRef/name": SUBDOMAIN,
    "/env/*/valueFrom/secretKeyRef/key": DATA_KEY,
    "/env/*/valueFrom/secretKeyRef/name": SUBDOMAIN,
    "/imagePullPolicy": one_of("Always", "IfNotPresent", "Never"),
    "/name": LABEL,
    "/ports/*/containerPort": between(1, 65535),
    "/ports/*/protocol": one_of("SCTP", "TCP", "UDP"),
    "/resources/limits/*": AMOUNT,
    "/restartPolicy": one_of("Always", "Never", "OnFailure"),
    "/resources/requests/*": AMOUNT,
    "/securityContext/runAsGroup": _USER,
    "/securityContext/runAsUser": _USER,
    "/securityContext/seccompProfile/type": _SECCOMP,
    "/terminationMessagePolicy": one_of("FallbackToLogsOnError", "File"),
    "/volumeMounts/*/mountPath": matching(r"[^:]+", "a path with no ':'"),
    "/volumeMounts/*/subPath": _INSIDE,
}

_MAPPINGS = ("limits", "requests")


def pod_refusals(field: str, pod: Object) -> Iterator[Refusal]:
    """Why the API server refuses the pods of a Job.

    Args:
        field: where the pods' spec stands, as a JSON pointer.
        pod: the pods' spec, whose fields have their types.
    """
    yield from format_refusals(pod, POD_FORMATS, field)
    if pod.get("restartPolicy") not in ("Never", "OnFailure") and not has_variables(pod.get("restartPolicy")):
        yield Refusal(f"{field}/restartPolicy", "a Job's restartPolicy: accepted: Never, OnFailure")
    if not pod.get("containers"):
        yield Refusal(f"{field}/containers", f"{field}/containers: accepted: at least one")
    yield from label_refusals(f"{field}/nodeSelector", pod.get("nodeSelector"))
    yield from _volumes(f"{field}/volumes", pod.get("volumes") or ())
    yield from _tolerations(f"{field}/tolerations", pod.get("tolerations") or ())
    volumes = {volume.get("name") for volume in pod.get("volumes") or ()}
    yield from _twice(field, [*(pod.get("initContainers") or ()), *(pod.get("containers") or ())], "name")
    for part in ("initContainers", "containers"):
        for number, container in enumerate(pod.get(part) or ()):
            yield from _container(f"{field}/{part}/{number}", container, volumes)


def _container(field: str, container: Object, volumes: set[Any]) -> Iterator[Refusal]:
    yield from format_refusals(container, CONTAINER_FORMATS, field)
    if not container.get("image"):
        yield Refusal(f"{field}/image", f"{field}/image: missing; it is required")
    yield from _twice(f"{field}/env", container.get("env") or (), "name")
    yield from _twice(f"{field}/volumeMounts", container.get("volumeMounts") or (), "mountPath")
    for number, variable in enumerate(container.get("env") or ()):
        yield from _variable(f"{field}/env/{number}", variable)
    for number, mount in enumerate(container.get("volumeMounts") or ()):
        place = f"{field}/volumeMounts/{number}"
        if mount.get("name") not in volumes and not has_variables(mount.get("name")):
            yield Refusal(f"{place}/name", f"{place}/name: no volume is called {mount.get('name')}")
    yield from _resources(f"{field}/resources", container.get("resources") or {})
    context = container.get("securityContext") or {}
    if context.get("privileged") and context.get("allowPrivilegeEscalation") is False:
        yield Refusal(
            f"{field}/securityContext/allowPrivilegeEscalation",
            "allowPrivilegeEscalation: false is not accepted beside privileged",
        )


def _variable(field: str, variable: Object) -> Iterator[Refusal]:
    source = variable.get("valueFrom")
    if source is None:
        return
    for name in ("configMapKeyRef", "secretKeyRef"):
        if name in source and not source[name].get("name"):
            yield Refusal(f"{field}/valueFrom/{name}", f"{field}/valueFrom/{name}: has no name; it is required")
    given = [name for name, value in source.items() if value is not None]
    if variable.get("value") or len(given) != 1:
        yield Refusal(field, f"{field}: accepted: a value, or one place that it comes from")


def _resources(field: str, resources: Object) -> Iterator[Refusal]:
    limits, requests = (resources.get(name) or {} for name in _MAPPINGS)
    for bound, amounts in zip(_MAPPINGS, (limits, requests), strict=True):
        for name in amounts:
            if (
                name not in ("cpu", "ephemeral-storage", "memory")
                and "/" not in name
                and not name.startswith("hugepages-")
            ):
                yield Refusal(f"{field}/{bound}/{name}", f"{name} is no resource of a container")
            elif accepted := LABEL_KEY(name):
                yield Refusal(f"{field}/{bound}/{name}", f"the resource {name}: accepted: {accepted}")
    for name in limits.keys() & requests.keys():
        asked, most = quantity(requests[name]), quantity(limits[name])
        if asked is not None and most is not None and asked > most:
            yield Refusal(f"{field}/requests/{name}", f"{name}: a request above the limit is not accepted")


def _volumes(field: str, volumes: Sequence[Object]) -> Iterator[Refusal]:
    yield from _twice(field, volumes, "name")
    for number, volume in enumerate(volumes):
        sources = [name for name, value in volume.items() if name != "name" and value is not None]
        if len(sources) > 1:
            yield Refusal(f"{field}/{number}", f"{field}/{number}: accepted: one source of a volume")
        if volume.get("configMap") is not None and not volume["configMap"].get("name"):
            yield Refusal(f"{field}/{number}/configMap", f"{field}/{number}/configMap: has no name; it is required")


def _twice(field: str, items: Sequence[Object], name: str) -> Iterator[Refusal]:
    """Items of a list that server-side apply tells apart by a field."""
    values = [item.get(name) for item in items]
    for value in sorted({str(value) for value in values if values.count(value) > 1}):
        yield Refusal(field, f"{field}: {name} {value} stands there twice; accepted: once")


def _tolerations(field: str, tolerations: Sequence[Object]) -> Iterator[Refusal]:
    for number, each in enumerate(tolerations):
        place = f"{field}/{number}"
        operator = each.get("operator") or "Equal"
        if not each.get("key") and operator != "Exists":
            yield Refusal(f"{place}/operator", f"{place}: without a key the operator Exists is accepted alone")
        elif each.get("key") and (accepted := LABEL_KEY(each["key"])):
            yield Refusal(f"{place}/key", f"{place}/key: accepted: {accepted}")
        if operator == "Exists" and each.get("value"):
            yield Refusal(f"{place}/value", f"{place}/value: not accepted beside the operator Exists")
        if each.get("tolerationSeconds") is not None and each.get("effect") != "NoExecute":
            yield Refusal(f"{place}/tolerationSeconds", f"{place}/tolerationSeconds: accepted beside NoExecute alone")
