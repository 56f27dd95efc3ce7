"""What the API server refuses of a Dragonfly, by the CRD of the operator's version: Flux then applies nothing.

Fields by version: `dragonfly/operator_versions.py`; their types: `fields.py` and `arguments/core_v1.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from constructs_lib.arguments.core_v1 import CoreV1, core_v1_findings
from constructs_lib.dragonfly.operator_versions import FIELD_GONE, IN_CRD_SINCE, is_in_crd
from constructs_lib.review.changes.model import Manifest
from constructs_lib.review.changes.quantities import wrong_quantities
from constructs_lib.review.changes.refusals import Refusal
from constructs_lib.review.dragonfly.fields import FIELDS
from constructs_lib.review.dragonfly.instance import is_substituted
from constructs_lib.review.refusals.applied import emptied_mappings, with_plain_metadata
from constructs_lib.review.refusals.metadata import metadata_refusals
from constructs_lib.values.fields import mapping, pointer
from constructs_lib.values.redact import type_name
from constructs_lib.values.suggest import suggest
from constructs_lib.values.version import Version

API_VERSION = "dragonflydb.io/v1alpha1"
"""The one version in every CRD."""


def refusals(manifest: Manifest, operator: Version) -> Iterator[Refusal]:
    """Why the API server refuses a manifest; nothing where it takes it."""
    if manifest.get("apiVersion") != API_VERSION:
        yield Refusal("/apiVersion", f"the cluster knows {API_VERSION} alone")
    yield from metadata_refusals(str(manifest.get("kind")), with_plain_metadata(manifest))
    yield from _metadata_refusals(mapping(manifest.get("metadata")))
    for name in manifest:
        if name not in {"apiVersion", "kind", "metadata", "spec", "status"}:
            yield Refusal(f"{pointer(name)}", f"no field of a Dragonfly; {suggest(str(name), ['spec'])}".rstrip("; "))
    spec = manifest.get("spec")
    if spec is not None and not isinstance(spec, Mapping):
        yield Refusal("/spec", f"{type_name(spec)} where its fields are expected")
    yield from _object_refusals("/spec", mapping(spec), operator)
    for field in _fractions(mapping(spec), "/spec"):
        yield Refusal(field, f"{field}: a fraction is not accepted; accepted: a whole number, or an amount as text")


_DEFAULTED = frozenset({"imagePullPolicy", "networkPolicyEnabled"})
"""Fields of the spec with a default in the CRD: the API server takes null for that."""

_REPLACED_WHOLE = frozenset(
    {
        "aclFromSecret",
        "clientCaCertSecret",
        "customLivenessProbeConfigMap",
        "customReadinessProbeConfigMap",
        "customStartupProbeConfigMap",
        "dataSource",
        "passwordFromSecret",
        "requiredDuringSchedulingIgnoredDuringExecution",
        "selector",
        "tlsSecretRef",
    }
)
"""Mappings that the CRD calls atomic."""


def change_refusals(before: Manifest, after: Manifest) -> Iterator[Refusal]:
    """Why the API server refuses to change one manifest to another, each of which it takes."""
    old, new = (mapping(side.get("spec")) for side in (before, after))
    for name in old.keys() & new.keys():
        yield from emptied_mappings(old[name], new[name], f"/spec{pointer(name)}", _REPLACED_WHOLE)


def _fractions(value: Any, field: str) -> Iterator[str]:
    """Numbers that are not whole: the CRDs have none."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _fractions(item, f"{field}{pointer(name)}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _fractions(item, f"{field}/{number}")
    elif isinstance(value, float) and not value.is_integer():
        yield field


def _metadata_refusals(metadata: Mapping[str, Any]) -> Iterator[Refusal]:
    for name in ("annotations", "labels"):
        if metadata.get(name) is not None:
            yield from _type_refusals(f"/metadata/{name}", metadata[name])


def _object_refusals(field: str, value: Mapping[str, Any], operator: Version) -> Iterator[Refusal]:
    """Of an object of the CRD's own, whose fields are rows of the table."""
    known = {row.removeprefix(f"{field}/") for row in FIELDS if row.rpartition("/")[0] == field}
    for name, item in value.items():
        below = f"{field}{pointer(name)}"
        if name not in known:
            advice = suggest(str(name), known)
            yield Refusal(below, "no version of the operator has the field" + (f"; {advice}" if advice else ""))
        elif reason := _lacks(operator, below):
            yield Refusal(below, reason)
        elif item is None and name not in _DEFAULTED:
            yield Refusal(below, f"nothing stands in {name}; accepted: a value, or to leave it out")
        elif item is None:
            continue
        elif FIELDS[below].kind == "object" and isinstance(item, Mapping):
            yield from _object_refusals(below, item, operator)
        else:
            yield from _type_refusals(below, item)
            yield from _newer_fields(below, item, operator)
    if field == "/spec/pdb" and value.get("minAvailable") is not None and value.get("maxUnavailable") is not None:
        yield Refusal(field, "minAvailable and maxUnavailable cannot be both set")


def _newer_fields(field: str, value: Any, operator: Version) -> Iterator[Refusal]:
    """Fields inside a core/v1 part that older CRDs lack: `podSecurityContext.seLinuxChangePolicy`."""
    for name in mapping(value):
        if reason := _lacks(operator, f"{field}{pointer(name)}"):
            yield Refusal(field, reason)


def _lacks(operator: Version, field: str) -> str:
    """Why that version's CRD does not have a field; empty where it does."""
    name = field.removeprefix("/spec/").replace("/", ".")
    if is_in_crd(operator, name):
        return ""
    gone = FIELD_GONE.get(name)
    if gone and operator >= Version.of(gone):
        return f"operator {operator} has no field {name}, which {gone} removed"
    return f"operator {operator} has no field {name}, which comes with {IN_CRD_SINCE[name]}"


def _type_refusals(field: str, value: Any) -> Iterator[Refusal]:
    # Flux puts values in place of ${VARIABLES} before the API server sees them.
    if is_substituted(value):
        return
    kind = FIELDS[field].kind
    if kind == "integer":
        if isinstance(value, bool) or not isinstance(value, int):
            yield Refusal(field, f"{type_name(value)} is not accepted; accepted: a whole number")
    elif kind == "object":
        yield Refusal(field, f"{type_name(value)} is not accepted; accepted: a mapping of its fields")
    else:
        # Where it is says which item it is of; the value is not told.
        for finding in core_v1_findings(field.removeprefix("/spec/").replace("/", "."), CoreV1(kind), value):
            yield Refusal(field, f"{finding.where}: {finding.text}")
        for name in wrong_quantities(value) if FIELDS[field].has_quantities else ():
            yield Refusal(field, f"{name} is no quantity; accepted: a number with a unit such as Mi or m")
