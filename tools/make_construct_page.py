"""Lay out the reference of the library: constructs, their arguments and methods, and the objects that these take."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any, cast

import constructs_lib
from constructs_lib.arguments.descriptions import as_yaml, default_of, description_of, kind_of
from constructs_lib.arguments.model import Arguments
from constructs_lib.arguments.references import Reference
from constructs_lib.config.variables import CONSTRUCTS, model_named
from tools.markdown import MARK, docstring, table


def constructs() -> str:
    """The page."""
    lines = ["# Constructs", "", MARK, "", "All of it is imported from `constructs_lib`.", ""]
    for model, construct in CONSTRUCTS.items():
        lines += _construct(construct, model_named(model))
    for name in constructs_lib.__all__:
        if name not in CONSTRUCTS.values():
            lines += _other(name)
    return "\n".join(lines)


def _construct(name: str, model: type[Arguments]) -> Iterator[str]:
    construct = getattr(constructs_lib, name)
    yield from (f"## `{name}`", "", *docstring(construct.__doc__))
    yield from (*table(_ARGUMENT, _arguments(model)), "")
    yield from _members(construct)


def _other(name: str) -> Iterator[str]:
    thing = getattr(constructs_lib, name)
    yield from (f"## `{name}`", "")
    if inspect.isfunction(thing):
        yield from (*_signature(thing), *docstring(thing.__doc__))
    elif not inspect.isclass(thing):
        yield from (f"A `{type(thing).__name__}`: `{as_yaml(thing)}`", "")
    else:
        yield from docstring(thing.__doc__)
        if issubclass(thing, Arguments):
            yield from (*table(_ARGUMENT, _arguments(thing)), "")
        elif issubclass(thing, Reference):
            yield from (*table(("field", "type", "default"), _fields(thing)), "")
        yield from _members(thing)


_ARGUMENT = ("argument", "type", "default", "meaning")


def _arguments(model: type[Arguments]) -> Iterator[tuple[str, str, str, str]]:
    for name, field in model.model_fields.items():
        described = description_of(field)
        yield f"`{name}`", described.kind, described.default, described.meaning


def _fields(model: type[Reference]) -> Iterator[tuple[str, str, str]]:
    for name, field in model.model_fields.items():
        yield f"`{name}`", kind_of(field.annotation), default_of(field)


def _members(owner: type) -> Iterator[str]:
    """Its properties and methods that say what they are."""
    public = {name: member for name, member in vars(owner).items() if not name.startswith("_") and member.__doc__}
    if properties := {name: member for name, member in public.items() if isinstance(member, property)}:
        yield from (*table(("property", "type", "what it is"), _properties(properties)), "")
    for name, member in public.items():
        if inspect.isfunction(member):
            yield from (f"### `{owner.__name__}.{name}`", "", *_signature(member), *docstring(member.__doc__))


def _properties(properties: dict[str, property]) -> Iterator[tuple[str, str, str]]:
    for name, each in properties.items():
        returned = inspect.formatannotation(_written(inspect.signature(cast("Any", each.fget)).return_annotation))
        yield (
            f"`{name}`",
            " or ".join(f"`{kind}`" for kind in returned.split(" | ")),
            " ".join((each.__doc__ or "").split()),
        )


def _signature(function: Callable[..., Any]) -> Iterator[str]:
    signature = inspect.signature(function)
    parameters = [
        each.replace(annotation=_written(each.annotation))
        for each in signature.parameters.values()
        if each.name != "self"
    ]
    written = signature.replace(parameters=parameters, return_annotation=_written(signature.return_annotation))
    yield from (f"`{function.__name__}{written}`", "")


def _written(annotation: Any) -> Any:
    return _AsWritten(annotation) if isinstance(annotation, str) else annotation


class _AsWritten(str):
    """An annotation that is shown as it stands in the source, without quotes."""

    def __repr__(self) -> str:
        return str(self)
