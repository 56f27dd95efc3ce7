"""Values and defaults of arguments as plain data, so that what is given can be held against what comes by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo


def plain(found: Any) -> Any:
    """A value as YAML has it, references by their fields."""
    if isinstance(found, BaseModel):
        return found.model_dump(exclude_defaults=True)
    if isinstance(found, Mapping):
        return {name: plain(each) for name, each in found.items()}
    return [plain(each) for each in found] if isinstance(found, list) else found


def default_of(field: FieldInfo) -> Any:
    """What an argument is while it is left out."""
    return plain(field.get_default(call_default_factory=True))
