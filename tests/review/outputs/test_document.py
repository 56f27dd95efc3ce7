"""A review as JSON holds to the schema in docs/, whatever stands in the manifests."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from constructs_lib.review.changes.model import Effect
from constructs_lib.review.outputs.document import document
from tests.conftest import ROOT
from tests.review.manifests import change, reviewed

SCHEMA = json.loads((ROOT / "docs" / "review.schema.json").read_text())
VALIDATOR = Draft202012Validator(SCHEMA)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_knows_every_effect() -> None:
    assert SCHEMA["$defs"]["change"]["properties"]["effects"]["items"]["enum"] == [effect.id for effect in Effect]


def test_a_review_is_written_as_it_is_documented() -> None:
    written = document(reviewed(change(Effect.SCALED, field="/spec/replicas", what="Two pods are added.")))
    assert written == {
        "version": 1,
        "operator": "v1.3.1",
        "changes": [
            {
                "object": {"kind": "Dragonfly", "namespace": "cache", "name": "dragonfly"},
                "field": "/spec/replicas",
                "before": 1,
                "after": 2,
                "effects": ["scaled"],
                "severity": "info",
                "what": "Two pods are added.",
            }
        ],
        "summary": {"danger": 0, "warning": 0, "info": 1},
    }
    VALIDATOR.validate(written)


@pytest.mark.parametrize(
    "value", [date(2024, 1, 1), float("nan"), float("inf"), b"\xff", {1: {True}}, [None], {None: (1, 2)}, 10**400]
)
def test_any_value_of_yaml_can_be_written(value: Any) -> None:
    written = document(reviewed(change(Effect.UNKNOWN, field="/a~1b/~0", before=value, after=None)))
    VALIDATOR.validate(json.loads(json.dumps(written, allow_nan=False)))


def test_a_field_that_is_no_pointer_does_not_hold() -> None:
    with pytest.raises(ValidationError):
        VALIDATOR.validate(document(reviewed(change(Effect.LIVE, field="spec.args"))))
