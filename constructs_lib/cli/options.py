"""Options that several subcommands have."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Optional

import typer

# typer reads the types at run time.
Configs = Annotated[
    Optional[list[Path]],  # noqa: UP045
    typer.Option(
        "--config",
        metavar="FILE",
        envvar="CLUSTER_CONFIG",
        help="The cluster.yaml; given several times, the files are merged in order. Without it that of the current "
        "folder.",
    ),
]

Instance = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--instance", metavar="NAME", help="Which of `dragonfly_instances`; needed where there are several."),
]


def chosen(configs: Sequence[Path] | None) -> Sequence[Path]:
    """The files that were named, or the one of the current folder."""
    return configs or [Path("cluster.yaml")]
