"""Two expressions that differ in numbers alone: does the later one hold sooner, or later?"""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""
    "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' | `[^`]*`    # texts
    | \[[^\]]*\]                                       # ranges: how far back, no threshold
    | [A-Za-z_:][\w:]*                                 # names
    | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])
    | \d+\w+                                           # lengths of time
    | == | != | >= | <= | =~ | !~ | \S
    """,
    re.VERBOSE,
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")

_MORE_IS_LATER = {">": True, ">=": True, "<": False, "<=": False}
"""Right of these a greater number makes the comparison hold later, or sooner; left of them the other way round."""

_TURNS_ROUND = frozenset({"unless", "bool", "absent", "absent_over_time"})
"""Where one of these stands, a comparison that holds sooner may mean an alert that fires later."""

_COMPARISONS = frozenset({*_MORE_IS_LATER, "==", "!="})


def is_sooner(before: str, after: str) -> bool | None:
    """Whether the expression of an alert holds sooner after than before; None where that is not known."""
    old, new = ([match.group() for match in _TOKEN.finditer(each)] for each in (before, after))
    if len(old) != len(new) or _TURNS_ROUND & set(new):
        return None
    answers = {_of_number(new, place, was) for place, was in enumerate(old) if was != new[place]}
    return None if None in answers or not answers else False not in answers


def _of_number(tokens: list[str], place: int, was: str) -> bool | None:
    is_now = tokens[place]
    if not (_NUMBER.fullmatch(was) and _NUMBER.fullmatch(is_now)) or _is_counted(tokens, place):
        return None
    grows = float(is_now) > float(was)
    if place and tokens[place - 1] in _MORE_IS_LATER:
        return grows is not _MORE_IS_LATER[tokens[place - 1]]
    if place + 1 < len(tokens) and tokens[place + 1] in _MORE_IS_LATER:
        return grows is _MORE_IS_LATER[tokens[place + 1]]
    return None


def _is_counted(tokens: list[str], place: int) -> bool:
    """Whether another comparison judges what this one yields, as in `count(x > 5) < 3`."""
    depths = []
    depth = 0
    for token in tokens:
        depth += token == "("
        depths.append(depth)
        depth -= token == ")"
    return any(depths[other] < depths[place] for other, token in enumerate(tokens) if token in _COMPARISONS)
