"""`cdk8s-dragonfly init`: the files with which a repository begins."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer


class CodeHost(StrEnum):
    """Whose workflow is written."""

    GITHUB = "github"
    GITLAB = "gitlab"
    NONE = "none"


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", file_okay=False, help="Where they go; made if need be.")
    ] = Path(),
    age_recipient: Annotated[
        Optional[str],  # noqa: UP045 - typer reads it at run time
        typer.Option(
            metavar="AGE1...",
            callback=lambda given: _public_key(given),
            help="Encrypt the cache's Secret for this public key of age, in a `.sops.yaml`; `age-keygen` makes one.",
        ),
    ] = None,
    code_host: Annotated[
        CodeHost, typer.Option("--ci", help="Whose workflow synthesizes, checks and reviews each change.")
    ] = CodeHost.GITHUB,
) -> None:
    """Begin a repository: a short `cluster.yaml`, its schema for the editor, a workflow, a README.

    No file that is there is touched: if one is, nothing is written at all. In a folder of a repository the
    `cluster.yaml` says where Flux finds what is written.

    **Examples**

        cdk8s-dragonfly init

        cdk8s-dragonfly init clusters/staging --ci none --age-recipient age1…
    """
    from constructs_lib.cli.init.first_files import WORKFLOWS, first_files
    from constructs_lib.cli.terminal import echo, fail, note
    from constructs_lib.review.sides.git import below_repository_root

    below = below_repository_root(folder)
    files = first_files(age_recipient, code_host, below)
    if there := [str(folder / name) for name in files if (folder / name).exists()]:
        fail(f"{', '.join(there)}: there already, so nothing was written; move it away, or name another folder")
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")
        echo(str(path))
    if below and code_host in WORKFLOWS:
        note(
            f"a workflow is read at the root of a repository alone, and there from {below}: move it, or give --ci none"
        )
    draw = "`cdk8s-dragonfly secrets init`, then " if age_recipient else ""
    echo(f"next: {draw}`cdk8s-dragonfly synth`, which writes dist/ for Flux")


def _public_key(given: str | None) -> str | None:
    # The value is not told: it may be the private key.
    if given is not None and not re.fullmatch(r"age1[a-z0-9]+", given):
        raise typer.BadParameter("no public key of age; accepted: age1…, as `age-keygen -y FILE` tells it")
    return given
