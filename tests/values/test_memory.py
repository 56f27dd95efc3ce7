"""Memory amounts in the server's notation and in Kubernetes'."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constructs_lib.values.memory import Memory, ServerMemory

AMOUNTS = st.integers(min_value=0, max_value=2**63 - 1)

TAKEN_BY_THE_SERVER = {
    "512mb": 512 * 1024**2,
    "512MB": 512 * 1024**2,
    "512Mi": 512 * 1024**2,
    "512MiB": 512 * 1024**2,
    "512m": 512 * 1024**2,
    "0.5gb": 512 * 1024**2,
    "536870912": 536870912,
    "536870912b": 536870912,
    "1t": 1024**4,
    "1e9": 10**9,
    "3K": 3 * 1024,
}
REFUSED_BY_THE_SERVER = ["512 mb", "half", "", "mb", "-1", "+1", "1.gb", ".5gb", "1p", "1mbb", "1e9e9", "٣", "8388608t"]

TAKEN_BY_KUBERNETES = {
    "1Gi": 1024**3,
    "256Mi": 256 * 1024**2,
    "1.5Gi": 1536 * 1024**2,
    ".5Gi": 512 * 1024**2,
    "500M": 500 * 1000**2,
    "128974848": 128974848,
    "129e6": 129 * 10**6,
    "129M": 129 * 10**6,
    "123k": 123000,
}
REFUSED_BY_US_FOR_KUBERNETES = ["512mb", "1gi", "1G i", "500m", "1K", "0.3", "1e-1", "-1Gi", "", "Gi", "8Ei"]


@pytest.mark.parametrize(("text", "amount"), TAKEN_BY_THE_SERVER.items())
def test_the_servers_units_are_powers_of_1024_in_any_case(text: str, amount: int) -> None:
    assert ServerMemory.of(text).bytes == amount


@pytest.mark.parametrize("text", REFUSED_BY_THE_SERVER)
def test_what_the_server_cannot_read_is_refused_with_what_it_can(text: str) -> None:
    with pytest.raises(ValueError, match="is no memory size; accepted: a number and K, M, G or T"):
        ServerMemory.of(text)


@pytest.mark.parametrize(("text", "amount"), TAKEN_BY_KUBERNETES.items())
def test_kubernetes_units_are_binary_with_an_i_and_decimal_without(text: str, amount: int) -> None:
    assert Memory.of(text).bytes == amount


@pytest.mark.parametrize("text", REFUSED_BY_US_FOR_KUBERNETES)
def test_what_is_no_whole_number_of_bytes_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no memory size; accepted: a Kubernetes quantity of whole bytes"):
        Memory.of(text)


@pytest.mark.parametrize("value", [True, None, 1.5, ["1Gi"], -1])
@pytest.mark.parametrize("kind", [Memory, ServerMemory])
def test_only_texts_and_whole_numbers_are_amounts(kind: type[Memory | ServerMemory], value: object) -> None:
    with pytest.raises(ValueError, match="is no memory size"):
        kind.of(value)  # type: ignore[arg-type]


@given(AMOUNTS)
def test_an_amount_is_printed_as_what_parses_back_to_it(amount: int) -> None:
    assert Memory.of(str(Memory(amount))) == Memory(amount)
    assert ServerMemory.of(str(ServerMemory(amount))) == ServerMemory(amount)


@given(AMOUNTS, AMOUNTS)
def test_amounts_of_both_notations_compare_by_bytes(one: int, other: int) -> None:
    assert (Memory(one) < ServerMemory(other)) == (one < other)
    assert (Memory(one) == ServerMemory(other)) == (one == other)
    assert hash(Memory(one)) == hash(ServerMemory(one))


@pytest.mark.parametrize("text", ["1Gi", "1536Mi", "1000Ki", "500M", "512M", "2G", "7", "0"])
def test_an_amount_is_printed_in_the_unit_that_it_was_given_in(text: str) -> None:
    assert str(Memory.of(text)) == text


def test_an_amount_fits_into_a_signed_64_bit_number() -> None:
    for kind in (Memory, ServerMemory):
        assert kind.of(2**63 - 1).bytes == 2**63 - 1
        with pytest.raises(ValueError, match="is no memory size"):
            kind.of(2**63)


def test_no_digit_is_lost_in_a_long_fraction() -> None:
    with pytest.raises(ValueError, match="whole bytes"):
        Memory.of("1.0000000000000000000000000000000001Gi")


def test_the_servers_amount_becomes_kubernetes_and_back() -> None:
    assert str(Memory.of(ServerMemory.of("512mb"))) == "512Mi"
    assert str(ServerMemory.of(Memory.of("512Mi"))) == "512mb"


def test_a_number_is_bytes() -> None:
    assert Memory.of(1024).bytes == ServerMemory.of(1024).bytes == 1024
