"""Small manifests and changes for the tests of reviews."""

from __future__ import annotations

from typing import Any

from constructs_lib.review.changes.model import Change, Effect, ObjectKey, Review
from constructs_lib.review.sides.trees import Side, key_of
from constructs_lib.values.version import Version

OPERATOR = Version.of("v1.3.1")


def manifest(kind: str, name: str, namespace: str = "cache", **fields: Any) -> dict[str, Any]:
    metadata = {"name": name, **({"namespace": namespace} if namespace else {})}
    return {"apiVersion": "v1", "kind": kind, "metadata": metadata, **fields}


def side(*manifests: dict[str, Any]) -> Side:
    return Side({key_of(each): each for each in manifests})


def change(
    *effects: Effect,
    kind: str = "Dragonfly",
    name: str = "dragonfly",
    namespace: str = "cache",
    field: str = "/spec/args",
    before: Any = 1,
    after: Any = 2,
    what: str = "Something happens.",
) -> Change:
    return Change(ObjectKey(kind, namespace, name), field, before, after, effects, what)


def reviewed(*changes: Change) -> Review:
    return Review(OPERATOR, changes)
