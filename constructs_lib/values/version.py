"""Versions of the server and of the operator: exact semantic versions, written with a `v`.

Images and charts of Dragonfly are tagged `v1.36.0`, and Flux takes an exact version literally, so `1.3.1`
without the `v` names an artifact that does not exist (docs/dragonfly.md, "The operator's Helm chart").
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import total_ordering
from typing import ClassVar

import semver

from constructs_lib.values.redact import redact


@total_ordering
@dataclass(frozen=True, slots=True)
class Version:
    """An exact semantic version; `1.3.1` and `v1.3.1` are the same, `str()` writes the `v`."""

    number: semver.Version

    accepted: ClassVar[str] = "one exact version, such as v1.36.0 (quoted in YAML; no range, no 'latest')"

    @classmethod
    def of(cls, value: Version | str) -> Version:
        """Take a version as it is, or parse one with or without its `v`.

        Raises:
            ValueError: it is a range, incomplete or no version at all.
        """
        if isinstance(value, cls):
            return value
        if isinstance(value, str):
            with suppress(ValueError):
                number = semver.Version.parse(value.removeprefix("v"))
                # No tag of an image holds the `+` of a build.
                if number.build is None:
                    return cls(number)
        raise ValueError(f"{redact(value)} is no version; accepted: {cls.accepted}")

    def __str__(self) -> str:
        return f"v{self.number}"

    def __lt__(self, other: Version) -> bool:
        return self.number < other.number
