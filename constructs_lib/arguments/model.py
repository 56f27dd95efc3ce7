"""Arguments of a construct as one typed model: validated at once, with every error in one list.

A subclass of `Arguments` defines each argument once: its type (whose validator says what is accepted), its
default and, as `Meaning`, its sense, unit and source. Rules that span arguments are methods marked with
`@rule`, naming what they read, so that they run on whatever part of the input is valid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import FunctionType
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from constructs_lib.arguments.core_v1 import CoreV1, core_v1_findings
from constructs_lib.errors import Finding
from constructs_lib.values.redact import redact, type_name
from constructs_lib.values.suggest import suggest

_ArgumentsT = TypeVar("_ArgumentsT", bound="Arguments")
_RuleT = TypeVar("_RuleT", bound="Callable[..., Iterator[Finding]]")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an argument means, for the documentation and for whoever reads the code."""

    text: str
    unit: str = ""
    default: str = ""
    """What happens when the argument is left out, where the default alone does not say it."""
    source: str = ""


class Arguments(BaseModel):
    """A construct's keyword arguments; `examine` makes one and finds what is wrong with it."""

    # Deferred: what a stack does not use is never compiled.
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)


@dataclass(frozen=True, slots=True)
class Validation(Generic[_ArgumentsT]):
    """The outcome of `examine`: the arguments (None where one is missing) and everything found in them."""

    arguments: _ArgumentsT | None
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


def rule(*reads: str) -> Callable[[_RuleT], _RuleT]:
    """Mark a method that checks several arguments together, and name those that it reads."""

    def mark(method: _RuleT) -> _RuleT:
        method.__dict__["reads"] = frozenset(reads)
        return method

    return mark


def validate(model: type[_ArgumentsT], given: Mapping[str, Any]) -> Validation[_ArgumentsT]:
    """Validate every argument, then apply every rule whose arguments are all valid.

    Args:
        model: the arguments' model.
        given: what the user gave, by argument name; None stands for "left out".
    """
    told = {name: value for name, value in given.items() if value is not None}
    arguments, errors = _validated(model, told)
    broken = {error.where.split(".")[0].split("[")[0] for error in errors}
    found = list(errors)
    if arguments is not None:
        found += _core_v1_findings(arguments, broken)
        found += [finding for check, reads in _rules(model) if not reads & broken for finding in check(arguments)]
    return Validation(
        arguments,
        tuple(finding for finding in found if finding.is_error),
        tuple(finding for finding in found if finding.is_warning),
    )


def _validated(model: type[_ArgumentsT], given: Mapping[str, Any]) -> tuple[_ArgumentsT | None, list[Finding]]:
    """The model made of the valid arguments, and an error for each of the others."""
    try:
        return model.model_validate(given), []
    except ValidationError as error:
        errors = findings_of(model, error)
        broken = {detail["loc"][0] for detail in error.errors(include_url=False)}
    try:
        return model.model_validate({name: value for name, value in given.items() if name not in broken}), errors
    except ValidationError:
        return None, errors


def _rules(model: type[Arguments]) -> Iterator[tuple[Callable[[Any], Iterator[Finding]], frozenset[str]]]:
    for owner in reversed(model.__mro__):
        if issubclass(owner, Arguments):
            for method in [member for member in vars(owner).values() if isinstance(member, FunctionType)]:
                if "reads" in vars(method):
                    yield method, vars(method)["reads"]


def _core_v1_findings(arguments: Arguments, broken: set[str]) -> Iterator[Finding]:
    for name, field in type(arguments).model_fields.items():
        value = getattr(arguments, name)
        if value and name not in broken:
            for mark in field.metadata:
                if isinstance(mark, CoreV1):
                    yield from core_v1_findings(name, mark, value)


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
