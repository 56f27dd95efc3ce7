"""What the table says of a change, held to what four operators did with it on an API server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from constructs_lib.review.changes.model import Change, Effect
from constructs_lib.review.dragonfly.fields import FIELDS
from tests.conftest import ROOT
from tests.review.dragonflies import RESTARTS, dragonfly, reviewed

SEEN: dict[str, Any] = json.loads((ROOT / "tests/data/dragonfly-operator-effects.json").read_text())

NEVER_TAKEN_BEFORE = {("tiering removed", "v1.3.1")}
"""Where the API server refused what stood there before: the manifest after is taken, and what happens is not known."""

SERVER_OUT_OF_REACH = {"args repeat the operator's"}
"""What the operator applies, and whose pods then do not get ready: only objects and restarts were looked at."""


def _seen() -> Iterator[Any]:
    for name, row in SEEN["changes"].items():
        for outcome in row["outcomes"]:
            for operator in outcome["operators"]:
                yield pytest.param(name, operator, outcome, id=f"{name} at {operator}")


def _reviewed(name: str, operator: str) -> list[Change]:
    row = SEEN["changes"][name]
    old, new = (dragonfly(SEEN["base"], **row[side]) for side in ("before", "after"))
    return reviewed(old, new, operator)


@pytest.mark.parametrize(("name", "operator", "outcome"), list(_seen()))
def test_a_review_says_what_the_operator_did(name: str, operator: str, outcome: dict[str, Any]) -> None:
    changes = _reviewed(name, operator)
    effects = {effect for change in changes for effect in change.effects}
    if (name, operator) in NEVER_TAKEN_BEFORE:
        assert effects == {Effect.UNKNOWN}
        return
    assert changes
    assert Effect.UNKNOWN not in effects
    assert (Effect.REFUSED in effects) == ("refused" in outcome)
    assert (Effect.STUCK in effects) == ("operator_fails" in outcome or name in SERVER_OUT_OF_REACH)
    if outcome.get("objects"):
        assert effects != {Effect.NONE}
    if not name.startswith("replicas"):
        assert bool(effects & RESTARTS) == outcome.get("restarts", False)


@pytest.mark.parametrize(
    ("name", "operator"),
    [
        pytest.param(*seen.values[:2], id=str(seen.id))
        for seen in _seen()
        if seen.values[2].get("objects") == [] and "operator_fails" not in seen.values[2]
    ],
)
def test_what_changed_no_object_is_none_or_live(name: str, operator: str) -> None:
    for change in _reviewed(name, operator):
        assert {Effect.NONE, Effect.LIVE} & set(change.effects)
        assert not set(change.effects) - {Effect.NONE, Effect.LIVE, Effect.UNSAVED}


def test_every_row_that_was_seen_is_named_by_a_field_and_the_other_way_round() -> None:
    named = {name.strip() for field in FIELDS.values() for name in field.source.split(";")}

    assert set(SEEN["changes"]) <= named
    for field, row in FIELDS.items():
        is_known_from_elsewhere = field.startswith(("/metadata", "/status", "/spec/tlsSecretRef/namespace"))
        was_seen = {name.strip() for name in row.source.split(";")} & set(SEEN["changes"])
        assert is_known_from_elsewhere or was_seen, (
            f"see what operators do with another {field}, and give it a row in dragonfly-operator-effects.json"
        )
