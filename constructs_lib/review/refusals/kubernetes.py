"""What the API server refuses of Kubernetes' own kinds, beyond the types of their fields.

Its validation: https://github.com/kubernetes/kubernetes/tree/master/pkg/apis, `validation` of batch, core and
networking; what of it manifests like ours come near to is held to a real one by tests/e2e/test_refused_objects.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from ipaddress import ip_network
from typing import Any

from constructs_lib.review.changes.refusals import Refusal
from constructs_lib.review.refusals.formats import (
    BASE64,
    DATA_KEY,
    LABEL,
    NETWORK,
    PORT,
    SCHEDULE,
    TIME_ZONE,
    Format,
    at,
    between,
    format_refusals,
    one_of,
)
from constructs_lib.review.refusals.metadata import label_refusals
from constructs_lib.review.refusals.pods import pod_refusals
from constructs_lib.values.fields import pointer

Object = Mapping[str, Any]

_JOB_FORMATS: Mapping[str, Format] = {
    "activeDeadlineSeconds": between(0, 2**63 - 1),
    "backoffLimit": between(0),
    "completionMode": one_of("NonIndexed", "Indexed"),
    "completions": between(0),
    "parallelism": between(0),
    "podReplacementPolicy": one_of("TerminatingOrFailed", "Failed"),
    "ttlSecondsAfterFinished": between(0),
}

FORMATS: Mapping[str, Mapping[str, Format]] = {
    "CronJob": {
        "/spec/concurrencyPolicy": one_of("Allow", "Forbid", "Replace"),
        "/spec/failedJobsHistoryLimit": between(0),
        "/spec/schedule": SCHEDULE,
        "/spec/startingDeadlineSeconds": between(0, 2**63 - 1),
        "/spec/successfulJobsHistoryLimit": between(0),
        "/spec/timeZone": TIME_ZONE,
        **{f"/spec/jobTemplate/spec/{name}": each for name, each in _JOB_FORMATS.items()},
    },
    "Job": {f"/spec/{name}": each for name, each in _JOB_FORMATS.items()},
    "Namespace": {
        f"/metadata/labels/pod-security.kubernetes.io~1{mode}": one_of("privileged", "baseline", "restricted")
        for mode in ("audit", "enforce", "warn")
    },
    "NetworkPolicy": {
        "/spec/policyTypes/*": one_of("Ingress", "Egress"),
        **{
            f"/spec/{direction}/*/{name}": each
            for direction, peers in (("ingress", "from"), ("egress", "to"))
            for name, each in {
                "ports/*/endPort": between(1, 65535),
                "ports/*/port": PORT,
                "ports/*/protocol": one_of("TCP", "UDP", "SCTP"),
                f"{peers}/*/ipBlock/cidr": NETWORK,
                f"{peers}/*/ipBlock/except/*": NETWORK,
            }.items()
        },
    },
}
"""By kind and field, `*` being any item."""


def kubernetes_refusals(kind: str, manifest: Object) -> Iterator[Refusal]:
    """Why the API server refuses an object of one of these kinds; its fields have the types of the kind."""
    yield from format_refusals(manifest, FORMATS.get(kind, {}))
    if kind in _RULES:
        yield from _RULES[kind](manifest)


def _config_map(manifest: Object) -> Iterator[Refusal]:
    yield from _data_keys(manifest, "data", "binaryData")
    for key, value in _items(manifest.get("binaryData")):
        if accepted := BASE64(value):
            yield Refusal(f"/binaryData{pointer(key)}", f"binaryData.{key}: accepted: {accepted}")


_KEYS_OF_TYPE = {
    "kubernetes.io/basic-auth": (),
    "kubernetes.io/dockerconfigjson": (".dockerconfigjson",),
    "kubernetes.io/ssh-auth": ("ssh-privatekey",),
    "kubernetes.io/tls": ("tls.crt", "tls.key"),
}


def _secret(manifest: Object) -> Iterator[Refusal]:
    yield from _data_keys(manifest, "data", "stringData", once=False)
    keys = {key for part in ("data", "stringData") for key, _ in _items(manifest.get(part))}
    for key in _KEYS_OF_TYPE.get(str(manifest.get("type")), ()):
        if key not in keys:
            yield Refusal("/data", f"a Secret of the type {manifest['type']} has a key {key}")


def _data_keys(manifest: Object, *parts: str, once: bool = True) -> Iterator[Refusal]:
    seen: set[str] = set()
    for part in parts:
        for key, _ in _items(manifest.get(part)):
            if accepted := DATA_KEY(key):
                yield Refusal(
                    f"/{part}{pointer(key)}", f"{part}: the key {key!r} is not accepted; accepted: {accepted}"
                )
            if once and key in seen:
                yield Refusal(f"/{part}{pointer(key)}", f"the key {key} stands in {' and in '.join(parts)}")
            seen.add(key)


def _network_policy(manifest: Object) -> Iterator[Refusal]:
    spec = manifest.get("spec") or {}
    yield from _selector("/spec/podSelector", spec.get("podSelector"))
    if len(spec.get("policyTypes") or ()) > 2:
        yield Refusal("/spec/policyTypes", "policyTypes: accepted: Ingress and Egress, each once")
    for direction, peers in (("ingress", "from"), ("egress", "to")):
        for place, port in at(manifest, f"/spec/{direction}/*/ports/*"):
            yield from _ports(place, port)
        for place, peer in at(manifest, f"/spec/{direction}/*/{peers}/*"):
            yield from _peer(place, peer)


def _ports(place: str, port: Object) -> Iterator[Refusal]:
    first, last = port.get("port"), port.get("endPort")
    if last is None:
        return
    if not isinstance(first, int):
        yield Refusal(f"{place}/endPort", f"{place}/endPort: accepted beside a port's number alone")
    elif last < first:
        yield Refusal(f"{place}/endPort", f"{place}/endPort: accepted: not below port")


def _peer(place: str, peer: Object) -> Iterator[Refusal]:
    given = [name for name in ("ipBlock", "namespaceSelector", "podSelector") if peer.get(name) is not None]
    if not given or ("ipBlock" in given and len(given) > 1):
        yield Refusal(place, f"{place}: accepted: an ipBlock, or selectors of pods and namespaces")
    for name in ("namespaceSelector", "podSelector"):
        yield from _selector(f"{place}/{name}", peer.get(name))
    block = peer.get("ipBlock") or {}
    for number, part in enumerate(block.get("except") or ()):
        if not (NETWORK(part) or NETWORK(block.get("cidr"))) and not _is_strictly_in(part, block["cidr"]):
            yield Refusal(f"{place}/ipBlock/except/{number}", f"{part} is no smaller part of {block['cidr']}")


def _is_strictly_in(part: str, whole: str) -> bool:
    inner, outer = ip_network(part), ip_network(whole)
    return inner.version == outer.version and inner != outer and inner.subnet_of(outer)  # type: ignore[arg-type]


def _selector(place: str, selector: Any) -> Iterator[Refusal]:
    """A label selector: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/label-selector/"""
    if not isinstance(selector, Mapping):
        return
    yield from label_refusals(f"{place}/matchLabels", selector.get("matchLabels"))
    for number, each in enumerate(selector.get("matchExpressions") or ()):
        field = f"{place}/matchExpressions/{number}"
        operator, values = each.get("operator"), each.get("values") or []
        for value in values or [""]:
            yield from label_refusals(field, {str(each.get("key")): value})
        if operator not in ("In", "NotIn", "Exists", "DoesNotExist"):
            yield Refusal(f"{field}/operator", f"{field}/operator: accepted: In, NotIn, Exists, DoesNotExist")
        elif (operator in ("In", "NotIn")) != bool(values):
            yield Refusal(f"{field}/values", f"{field}/values: accepted: some for In and NotIn, else none")


def _job(manifest: Object) -> Iterator[Refusal]:
    yield from _job_spec("/spec", manifest.get("spec") or {})


def _cron_job(manifest: Object) -> Iterator[Refusal]:
    template = (manifest.get("spec") or {}).get("jobTemplate") or {}
    yield from _job_spec("/spec/jobTemplate/spec", template.get("spec") or {})


def _job_spec(field: str, spec: Object) -> Iterator[Refusal]:
    if spec.get("completionMode") == "Indexed" and spec.get("completions") is None:
        yield Refusal(f"{field}/completions", f"{field}/completions: asked for where completionMode is Indexed")
    if spec.get("selector") is not None and not spec.get("manualSelector"):
        yield Refusal(f"{field}/selector", f"{field}/selector: accepted beside manualSelector alone")
    template = spec.get("template") or {}
    metadata = template.get("metadata") or {}
    yield from label_refusals(f"{field}/template/metadata/labels", metadata.get("labels"))
    yield from pod_refusals(f"{field}/template/spec", template.get("spec") or {})


def _namespace(manifest: Object) -> Iterator[Refusal]:
    name = (manifest.get("metadata") or {}).get("name")
    if accepted := LABEL(name):
        yield Refusal("/metadata/name", f"metadata.name: accepted: {accepted}")


def _items(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        yield from ((str(key), each) for key, each in value.items())


_RULES: Mapping[str, Callable[[Object], Iterator[Refusal]]] = {
    "ConfigMap": _config_map,
    "CronJob": _cron_job,
    "Job": _job,
    "Namespace": _namespace,
    "NetworkPolicy": _network_policy,
    "Secret": _secret,
}
"""Rules over several fields, by kind."""
