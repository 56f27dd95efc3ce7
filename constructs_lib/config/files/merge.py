"""What comes later over what was there: files over files, an instance over what all of them inherit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def merged(base: Mapping[Any, Any], over: Mapping[Any, Any]) -> dict[Any, Any]:
    """Mappings are merged key by key, a list or a single value is replaced, and null unsets."""
    result = dict(base)
    for key, value in over.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, Mapping):
            below = result.get(key)
            result[key] = merged(below if isinstance(below, Mapping) else {}, value)
        else:
            result[key] = value
    return result
