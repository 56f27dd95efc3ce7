"""Options that several subcommands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

Config = Annotated[
    Optional[Path],  # noqa: UP045 - typer reads it at run time
    typer.Option(
        "--config",
        metavar="FILE",
        envvar="CLUSTER_CONFIG",
        help="The cluster.yaml. Without it that of the current folder.",
    ),
]
