"""Arguments of a construct as one typed model: validated at once, with every error in one list.

A subclass of `Arguments` defines each argument once: its type (whose validator says what is accepted), its
default and, as `Meaning`, its sense, unit and source. Rules that span arguments are methods marked with
`@rule`, naming what they read, so that they run on whatever part of the input is valid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import FunctionType
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.fields import FieldInfo

from constructs_lib.arguments.core_v1 import CoreV1, core_v1_findings, plain
from constructs_lib.arguments.findings import findings_of
from constructs_lib.deprecations import ARGUMENTS, deprecated_arguments
from constructs_lib.errors import Finding

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

    @classmethod
    def of(cls, field: FieldInfo) -> Meaning:
        """What stands at the field of a model."""
        (meaning,) = [mark for mark in field.metadata if isinstance(mark, cls)]
        return meaning


class Arguments(BaseModel):
    """A construct's keyword arguments; `validate` makes one and finds what is wrong with it."""

    # Deferred: what a stack does not use is never compiled.
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)


@dataclass(frozen=True, slots=True)
class Validation(Generic[_ArgumentsT]):
    """The outcome of `validate`: the arguments (None where one is missing) and everything found in them."""

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
    without_none = {name: _own(model, name, value) for name, value in given.items() if value is not None}
    arguments, errors = _validated(model, without_none)
    broken = {error.where.split(".")[0].split("[")[0] for error in errors}
    found = [*errors, *deprecated_arguments(model, without_none)]
    if arguments is not None:
        found += _deprecated_within(arguments) if ARGUMENTS else ()
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


def _own(model: type[Arguments], name: str, value: Any) -> Any:
    """A core/v1 part as plain data of its own: what its user does to it afterwards changes nothing here."""
    return plain(value) if name in _core_v1_marks(model) else value


def _deprecated_within(given: Any, where: str = "") -> Iterator[Finding]:
    """A warning of each deprecated field of what was given within the arguments: `clients[0].pod_labels`."""
    if isinstance(given, list | tuple):
        for index, item in enumerate(given):
            yield from _deprecated_within(item, f"{where}[{index}]")
    elif isinstance(given, BaseModel):
        if where:
            found = deprecated_arguments(type(given), sorted(given.model_fields_set))
            yield from (replace(each, where=f"{where}.{each.where}") for each in found)
        for name in sorted(given.model_fields_set):
            yield from _deprecated_within(getattr(given, name), f"{where}.{name}".removeprefix("."))


@cache
def _rules(model: type[Arguments]) -> Sequence[tuple[Callable[[Any], Iterator[Finding]], frozenset[str]]]:
    members = (
        member for owner in reversed(model.__mro__) if issubclass(owner, Arguments) for member in vars(owner).values()
    )
    methods = (member for member in members if isinstance(member, FunctionType))
    return [(method, vars(method)["reads"]) for method in methods if "reads" in vars(method)]


@cache
def _core_v1_marks(model: type[Arguments]) -> Mapping[str, CoreV1]:
    """The arguments that are parts of core/v1, which most arguments are not."""
    marks = ((name, mark) for name, field in model.model_fields.items() for mark in field.metadata)
    return {name: mark for name, mark in marks if isinstance(mark, CoreV1)}


def _core_v1_findings(arguments: Arguments, broken: set[str]) -> Iterator[Finding]:
    for name, mark in _core_v1_marks(type(arguments)).items():
        value = getattr(arguments, name)
        if value and name not in broken:
            yield from core_v1_findings(name, mark, value)
