"""`cdk8s-dragonfly review`: what a change of manifests does to running caches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NoReturn, Optional

import typer

from constructs_lib.cli.review.formats import Format

if TYPE_CHECKING:
    from constructs_lib.cli.review.formats import Reviewed
    from constructs_lib.review.changes.model import Change
    from constructs_lib.values.version import Version


def review(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD",
            help="What is applied: a folder, a file, a git revision (`HEAD`, `main:dist`), a `cluster.yaml`, or "
            "`cluster` for what the current context of kubectl runs. A path alone is NEW, OLD is what HEAD has there.",
        ),
    ],
    new: Annotated[
        Optional[str],  # noqa: UP045 - typer reads it at run time
        typer.Argument(metavar="NEW", help="What will be; a revision without a path takes that of the other side."),
    ] = None,
    format: Annotated[
        Format,
        typer.Option(help="For a terminal, a pull request's comment, a program, GitHub's annotations, code scanning."),
    ] = Format.TEXT,
    operator: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            metavar="VERSION",
            help="The operator's version where neither side installs it. Without it v1.3.1.",
        ),
    ] = None,
    instance: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="NAME", help="What happens to that cache alone."),
    ] = None,
    fail_on: Annotated[
        str,
        typer.Option(
            metavar="danger|warning|EFFECT,...",
            help="End with status 1 where a change is that bad, or has one of these effects.",
        ),
    ] = "",
) -> None:
    """Say what a change does to running caches: which pods restart, what is lost, who gets in.

    The worst comes first. What no table knows is `unknown`, and never called safe. No secret's value is shown.

    Exit status: 0; 1 where `--fail-on` finds something; 2 where there is nothing to review.

    **Examples**

        cdk8s-dragonfly review dist

        cdk8s-dragonfly review main:dist dist --fail-on danger

        cdk8s-dragonfly review origin/main cluster.yaml --format markdown

        cdk8s-dragonfly review cluster dist

        cdk8s-dragonfly review dist --instance sessions
    """
    from constructs_lib.cli.operator import given_version
    from constructs_lib.cli.review.formats import write

    wanted = _wanted(fail_on)
    reviewed = _reviewed(old, new, given_version(operator), instance)
    write(reviewed, format)
    raise typer.Exit(1 if any(wanted & _identifiers(change) for change in reviewed.review.changes) else 0)


def _reviewed(old: str, new: str | None, operator: Version | None, instance: str | None) -> Reviewed:
    from constructs_lib.checks.api_server import NoCluster
    from constructs_lib.checks.manifests import UnreadableManifest
    from constructs_lib.cli.review.formats import Reviewed
    from constructs_lib.cli.review.sides import NoSide, places, read_sides
    from constructs_lib.errors import DragonflyError
    from constructs_lib.review.outputs.subjects import of_instance
    from constructs_lib.review.review import review as reviewed
    from constructs_lib.review.sides.git import NoRevision
    from constructs_lib.review.sides.trees import not_reviewed

    try:
        before, after = read_sides(*places(old, new))
        found = reviewed(before.tree, after.tree, operator, before.folders)
        if instance is not None:
            found = of_instance(found, instance, before.tree, after.tree)
    except (DragonflyError, NoCluster, NoRevision, NoSide, UnreadableManifest) as reason:
        _refuse(str(reason))
    for file in not_reviewed(before, after):
        typer.echo(f"{file}: not reviewed: what changed there is no object of a cluster", err=True)
    told = Reviewed(found, before, after)
    _tell_of_operator(told, operator)
    return told


def _tell_of_operator(reviewed: Reviewed, given: Version | None) -> None:
    from constructs_lib.cli.operator import OPTION, tell_of_version
    from constructs_lib.review.review import installed_operator

    installed = installed_operator(reviewed.new.tree) or installed_operator(reviewed.old.tree)
    if given and installed and given != installed:
        typer.echo(f"{OPTION} {given} counts for nothing: the files install operator {installed}", err=True)
    tell_of_version(reviewed.review.operator)


def _wanted(fail_on: str) -> set[str]:
    """The identifiers of severities and effects that end with status 1."""
    from constructs_lib.review.changes.model import Effect, Severity

    given = {part.strip() for part in fail_on.split(",") if part.strip()}
    severities = [severity.value for severity in Severity if severity is not Severity.INFO]
    effects = [effect.id for effect in Effect]
    unknown = sorted(given.difference(severities, effects))
    if unknown:
        accepted = ", ".join([*reversed(severities), *effects])
        raise typer.BadParameter(f"{unknown[0]!r} is neither; accepted: {accepted}", param_hint="--fail-on")
    return given | ({Severity.DANGER.value} if Severity.WARNING.value in given else set())


def _identifiers(change: Change) -> set[str]:
    return {change.severity.value, *(effect.id for effect in change.effects)}


def _refuse(text: str) -> NoReturn:
    """Say on stderr why nothing was reviewed; status 1 is for what a review finds."""
    typer.echo(text, err=True)
    raise typer.Exit(2)
