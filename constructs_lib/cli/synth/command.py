"""`cdk8s-dragonfly synth`: the manifests of a `cluster.yaml`, without a program of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from constructs_lib.cli.options import Configs, chosen


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

    raise typer.Exit((check_manifests if check else write_manifests)(chosen(config), output))
