"""A value as an error shows it: itself where that helps, its kind where a secret may be in it."""

from __future__ import annotations

from datetime import date

_LONGEST = 60


def redact(value: object) -> str:
    """A single value itself, as YAML has it and cut where it is long; a list, a mapping or an object by its kind."""
    if isinstance(value, list | tuple | dict) or type(value).__repr__ is object.__repr__:
        return type_name(value)
    text = str(value).lower() if isinstance(value, bool) else str(value) if isinstance(value, date) else repr(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def type_name(value: object) -> str:
    """What a value is, without telling it: where a structure was expected, anything may have been given."""
    for kinds, name in _KINDS:
        if isinstance(value, kinds):
            return name
    return f"a {type(value).__name__}"


_KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (type(None), "nothing"),
    (bool, "a boolean"),
    ((int, float), "a number"),
    (str, "a text"),
    ((list, tuple), "a list"),
    (dict, "a mapping"),
)
