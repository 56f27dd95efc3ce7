"""Fields of an object that nobody has checked, by their place: what has another type than expected is not there.

text(manifest, "spec", "snapshot", "cron")
pointer("spec", "args", 0)                                                   # /spec/args/0
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def value(node: object, *steps: str | int) -> Any:
    """What stands at that place, or None."""
    for step in steps:
        if isinstance(node, Mapping):
            node = node.get(step)
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            return None
    return node


def text(node: object, *steps: str | int) -> str:
    """The text at that place; empty where there is none."""
    found = value(node, *steps)
    return found if isinstance(found, str) else ""


def text_or_number(node: object, *steps: str | int) -> str:
    """The text at that place, or the whole number as a text, where either may be written: `6379` and `"6379"`."""
    found = value(node, *steps)
    return str(found) if isinstance(found, str | int) else ""


def whole_number(node: object, *steps: str | int) -> int:
    """The whole number at that place; 0 where there is none."""
    found = value(node, *steps)
    return found if isinstance(found, int) and not isinstance(found, bool) else 0


def mapping(node: object, *steps: str | int) -> Mapping[str, Any]:
    """The mapping at that place, without keys that are no text; empty where there is none."""
    found = value(node, *steps)
    if not isinstance(found, Mapping):
        return {}
    if all(isinstance(key, str) for key in found):
        return found
    return {key: each for key, each in found.items() if isinstance(key, str)}


def items(node: object, *steps: str | int) -> list[Any]:
    """The list at that place; empty where there is none."""
    found = value(node, *steps)
    return found if isinstance(found, list) else []


def mappings(node: object, *steps: str | int) -> list[Mapping[str, Any]]:
    """The mappings in the list at that place."""
    return [each for each in items(node, *steps) if isinstance(each, Mapping)]


def texts(node: object, *steps: str | int) -> list[str]:
    """The texts in the list at that place."""
    return [each for each in items(node, *steps) if isinstance(each, str)]


def pointer(*steps: str | int) -> str:
    """A place as a JSON pointer: https://www.rfc-editor.org/rfc/rfc6901"""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def steps_of(pointer: str) -> tuple[str, ...]:
    """The steps of a JSON pointer."""
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])
