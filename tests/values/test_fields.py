"""Fields of objects that nobody has checked."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.values.fields import items, mapping, mappings, pointer, steps_of, text, text_or_number, texts, value


@pytest.mark.parametrize("spec", [None, "text", 1, [], {}, {"ports": None}, {"ports": "text"}, {"ports": 1}])
def test_what_has_another_type_counts_as_not_there(spec: Any) -> None:
    assert value(spec, "ports", "port") is None
    assert items(spec, "ports") == []
    assert mappings(spec, "ports") == []
    assert texts(spec, "ports") == []
    assert mapping(spec, "ports") == {}
    assert text(spec, "ports", "port") == ""


def test_a_number_and_the_same_number_as_text_are_one_where_either_may_be_written() -> None:
    assert text_or_number({"port": 6379}, "port") == text_or_number({"port": "6379"}, "port") == "6379"
    assert text({"port": 6379}, "port") == ""


def test_a_place_is_found_again_by_its_pointer() -> None:
    place = ("metadata", "labels", "example.com/a~b")
    assert pointer(*place) == "/metadata/labels/example.com~1a~0b"
    assert steps_of(pointer(*place)) == place
    assert steps_of("") == ()
