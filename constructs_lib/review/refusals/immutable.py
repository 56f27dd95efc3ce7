"""Fields of Kubernetes' own kinds that the API server lets nobody change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from constructs_lib.review.changes.differences import same
from constructs_lib.review.changes.model import Pair
from constructs_lib.review.changes.refusals import Refusal
from constructs_lib.review.refusals.job_templates import same_pods

Object = Mapping[str, Any]


def immutable_refusals(pair: Pair) -> Iterator[Refusal]:
    """The changed fields of an object that cannot be changed."""
    if pair.old is not None and pair.new is not None and pair.key.kind in _RULES:
        for field in _RULES[pair.key.kind](pair.old, pair.new):
            what = f"{field} of a {pair.key.kind} cannot be changed: give it another name"
            yield Refusal(field, what, in_place=True)


def _config_map(old: Object, new: Object) -> Iterator[str]:
    """https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-immutable"""
    if old.get("immutable"):
        yield from _changed(old, new, "data", "binaryData", "immutable")


def _secret(old: Object, new: Object) -> Iterator[str]:
    """https://kubernetes.io/docs/concepts/configuration/secret/#secret-immutable"""
    if (old.get("type") or "Opaque") != (new.get("type") or "Opaque"):
        yield "/type"
    if old.get("immutable"):
        yield from _changed(old, new, "data", "stringData", "immutable")


def _job(old: Object, new: Object) -> Iterator[str]:
    """https://kubernetes.io/docs/concepts/workloads/controllers/job/; the API server's `ValidateJobUpdate`"""
    before, after = (side.get("spec") or {} for side in (old, new))
    for name, default in _FIXED_IN_A_JOB.items():
        if not same(before.get(name, default), after.get(name, default)):
            yield f"/spec/{name}"
    if not same_pods(old, new, wherever=bool(before.get("suspend"))):
        yield "/spec/template"


_FIXED_IN_A_JOB: Mapping[str, Any] = {
    "backoffLimitPerIndex": None,
    "completionMode": "NonIndexed",
    "completions": None,
    "managedBy": None,
    "podFailurePolicy": None,
    "selector": None,
    "successPolicy": None,
}
"""Beside the pods, with what stands for a field that is left out."""


def _changed(old: Object, new: Object, *names: str) -> Iterator[str]:
    return (f"/{name}" for name in names if not same(old.get(name) or None, new.get(name) or None))


_RULES: Mapping[str, Callable[[Object, Object], Iterator[str]]] = {
    "ConfigMap": _config_map,
    "Job": _job,
    "Secret": _secret,
}
