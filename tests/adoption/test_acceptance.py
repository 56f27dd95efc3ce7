"""What is refused is left out, and no more than that."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from constructs_lib.adoption.acceptance import Dropped, Given, Refusals, accepted
from constructs_lib.errors import Finding


def none_of(*places: str) -> Refusals:
    """Refuses whatever stands at these places."""

    def refusals(given: Given) -> Sequence[Finding]:
        found = []
        for place in places:
            key, _, item = place.partition(".")
            if key in given and (not item or item in given[key]):
                found.append(Finding.error(place, "no"))
        return found

    return refusals


def test_what_is_not_refused_stays_as_it_is() -> None:
    assert accepted({"a": 1, "b": [2]}, lambda given: []) == ({"a": 1, "b": [2]}, [])


def test_a_value_that_is_refused_goes_with_the_refusals_words() -> None:
    left, dropped = accepted({"a": 1, "b": 2}, none_of("a"))
    assert (left, dropped) == ({"b": 2}, [Dropped("a", "a: no")])


def test_of_a_mapping_goes_the_item_alone() -> None:
    left, dropped = accepted({"flags": {"x": 1, "y": 2}}, none_of("flags.x"))
    assert (left, dropped) == ({"flags": {"y": 2}}, [Dropped("flags", "flags.x: no", ("x", 1))])


def test_a_key_with_points_in_it_is_found_by_the_longest_that_fits() -> None:
    labels = {"app": 1, "app.kubernetes.io/name": 2}
    left, _ = accepted({"labels": labels}, lambda given: _if_there(given, "labels", "app.kubernetes.io/name"))
    assert left == {"labels": {"app": 1}}


def _if_there(given: Given, key: str, name: str) -> Sequence[Finding]:
    return [Finding.error(f"{key}.{name}", "no")] if name in given.get(key, {}) else []


def test_of_a_list_go_all_items_that_are_refused_at_once() -> None:
    def refusals(given: Given) -> Sequence[Finding]:
        items = enumerate(given.get("clients", []))
        return [Finding.error(f"clients[{index}].namespace", "no") for index, each in items if each < 0]

    left, dropped = accepted({"clients": [1, -1, 2, -2]}, refusals)
    assert left == {"clients": [1, 2]}
    assert sorted(each.item for each in dropped) == [-2, -1]


def test_an_empty_rest_is_left_out() -> None:
    assert accepted({"flags": {"x": 1}}, none_of("flags.x"))[0] == {}


def test_of_two_that_do_not_go_together_the_one_goes_under_which_it_is_not_told() -> None:
    def refusals(given: Given) -> Sequence[Finding]:
        return [Finding.error("maxmemory", "too much for the limit")] if "limit" in given else []

    left, dropped = accepted({"name": "a", "limit": 1}, refusals)
    assert left == {"name": "a"}
    assert dropped == [Dropped("limit", "maxmemory: too much for the limit")]


def test_what_must_stay_stays() -> None:
    def refusals(given: Given) -> Sequence[Finding]:
        return [Finding.error("on", "not with b")] if "b" in given else []

    left, _ = accepted({"on": True, "b": 1}, refusals, frozenset({"on"}))
    assert left == {"on": True}


def test_two_of_which_each_alone_is_too_much_both_go() -> None:
    def refusals(given: Given) -> Sequence[Finding]:
        return [Finding.error("", "neither a nor b")] if given.keys() & {"a", "b"} else []

    assert accepted({"a": 1, "b": 2}, refusals)[0] == {}


def test_what_is_refused_with_nothing_given_is_a_fault_of_ours() -> None:
    with pytest.raises(AssertionError, match="refused with nothing given"):
        accepted({}, lambda given: [Finding.error("a", "always")])
