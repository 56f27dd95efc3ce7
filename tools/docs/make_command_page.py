"""Lay out the reference of the command line, as typer itself documents it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import typer
from typer.cli import get_docs_for_click

from constructs_lib.cli.app import app
from tools.docs.markdown import MARK

PROGRAM = "cdk8s-dragonfly"


def commands() -> str:
    """The page: each command with its arguments, its options and its examples."""
    program = typer.main.get_group(app)
    lines = ["# Commands", "", MARK, "", program.help or "", ""]
    lines += ["Exit status of each: 0; 1 where something was found or is yours to mend; 2 for a wrong call.", ""]
    return "\n".join([*lines, *_commands(program, typer.Context(program, info_name=PROGRAM))])


def _commands(group: typer.core.TyperGroup, context: typer.Context) -> Iterator[str]:
    for name, command in group.commands.items():
        below = typer.Context(command, parent=context, info_name=name)
        if isinstance(command, typer.core.TyperGroup):
            yield from (f"## `{below.command_path}`", "", command.help or "", "")
            yield from _commands(command, below)
        else:
            docs = get_docs_for_click(obj=command, ctx=below, indent=1, name=name, call_prefix=context.command_path)
            yield _with_sessions(docs.replace("```console\n$ ", "```text\n"))


def _with_sessions(docs: str) -> str:
    """The usage is no session at a terminal; the examples are, and become blocks of code as such."""
    return re.sub(r"(?m)(?:^    \S.*\n+)+", lambda found: "\n".join([*_example(found[0]), "", ""]), docs)


def _example(indented: str) -> list[str]:
    lines = [line.strip() for line in indented.splitlines() if line.strip()]
    if lines[0].startswith("#"):
        return ["```text", *lines, "```"]
    return ["```console", *(f"$ {line}" for line in lines), "```"]
