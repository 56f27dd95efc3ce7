"""A review in each format of `cdk8s-dragonfly review --format`, as it is written to stdout."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from constructs_lib.cli.formats import Level, Result
    from constructs_lib.review.changes.model import Change, ObjectKey, Review
    from constructs_lib.review.sides.trees import Side, Source


class Format(StrEnum):
    """What a review is written as."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A review, with both sides for who wants to know where an object stands."""

    review: Review
    old: Side
    new: Side

    def source(self, key: ObjectKey) -> Source | None:
        """Where an object stands now, or stood."""
        return self.new.sources.get(key) or self.old.sources.get(key)


def write(reviewed: Reviewed, format: Format) -> None:
    """Write a review to stdout."""
    {
        Format.TEXT: _write_text,
        Format.MARKDOWN: _write_markdown,
        Format.JSON: _write_json,
        Format.GITHUB: _write_github,
        Format.SARIF: _write_sarif,
    }[format](reviewed)


def _write_text(reviewed: Reviewed) -> None:
    from rich.console import Console

    from constructs_lib.review.outputs.text import text

    Console(soft_wrap=True, highlight=False).print(text(reviewed.review, _summary(reviewed)))


def _write_markdown(reviewed: Reviewed) -> None:
    from constructs_lib.review.outputs.markdown import markdown

    typer.echo(markdown(reviewed.review, _summary(reviewed)), nl=False)


def _write_json(reviewed: Reviewed) -> None:
    from constructs_lib.review.outputs.document import document

    typer.echo(json.dumps(document(reviewed.review), indent=2, allow_nan=False))


def _write_github(reviewed: Reviewed) -> None:
    from constructs_lib.cli.formats import github

    typer.echo(github(_results(reviewed)), nl=False)


def _write_sarif(reviewed: Reviewed) -> None:
    from constructs_lib.cli.distribution import installed_version
    from constructs_lib.cli.formats import sarif
    from constructs_lib.review.changes.model import Effect

    rules = {effect.id: effect.meaning for effect in Effect}
    typer.echo(sarif(_results(reviewed), "cdk8s-dragonfly review", installed_version(), rules), nl=False)


def _results(reviewed: Reviewed) -> Iterator[Result]:
    from constructs_lib.cli.formats import Result, hosted_path
    from constructs_lib.review.changes.model import Severity
    from constructs_lib.review.sides.git import repository_root

    root = repository_root(Path.cwd())
    levels: dict[Severity, Level] = {
        Severity.DANGER: "error",
        Severity.WARNING: "warning",
        Severity.INFO: "note",
    }
    for change in reviewed.review.changes:
        source = reviewed.source(change.object)
        yield Result(
            rule=_worst(change),
            level=levels[change.severity],
            message=f"{change.field}: {change.what}" if change.field else change.what,
            object=str(change.object),
            file=hosted_path(source.file, root) if source else "",
            line=source.line(change.field) if source else 1,
        )


def _worst(change: Change) -> str:
    from constructs_lib.review.changes.model import Effect

    return next(effect.id for effect in Effect if effect in change.effects)


def _summary(reviewed: Reviewed) -> list[str]:
    from constructs_lib.review.outputs.summary import summary

    return summary(reviewed.review, reviewed.old.tree, reviewed.new.tree)
