"""Where two manifests differ: one difference a field, by JSON pointer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Difference:
    """A field whose value is not the same on both sides; None where it is not there."""

    field: str
    """A JSON pointer from the object's root: `/spec/replicas`."""
    before: Any
    after: Any


def differences(before: Any, after: Any, field: str = "") -> Iterator[Difference]:
    """The fields that differ, mapping by mapping; a list is one value, and another order of keys is no difference."""
    if before == after and type(before) is type(after):
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in sorted({*before, *after}, key=str):
            yield from differences(before.get(name), after.get(name), f"{field}/{escaped(str(name))}")
    else:
        yield Difference(field, before, after)


def escaped(name: str) -> str:
    """A name as a step of a JSON pointer: https://www.rfc-editor.org/rfc/rfc6901"""
    return name.replace("~", "~0").replace("/", "~1")
