"""Fields of manifests that nobody has checked."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.review.topology.written_fields import at, entries, mapping, mappings, selector_words, selects, text


@pytest.mark.parametrize("spec", [None, "text", 1, [], {}, {"ports": None}, {"ports": "text"}, {"ports": 1}])
def test_what_has_another_type_counts_as_not_there(spec: Any) -> None:
    assert at(spec, "ports", "port") is None
    assert entries(spec, "ports") == []
    assert mappings(spec, "ports") == []
    assert mapping(spec, "ports") == {}
    assert text(spec, "ports", "port") == ""


def test_a_number_and_the_same_number_as_text_are_one() -> None:
    assert text({"port": 6379}, "port") == text({"port": "6379"}, "port") == "6379"


def expression(operator: str, *values: str) -> dict[str, Any]:
    return {"matchExpressions": [{"key": "tier", "operator": operator, "values": list(values)}]}


@pytest.mark.parametrize(
    ("selector", "web", "none"),
    [
        ({}, True, True),
        ({"matchLabels": {"tier": "web"}}, True, False),
        ({"matchLabels": {"tier": "job"}}, False, False),
        (expression("In", "web", "job"), True, False),
        (expression("NotIn", "web"), False, True),
        (expression("Exists"), True, False),
        (expression("DoesNotExist"), False, True),
        (expression("Unheard"), False, False),
    ],
)
def test_a_selector_selects_as_kubernetes_does(selector: dict[str, Any], web: bool, none: bool) -> None:
    assert (selects(selector, {"tier": "web"}), selects(selector, {})) == (web, none)


def test_a_selector_is_said_as_kubectl_says_it() -> None:
    selector = {
        "matchLabels": {"app": "web"},
        "matchExpressions": [
            {"key": "tier", "operator": "In", "values": ["b", "a"]},
            {"key": "canary", "operator": "DoesNotExist"},
            {"key": "team", "operator": "Exists"},
        ],
    }
    assert list(selector_words(selector)) == ["app=web", "tier in (a, b)", "!canary", "team"]
