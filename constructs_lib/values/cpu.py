"""Amounts of CPU as Kubernetes takes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from constructs_lib.values.cdk8s_objects import CpuLike, read
from constructs_lib.values.redact import redact


@dataclass(frozen=True, slots=True, order=True)
class Cpu:
    """CPU in thousandths of a core: `100m`, `2`, `0.5`, `1.5`.

    https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#meaning-of-cpu
    (finer than 1m is refused there as well).
    """

    millicores: int

    accepted: ClassVar[str] = "cores or thousandths of one, such as 500m, 0.5 or 2, not finer than 1m"

    _FORM: ClassVar[re.Pattern[str]] = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<milli>m)?", re.ASCII)

    @classmethod
    def of(cls, value: Cpu | str | int | float | CpuLike) -> Cpu:
        """Take an amount as it is, parse a text, take a number as cores, or read a `cdk8s_plus_28.Cpu`.

        Raises:
            ValueError: it is no amount of CPU; the message says what is accepted.
        """
        if isinstance(value, cls):
            return value
        text = read(CpuLike, value)
        match = None if isinstance(text, bool) else cls._FORM.fullmatch(str(text))
        if match is not None:
            millicores = Decimal(match["number"]) * (1 if match["milli"] else 1000)
            if millicores == millicores.to_integral_value():
                return cls(int(millicores))
        raise ValueError(f"{redact(text)} is no amount of CPU; accepted: {cls.accepted}")

    def __str__(self) -> str:
        whole, rest = divmod(self.millicores, 1000)
        return f"{self.millicores}m" if rest else str(whole)
