"""What was before and after, as a reader is shown it: on one line, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from constructs_lib.review.changes.redaction import NOT_SHOWN

LONGEST = 60
"""Characters of a value in a line for a reader."""


def plain(value: Any) -> Any:
    """A value of YAML as JSON can hold it: dates and bytes as texts, not-a-number as nothing."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None
    if isinstance(value, Mapping):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    return str(value)


def told(before: Any, after: Any) -> str:
    """What became of a value: `2 → 3`; of a list, what went and what came; of a secret, that it is another.

    Empty where there was nothing before and after.
    """
    if before is None and after is None:
        return ""
    if isinstance(before, list) and isinstance(after, list):
        gone, come = [item for item in before if item not in after], [item for item in after if item not in before]
        changes = [*(f"− {short(item)}" for item in gone), *(f"+ {short(item)}" for item in come)]
        return ", ".join(changes or _hidden_items(before, after)) or "order"
    if NOT_SHOWN in (before, after) and None not in (before, after):
        return f"{short(before)} → {short(after)}"
    if before is None:
        return f"+ {short(after)}"
    if after is None:
        return f"− {short(before)}"
    return " → ".join(_where_they_differ(before, after))


def _hidden_items(before: list[Any], after: list[Any]) -> list[str]:
    """Of a list that is shown alike on both sides, in the same order, the items in which a secret is another."""
    hidden = [short(item) for item in after if before == after and NOT_SHOWN in str(item)]
    return [f"{item} → {item}" for item in hidden]


def _where_they_differ(before: Any, after: Any) -> tuple[str, str]:
    """Two values, cut where they are long, around the first place in which they are not the same."""
    old, new = (json.dumps(plain(value), ensure_ascii=False) for value in (before, after))
    same = next((place for place, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), 0)
    start = max(0, same - _BEFORE) if max(len(old), len(new)) > LONGEST else 0
    return _cut(old, start), _cut(new, start)


def _cut(text: str, start: int) -> str:
    begun = f"…{text[start:]}" if start else text
    return begun if len(begun) <= LONGEST else f"{begun[: LONGEST - 1]}…"


_BEFORE = 20
"""Characters that are shown before the first that is another."""


def short(value: Any) -> str:
    """A value in JSON, cut where it is long."""
    return NOT_SHOWN if value == NOT_SHOWN else _cut(json.dumps(plain(value), ensure_ascii=False), 0)
