"""Amounts of CPU."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constructs_lib.values.cpu import Cpu

TAKEN: dict[str | int | float, int] = {
    "100m": 100,
    "1000m": 1000,
    "2": 2000,
    2: 2000,
    0.5: 500,
    "0.5": 500,
    "1.5": 1500,
    "0.001": 1,
    "0": 0,
}
REFUSED = ["", "m", "1M", "100 m", "-1", "+1", "1.", "1,5", "0.0001", "0.5m", "1e3", "a lot", 1e-5, True, None, [1]]


@pytest.mark.parametrize(("value", "millicores"), TAKEN.items())
def test_cores_and_thousandths_of_one_are_taken(value: str | int | float, millicores: int) -> None:
    assert Cpu.of(value).millicores == millicores


@pytest.mark.parametrize("value", REFUSED)
def test_what_is_no_cpu_or_finer_than_a_thousandth_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="is no amount of CPU; accepted: cores or thousandths of one"):
        Cpu.of(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(("value", "text"), [("1000m", "1"), ("1.5", "1500m"), ("0.1", "100m"), (3, "3")])
def test_whole_cores_are_printed_without_a_unit(value: str | int, text: str) -> None:
    assert str(Cpu.of(value)) == text


@given(st.integers(min_value=0, max_value=10**9))
def test_an_amount_is_printed_as_what_parses_back_to_it(millicores: int) -> None:
    assert Cpu.of(str(Cpu(millicores))) == Cpu(millicores)


@given(st.integers(min_value=0, max_value=10**6), st.integers(min_value=0, max_value=10**6))
def test_amounts_compare_by_size(one: int, other: int) -> None:
    assert (Cpu(one) < Cpu(other)) == (one < other)
