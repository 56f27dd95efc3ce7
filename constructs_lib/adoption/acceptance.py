"""What is refused is left out, with the refusal's own words, until all that is left is accepted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from constructs_lib.errors import Finding

Given = Mapping[str, Any]
"""What is given, by key."""

Refusals = Callable[[Given], Sequence[Finding]]
"""What is wrong with it, each under its key with the way inside of it: `flags.maxmemory`, `clients[1]`."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """What was left out, and why."""

    key: str
    why: str
    item: Any = None
    """The item of its value that was left out, of a mapping as `(name, value)`; None where all of it was."""


def accepted(given: Given, refusals: Refusals, kept: frozenset[str] = frozenset()) -> tuple[Given, list[Dropped]]:
    """What is left of what was given once nothing is refused.

    Args:
        given: what to begin with.
        refusals: what is wrong with some of it.
        kept: keys that are never left out.
    """
    left, dropped = dict(given), []
    while found := refusals(left):
        places = _places(left, found, kept)
        if not places:
            places = [_culprit(left, found[0], refusals, kept)]
        for key, inside, why in places:
            dropped.append(Dropped(key, why, _item(left.get(key), inside)))
            left = _without(left, key, inside)
    return left, dropped


def _places(given: Given, found: Sequence[Finding], kept: frozenset[str]) -> list[tuple[str, str, str]]:
    """The findings under keys that are given, each place once, the last of a list first."""
    places: dict[tuple[str, str], str] = {}
    for finding in found:
        key = re.split(r"[.\[]", finding.where)[0]
        if key in given and key not in kept:
            inside = _inside(given[key], finding.where.removeprefix(key))
            places.setdefault((key, inside), str(finding))
    return [(key, inside, why) for (key, inside), why in sorted(places.items(), key=lambda item: item[0], reverse=True)]


def _culprit(given: Given, finding: Finding, refusals: Refusals, kept: frozenset[str]) -> tuple[str, str, str]:
    """What is given under another key than the finding's, and without which it is not found."""
    keys = [key for key in reversed(list(given)) if key not in kept]
    for key in keys:
        if finding.where not in {each.where for each in refusals(_without(given, key, ""))}:
            return key, "", str(finding)
    if not keys:
        raise AssertionError(f"refused with nothing given: {finding}")
    # Two keys together, each enough: the one that comes last goes first, and the other with the next round.
    return keys[0], "", str(finding)


def _inside(value: Any, way: str) -> str:
    """The item of a value that a way leads into, as the step to it; nothing where the value goes as a whole."""
    if isinstance(value, Mapping):
        steps = [f".{name}" for name in value]
    elif isinstance(value, list):
        steps = [f"[{index:d}]" for index in range(len(value))]
    else:
        steps = []
    fitting = [step for step in steps if way == step or way.startswith((f"{step}.", f"{step}["))]
    return max(fitting, key=len, default="")


def _item(value: Any, inside: str) -> Any:
    if isinstance(value, Mapping):
        return next(((name, each) for name, each in value.items() if f".{name}" == inside), None)
    return next((each for index, each in enumerate(value) if f"[{index}]" == inside), None) if inside else None


def _without(given: Given, key: str, inside: str) -> dict[str, Any]:
    """What was given without that key, or without one item of its value where others are left."""
    value = given.get(key)
    rest: Any = None
    if inside and isinstance(value, Mapping):
        rest = {name: each for name, each in value.items() if f".{name}" != inside}
    elif inside and isinstance(value, list):
        rest = [each for index, each in enumerate(value) if f"[{index}]" != inside]
    return {name: rest if name == key else each for name, each in given.items() if name != key or rest}
