"""Where two manifests differ."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.review.changes.differences import Difference, differences


def test_a_field_that_differs_is_named_by_its_pointer() -> None:
    assert list(differences({"spec": {"a/b": 1, "same": 0}}, {"spec": {"a/b": 2, "same": 0}})) == [
        Difference("/spec/a~1b", 1, 2)
    ]


def test_another_order_of_keys_is_no_difference() -> None:
    assert list(differences({"a": 1, "b": {"c": 1, "d": 2}}, {"b": {"d": 2, "c": 1}, "a": 1})) == []


@pytest.mark.parametrize(("before", "after"), [(1, True), ([0], [False]), ([{"a": 1}], [{"a": True}]), (1, "1")])
def test_what_python_calls_equal_may_be_another_value_to_the_server(before: Any, after: Any) -> None:
    (difference,) = differences({"deep": {"field": before}}, {"deep": {"field": after}})
    assert difference.field == "/deep/field"


def test_not_a_number_is_what_it_was() -> None:
    assert list(differences({"a": [float("nan")]}, {"a": [float("nan")]})) == []
