"""Amounts of memory, in Dragonfly's notation and in Kubernetes'.

They differ: to Dragonfly `512mb` and `512MiB` are both 512 × 1024², to Kubernetes `512M` is 512 × 1000²
and `512mb` is an error. So each notation has its type, and both are whole bytes underneath.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, total_ordering
from typing import ClassVar, Self

from constructs_lib.values.cdk8s_objects import SizeLike, read
from constructs_lib.values.redact import redact

MEBIBYTE = 1024**2

_TOO_MUCH = 2**63
"""Both count bytes in a signed 64-bit number."""


@total_ordering
@dataclass(frozen=True, slots=True)
class _Bytes(ABC):
    """A whole number of bytes; the two notations below compare with each other."""

    bytes: int

    accepted: ClassVar[str]

    @classmethod
    def of(cls, value: _Bytes | str | int | SizeLike) -> Self:
        """Take an amount as it is, parse a text, take a number as bytes, or read a `cdk8s.Size`.

        Raises:
            ValueError: the text is no such amount; the message says what is accepted.
        """
        if isinstance(value, cls):
            return value
        if isinstance(value, _Bytes):
            return cls(value.bytes)
        text = read(SizeLike, value)
        amount = None if isinstance(text, bool) or not isinstance(text, str | int) else cls._parse(str(text))
        if amount is None or amount >= _TOO_MUCH:
            raise ValueError(f"{redact(text)} is no memory size; accepted: {cls.accepted}")
        return cls(amount)

    @classmethod
    @abstractmethod
    def _parse(cls, text: str) -> int | None:
        """The bytes that a text says, or None where it is no amount of this notation."""

    def __lt__(self, other: _Bytes) -> bool:
        return self.bytes < other.bytes

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Bytes) and self.bytes == other.bytes

    def __hash__(self) -> int:
        return hash(self.bytes)


@dataclass(frozen=True, slots=True, eq=False)
class ServerMemory(_Bytes):
    """An amount as the server's flags take it: `512mb`, `1.5gb`, `536870912`.

    A number and K, M, G or T, each optionally with B or iB, any case, always powers of 1024
    (seen on a running server: `512mb`, `512MB`, `512Mi`, `512MiB`, `1t`, `1e9` taken; `512 mb` refused).
    """

    accepted: ClassVar[str] = "a number and K, M, G or T (powers of 1024), such as 512mb or 2Gi, without a space"

    _FORM: ClassVar[re.Pattern[str]] = re.compile(
        r"(?P<number>\d+(?:\.\d+)?(?:e\d{1,2})?)(?:(?P<unit>[kmgt])(?:i?b|i)?|b)?", re.IGNORECASE | re.ASCII
    )
    _POWERS: ClassVar[dict[str, int]] = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}

    @classmethod
    @cache
    def _parse(cls, text: str) -> int | None:
        match = cls._FORM.fullmatch(text)
        if match is None:
            return None
        return int(Fraction(match["number"]) * 1024 ** cls._POWERS[(match["unit"] or "").lower()])

    def __str__(self) -> str:
        """The amount as the server takes it, in the largest unit that keeps it whole."""
        for unit, power in reversed(self._POWERS.items()):
            if unit and self.bytes and self.bytes % 1024**power == 0:
                return f"{self.bytes // 1024**power}{unit}b"
        return str(self.bytes)


@dataclass(frozen=True, slots=True)
class MemoryShare:
    """A part of a container's memory limit, in percent: `80%`. The server itself takes no percentage."""

    percent: int

    accepted: ClassVar[str] = "a whole share of the memory limit, from 1% to 100%"

    @classmethod
    def of(cls, value: MemoryShare | str) -> MemoryShare:
        """Take a share as it is, or parse one.

        Raises:
            ValueError: it is none.
        """
        if isinstance(value, cls):
            return value
        if isinstance(value, str) and re.fullmatch(r"(100|[1-9][0-9]?)%", value, re.ASCII):
            return cls(int(value[:-1]))
        raise ValueError(f"{redact(value)} is no share of memory; accepted: {cls.accepted}")

    def of_limit(self, limit: Memory) -> ServerMemory:
        """What it comes to, in whole MiB."""
        return ServerMemory(limit.bytes * self.percent // 100 // MEBIBYTE * MEBIBYTE)

    def __str__(self) -> str:
        return f"{self.percent}%"


@dataclass(frozen=True, slots=True, eq=False)
class Memory(_Bytes):
    """An amount as Kubernetes takes it: `1Gi`, `256Mi`, `500M`, `1e9`.

    https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
    """

    accepted: ClassVar[str] = "a Kubernetes quantity of whole bytes, such as 256Mi, 1Gi or 500M"

    _FORM: ClassVar[re.Pattern[str]] = re.compile(
        r"(?P<number>\d+(?:\.\d*)?|\.\d+)(?P<suffix>[KMGTPE]i|[kMGTPE]|[eE][+-]?\d{1,2})?", re.ASCII
    )
    _FACTORS: ClassVar[dict[str, int]] = {
        **{f"{unit}i": 1024**power for power, unit in enumerate("KMGTPE", 1)},
        **{unit: 1000**power for power, unit in enumerate("kMGTPE", 1)},
    }

    @classmethod
    @cache
    def _parse(cls, text: str) -> int | None:
        match = cls._FORM.fullmatch(text)
        if match is None:
            return None
        suffix = match["suffix"] or ""
        exact = (
            Fraction(match["number"]) * cls._FACTORS[suffix]
            if suffix in cls._FACTORS
            else Fraction(match["number"] + suffix)
        )
        return int(exact) if exact.denominator == 1 else None

    def __str__(self) -> str:
        """The amount in the largest unit that keeps it whole, binary or decimal: `1Gi`, `500M`."""
        whole = [(self.bytes // factor, unit) for unit, factor in self._FACTORS.items() if self.bytes % factor == 0]
        number, unit = min(whole) if self.bytes and whole else (self.bytes, "")
        return f"{number}{unit}"
