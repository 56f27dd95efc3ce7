"""What a CRD's schema says aloud and what it implies, each by one wrong resource."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.checks.schemas import schema_errors, validator_of

SPEC: dict[str, Any] = {
    "type": "object",
    "required": ["replicas", "mode"],
    "properties": {
        "replicas": {"type": "integer", "format": "int32", "minimum": 1, "maximum": 9},
        "mode": {"type": "string", "default": "cache", "enum": ["cache", "store"]},
        "interval": {"type": "string", "pattern": "^([0-9]+(m|h))+$", "maxLength": 6},
        "action": {"type": "string", "pattern": "^(?i)(abort|warn)?$"},
        "header": {"type": "string", "pattern": r"^\PC*$"},
        "port": {"anyOf": [{"type": "integer"}, {"type": "string"}], "x-kubernetes-int-or-string": True},
        "args": {"type": "array", "items": {"type": "string"}, "maxItems": 2},
        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        "values": {"type": "object", "x-kubernetes-preserve-unknown-fields": True},
        "suspend": {"type": "boolean", "nullable": True},
        "ratio": {"type": "number"},
        "block": {"type": "string", "format": "cidr"},
        "empty": {"type": "object"},
        "template": {
            "type": "object",
            "x-kubernetes-embedded-resource": True,
            "properties": {"spec": {"type": "object"}},
        },
        "users": {
            "type": "array",
            "x-kubernetes-list-type": "map",
            "x-kubernetes-list-map-keys": ["name"],
            "items": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
        },
        "groups": {"type": "array", "x-kubernetes-list-type": "set", "items": {"type": "string"}},
        "source": {
            "type": "object",
            "properties": {"secret": {"type": "string"}, "file": {"type": "string"}},
            "oneOf": [{"required": ["secret"]}, {"required": ["file"]}],
        },
    },
}
VALIDATOR = validator_of({"type": "object", "required": ["spec"], "properties": {"spec": SPEC, "status": {}}})


def errors(spec: dict[str, Any] | None = None, **metadata: Any) -> list[str]:
    resource: dict[str, Any] = {
        "apiVersion": "example.org/v1",
        "kind": "Widget",
        "metadata": {"name": "widget", **metadata},
        "spec": {"replicas": 1, **(spec or {})},
    }
    return [str(error) for error in schema_errors(resource, VALIDATOR)]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("replicas", "3", "spec.replicas: a text is not accepted; accepted: a whole number"),
        ("replicas", True, "spec.replicas: a boolean is not accepted; accepted: a whole number"),
        ("replicas", 0, "spec.replicas: 0 is not accepted; accepted: a number not below 1"),
        ("replicas", 10, "spec.replicas: 10 is not accepted; accepted: a number not above 9"),
        ("mode", "both", "spec.mode: 'both' is not accepted; accepted: 'cache', 'store'"),
        ("interval", None, "spec.interval: nothing is not accepted; accepted: a text"),
        ("interval", "5d", "spec.interval: '5d' is not accepted; accepted: a text that matches ^([0-9]+(m|h))+$"),
        ("interval", "5m\n", "spec.interval: '5m\\n' is not accepted; accepted: a text that matches ^([0-9]+(m|h))+$"),
        ("interval", "1000000m", "spec.interval: '1000000m' is not accepted; accepted: at most 6 characters"),
        (
            "action",
            "ignore",
            "spec.action: 'ignore' is not accepted; accepted: a text that matches ^(?i)(abort|warn)?$",
        ),
        ("port", 1.5, "spec.port: a number is not accepted; accepted: a whole number or a text"),
        ("args", "--flag", "spec.args: a text is not accepted; accepted: a list"),
        ("args", ["a", "b", "c"], "spec.args: 3 are not accepted; accepted: at most 2 items"),
        ("args", [1], "spec.args[0]: a number is not accepted; accepted: a text"),
        ("labels", {"a": 1}, "spec.labels.a: a number is not accepted; accepted: a text"),
        ("suspend", "no", "spec.suspend: a text is not accepted; accepted: true or false or null"),
        ("block", "10.0.0.0/64", "spec.block: '10.0.0.0/64' is not accepted; accepted: what the format cidr takes"),
        ("empty", {"a": 1}, "spec.empty.a: no such field; accepted: none"),
        ("template", {"spce": {}}, "spec.template.spce: no such field; did you mean 'spec'?"),
        ("users", [{"name": "a"}, {"name": "a"}], "spec.users: name 'a' stands there twice; accepted: once"),
        ("users", [{}], "spec.users[0].name: missing; it is required"),
        ("groups", ["a", "a"], "spec.groups: 'a' stands there twice; accepted: once"),
        ("source", {}, "spec.source: accepted: one of secret, file"),
        ("replica", 3, "spec.replica: no such field; did you mean 'replicas'?"),
    ],
)
def test_a_wrong_field_is_told_with_what_is_accepted(field: str, value: object, told: str) -> None:
    assert errors({field: value}) == [told]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("port", 6379),
        ("port", "redis"),
        ("values", {"anything": [1, {"at": "all"}]}),
        ("suspend", None),
        ("mode", None),
        ("ratio", 1),
        ("action", "Abort"),
        ("header", "what Python cannot match is left to the API server"),
        ("template", {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}}),
    ],
)
def test_what_a_schema_allows_is_no_error(field: str, value: object) -> None:
    assert errors({field: value}) == []


def test_a_required_field_with_a_default_may_be_left_out() -> None:
    assert errors({}) == []


def test_all_errors_come_at_once_in_the_order_of_their_fields() -> None:
    assert [error.split(":")[0] for error in errors({"replicas": "1", "mode": 2, "args": [3], "replica": 1})] == [
        "spec.replica",
        "spec.args[0]",
        "spec.mode",
        "spec.replicas",
    ]


def test_a_missing_spec_is_told() -> None:
    resource = {"apiVersion": "example.org/v1", "kind": "Widget", "metadata": {"name": "widget"}}
    assert [str(error) for error in schema_errors(resource, VALIDATOR)] == ["spec: missing; it is required"]


@pytest.mark.parametrize(
    ("metadata", "told"),
    [
        ({"name": "Widget"}, "metadata.name: 'Widget' is not accepted"),
        ({"label": {}}, "metadata.label: no such field; did you mean 'labels'?"),
        ({"labels": {"version": 1}}, "metadata.labels.version: a number is not accepted; accepted: a text"),
        ({"labels": {"version": "x" * 64}}, "accepted: at most 63 characters"),
        ({"annotations": {"on": True}}, "metadata.annotations.on: a boolean is not accepted; accepted: a text"),
    ],
)
def test_metadata_is_checked_though_a_crd_leaves_it_open(metadata: dict[str, Any], told: str) -> None:
    (error,) = errors(**metadata)
    assert told in error
