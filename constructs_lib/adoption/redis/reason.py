"""Why nothing becomes of some directives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LAZY = ("no", "yes")
"""Whether memory is given back later: Redis has the one for its own, Valkey 8 the other, and neither loses anything."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why nothing becomes of some directives, and what to do."""

    why: str
    advice: str
    directives: Mapping[str, str | tuple[str, ...] | None]
    """Each with Redis' own value, or several; None where it is told whatever its value is."""
