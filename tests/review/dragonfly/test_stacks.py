"""Reviews of our own stacks' Dragonflies against each other and against themselves, and of random ones."""

from __future__ import annotations

import copy
from itertools import permutations
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from constructs_lib.dragonfly.operator_fields import fields_by_version
from constructs_lib.review.changes.model import Change, Context, Effect, ObjectKey, Pair
from constructs_lib.review.dragonfly.dragonfly import changes
from constructs_lib.review.dragonfly.fields import FIELDS, row_of
from constructs_lib.values.version import Version
from tests.conftest import ROOT
from tests.operators import OPERATORS
from tests.review.dragonflies import IN_A_BUCKET, RESTARTS

WRITTEN = ROOT / "tests" / "__snapshots__" / "test_stacks"

STACKS: dict[str, Any] = {
    str(file.relative_to(WRITTEN).parts[0]): yaml.safe_load(file.read_text())
    for file in sorted(WRITTEN.glob("*/*/Dragonfly.dragonfly.yaml"))
}
KEY = ObjectKey("Dragonfly", "cache", "dragonfly")


def _reviewed(old: Any, new: Any, operator: str) -> list[Change]:
    version = Version.of(operator)
    return list(changes(Pair(KEY, old, new), Context({KEY: old}, {KEY: new}, version, version)))


def _effects(old: Any, new: Any, operator: str) -> set[Effect]:
    return {effect for change in _reviewed(old, new, operator) for effect in change.effects}


def _with(manifest: Any, **spec: Any) -> Any:
    made = copy.deepcopy(manifest)
    made["spec"] = {name: value for name, value in {**made["spec"], **spec}.items() if value is not None}
    return made


def test_there_are_stacks_to_review() -> None:
    assert len(STACKS) >= 10


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("operator", OPERATORS)
def test_a_stack_beside_itself_has_no_change(stack: str, operator: str) -> None:
    assert _reviewed(STACKS[stack], copy.deepcopy(STACKS[stack]), operator) == []


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize(
    ("replicas", "snapshot", "expected"),
    [
        (1, None, Effect.DATA_LOST),
        (1, IN_A_BUCKET, Effect.RESTART),
        (2, None, Effect.ROLLING_RESTART),
        (2, IN_A_BUCKET, Effect.ROLLING_RESTART),
        (3, None, Effect.ROLLING_RESTART),
        (3, IN_A_BUCKET, Effect.ROLLING_RESTART),
    ],
)
def test_a_changed_annotation_of_a_stack_restarts_by_its_pods_and_snapshots(
    stack: str, replicas: int, snapshot: Any, expected: Effect
) -> None:
    fields = set(STACKS[stack]["spec"])
    operator = next(each for each in OPERATORS if fields <= fields_by_version()[Version.of(each)])
    old = _with(STACKS[stack], replicas=replicas, snapshot=snapshot)

    assert _effects(old, _with(old, annotations={"example.com/digest": "2"}), operator) == {expected}


@pytest.mark.parametrize(("before", "after"), list(permutations(STACKS, 2)))
def test_one_stack_after_another_has_no_change_that_is_not_known(before: str, after: str) -> None:
    for operator in ("v1.3.1", "v1.6.1"):
        found = _reviewed(STACKS[before], STACKS[after], operator)

        assert bool(found) == (STACKS[before] != STACKS[after])
        refused_before = {change.field for change in found if change.before is not None}
        assert all(Effect.UNKNOWN not in change.effects or change.field in refused_before for change in found)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 5) | st.sampled_from(["", "1Gi", "1024Mi", "s3://b", "${A}", "x=y"]),
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "value", "key", "limits", "memory", "dir", "cron", "app"]), below)
    ),
    max_leaves=6,
)
_NAMES = st.sampled_from([*sorted({field.split("/")[2] for field in FIELDS if field.startswith("/spec/")}), "x"])


@st.composite
def _changed(draw: Any) -> Any:
    manifest = copy.deepcopy(draw(st.sampled_from(list(STACKS.values()))))
    manifest["spec"] |= draw(st.dictionaries(_NAMES, _VALUES, max_size=3))
    manifest["metadata"] |= draw(st.dictionaries(st.sampled_from(["labels", "finalizers", "x"]), _VALUES, max_size=1))
    return manifest


@settings(max_examples=150)
@given(old=_changed(), new=_changed(), operator=st.sampled_from(OPERATORS))
def test_whatever_differs_is_told_and_nothing_unknown_is_called_safe(old: Any, new: Any, operator: str) -> None:
    found = _reviewed(old, new, operator)

    for change in found:
        assert change.effects
        assert change.what
        if not row_of(change.field) and change.field not in {"/spec", "/metadata"}:
            assert {Effect.UNKNOWN, Effect.REFUSED, Effect.STUCK} & set(change.effects)
    if any(Effect.REFUSED in change.effects for change in found):
        assert {effect for change in found for effect in change.effects} == {Effect.REFUSED}
    assert _reviewed(new, copy.deepcopy(new), operator) == []
    assert not RESTARTS & {effect for change in found if change.effects == (Effect.NONE,) for effect in change.effects}
