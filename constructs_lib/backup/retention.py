"""How many snapshots are kept, or for how long."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from constructs_lib.values.cdk8s_objects import DurationLike, read
from constructs_lib.values.redact import redact

_HOURS = {"h": 1, "d": 24, "w": 7 * 24}


@dataclass(frozen=True, slots=True)
class Retention:
    """A number of whole snapshots for each pod, or an age; one of the two. The newest is kept whatever its age."""

    keep: int | None = None
    hours: int | None = None

    accepted: ClassVar[str] = "a number of snapshots from 1, or an age such as 36h, 14d or 8w"

    @classmethod
    def of(cls, value: Retention | int | str | DurationLike) -> Retention:
        """Take a retention as it is, parse one, or read a `cdk8s.Duration` of whole hours.

        Raises:
            ValueError: neither a number nor an age.
        """
        if isinstance(value, cls):
            return value
        given = read(DurationLike, value)
        if isinstance(given, int) and not isinstance(given, bool) and given >= 1:
            return cls(keep=given)
        text = f"{given / timedelta(hours=1)!r}h".replace(".0h", "h") if isinstance(given, timedelta) else given
        match = re.fullmatch(r"([1-9][0-9]{0,4})([hdw])", text, re.ASCII) if isinstance(text, str) else None
        if match is None:
            raise ValueError(f"{redact(text)} is no retention; accepted: {cls.accepted}")
        return cls(hours=int(match[1]) * _HOURS[match[2]])

    @property
    def args(self) -> list[str]:
        """As the script that prunes takes it."""
        return [f"--keep={self.keep}"] if self.keep else [f"--hours={self.hours}"]

    def __str__(self) -> str:
        return str(self.keep) if self.keep else f"{self.hours}h"
