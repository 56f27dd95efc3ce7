"""Where two manifests differ: one difference a field, by JSON pointer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from constructs_lib.values.fields import pointer


@dataclass(frozen=True, slots=True)
class Difference:
    """A field whose value is not the same on both sides; None where it is not there."""

    field: str
    """A JSON pointer from the object's root: `/spec/replicas`."""
    before: Any
    after: Any


def differences(before: Any, after: Any, field: str = "") -> Iterator[Difference]:
    """The fields that differ, mapping by mapping; a list is one value, and another order of keys is no difference."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in sorted({*before, *after}, key=str):
            one, other = before.get(name), after.get(name)
            if not same(one, other):
                yield from differences(one, other, f"{field}{pointer(name)}")
    elif not same(before, after):
        yield Difference(field, before, after)


def same(before: Any, after: Any) -> bool:
    """Whether two values are one to the API server: to Python `1`, `1.0` and `true` are equal, also deep inside."""
    if before is after:
        return True
    if type(before) is not type(after):
        return False
    if isinstance(before, dict):
        return before.keys() == after.keys() and all(same(value, after[name]) for name, value in before.items())
    if isinstance(before, list):
        return len(before) == len(after) and all(map(same, before, after))
    return bool(before == after or (before != before and after != after))  # not a number is not itself
