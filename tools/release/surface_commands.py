"""Each command with its arguments, its options and its exit statuses, as facts of the surface."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from pathlib import PurePath
from typing import Any, Literal, get_args, get_origin

import typer
from typer.core import TyperArgument, TyperGroup, TyperOption

from constructs_lib.cli.app import app
from tools.docs.make_command_page import PROGRAM
from tools.docs.make_command_page import commands as page


def commands() -> dict[str, list[str]]:
    """Facts by command, by command and option (`review --format`), by command and place of an argument (`review 1`)."""
    program = typer.main.get_group(app)
    statuses = dict(_exit_statuses(page()))
    return {
        **{command: [] for command in _names(program)},
        **{command: _statuses(text) for command, text in statuses.items()},
        **dict(_parameters(program, typer.Context(program, info_name=PROGRAM, **program.context_settings))),
    }


def _names(group: TyperGroup, above: str = "") -> Iterator[str]:
    yield from [] if above else [PROGRAM]
    for name, command in group.commands.items():
        yield f"{above}{name}"
        if isinstance(command, TyperGroup):
            yield from _names(command, f"{above}{name} ")


def _exit_statuses(text: str) -> Iterator[tuple[str, str]]:
    """By command, what its part of the page says; of the program what holds for each that says nothing."""
    for block in re.split(r"(?m)^#+ ", text):
        heading, _, body = block.partition("\n")
        if said := re.search(r"Exit status.*?(?=\n\n|\Z)", body, re.DOTALL):
            command = heading.strip("`").removeprefix(PROGRAM).strip()
            yield (PROGRAM if heading == "Commands" else command), " ".join(said[0].split())


def _statuses(text: str) -> list[str]:
    return [*(f"ends with `{status}`" for status in sorted(set(re.findall(r"\b[0-2]\b", text)))), f"in words: {text}"]


def _parameters(command: Any, context: typer.Context) -> Iterator[tuple[str, list[str]]]:
    path = context.command_path.removeprefix(PROGRAM).strip()
    place = 0
    for parameter in command.get_params(context):
        if isinstance(parameter, TyperArgument):
            place += 1
            yield f"{path} {place}", list(_of_argument(parameter))
        elif isinstance(parameter, TyperOption):
            first, *others = sorted([*parameter.opts, *parameter.secondary_opts], key=len, reverse=True)
            yield f"{path} {first}".strip(), [*(f"also `{name}`" for name in others), *_of_option(parameter)]
    for name, below in command.commands.items() if isinstance(command, TyperGroup) else ():
        yield from _parameters(below, typer.Context(below, parent=context, info_name=name, **below.context_settings))


def _of_argument(argument: TyperArgument) -> Iterator[str]:
    yield f"in words: {argument.metavar or argument.name}"
    if argument.nargs == -1:
        yield "takes several"
    yield from _of_either(argument)


def _of_option(option: TyperOption) -> Iterator[str]:
    yield "is a switch" if option.is_flag else "takes a value"
    if option.metavar:
        yield f"in words: {option.metavar}"
    if option.multiple:
        yield "counts several times"
    yield from _of_either(option)


def _of_either(parameter: TyperArgument | TyperOption) -> Iterator[str]:
    kind = parameter.type_descriptor.annotation
    choices = _choices(kind)
    yield from (f"takes `{choice}`" for choice in choices)
    if kind in (int, float):
        yield f"must be of type {kind.__name__}"
    if parameter.envvar:
        yield f"is read from `{parameter.envvar}`"
    yield "must be given" if parameter.required else f"default {_value(parameter.default)}"


def _choices(kind: Any) -> list[str]:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return [each.value for each in kind]
    return list(map(str, get_args(kind))) if get_origin(kind) is Literal else []


def _value(default: Any) -> str:
    if isinstance(default, PurePath):
        return default.as_posix()
    return "none" if default in (None, "", False) else str(default.value if isinstance(default, Enum) else default)
