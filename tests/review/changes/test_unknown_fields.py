"""What no table knows is never called safe, wherever it stands; and what is the same is no change."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from constructs_lib.review.changes.model import Effect, ObjectKey
from constructs_lib.review.kinds import KINDS
from tests.review.stacks import effects, read, stack

STACKS = ("everything-on", "external-secrets", "kubernetes-policy", "operator-v1.5.0", "restored", "substituted-secret")

FREE = {
    ("ConfigMap", "/data"): "a file that a Job does not run, or a dashboard",
    ("ExternalSecret", "/spec/target/template/data"): "a further key",
    ("PrometheusRule", "/spec/groups/*/rules/*/annotations"): "words",
    ("Secret", "/stringData"): "a further key",
}
"""Mappings whose names are free, so that a further one is known for what it is."""


def places(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where a mapping stands in a manifest."""
    if isinstance(part, dict):
        yield path
        for name, value in part.items():
            yield from places(value, (*path, name))
    elif isinstance(part, list):
        for place, value in enumerate(part):
            yield from places(value, (*path, place))


def with_unknown(manifest: Any, path: tuple[Any, ...]) -> Any:
    copy = deepcopy(manifest)
    part = copy
    for step in path:
        part = part[step]
    part["someUnknownField"] = 1
    return copy


def pointer(path: tuple[Any, ...]) -> str:
    return "".join(f"/{'*' if isinstance(step, int) else step}" for step in path)


def known_here(name: str) -> list[ObjectKey]:
    return [key for key in stack(name) if key.kind in KINDS and key.kind != "Dragonfly"]


@pytest.mark.parametrize("name", STACKS)
def test_an_unknown_field_is_never_safe(name: str) -> None:
    objects = stack(name)
    safe = set()
    for key in known_here(name):
        for path in places(objects[key]):
            new = {**objects, key: with_unknown(objects[key], path)}
            if effects(read(objects, new, key)) <= {Effect.NONE, Effect.LIVE}:
                safe.add((key.kind, pointer(path)))
    assert safe <= FREE.keys()


@pytest.mark.parametrize("name", STACKS)
def test_the_same_objects_are_no_change(name: str) -> None:
    objects = stack(name)
    assert [change for key in known_here(name) for change in read(objects, deepcopy(objects), key)] == []


@pytest.mark.parametrize("name", STACKS)
def test_every_change_is_to_a_field_that_one_side_has(name: str) -> None:
    """A JSON pointer that leads somewhere before or after."""
    objects = stack(name)
    for key in known_here(name):
        for path in places(objects[key]):
            new = with_unknown(objects[key], path)
            for change in read(objects, {**objects, key: new}, key):
                assert leads_somewhere(new, change.field) or leads_somewhere(objects[key], change.field)


def leads_somewhere(manifest: Any, field: str) -> bool:
    part = manifest
    for step in field.split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        try:
            part = part[int(step)] if isinstance(part, list) else part[step]
        except (IndexError, KeyError, ValueError):
            return False
    return True
