"""Arguments of a construct as one typed model: validated at once, with every fault in one list.

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

from constructs_lib.arguments.core_v1 import CoreV1, core_v1_faults
from constructs_lib.errors import Doubt, Fault
from constructs_lib.values.redact import kind_of, shown
from constructs_lib.values.suggest import nearest

_ArgumentsT = TypeVar("_ArgumentsT", bound="Arguments")
_RuleT = TypeVar("_RuleT", bound="Callable[..., Iterator[Fault]]")


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
class Examined(Generic[_ArgumentsT]):
    """The outcome of `examine`: the arguments (None where one is missing) and everything found in them."""

    arguments: _ArgumentsT | None
    faults: tuple[Fault, ...]
    doubts: tuple[Doubt, ...]


def rule(*reads: str) -> Callable[[_RuleT], _RuleT]:
    """Mark a method that checks several arguments together, and name those that it reads."""

    def mark(method: _RuleT) -> _RuleT:
        method.__dict__["reads"] = frozenset(reads)
        return method

    return mark


def examine(model: type[_ArgumentsT], given: Mapping[str, Any]) -> Examined[_ArgumentsT]:
    """Validate every argument, then apply every rule whose arguments are all valid.

    Args:
        model: the arguments' model.
        given: what the user gave, by argument name; None stands for "left out".
    """
    told = {name: value for name, value in given.items() if value is not None}
    arguments, faults = _validated(model, told)
    broken = {fault.where.split(".")[0].split("[")[0] for fault in faults}
    found = list(faults)
    if arguments is not None:
        found += _core_v1_faults(arguments, broken)
        found += [finding for check, reads in _rules(model) if not reads & broken for finding in check(arguments)]
    return Examined(
        arguments,
        tuple(finding for finding in found if not isinstance(finding, Doubt)),
        tuple(finding for finding in found if isinstance(finding, Doubt)),
    )


def _validated(model: type[_ArgumentsT], given: Mapping[str, Any]) -> tuple[_ArgumentsT | None, list[Fault]]:
    """The model made of the valid arguments, and a fault for each of the others."""
    try:
        return model.model_validate(given), []
    except ValidationError as error:
        faults = faults_of(model, error)
        broken = {detail["loc"][0] for detail in error.errors(include_url=False)}
    try:
        return model.model_validate({name: value for name, value in given.items() if name not in broken}), faults
    except ValidationError:
        return None, faults


def _rules(model: type[Arguments]) -> Iterator[tuple[Callable[[Any], Iterator[Fault]], frozenset[str]]]:
    for owner in reversed(model.__mro__):
        if issubclass(owner, Arguments):
            for method in [member for member in vars(owner).values() if isinstance(member, FunctionType)]:
                if "reads" in vars(method):
                    yield method, vars(method)["reads"]


def _core_v1_faults(arguments: Arguments, broken: set[str]) -> Iterator[Fault]:
    for name, field in type(arguments).model_fields.items():
        value = getattr(arguments, name)
        if value and name not in broken:
            for mark in field.metadata:
                if isinstance(mark, CoreV1):
                    yield from core_v1_faults(name, mark, value)


def faults_of(model: type[BaseModel], error: ValidationError) -> list[Fault]:
    """What pydantic found, in our words."""
    return [_fault(model, detail) for detail in error.errors(include_url=False)]


def _fault(model: type[BaseModel], detail: ErrorDetails) -> Fault:
    where = _path(detail["loc"])
    if detail["type"] == "extra_forbidden":
        *way, name = map(str, detail["loc"])
        known = (_reference(model.model_fields[way[0]].annotation) if way else None) or model
        return Fault(where, f"no such {'field' if way else 'argument'}; {_nearest(name, known.model_fields)}")
    if detail["type"] == "missing":
        return Fault(where, "missing; it has no default")
    if detail["type"] == "value_error":
        return Fault(where, str(detail["ctx"]["error"]))
    accepted = _ACCEPTED.get(detail["type"], detail["msg"]).format(**detail.get("ctx", {}))
    given = kind_of(detail["input"]) if detail["type"] in _STRUCTURES else shown(detail["input"])
    return Fault(where, f"{given} is not accepted; accepted: {accepted}")


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
    return nearest(name, names) or f"accepted: {', '.join(names if len(names) <= 6 else [*names[:6], '…'])}"


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
