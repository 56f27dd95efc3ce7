"""The public interface as text: every name of the library with what it takes and gives, in the form of a stub.

    python -m tools.release.interface

One file, so that a reviewer sees each change of it, and `compare_interfaces.py` finds those that break a program
of somebody else's.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path
from types import FunctionType, NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

import constructs_lib
from constructs_lib.arguments.model import Arguments
from constructs_lib.arguments.references import Reference

ROOT = Path(__file__).resolve().parents[2]

FILE = Path("tests", "__snapshots__", "interface.txt")
"""Where it is written, from the root."""

HEADER = '"""The public interface of constructs_lib. `make docs` writes it, and a test holds it."""'

EMPTY = inspect.Parameter.empty


def main() -> None:
    """Write it."""
    (ROOT / FILE).write_text(interface())


def interface() -> str:
    """Every public name, in the order of the alphabet."""
    blocks = ["\n".join(_lines(name, getattr(constructs_lib, name))) for name in sorted(constructs_lib.__all__)]
    return "\n\n".join([HEADER, *blocks]) + "\n"


def _lines(name: str, value: Any) -> Iterator[str]:
    """What the stub says of one public name."""
    if isinstance(value, FunctionType):
        yield from _function(name, value)
    elif isinstance(value, type):
        bases = [base.__name__ for base in _bases(value)]
        yield f"class {name}({', '.join(bases)}):" if bases else f"class {name}:"
        members = list(_members(value))
        yield from (f"    {line}" for line in members or ["..."])
    else:
        yield f"{name}: {type(value).__name__} = {value!r}"


def _bases(owner: type) -> Iterator[type]:
    """Of a class the bases that a program may rely on: public ones, and those of other packages."""
    for base in owner.__bases__:
        if _is_ours(base) and base.__name__ not in constructs_lib.__all__:
            yield from _bases(base)
        elif base not in (object, BaseModel):
            yield base


def _is_ours(owner: type) -> bool:
    return owner.__module__.startswith(f"{constructs_lib.__name__}.")


def _members(owner: type) -> Iterator[str]:
    """Of a class: how it is made, its attributes, properties and methods."""
    # Inherited ones too: griffe looks at no base, and to a program it is one whose they are.
    owners = [each for each in owner.__mro__ if _is_ours(each) and each not in (Arguments, Reference)]
    if issubclass(owner, BaseModel) or any("__init__" in vars(each) for each in owners):
        yield from _constructor(owner)
    fields = owner.model_fields if issubclass(owner, BaseModel) else {}
    annotations = {name: kind for each in reversed(owners) for name, kind in inspect.get_annotations(each).items()}
    annotations |= {name: field.annotation for name, field in fields.items()}
    names = dict.fromkeys(name for each in owners for name in (*inspect.get_annotations(each), *vars(each)))
    for name in (name for name in {**names, **fields} if not name.startswith("_") and name != "model_config"):
        yield from _member(name, inspect.getattr_static(owner, name, EMPTY), annotations)


def _member(name: str, value: Any, annotations: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(value, property) and value.fget is not None:
        yield "@property"
        yield from _function(name, value.fget)
    elif isinstance(value, classmethod | staticmethod):
        yield f"@{type(value).__name__}"
        yield from _function(name, value.__func__)
    elif isinstance(value, FunctionType):
        yield from _function(name, value)
    elif name in annotations:
        yield f"{name}: {_type(annotations[name])}"


def _constructor(owner: type) -> Iterator[str]:
    """Of a construct with the arguments of its model, as type checkers see it."""
    if issubclass(owner, BaseModel):
        yield from _signature("__init__", [_parameter("self"), *_fields(owner)], "None")
        return
    initialize: Any = inspect.getattr_static(owner, "__init__")
    model = inspect.getclosurevars(initialize).nonlocals.get("model") if isinstance(initialize, FunctionType) else None
    if model is None:
        yield from _function("__init__", initialize)
    else:
        before = [_parameter("self"), _parameter("scope", "Construct"), _parameter("id", "str")]
        yield from _signature("__init__", [*before, *_fields(model)], "None")


def _fields(model: type[BaseModel]) -> list[inspect.Parameter]:
    """The arguments of a model; each with its default as it comes out, where a function makes it."""
    return [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            annotation=field.annotation,
            default=EMPTY if field.is_required() else field.get_default(call_default_factory=True),
        )
        for name, field in model.model_fields.items()
    ]


def _parameter(name: str, annotation: Any = EMPTY) -> inspect.Parameter:
    return inspect.Parameter(
        name,
        inspect.Parameter.POSITIONAL_OR_KEYWORD if name == "self" else inspect.Parameter.POSITIONAL_ONLY,
        annotation=annotation,
    )


def _function(name: str, function: Any) -> Iterator[str]:
    signature = inspect.signature(function)
    yield from _signature(name, list(signature.parameters.values()), signature.return_annotation)


def _signature(name: str, parameters: list[inspect.Parameter], returns: Any) -> Iterator[str]:
    """A line an argument, so that a difference shows one."""
    if [each.name for each in parameters] == ["self"]:
        yield f"def {name}(self) -> {_type(returns)}: ..."
        return
    yield f"def {name}("
    kinds = [each.kind for each in parameters]
    for number, each in enumerate(parameters):
        if (
            each.kind is each.KEYWORD_ONLY
            and each.KEYWORD_ONLY not in kinds[:number]
            and each.VAR_POSITIONAL not in kinds
        ):
            yield "    *,"
        stars = "*" if each.kind is each.VAR_POSITIONAL else "**" if each.kind is each.VAR_KEYWORD else ""
        typed = "" if each.annotation is EMPTY else f": {_type(each.annotation)}"
        default = "" if each.default is EMPTY else f" = {_value(each.default)}"
        yield f"    {stars}{each.name}{typed}{default},"
        if each.kind is each.POSITIONAL_ONLY and each.POSITIONAL_ONLY not in kinds[number + 1 :]:
            yield "    /,"
    yield f") -> {_type(returns)}: ..."


def _value(value: Any) -> str:
    return f"{type(value).__name__}.{value.name}" if isinstance(value, Enum) else repr(value)


def _type(annotation: Any) -> str:
    """A type as it is written, without what validates it."""
    if isinstance(annotation, str):
        return annotation
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type(inner[0])
    if origin in (Union, UnionType):
        return " | ".join(dict.fromkeys(_type(each) for each in inner))
    if origin is Literal:
        return f"Literal[{', '.join(map(repr, inner))}]"
    if inner:
        return f"{_name(origin)}[{', '.join(_type(each) for each in inner)}]"
    return "None" if annotation in (None, NoneType) else "..." if annotation is ... else _name(annotation)


def _name(kind: Any) -> str:
    return str(getattr(kind, "__name__", kind))


if __name__ == "__main__":
    main()
