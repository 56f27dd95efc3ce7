"""An object as server-side apply leaves it, where that is not what the manifest says.

A field of null is none in metadata and in Kubernetes' own kinds. And a mapping that is emptied, all that was in it
being Flux' own, is left as null: Kubernetes' own kinds take that for nothing, and a CRD's schema refuses it, unless the
server has set a default in it (seen running: tests/e2e/test_refused_objects.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from constructs_lib.review.changes.model import Manifest
from constructs_lib.review.changes.refusals import Refusal
from constructs_lib.values.fields import pointer

Schema = Mapping[str, Any]

_LISTS_OF_TEXTS = frozenset({"add", "args", "command", "drop", "except", "finalizers", "policyTypes", "values"})
"""Where null is an empty text; in other lists it is an object with no fields."""

_NULL_IN: Mapping[str, Any] = {"labels": "", "limits": 0, "requests": 0}
"""What null stands for in mappings where it does not stand for nothing."""

_NEVER_NULL = frozenset({"configMap", "jobTemplate", "metadata", "podSelector", "secret", "spec", "template"})
"""Mappings of Kubernetes' own kinds that are there even where nothing is written, or hold a default."""


def as_kubernetes_takes(old: Manifest | None, new: Manifest) -> Manifest:
    """An object of Kubernetes' own without what is null, or is after the change."""
    taken: dict[str, Any] = _without_nulls(_emptied(old, new))
    if taken.get("kind") == "NetworkPolicy" and isinstance(taken.get("spec"), Mapping):
        # Left out, it selects every pod.
        taken["spec"] = {"podSelector": {}, **taken["spec"]}
    return taken


def as_custom_resources_are_taken(schema: Schema | None, old: Manifest | None, new: Manifest) -> Manifest:
    """A custom resource whose metadata has no field of null, and whose mappings stay that have a default in them."""
    return with_plain_metadata(_with_defaults(schema, old, new) if schema else new)


def with_plain_metadata(manifest: Manifest) -> Manifest:
    """An object whose metadata has no field of null."""
    return {**manifest, "metadata": _without_nulls(manifest.get("metadata"))}


def emptied_refusals(schema: Schema, old: Any, new: Any, field: str = "") -> Iterator[Refusal]:
    """The mappings of a custom resource that are emptied and may not be null."""
    if not isinstance(old, Mapping) or not isinstance(new, Mapping) or schema.get("x-kubernetes-map-type") == "atomic":
        return
    may_be_null = schema.get("type") != "object" or schema.get("nullable") or "default" in schema
    if old and not new and not may_be_null and not _has_default(schema, old):
        yield _emptied_refusal(field)
    for name, child in schema.get("properties", {}).items():
        if name in old and name in new:
            yield from emptied_refusals(child, old[name], new[name], f"{field}/{name}")


def emptied_mappings(old: Any, new: Any, field: str, atomic: Collection[str]) -> Iterator[Refusal]:
    """The mappings that are emptied, of a custom resource that may be null nowhere and has no defaults.

    Args:
        old: what a field was.
        new: what it is.
        field: the field, as a JSON pointer.
        atomic: names of mappings that an apply replaces as a whole.
    """
    if not isinstance(old, Mapping) or not isinstance(new, Mapping) or field.rpartition("/")[2] in atomic:
        return
    if old and not new:
        yield _emptied_refusal(field)
    for name in old.keys() & new.keys():
        yield from emptied_mappings(old[name], new[name], f"{field}{pointer(name)}", atomic)


def _emptied_refusal(field: str) -> Refusal:
    return Refusal(field, f"{field}: once something stood in it, it cannot be empty: leave it out", in_place=True)


def _has_default(schema: Schema, old: Mapping[str, Any]) -> bool:
    """Whether the server has set a field that the manifest left to it."""
    return any("default" in child and name not in old for name, child in schema.get("properties", {}).items())


def _with_defaults(schema: Schema, old: Any, new: Any) -> Any:
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return new
    properties = schema.get("properties", {})
    made = {}
    for name, value in new.items():
        child, before = properties.get(name, {}), old.get(name)
        stays = value is None and isinstance(before, Mapping) and _has_default(child, before)
        taken = {} if stays else _with_defaults(child, before, value)
        # A list that is merged by key goes with its last item, and so does what held that list alone.
        goes = taken == [] and before and child.get("x-kubernetes-list-type") == "map"
        if not goes and not (taken == {} and value and not stays):
            made[name] = taken
    return made


def _without_nulls(value: Any, name: str = "") -> Any:
    if isinstance(value, Mapping):
        filled = {key: _NULL_IN[name] if each is None and name in _NULL_IN else each for key, each in value.items()}
        return {key: _without_nulls(each, str(key)) for key, each in filled.items() if each is not None}
    if isinstance(value, list):
        nothing: Any = "" if name in _LISTS_OF_TEXTS else {}
        return [nothing if each is None else _without_nulls(each) for each in value]
    return value


def _emptied(old: Any, new: Any, name: str = "") -> Any:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        if old and not new and name not in _NEVER_NULL:
            return None
        return {key: _emptied(old.get(key), value, str(key)) for key, value in new.items()}
    if isinstance(old, list) and isinstance(new, list):
        before = _by_name(old)
        return [_emptied(before.get(_name(item)), item) for item in new]
    return new


def _by_name(items: Sequence[Any]) -> dict[Any, Any]:
    """Items of a list that an apply pairs by their name, such as containers."""
    return {_name(item): item for item in items if _name(item)}


def _name(item: Any) -> Any:
    name = item.get("name") if isinstance(item, Mapping) else None
    return name if isinstance(name, str) else None
