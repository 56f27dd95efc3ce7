"""What the API server takes and no table knows is never called safe: every field of every CRD, and kinds of others."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constructs_lib.checks.definitions import written_definitions
from constructs_lib.review.changes.model import Change, Effect, ObjectKey
from constructs_lib.review.changes.rows import Row, matching_row
from constructs_lib.review.kinds import KINDS
from constructs_lib.review.review import review
from tests.review.stacks import stack

STACKS = ("everything-on", "restored", "external-secrets", "operator-v1.5.0", "three-replicas")
ORIGINALS: dict[str, tuple[ObjectKey, Any]] = {}
for name in STACKS:
    for key, manifest in stack(name).items():
        ORIGINALS.setdefault(key.kind, (key, manifest))

BY_FLOWS = frozenset({"CiliumNetworkPolicy"})
"""Kinds that are compared by what they come to: a further field that changes no flow is none."""

READ_ELSEWHERE = {
    "ExternalSecret": {"data", "target"},
    "PodMonitor": {"podMetricsEndpoints"},
    "PrometheusRule": {"groups"},
}
"""Fields that functions read, and no row."""

VALUES: tuple[Any, ...] = (
    "a",
    "1h",
    1,
    True,
    {},
    [],
    ["a"],
    {"a": "b"},
    "https://example.com",
    {"name": "a"},
    [{"name": "a"}],
)
"""One of these is of the type of nearly every field."""


def rows_of(kind: str) -> list[Row]:
    """Every row of the module that knows a kind."""
    module = import_module(f"constructs_lib.review.{KINDS[kind]}")
    tables = [value for value in vars(module).values() if isinstance(value, tuple)]
    return [row for table in tables for row in table if isinstance(row, Row)]


def unknown_fields() -> Iterator[Any]:
    for kind, (_, manifest) in sorted(ORIGINALS.items()):
        definition = written_definitions().get(manifest["apiVersion"], kind)
        if definition is None or kind in BY_FLOWS:
            continue
        rows = rows_of(kind)
        for field in definition.schema["properties"]["spec"]["properties"]:
            is_read = field in READ_ELSEWHERE.get(kind, ()) or any(
                row.field == f"/spec/{field}" or row.field.startswith(f"/spec/{field}/") for row in rows
            )
            if not is_read and matching_row(rows, f"/spec/{field}") is None and field not in manifest["spec"]:
                yield pytest.param(kind, field, id=f"{kind} {field}")


def is_called_safe(change: Change) -> bool:
    return not {Effect.UNKNOWN, Effect.REFUSED, Effect.STUCK} & {*change.effects}


def test_there_are_many_fields_that_no_row_names() -> None:
    assert len(list(unknown_fields())) > 80


@pytest.mark.parametrize(("kind", "field"), list(unknown_fields()))
def test_a_field_of_a_crd_that_no_row_names_is_not_safe(kind: str, field: str) -> None:
    key, manifest = ORIGINALS[kind]
    for value in VALUES:
        new = copy.deepcopy(manifest)
        new["spec"][field] = value
        for old, changed in ((manifest, new), (new, manifest)):
            found = review({key: old}, {key: changed}).changes
            assert found
            assert not any(map(is_called_safe, found)), (value, found)


VALUE = st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.lists(st.integers(), max_size=2)
MANIFEST = st.dictionaries(st.sampled_from(["spec", "data", "rules", "replicas"]), VALUE, min_size=1)


@given(old=MANIFEST, new=MANIFEST)
def test_nothing_that_changes_in_a_kind_of_others_is_safe(old: dict[str, Any], new: dict[str, Any]) -> None:
    key = ObjectKey("Widget", "cache", "a")
    same = {"apiVersion": "example.com/v1", "kind": "Widget", "metadata": {"name": "a", "namespace": "cache"}}
    before, after = {**same, **old}, {**same, **new}
    assert not any(map(is_called_safe, review({key: before}, {key: after}).changes))
    for one, other in (({}, {key: after}), ({key: before}, {})):
        found = review(one, other).changes
        assert found
        assert not any(map(is_called_safe, found))
