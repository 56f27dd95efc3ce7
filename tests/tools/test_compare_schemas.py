"""What `cluster.yaml` accepted and does not is found, whatever keyword of the schema says so."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conftest import ROOT
from tools.release.changelog import Change
from tools.release.compare_schemas import accepted, refused

NULL = {"type": "null"}
CLIENT = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "namespace": {"anyOf": [{"type": "string"}, NULL], "default": None},
        "entities": {"type": "array", "items": {"enum": ["host", "world"], "type": "string"}},
        "enabled": {"type": "boolean", "default": True},
    },
}


def schema(variable: dict[str, Any], client: dict[str, Any] = CLIENT) -> str:
    return json.dumps({"properties": {"dragonfly_x": variable}, "definitions": {"Client": client}})


def client(**properties: Any) -> dict[str, Any]:
    return {**CLIENT, "properties": {**CLIENT["properties"], **properties}}  # type: ignore[dict-item]


def change(*names: str, what: str) -> list[Change]:
    return [Change(("dragonfly_x", *names), what)]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ({"enum": ["a", "b"]}, {"enum": ["b"]}, change("a", what="accepts a no longer")),
        ({"type": "string"}, {"enum": ["a"], "type": "string"}, change(what="accepts a alone")),
        ({"const": "a"}, {"const": "b"}, change("a", what="accepts a no longer")),
        ({"anyOf": [{"type": "string"}, NULL]}, NULL, change(what="accepts null alone, no string any longer")),
        ({"type": ["string", "null"]}, {"type": "string"}, change(what="accepts string alone, no null any longer")),
        ({"type": "number"}, {"type": "integer"}, change(what="accepts integer alone, no number any longer")),
        ({}, {"type": "string"}, change(what="accepts string alone, no value any longer")),
        ({"type": "integer", "minimum": 1}, {"type": "integer", "minimum": 2}, change(what="minimum is 2, was 1")),
        ({"type": "integer"}, {"type": "integer", "maximum": 9}, change(what="maximum is 9, was none")),
        (
            {"anyOf": [{"type": "integer"}, NULL], "minimum": 1},
            {"anyOf": [{"type": "integer"}, NULL], "minimum": 3},
            change(what="minimum is 3, was 1"),
        ),
        ({"type": "string"}, {"type": "string", "minLength": 1}, change(what="minLength is 1, was none")),
        ({"type": "string"}, {"type": "string", "pattern": "^a"}, change(what="pattern is ^a, was none")),
        (
            {"type": "array", "items": {"type": "string"}},
            {"type": "array", "items": {"type": "integer"}},
            change(what="accepts integer alone, no string any longer"),
        ),
        (
            {"type": "object", "additionalProperties": {"type": "string"}},
            {"type": "object", "additionalProperties": False},
            change(what="accepts no further keys any longer"),
        ),
        (
            {"type": "object", "additionalProperties": {"type": "string"}},
            {"type": "object", "additionalProperties": {"enum": ["a"]}},
            change(what="accepts a alone"),
        ),
        (
            {"type": "object"},
            {"type": "object", "properties": {"a": {"type": "string"}}},
            change("a", what="accepts string alone, no value any longer"),
        ),
    ],
)
def test_what_was_accepted_and_is_not_breaks(old: dict[str, Any], new: dict[str, Any], found: list[Change]) -> None:
    assert refused(schema(old), schema(new)) == found


@pytest.mark.parametrize(
    ("new", "found"),
    [
        ({**CLIENT, "required": ["namespace"]}, change("namespace", what="is now required")),
        (client(namespace={"type": "string"}), change("namespace", what="accepts string alone, no null any longer")),
        (
            client(entities={"type": "array", "items": {"enum": ["host"], "type": "string"}}),
            change("entities", "world", what="accepts world no longer"),
        ),
        (
            client(enabled={"type": "boolean", "default": False}),
            change("enabled", what="default was changed, True to False"),
        ),
        (
            {**CLIENT, "properties": {name: CLIENT["properties"][name] for name in ("namespace", "entities")}},  # type: ignore[index]
            change("enabled", what="was removed"),
        ),
    ],
)
def test_it_is_found_inside_what_a_variable_refers_to(new: dict[str, Any], found: list[Change]) -> None:
    variable = {"anyOf": [{"type": "array", "items": {"$ref": "#/definitions/Client"}}, NULL]}
    assert refused(schema(variable), schema(variable, new)) == found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"enum": ["a"]}, {"enum": ["a", "b"]}),
        ({"enum": ["a"], "type": "string"}, {"type": "string"}),
        ({"type": "integer"}, {"type": "number"}),
        ({"type": "string"}, {"anyOf": [{"type": "string"}, NULL]}),
        ({"type": "integer", "minimum": 1}, {"type": "integer"}),
        ({"type": "object", "additionalProperties": False}, {"type": "object"}),
        ({"type": "string"}, {}),
    ],
)
def test_what_accepts_more_breaks_nothing_and_is_new(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert refused(schema(old), schema(new)) == []
    assert accepted(schema(old), schema(new)) == [Change(("dragonfly_x",), "accepts more")]


def test_nothing_is_found_between_our_schema_and_itself() -> None:
    ours = (ROOT / "cluster.schema.json").read_text()
    assert (refused(ours, ours), accepted(ours, ours)) == ([], [])


def test_a_variable_of_each_instance_is_told_once() -> None:
    ours = (ROOT / "cluster.schema.json").read_text()
    new = json.loads(ours)
    new["properties"]["dragonfly_replicas"]["minimum"] = 3
    assert refused(ours, json.dumps(new)) == [Change(("dragonfly_replicas",), "minimum is 3, was 1")]
