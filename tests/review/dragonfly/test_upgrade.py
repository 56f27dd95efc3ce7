"""What another version of the operator does to an instance, seen from the instance."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from constructs_lib.dragonfly.operator_versions import operator_release
from constructs_lib.review.changes.model import Change, Effect, Pair
from constructs_lib.review.dragonfly.dragonfly import changes
from constructs_lib.review.dragonfly.upgrade import upgrade_changes
from constructs_lib.values.version import Version
from tests.operators import OPERATORS
from tests.review.dragonflies import IN_A_BUCKET, KEY, RESTARTS, context, dragonfly

TO_ANOTHER_SERVER = [
    (before, after)
    for before, after in pairwise(OPERATORS)
    if operator_release(Version.of(before)).default_server != operator_release(Version.of(after)).default_server
]
"""Upgrades to an operator that runs another server where the image is left out."""


def _upgraded(before: str, after: str, **fields: Any) -> list[Change]:
    manifest = dragonfly(**fields)
    return list(upgrade_changes(KEY, manifest, context(manifest, manifest, before, after)))


@pytest.mark.parametrize(("before", "after"), list(pairwise(OPERATORS)))
def test_a_pinned_image_restarts_no_pod(before: str, after: str) -> None:
    effects = {effect for change in _upgraded(before, after) for effect in change.effects}

    assert not effects & RESTARTS


@pytest.mark.parametrize(("before", "after"), TO_ANOTHER_SERVER)
@pytest.mark.parametrize(
    ("replicas", "snapshot", "effect"),
    [(1, None, Effect.DATA_LOST), (1, IN_A_BUCKET, Effect.RESTART), (3, None, Effect.ROLLING_RESTART)],
)
def test_an_image_that_is_left_out_restarts_every_pod(
    before: str, after: str, replicas: int, snapshot: Any, effect: Effect
) -> None:
    found = _upgraded(before, after, image=None, replicas=replicas, snapshot=snapshot)
    (change,) = [change for change in found if change.field == "/spec/image"]

    assert change.effects == (effect,)
    assert change.before != change.after


@pytest.mark.parametrize(
    ("before", "after", "effects"),
    [
        ("v1.3.1", "v1.4.0", []),
        ("v1.4.0", "v1.5.0", [(Effect.ACCESS_CLOSED,)]),
        ("v1.5.0", "v1.6.1", [(Effect.ACCESS_CLOSED,)]),
        ("v1.3.1", "v1.6.1", [(Effect.ACCESS_CLOSED,)]),
        ("v1.6.1", "v1.5.0", [(Effect.ACCESS_OPENED,)]),
        ("v1.6.1", "v1.7.0", [(Effect.UNKNOWN,)]),
        ("v1.6.1", "v1.6.1", []),
    ],
)
def test_the_network_policy_that_comes_shuts_somebody_out(
    before: str, after: str, effects: list[tuple[Effect, ...]]
) -> None:
    assert [change.effects for change in _upgraded(before, after)] == effects


def test_where_it_is_switched_off_it_shuts_nobody_out() -> None:
    assert _upgraded("v1.5.0", "v1.6.1", networkPolicyEnabled=False) == []


def test_a_field_that_the_other_version_lacks_is_refused() -> None:
    found = _upgraded("v1.6.1", "v1.7.0", networkPolicyEnabled=False)

    assert [(change.field, change.effects) for change in found] == [("/spec/networkPolicyEnabled", (Effect.REFUSED,))]


def test_a_label_that_the_other_version_fails_at_is_stuck() -> None:
    found = _upgraded("v1.4.0", "v1.6.1", labels={"app": "x"}, networkPolicyEnabled=None)

    assert ("/spec/labels/app", (Effect.STUCK,)) in [(change.field, change.effects) for change in found]


def test_a_change_beside_the_upgrade_is_judged_by_the_version_that_meets_it() -> None:
    old, new = dragonfly(replicas=3), dragonfly(replicas=3, pdb={"minAvailable": 2})
    (change,) = changes(Pair(KEY, old, new), context(old, new, "v1.4.0", "v1.5.0"))

    assert change.effects == (Effect.LIVE,)
