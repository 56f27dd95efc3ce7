"""An argument as its reader is told of it: type, default and meaning, taken from where it is defined."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from constructs_lib.arguments.core_v1 import CoreV1
from constructs_lib.arguments.model import Meaning
from constructs_lib.arguments.references import InSecret, Reference
from constructs_lib.values.cdk8s_objects import SecretLike, name_in_python


@dataclass(frozen=True, slots=True)
class Description:
    """What one argument is, in Markdown."""

    kind: str
    default: str
    meaning: str
    objects: tuple[str, ...] = ()
    """Objects of cdk8s that Python may give for it: `cdk8s.Size`."""


def description_of(field: FieldInfo) -> Description:
    """The description of a model's field."""
    meaning = Meaning.of(field)
    kind = next((_core_v1(mark) for mark in field.metadata if isinstance(mark, CoreV1)), kind_of(field.annotation))
    return Description(
        kind=f"{kind}, {meaning.unit}" if meaning.unit else kind,
        default=meaning.default or default_of(field),
        meaning=f"{meaning.text} ({meaning.source})" if meaning.source else meaning.text,
        objects=tuple(_objects(field.annotation)),
    )


def as_yaml(value: Any) -> str:
    """A value as a line of YAML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Reference):
        fields = value.model_dump(exclude_none=True, exclude_defaults=True) or value.model_dump(exclude_none=True)
        return "{" + ", ".join(f"{name}: {as_yaml(item)}" for name, item in fields.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(as_yaml(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {as_yaml(item)}" for name, item in value.items()) + "}"
    return f'"{value}"' if isinstance(value, str) and not re.match(r"[\w./-]+$", value) else str(value)


def default_of(field: FieldInfo) -> str:
    """The default of a model's field, as YAML."""
    value = field.get_default(call_default_factory=True)
    if value is PydanticUndefined:
        return "required"
    return "–" if value in (None, [], {}) else f"`{as_yaml(value)}`"


def kind_of(annotation: Any) -> str:
    """A type as a reader of YAML would name it."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if hasattr(annotation, "__metadata__"):
        return kind_of(arguments[0])
    if origin is Literal:
        return " or ".join(f"`{choice}`" for choice in arguments)
    if origin in (Union, types.UnionType):
        members = [member for member in arguments if member is not type(None) and not name_in_python(member)]
        named = next(
            (_PARSED[member.__name__] for member in members if getattr(member, "__name__", "") in _PARSED), None
        )
        return named or " or ".join(dict.fromkeys(kind_of(member) for member in members))
    if origin in (list, Sequence):
        return f"list of {kind_of(arguments[0])}"
    if origin is dict:
        return "mapping"
    name = getattr(annotation, "__name__", "value")
    return _SCALARS.get(name) or f"`{name}`"


def _core_v1(mark: CoreV1) -> str:
    return f"list of core/v1 {mark.kind}" if mark.many else f"core/v1 {mark.kind}"


def _objects(annotation: Any, key: str = "") -> Iterator[str]:
    """The objects of cdk8s in a type; of a Secret, which key is meant."""
    marks = [mark for mark in getattr(annotation, "__metadata__", ()) if isinstance(mark, InSecret)]
    if name := name_in_python(annotation):
        yield f"`{name}` (its key `{key}`)" if key and annotation is SecretLike else f"`{name}`"
    for argument in get_args(annotation):
        yield from _objects(argument, marks[0].key if marks else key)


_SCALARS = {"str": "text", "int": "whole number", "float": "number", "bool": "`true` or `false`", "Any": "value"}

_PARSED = {
    "Memory": "Kubernetes quantity",
    "ServerMemory": "memory of the server",
    "Cpu": "CPU",
    "Cron": "schedule",
    "Version": "version",
    "S3Endpoint": "host:port",
    "S3Address": "s3://BUCKET/PREFIX",
    "Retention": "number or age",
}
