"""Our own stacks' reviewed manifests as trees, and what the modules of kinds say of a change to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from constructs_lib.review.changes.model import Change, Context, Effect, ObjectKey, Pair
from constructs_lib.review.review import changes
from constructs_lib.values.version import Version

_STACKS = Path(__file__).parent.parent / "__snapshots__" / "test_stacks"
_OPERATOR = Version.of("v1.3.1")

Objects = dict[ObjectKey, dict[str, Any]]


def key(kind: str, name: str = "dragonfly", namespace: str = "cache") -> ObjectKey:
    """An object of the default names."""
    return ObjectKey(kind, "" if kind == "Namespace" else namespace, name)


def stack(name: str) -> Objects:
    """A stack's objects, a copy of one's own."""
    return deepcopy(_read(name))


def context(old: Mapping[ObjectKey, Any], new: Mapping[ObjectKey, Any], **given: Any) -> Context:
    """Two trees under one operator."""
    return Context(old, new, given.pop("old_operator", _OPERATOR), given.pop("new_operator", _OPERATOR), **given)


def changed(objects: Objects, which: ObjectKey, edit: Callable[[dict[str, Any]], object]) -> list[Change]:
    """What is said of one object when it is edited."""
    new = deepcopy(objects)
    edit(new[which])
    return read(objects, new, which)


def read(old: Objects, new: Objects, which: ObjectKey, **given: Any) -> list[Change]:
    """What is said of one object of two trees."""
    pair = Pair(which, old.get(which), new.get(which))
    return [] if pair.old == pair.new else changes(pair, context(old, new, **given))


def without(objects: Objects, *which: ObjectKey) -> Objects:
    """The objects but some."""
    return {each: manifest for each, manifest in objects.items() if each not in which}


def effects(changes: list[Change]) -> set[Effect]:
    """Every effect of some changes."""
    return {effect for change in changes for effect in change.effects}


def said(changes: list[Change]) -> str:
    """What all of them say."""
    return "\n".join(change.what for change in changes)


@cache
def _read(name: str) -> Objects:
    objects: Objects = {}
    for file in sorted((_STACKS / name).rglob("*.yaml")):
        manifest = yaml.load(file.read_text(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        if isinstance(manifest, dict):
            metadata = manifest["metadata"]
            objects[ObjectKey(manifest["kind"], metadata.get("namespace", ""), metadata["name"])] = manifest
    return objects
