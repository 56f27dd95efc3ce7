"""Lay out the reference of the library: constructs, their arguments and methods, and the objects that these take."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any, cast

import constructs_lib
from constructs_lib import DragonflyCache
from constructs_lib.arguments.descriptions import as_yaml, default_of, description_of, kind_of
from constructs_lib.arguments.model import Arguments
from constructs_lib.arguments.references import Reference
from constructs_lib.cache.existing.arguments import ExistingArguments
from constructs_lib.config.variables import CONSTRUCTS, model_named
from constructs_lib.deprecations import deprecation_of
from tools.docs.markdown import MARK, docstring, table


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
    if construct is DragonflyCache:
        yield from _existing()


def _existing() -> Iterator[str]:
    """What is told of an instance of others: the names of a cache's own arguments, and the others in full."""
    own = ExistingArguments.__annotations__
    rows = dict(zip(ExistingArguments.model_fields, _arguments(ExistingArguments), strict=True))
    shared = ", ".join(row[0] for name, row in rows.items() if name not in own)
    yield from ("## `DragonflyCache.from_existing`", "", *docstring(DragonflyCache.from_existing.__doc__))
    yield from (f"As for `DragonflyCache`, telling what is there: {shared}. And:", "")
    yield from (*table(_ARGUMENT, [row for name, row in rows.items() if name in own]), "")


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
        described, row = description_of(field), deprecation_of(model, name)
        meaning = row.before(described.meaning) if row else described.meaning
        yield f"`{name}`", " or ".join([described.kind, *described.objects]), described.default, meaning


def _fields(model: type[Reference]) -> Iterator[tuple[str, str, str]]:
    for name, field in model.model_fields.items():
        yield f"`{name}`", kind_of(field.annotation), default_of(field)


def _members(owner: type) -> Iterator[str]:
    """Its properties and methods that say what they are."""
    ours = [each for each in reversed(owner.__mro__) if each.__module__.startswith(constructs_lib.__name__)]
    public_bases = [each for each in ours if each.__name__ in constructs_lib.__all__ and each is not owner]
    for base in public_bases:
        yield from (f"It has what [`{base.__name__}`](#{base.__name__.lower()}) has.", "")
    members = {name: member for each in ours if each not in public_bases for name, member in vars(each).items()}
    public = {name: member for name, member in members.items() if not name.startswith("_") and member.__doc__}
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
        if each.name not in ("self", "cls")
    ]
    written = signature.replace(parameters=parameters, return_annotation=_written(signature.return_annotation))
    yield from (f"`{function.__name__}{written}`", "")


def _written(annotation: Any) -> Any:
    return _AsWritten(annotation) if isinstance(annotation, str) else annotation


class _AsWritten(str):
    """An annotation that is shown as it stands in the source, without quotes."""

    def __repr__(self) -> str:
        return str(self)
