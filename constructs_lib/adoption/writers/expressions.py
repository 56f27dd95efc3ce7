"""Expressions of Python as text, laid out so that a formatter leaves them alone, whatever its length of a line is.

What fits into the shortest usual line stands on one; what does not has an item a line and a comma behind the last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

WIDTH = 88
"""https://docs.astral.sh/ruff/settings/#line-length"""


@dataclass(frozen=True, slots=True)
class Name:
    """A name, as it stands."""

    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a function or a class."""

    of: str
    positional: Sequence[Any] = ()
    keywords: Mapping[str, Any] = field(default_factory=dict)


def expression(value: Any, before: str = "", depth: int = 0) -> str:
    """A value as Python writes it.

    Args:
        value: plain data, names and calls.
        before: what stands before it on its first line.
        depth: how far its lines are indented.
    """
    flat = _flat(value)
    # The comma that may follow is part of the line.
    if len(" " * depth + before + flat) < WIDTH or not _items(value):
        return flat
    opening, closing = _brackets(value)
    inner = depth + 4
    lines = [f"{' ' * inner}{label}{expression(item, label, inner)},\n" for label, item in _items(value)]
    return f"{opening}\n{''.join(lines)}{' ' * depth}{closing}"


def names_in(value: Any) -> Iterator[str]:
    """The names in an expression, those of what is called among them."""
    if isinstance(value, Name):
        yield value.text
    if isinstance(value, Call):
        yield value.of
    for _, item in _items(value):
        yield from names_in(item)


def _flat(value: Any) -> str:
    items = _items(value)
    if not items and not isinstance(value, Mapping | list | Call):
        return value.text if isinstance(value, Name) else _quoted(value) if isinstance(value, str) else repr(value)
    opening, closing = _brackets(value)
    return f"{opening}{', '.join(f'{label}{_flat(item)}' for label, item in items)}{closing}"


def _items(value: Any) -> list[tuple[str, Any]]:
    """The items of a value, each with what stands before it."""
    return list(_labelled(value))


def _labelled(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Call):
        yield from (("", item) for item in value.positional)
        yield from ((f"{name}=", item) for name, item in value.keywords.items())
    elif isinstance(value, Mapping):
        yield from ((f"{_flat(name)}: ", item) for name, item in value.items())
    elif isinstance(value, list):
        yield from (("", item) for item in value)


def _brackets(value: Any) -> tuple[str, str]:
    if isinstance(value, Call):
        return f"{value.of}(", ")"
    return ("{", "}") if isinstance(value, Mapping) else ("[", "]")


def _quoted(text: str) -> str:
    """A text in the quotes that need the fewest backslashes, double ones where both need as many."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    # Before a text that has both, repr takes single quotes and a backslash before each of them.
    body = repr(f"'\"{text}")[4:-1].replace("\\'", "'")
    return f"{quote}{body.replace(quote, chr(92) + quote)}{quote}"
