"""Sizes, times, schedules and CPU of cdk8s come to the values that they say; none of cdk8s is needed for it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constructs_lib.arguments.model import validate
from constructs_lib.backup.retention import Retention
from constructs_lib.cache.server import ServerArguments
from constructs_lib.values.cdk8s_objects import (
    CpuLike,
    DurationLike,
    SecretLike,
    SecretValueLike,
    SizeLike,
    is_like,
    read,
)
from constructs_lib.values.cpu import Cpu
from constructs_lib.values.cron import Cron
from constructs_lib.values.duration import duration_text, seconds
from constructs_lib.values.memory import Memory, ServerMemory

UNITS = {"Ki": 1024, "Mi": 1024**2, "Gi": 1024**3, "Ti": 1024**4}


@dataclass(frozen=True)
class Size:
    """As `cdk8s.Size`: it says what it was made of."""

    text: str

    def as_string(self) -> str:
        return self.text


@dataclass(frozen=True)
class Duration:
    """As `cdk8s.Duration`."""

    milliseconds: float

    def to_milliseconds(self, *, integral: bool | None = None) -> float:
        assert integral is False, "cdk8s raises on a fraction else"
        return self.milliseconds


@dataclass(frozen=True)
class Schedule:
    """As `cdk8s.Cron`."""

    text: str

    @property
    def expression_string(self) -> str:
        return self.text


@dataclass(frozen=True)
class Cores:
    """As `cdk8s_plus_28.Cpu`."""

    text: str

    @property
    def amount(self) -> str:
        return self.text


@dataclass(frozen=True)
class Vault:
    """As `cdk8s_plus_28.ISecret`."""

    text: str

    @property
    def name(self) -> str:
        return self.text

    def env_value(self, key: str) -> str:
        raise AssertionError(f"nobody asks for the value of {key}")


@dataclass(frozen=True)
class VaultKey:
    """As `cdk8s_plus_28.SecretValue`."""

    vault: Vault
    key: str

    @property
    def secret(self) -> Vault:
        return self.vault


@given(number=st.integers(1, 4096), unit=st.sampled_from(sorted(UNITS)))
def test_a_size_is_the_same_amount_in_both_notations(number: int, unit: str) -> None:
    size = Size(f"{number}{unit}")
    assert Memory.of(size).bytes == ServerMemory.of(size).bytes == number * UNITS[unit]
    assert Memory.of(str(Memory.of(size))) == Memory.of(size)
    assert ServerMemory.of(str(ServerMemory.of(size))) == ServerMemory.of(size)


@given(st.integers(0, 10**12))
def test_a_time_is_the_same_time_as_text(milliseconds: int) -> None:
    time = read(DurationLike, Duration(milliseconds))
    assert time == timedelta(milliseconds=milliseconds)
    assert seconds(duration_text(time)) == pytest.approx(milliseconds / 1000, rel=1e-12)


def test_a_time_as_text_names_no_unit_that_is_nothing() -> None:
    said = {5_400_000: "1h30m", 3_600_500: "1h500ms", 30_000: "30s", 86_400_000: "24h", 0: "0s"}
    assert {number: duration_text(timedelta(milliseconds=number)) for number in said} == said


def test_a_time_that_javascript_counts_a_little_off_is_the_one_that_was_meant() -> None:
    assert read(DurationLike, Duration(1004.9999999999999)) == timedelta(milliseconds=1005)


def test_a_time_is_not_rounded_away() -> None:
    with pytest.raises(ValueError, match=r"0\.5 microseconds are not accepted; accepted: whole ones"):
        read(DurationLike, Duration(0.0005))
    with pytest.raises(ValueError, match=r"0\.5ms is no duration; accepted: whole milliseconds"):
        duration_text(timedelta(microseconds=500))


@pytest.mark.parametrize("milliseconds", [1e20, float("inf"), float("nan")])
def test_a_time_without_end_is_refused(milliseconds: float) -> None:
    with pytest.raises(ValueError, match="microseconds are not accepted; accepted: less than three million years"):
        read(DurationLike, Duration(milliseconds))


def test_an_age_is_one_of_whole_hours() -> None:
    assert Retention.of(Duration(14 * 86_400_000)) == Retention.of("14d")
    for milliseconds in (0, 5_400_000, 360_000_001):
        with pytest.raises(ValueError, match="is no retention; accepted: a number of snapshots from 1, or an age"):
            Retention.of(Duration(milliseconds))


def test_cpu_and_schedules_are_judged_as_their_texts_are() -> None:
    assert Cpu.of(Cores("250m")) == Cpu.of("250m")
    assert Cron.of(Schedule("0 3 * * 0")) == Cron.of("0 3 * * 0")
    with pytest.raises(ValueError, match=r"'0\.0001' is no amount of CPU"):
        Cpu.of(Cores("0.0001"))
    with pytest.raises(ValueError, match="'7' in '0 3 \\* \\* 7' is no day of week that the server reads as written"):
        Cron.of(Schedule("0 3 * * 7"))


@pytest.mark.parametrize("text", ["0.0001Ki", "1e-7Gi", "1e21Gi", "NaNGi"])
def test_a_size_of_parts_of_bytes_or_of_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"'{text}' is no memory size; accepted: a Kubernetes quantity of whole bytes"):
        Memory.of(Size(text))


def test_an_object_for_another_thing_is_told_by_its_kind() -> None:
    with pytest.raises(ValueError, match="is no memory size"):
        Memory.of(Duration(1))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="a object is no memory size"):
        Memory.of(object())  # type: ignore[arg-type]


def test_an_object_is_asked_once() -> None:
    """Each time is a call to Node."""
    asked: list[str] = []

    class Counted(Size):
        def as_string(self) -> str:
            asked.append(self.text)
            return self.text

    arguments = validate(ServerArguments, {"memory_limit": Counted("4Gi"), "maxmemory": Counted("3Gi")}).arguments
    assert arguments is not None
    assert arguments.command_line()[0] == "--maxmemory=3gb"
    assert asked == ["3Gi", "4Gi"]


def test_a_secret_is_its_name_and_a_value_of_it_name_and_key() -> None:
    assert read(SecretLike, Vault("auth")) == "auth"
    assert read(SecretValueLike, VaultKey(Vault("auth"), "redis")) == {"name": "auth", "key": "redis"}
    assert not is_like(SecretLike, Cores("1"))
    assert not is_like(CpuLike, Vault("auth"))
    assert read(SizeLike, "1Gi") == "1Gi"


def test_what_is_like_cdk8s_is_known_without_it() -> None:
    code = "import sys, constructs_lib.cache.arguments; print({'cdk8s', 'cdk8s_plus_28', 'jsii'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
