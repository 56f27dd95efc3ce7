"""Lengths of time as Prometheus, Flux and Go write them: `1h30m`, `90s`, `2d`."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from constructs_lib.values.cdk8s_objects import DurationLike

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0, "w": 604800.0, "y": 31536000.0}
"""https://prometheus.io/docs/prometheus/latest/querying/basics/#float-literals-and-time-durations"""

_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|[smhdwy])")


def seconds_of(text: str | DurationLike) -> float:
    """The seconds that a text says which is known to be a length of time."""
    found = seconds(text)
    assert found is not None, text
    return found


def duration_text(time: timedelta) -> str:
    """A length of time in whole milliseconds as Prometheus, Flux and Go all read it: `1h30m`, `30s`, `500ms`.

    Raises:
        ValueError: it has a part of a millisecond.
    """
    milliseconds, rest = divmod(time, timedelta(milliseconds=1))
    if rest:
        raise ValueError(f"{time / timedelta(milliseconds=1):g}ms is no duration; accepted: whole milliseconds")
    parts: list[str] = []
    for unit, length in (("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)):
        number, milliseconds = divmod(milliseconds, length)
        parts += [f"{number}{unit}"] if number else []
    return "".join(parts) or "0s"


def seconds(text: Any) -> float | None:
    """The seconds that a text says, or None where it is no length of time; `0` needs no unit."""
    if text in ("0", 0):
        return 0.0
    if not isinstance(text, str) or not re.fullmatch(f"(?:{_PART.pattern})+", text):
        return None
    return sum(float(number) * _UNITS[unit] for number, unit in _PART.findall(text))
