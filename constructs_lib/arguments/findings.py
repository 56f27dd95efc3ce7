"""What pydantic finds wrong, as findings: the argument, the value where it may be shown, what is accepted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from constructs_lib.errors import Finding
from constructs_lib.values.redact import redact, type_name
from constructs_lib.values.suggest import suggest


def findings_of(model: type[BaseModel], error: ValidationError) -> list[Finding]:
    """What pydantic found, in our words."""
    return [_finding(model, detail) for detail in error.errors(include_url=False)]


def _finding(model: type[BaseModel], detail: ErrorDetails) -> Finding:
    where = _path(detail["loc"])
    if detail["type"] == "extra_forbidden":
        *way, name = map(str, detail["loc"])
        known = (_reference(model.model_fields[way[0]].annotation) if way else None) or model
        return Finding.error(where, f"no such {'field' if way else 'argument'}; {_nearest(name, known.model_fields)}")
    if detail["type"] == "missing":
        return Finding.error(where, "missing; it has no default")
    if detail["type"] == "value_error":
        return Finding.error(where, str(detail["ctx"]["error"]))
    accepted = _ACCEPTED.get(detail["type"], detail["msg"]).format(**detail.get("ctx", {}))
    given = type_name(detail["input"]) if detail["type"] in _STRUCTURES else redact(detail["input"])
    return Finding.error(where, f"{given} is not accepted; accepted: {accepted}")


def _reference(hint: Any) -> type[BaseModel] | None:
    """The model in an argument's type, such as that in `list[Client]`: the only ones whose fields can be wrong."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return hint
    return next(filter(None, map(_reference, get_args(hint))), None)


def _path(location: tuple[int | str, ...]) -> str:
    """`("tolerations", 0, "key")` as `tolerations[0].key`."""
    path = ""
    for step in location:
        if isinstance(step, int):
            path += f"[{step}]"
        elif step != "[key]":
            path += f".{step}" if path else step
    return path


def _nearest(name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    return suggest(name, names) or f"accepted: {', '.join(names if len(names) <= 6 else [*names[:6], '…'])}"


_STRUCTURES = frozenset({"list_type", "dict_type", "mapping_type", "model_type"})
"""Where a structure was expected the value is not told: an `env` that is a mapping may hold a password."""

_ACCEPTED = {
    "bool_type": "true or false",
    "int_type": "a whole number",
    "float_type": "a number",
    "string_type": "a text (in YAML: in quotes)",
    "list_type": "a list",
    "dict_type": "a mapping",
    "mapping_type": "a mapping",
    "model_type": "a {class_name}, or a mapping with its fields",
    "is_instance_of": "a {class}",
    "literal_error": "{expected}",
    "greater_than_equal": "a number not below {ge}",
    "greater_than": "a number above {gt}",
    "less_than_equal": "a number not above {le}",
    "less_than": "a number below {lt}",
    "string_too_short": "a text that is not empty",
}
"""What is accepted, by pydantic's error type: https://docs.pydantic.dev/latest/errors/validation_errors/"""
