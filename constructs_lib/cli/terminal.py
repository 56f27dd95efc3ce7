"""What the subcommands say: coloured at a terminal, plain lines where it is piped."""

from __future__ import annotations

from typing import NoReturn

import typer
from rich.console import Console
from rich.text import Text


def echo(text: str) -> None:
    """A line of a result, on stdout."""
    Console(soft_wrap=True, highlight=False).print(Text(text))


def echo_error(text: str) -> None:
    """An error of what was looked at, on stdout; its place stands out."""
    place, separator, rest = text.partition(": ")
    Console(soft_wrap=True, highlight=False).print(Text.assemble((place, "bold red"), separator, rest))


def echo_finding(severity: str, text: str) -> None:
    """A line of what was found, on stdout; how bad it is stands first, and out."""
    style = {"error": "bold red", "warning": "bold yellow"}.get(severity, "bold")
    Console(soft_wrap=True, highlight=False).print(Text.assemble((severity, style), " ", text))


def note(text: str) -> None:
    """A line about how the result came about, on stderr."""
    Console(stderr=True, soft_wrap=True, highlight=False).print(Text(text, style="dim"))


def fail(text: str) -> NoReturn:
    """Say on stderr why there is no result, and end with status 1."""
    Console(stderr=True, soft_wrap=True, highlight=False).print(Text(text))
    raise typer.Exit(1)
