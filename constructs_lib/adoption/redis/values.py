"""Values of a redis.conf: numbers, sizes in Redis' own units, yes and no."""

from __future__ import annotations

import re
from collections.abc import Sequence

from constructs_lib.values.redact import redact

_UNITS = {"": 1, "b": 1, "k": 1000, "kb": 1024, "m": 1000**2, "mb": 1024**2, "g": 1000**3, "gb": 1024**3}
"""Without a `b` Redis counts in thousands: its own redis.conf says so at its top."""


def one(words: Sequence[str]) -> str:
    """The only word.

    Raises:
        ValueError: there is none, or there are several.
    """
    if len(words) != 1:
        raise ValueError(f"{len(words)} values; accepted: one")
    return words[0]


def whole(words: Sequence[str]) -> int:
    """A whole number.

    Raises:
        ValueError: it is none.
    """
    text = one(words)
    if not re.fullmatch(r"-?\d{1,20}", text, re.ASCII):
        raise ValueError(f"{redact(text)} is no whole number")
    return int(text)


def size(words: Sequence[str]) -> int:
    """Bytes: `1k` is 1000 of them, `1kb` 1024.

    Raises:
        ValueError: it is no size.
    """
    text = one(words)
    match = re.fullmatch(r"(\d{1,20})([kmg]?b?)", text.lower(), re.ASCII)
    if match is None:
        raise ValueError(f"{redact(text)} is no size; accepted: a number and k, kb, m, mb, g or gb")
    return int(match[1]) * _UNITS[match[2]]


def yes(words: Sequence[str]) -> bool:
    """Whether it says yes.

    Raises:
        ValueError: it says neither yes nor no.
    """
    text = one(words).lower()
    if text not in ("yes", "no"):
        raise ValueError(f"{redact(text)} is neither yes nor no")
    return text == "yes"


def same(value: str, other: str) -> bool:
    """Whether two values say the same: `64mb` is `67108864`."""
    return value.lower() == other.lower() or _bytes(value) == _bytes(other) != value


def _bytes(text: str) -> str:
    try:
        return f"{size([text])} bytes"
    except ValueError:
        return text
