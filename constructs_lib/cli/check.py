"""`cdk8s-dragonfly check`: what an API server would say of written manifests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from constructs_lib.checks.findings import CheckResult
    from constructs_lib.checks.manifests import Manifest
    from constructs_lib.values.version import Version


def check(
    dists: Annotated[
        list[Path],
        typer.Argument(
            metavar="DIST...", exists=True, help="The folder that `cdk8s synth` wrote, or several, or a file."
        ),
    ],
    crds: Annotated[
        Optional[Path],  # noqa: UP045 - typer reads it at run time
        typer.Option(
            metavar="FOLDER",
            exists=True,
            file_okay=False,
            help="Take the CRDs from the YAML files of this folder. Without it they come from their publishers, once.",
        ),
    ] = None,
    operator_version: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            metavar="VERSION",
            help="The operator version whose CRD counts. Without it the one that each DIST installs, or v1.3.1.",
        ),
    ] = None,
    require_schemas: Annotated[
        bool,
        typer.Option(
            "--require-schemas", help="Let it count as an error that a kind cannot be checked, for no CRD is at hand."
        ),
    ] = False,
    cluster: Annotated[
        bool,
        typer.Option("--cluster", help="Ask the cluster of the current kubeconfig instead, by a server-side dry run."),
    ] = False,
    context: Annotated[
        str, typer.Option(metavar="NAME", help="With --cluster: another context of the kubeconfig.")
    ] = "",
) -> None:
    """Check manifests as strictly as an API server does: every error at once, one a line.

    By schema it finds fields that do not exist or are missing, wrong types and values out of bounds. With `--cluster`
    the API server itself is asked, which also knows CEL rules, fields that cannot be changed, admission and quotas;
    nothing is changed there. Kinds whose CRD is not at hand are named, and passed over.

    **Examples**

        cdk8s-dragonfly check dist

        cdk8s-dragonfly check dist --operator-version v1.6.1

        cdk8s-dragonfly check dist --cluster --context staging
    """
    from constructs_lib.checks.api_server import NoCluster
    from constructs_lib.checks.definitions import NoDefinitions
    from constructs_lib.checks.manifests import UnreadableManifest, has_kustomization_file, read_manifests
    from constructs_lib.cli.terminal import fail

    try:
        read = {dist: list(read_manifests(dist)) for dist in dists}
        if empty := [str(dist) for dist, found in read.items() if not found and not has_kustomization_file(dist)]:
            raise typer.BadParameter(f"no manifest in {', '.join(empty)}", param_hint="DIST")
        if cluster:
            findings, by = _by_cluster(read.values(), context)
        else:
            findings, by = _by_schema(read.values(), crds, operator_version)
    except (NoCluster, NoDefinitions, UnreadableManifest) as reason:
        fail(str(reason))
    _tell(findings, by, require_schemas)
    raise typer.Exit(1 if findings.errors or (require_schemas and findings.unknown) else 0)


def _by_schema(
    read: Collection[Sequence[Manifest]], crds: Path | None, operator_version: str | None
) -> tuple[CheckResult, str]:
    from constructs_lib.checks.definitions import Definitions, definitions_in, published_definitions
    from constructs_lib.checks.findings import CheckResult, check_manifests

    findings = CheckResult()
    groups = {manifest.group for manifests in read for manifest in manifests}
    known: dict[Version, Definitions] = {}
    for manifests in read:
        version = _operator_version(operator_version, manifests)
        if version not in known:
            known[version] = definitions_in(crds, version) if crds else published_definitions(version, groups)
        findings += check_manifests(manifests, known[version])
    return findings, f"the schemas of operator {', '.join(str(version) for version in sorted(known))}"


def _by_cluster(read: Iterable[Sequence[Manifest]], context: str) -> tuple[CheckResult, str]:
    from constructs_lib.checks.api_server import current_cluster
    from constructs_lib.checks.dry_run import dry_run
    from constructs_lib.checks.findings import CheckResult

    findings = CheckResult()
    with current_cluster(context=context) as server:
        for manifests in read:
            findings += dry_run(manifests, server)
    return findings, "a server-side dry run"


def _operator_version(given: str | None, manifests: Sequence[Manifest]) -> Version:
    from constructs_lib.checks.findings import installed_operator_version
    from constructs_lib.dragonfly.operator_versions import OLDEST_SUPPORTED
    from constructs_lib.values.version import Version

    if given is None:
        return installed_operator_version(manifests) or OLDEST_SUPPORTED
    try:
        return Version.of(given)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--operator-version") from error


def _tell(findings: CheckResult, by: str, require_schemas: bool) -> None:
    from constructs_lib.cli.terminal import echo, echo_error

    for error in findings.errors:
        echo_error(error)
    for note in findings.notes:
        echo(note)
    passed_over = ", ".join(f"{number} {kind}" for kind, number in sorted(findings.unknown.items()))
    if passed_over:
        asked = ", and --require-schemas asks for one" if require_schemas else ""
        echo(f"not checked, for no schema is known{asked}: {passed_over}")
    number = len(findings.errors)
    echo(f"{findings.checked} objects checked by {by}: {number or 'no'} {'error' if number == 1 else 'errors'}")
