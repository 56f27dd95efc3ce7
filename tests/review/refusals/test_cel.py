"""Every CEL rule of the CRDs that come with the library is known in Python."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from constructs_lib.checks.definitions import written_definitions
from constructs_lib.review.refusals.cel import RULES, rule_refusals


def texts(schema: Any, *, reached: bool) -> Iterator[str]:
    """The rules below a schema; those that `rule_refusals` reaches, or all."""
    if isinstance(schema, list) and not reached:
        for each in schema:
            yield from texts(each, reached=reached)
    if not isinstance(schema, dict):
        return
    yield from (each["rule"] for each in schema.get("x-kubernetes-validations", ()))
    children = schema.get("properties", {}) if reached else schema
    for child in children.values():
        yield from texts(child, reached=reached)


def schemas() -> list[Any]:
    return [each["schema"]["openAPIV3Schema"] for crd in written_definitions().crds for each in crd["spec"]["versions"]]


def test_every_rule_is_known_and_reached() -> None:
    found = sorted(text for schema in schemas() for text in texts(schema, reached=False))
    assert sorted(text for schema in schemas() for text in texts(schema, reached=True)) == found
    assert set(found) == set(RULES)


@pytest.mark.parametrize(
    ("rule", "holds", "breaks"),
    [
        ("self == oldSelf", ({"a": 1}, {"a": 1}), ({"a": 1}, {"a": True})),
        (
            "!format.uuid().validate(self).hasValue()",
            ("8e2fbd4b-6a56-4c5f-9d9b-9c4a7d6f0b1e", None),
            ("8e2fbd4b", None),
        ),
        ("has(self.configMapRef) || has(self.secretRef)", ({"secretRef": {}}, None), ({}, None)),
        (
            "!has(self.configMapRef) || !has(self.secretRef)",
            ({"secretRef": {}}, None),
            ({"secretRef": {}, "configMapRef": {}}, None),
        ),
    ],
)
def test_a_rule_holds_or_is_broken(rule: str, holds: tuple[Any, Any], breaks: tuple[Any, Any]) -> None:
    assert RULES[rule].holds(*holds)
    assert not RULES[rule].holds(*breaks)


def test_a_rule_on_changes_is_for_what_was_there() -> None:
    schema = {"properties": {"uid": {"x-kubernetes-validations": [{"rule": "self == oldSelf"}]}}}
    assert list(rule_refusals(schema, {}, {"uid": "a"})) == []
    (refusal,) = rule_refusals(schema, {"uid": "a"}, {"uid": "b"})
    assert (refusal.field, refusal.in_place) == ("/uid", True)
