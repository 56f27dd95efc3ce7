"""`cdk8s-dragonfly synth`: the manifests of a `cluster.yaml`, without a program of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from constructs_lib.cli.options import Configs, chosen

if TYPE_CHECKING:
    from collections.abc import Sequence


def synth(
    config: Configs = None,
    output: Annotated[
        Path,
        typer.Option(metavar="FOLDER", envvar="CDK8S_OUTDIR", help="Where the manifests go; replaced as a whole."),
    ] = Path("dist"),
    check: Annotated[
        bool,
        typer.Option("--check", help="Write nothing: end with status 1 where the folder is not what would be written."),
    ] = False,
) -> None:
    """Write the manifests of a `cluster.yaml`, for Flux to apply.

    Every error of the file is told at once, and then nothing is written. Whoever has `cdk8s synth` in a repository
    needs this no more: both do the same.

    **Examples**

        cdk8s-dragonfly synth

        cdk8s-dragonfly synth --config clusters/staging.yaml --output clusters/staging

        cdk8s-dragonfly synth --config base.yaml --config prod.yaml

        cdk8s-dragonfly synth --check
    """
    from constructs_lib.cli.synth.synthesis import check_manifests, write_manifests

    configs = chosen(config)
    status = (check_manifests if check else write_manifests)(configs, output)
    if status == 0:
        _note_where_flux_looks(configs, output)
    raise typer.Exit(status)


def _note_where_flux_looks(configs: Sequence[Path], output: Path) -> None:
    """Say so where the Kustomizations lead to a folder of this repository that is not the one written."""
    from constructs_lib.cli.terminal import note
    from constructs_lib.config.load import load
    from constructs_lib.config.switches import Switches
    from constructs_lib.review.sides.git import below_repository_root

    place, usual = below_repository_root(output), Switches.model_fields["dragonfly_flux_path"].default
    if place and f"./{place}" != usual and load(*configs).switches.dragonfly_flux_path == usual:
        note(
            f"{configs[-1].name}: warning: dragonfly_flux_path: left out, so Flux looks in {usual}, and the manifests "
            f"are in {place} of this repository; give ./{place}"
        )
