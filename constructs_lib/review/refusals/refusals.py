"""Why the API server refuses an object after a change, as far as two trees of manifests tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from constructs_lib.checks.definitions import Definition, written_definitions
from constructs_lib.checks.findings import core_errors
from constructs_lib.checks.manifests import Manifest as ManifestInFile
from constructs_lib.checks.schemas import schema_errors
from constructs_lib.errors import Finding
from constructs_lib.review.changes.forcing import is_forced
from constructs_lib.review.changes.metadata import has_variables
from constructs_lib.review.changes.model import Context, Manifest, Pair
from constructs_lib.review.changes.refusals import Refusal
from constructs_lib.review.refusals.applied import as_custom_resources_are_taken, as_kubernetes_takes, emptied_refusals
from constructs_lib.review.refusals.cel import rule_refusals
from constructs_lib.review.refusals.immutable import immutable_refusals
from constructs_lib.review.refusals.kubernetes import kubernetes_refusals
from constructs_lib.review.refusals.metadata import metadata_refusals
from constructs_lib.values.fields import pointer

READ_BY_VERSION = "Dragonfly"
"""The kind whose CRD is another with each version of the operator, so that its own module knows it."""


def refusals(pair: Pair, context: Context) -> list[Refusal]:
    """Why the API server refuses an object as it is after the change; nothing where it takes it."""
    if pair.new is None or pair.key.kind == READ_BY_VERSION:
        return []
    api_version = str(pair.new.get("apiVersion"))
    if _definition(pair.new) is None and written_definitions().rules_out(api_version, pair.key.kind):
        return [Refusal("/apiVersion", f"the cluster knows no {pair.key.kind} in {api_version}")]
    applied = _as_applied(pair.old, pair.new)
    found = list(_of_fields(pair.key.kind, applied))
    if not found:
        found = list(_of_rules(Pair(pair.key, pair.old, applied)))
    if any(refusal.in_place for refusal in found) and is_forced(pair, context):
        return refusals(Pair(pair.key, None, pair.new), context)
    return found


def _as_applied(old: Manifest | None, new: Manifest) -> Manifest:
    if _is_kubernetes_own(new):
        return as_kubernetes_takes(old, new)
    definition = _definition(new)
    return as_custom_resources_are_taken(definition.schema if definition else None, old, new)


def _of_fields(kind: str, manifest: Manifest) -> Iterator[Refusal]:
    """Fields that there are not, are missing, or have another type or format; a field is told of once."""
    seen: set[str] = set()
    for refusal in (*metadata_refusals(kind, manifest), *_of_schema(manifest)):
        if refusal.field not in seen:
            seen.add(refusal.field)
            yield refusal


def _of_rules(pair: Pair) -> Iterator[Refusal]:
    """What is asked of several fields together, or of a change: of an object whose fields have their types."""
    assert pair.new is not None
    definition = _definition(pair.new)
    if definition is not None:
        yield from emptied_refusals(definition.schema, pair.old, pair.new)
        yield from rule_refusals(definition.schema, pair.old, pair.new)
    elif _is_kubernetes_own(pair.new):
        yield from kubernetes_refusals(pair.key.kind, pair.new)
        yield from immutable_refusals(pair)


def _of_schema(manifest: Manifest) -> Iterator[Refusal]:
    definition = _definition(manifest)
    if definition is not None:
        found = list(schema_errors(manifest, definition.validator))
    else:
        found = core_errors(ManifestInFile(Path(), manifest)) or []
    places = dict(_places(manifest)) if found else {}
    for finding in found:
        field, value = _place(finding, places)
        if finding.text.startswith(_NO_FIELD) or not _is_put_in_by_flux(value):
            yield Refusal(field, str(finding))


def _definition(manifest: Manifest) -> Definition | None:
    return written_definitions().get(str(manifest.get("apiVersion")), str(manifest.get("kind")))


def _is_kubernetes_own(manifest: Manifest) -> bool:
    return str(manifest.get("apiVersion")) in ("v1", "batch/v1", "networking.k8s.io/v1")


def _is_put_in_by_flux(value: Any) -> bool:
    """Whether a single value is written as a variable of Flux': what stands there then is not known."""
    return not isinstance(value, Mapping | list) and has_variables(value)


_NO_FIELD = ("no such field", "no field of")
"""How the checks of schemas say that there is no such field, whatever stands in it."""


def _place(finding: Finding, places: Mapping[str, tuple[str, Any]]) -> tuple[str, Any]:
    """The JSON pointer that a finding means, and what stands there; of a field that is missing, where it would."""
    if finding.where in places:
        return places[finding.where]
    around, _, name = finding.where.rpartition(".")
    return f"{places[around][0] if around in places else ''}{pointer(name)}", None


def _places(value: Any, where: str = "", place: str = "") -> Iterator[tuple[str, tuple[str, Any]]]:
    """Every part of an object under the path by which findings name it: `spec.args[0]`."""
    yield where, (place, value)
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _places(item, f"{where}.{name}".lstrip("."), f"{place}{pointer(name)}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _places(item, f"{where}[{number}]", f"{place}/{number}")
