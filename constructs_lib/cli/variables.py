"""`cdk8s-dragonfly variables`: what `cluster.yaml` may hold, explained."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from constructs_lib.config.reference import VariableReference


class Format(StrEnum):
    """What is written."""

    TEXT = "text"
    JSON = "json"


def variables(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]...",
            help="Variables, with or without `dragonfly_`. Without any: all of them.",
            autocompletion=lambda incomplete: _completions(incomplete),
        ),
    ] = None,
    format: Annotated[Format, typer.Option(help="For people, or for programs.")] = Format.TEXT,
) -> None:
    """Explain the variables of `cluster.yaml`: type, default, meaning.

    **Examples**

        cdk8s-dragonfly variables

        cdk8s-dragonfly variables maxmemory replicas
    """
    from constructs_lib.config.reference import secret_references, variable_references

    known = {each.key: each for each in (*variable_references(), *secret_references())}
    chosen = [_named(name, known) for name in names] if names else list(known.values())
    if format is Format.JSON:
        _tell_as_json(chosen)
    elif names:
        _explain(chosen)
    else:
        _list(chosen)


def _completions(incomplete: str) -> list[str]:
    """The names that begin so; without the prefix too, once there is a letter to go by."""
    from constructs_lib.config.keys import PREFIX
    from constructs_lib.config.variables import known_keys

    keys = known_keys()
    names = {key.removeprefix(PREFIX) for key in keys} if incomplete else set()
    return sorted(name for name in names | keys if name.startswith(incomplete))


def _named(name: str, known: dict[str, VariableReference]) -> VariableReference:
    from constructs_lib.config.keys import PREFIX, nearest_key

    for key in (name, f"{PREFIX}{name}"):
        if key in known:
            return known[key]
    advice = nearest_key(name, known) or "`cdk8s-dragonfly variables` lists them all"
    raise typer.BadParameter(f"{name}: no variable of that name; {advice}", param_hint="NAME")


def _tell_as_json(chosen: Iterable[VariableReference]) -> None:
    import json
    from dataclasses import asdict

    found = [{name: value for name, value in asdict(each).items() if value} for each in chosen]
    typer.echo(json.dumps({"version": 1, "variables": found}, indent=2, ensure_ascii=False))


def _explain(chosen: Iterable[VariableReference]) -> None:
    from constructs_lib.cli.terminal import echo

    for each in chosen:
        held_by = f"held by: key {each.secret_key} of the cache's Secret"
        where = held_by if each.secret_key else f"default: {each.default}"
        echo(_plain(f"{each.key}: {each.kind}\n  {each.meaning}\n  {where}"))


def _list(chosen: list[VariableReference]) -> None:
    from constructs_lib.cli.terminal import echo

    key_width, kind_width = (max(map(len, column)) for column in zip(*map(_columns, chosen), strict=True))
    for each in chosen:
        key, kind = _columns(each)
        echo(f"{key:{key_width}}  {kind:{kind_width}}  {_plain(each.default)}")


def _columns(each: VariableReference) -> tuple[str, str]:
    return each.key, _plain(each.kind)


def _plain(markdown: str) -> str:
    return markdown.replace("`", "")
