"""`cdk8s-dragonfly doctor`: known faults in manifests that others wrote."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Optional

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from constructs_lib.checks.manifests import Manifest
    from constructs_lib.cli.formats import Level, Result
    from constructs_lib.doctor.doctor import Diagnosis
    from constructs_lib.doctor.objects import Objects


def doctor(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Folders or files of manifests; - is what is piped in."),
    ],
    operator: Annotated[
        Optional[str],  # noqa: UP045 - typer reads it at run time
        typer.Option(
            metavar="VERSION",
            help="The operator that serves them. Without it the one that the manifests install, or v1.3.1.",
        ),
    ] = None,
    ignore: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(metavar="CHECK", help="A check to leave out; may be given several times."),
    ] = None,
    format: Annotated[
        Literal["text", "json", "sarif", "github"], typer.Option(help="How the findings are written.")
    ] = "text",
) -> None:
    """Look for known faults around Dragonfly: in rendered Helm, in a GitOps repository, in one file.

    Exit status 1 where an error is found; warnings and infos alone end with 0. Each check is described in
    docs/doctor.md. The annotation `ignore-check.cdk8s-dragonfly/CHECK: "why"` on an object ignores one there.

    **Examples**

        cdk8s-dragonfly doctor clusters/production

        helm template cache ./charts/cache | cdk8s-dragonfly doctor - --operator v1.6.1

        cdk8s-dragonfly doctor . --ignore admin-port-open --format sarif > doctor.sarif
    """
    from constructs_lib.cli.operator import given_version, tell_of_version
    from constructs_lib.doctor.doctor import examine
    from constructs_lib.doctor.model import Severity
    from constructs_lib.doctor.objects import Objects, installed_operator

    _refuse_unknown(ignore or [])
    manifests = _read(paths)
    version = given_version(operator) or installed_operator(manifests)
    tell_of_version(version)
    diagnosis = examine(Objects(manifests, version), ignore or [])
    _tell(diagnosis, format)
    raise typer.Exit(1 if any(found.check.severity is Severity.ERROR for found in diagnosis.findings) else 0)


def _refuse_unknown(names: Sequence[str]) -> None:
    from constructs_lib.doctor.doctor import CHECKS
    from constructs_lib.values.suggest import suggest

    known = {check.name for check in CHECKS}
    for name in names:
        if name not in known:
            advice = suggest(name, known) or f"accepted: {', '.join(sorted(known))}"
            raise typer.BadParameter(f"there is no check {name!r}; {advice}", param_hint="--ignore")


def _read(paths: Sequence[Path]) -> list[Manifest]:
    """The manifests of all paths, each object once. What was passed over is told on stderr."""
    from constructs_lib.checks.manifests import PIPED, find_manifests
    from constructs_lib.cli.terminal import note

    manifests: dict[tuple[Path, int, str], Manifest] = {}
    passed_over: dict[Path, str] = {}
    if missing := [str(path) for path in paths if path != PIPED and not path.exists()]:
        raise typer.BadParameter(f"there is no {', '.join(missing)}", param_hint="PATH")
    for path in paths:
        found = find_manifests(path)
        passed_over |= found.passed_over
        for manifest in found.manifests:
            manifests.setdefault((manifest.file.absolute(), manifest.document, manifest.within), manifest)
    for file, why in passed_over.items():
        note(f"passed over: {file}: {why}")
    if not manifests:
        raise typer.BadParameter(f"no manifest in {', '.join(map(str, paths))}", param_hint="PATH")
    return list(manifests.values())


def _tell(diagnosis: Diagnosis, format: str) -> None:
    from constructs_lib.cli import formats
    from constructs_lib.cli.terminal import note
    from constructs_lib.doctor.doctor import CHECKS
    from constructs_lib.doctor.report import as_json

    for found, reason in diagnosis.ignored:
        note(f"ignored: {found.check.name} of {found.object}: {reason}")
    if format == "json":
        typer.echo(as_json(diagnosis.findings), nl=False)
    elif format == "github":
        typer.echo(formats.github(_results(diagnosis)), nl=False)
    elif format == "sarif":
        from importlib.metadata import version

        rules = {check.name: check.meaning for check in CHECKS}
        name = "cdk8s-dragonfly"
        typer.echo(formats.sarif(_results(diagnosis), name, version(name), rules), nl=False)
    else:
        _tell_a_reader(diagnosis)


def _results(diagnosis: Diagnosis) -> Iterator[Result]:
    from constructs_lib.checks.manifests import PIPED
    from constructs_lib.cli.formats import Result, hosted_path
    from constructs_lib.doctor.model import Severity
    from constructs_lib.doctor.places import Places
    from constructs_lib.review.sides.git import repository_root

    root = repository_root(Path.cwd())
    levels: dict[Severity, Level] = {
        Severity.ERROR: "error",
        Severity.WARNING: "warning",
        Severity.INFO: "note",
    }
    places = Places(diagnosis.findings)
    for found in diagnosis.findings:
        file = found.manifest.file
        yield Result(
            found.check.name,
            levels[found.check.severity],
            f"{found.what}; {found.fix} ({found.check.docs})",
            found.object,
            "" if file == PIPED else hosted_path(str(file.absolute()), root),
            places.line(found),
        )


def _tell_a_reader(diagnosis: Diagnosis) -> None:
    from constructs_lib.cli.terminal import echo, echo_finding
    from constructs_lib.doctor.model import Severity
    from constructs_lib.doctor.places import Places

    places = Places(diagnosis.findings)
    for found in diagnosis.findings:
        place = f"{found.manifest.file}:{places.line(found)}"
        echo_finding(found.check.severity.value, f"{found.check.name}: {place}: {found.object}: {found.what}")
        echo(f"  {found.fix} ({found.check.docs})")
    numbers = {each: sum(found.check.severity is each for found in diagnosis.findings) for each in Severity}
    counted = ", ".join(f"{number} {_plural(each.value, number)}" for each, number in numbers.items() if number)
    echo(f"{_looked_at(diagnosis.tree)}: {counted or 'nothing found'}")


def _looked_at(tree: Objects) -> str:
    number, caches = len(tree.manifests), len(tree.instances)
    return f"{number} {_plural('object', number)}, {caches} of them Dragonfly, operator {tree.operator}"


def _plural(word: str, number: int) -> str:
    return word if number == 1 or word == "info" else f"{word}s"
