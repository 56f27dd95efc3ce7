"""`cdk8s-dragonfly graph`: a picture of written manifests, or of what two trees of them differ in."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

if TYPE_CHECKING:
    from constructs_lib.review.topology.topology import Topology


class Format(StrEnum):
    """How a picture is written."""

    MERMAID = "mermaid"
    SVG = "svg"
    DOT = "dot"


def graph(
    dist: Annotated[
        Path,
        typer.Argument(metavar="DIST", exists=True, help="The folder that `cdk8s synth` wrote, or a file."),
    ],
    new: Annotated[
        Optional[Path],  # noqa: UP045 - typer reads it at run time
        typer.Argument(metavar="NEW", exists=True, help="Another one, to be compared: DIST is then the old one."),
    ] = None,
    format: Annotated[
        Format,
        typer.Option(
            metavar="FORMAT", help="`mermaid`; `svg`, by Graphviz where it is installed; `dot`, Graphviz' language."
        ),
    ] = Format.MERMAID,
) -> None:
    """Draw who reaches whom on which port, what watches what, and what saves it where.

    It reads the manifests alone: instances, the operator, network policies, PodMonitors, alerts, snapshots and their
    Jobs, and what Flux applies in which order. Of two trees it marks what is added, removed and changed. The picture
    goes to stdout.

    **Examples**

        cdk8s-dragonfly graph dist > stack.mmd

        cdk8s-dragonfly graph dist --format svg > stack.svg

        cdk8s-dragonfly graph dist-before dist
    """
    from constructs_lib.checks.manifests import UnreadableManifest
    from constructs_lib.cli.graphviz import NoGraphviz, svg
    from constructs_lib.cli.terminal import fail
    from constructs_lib.review.topology.drawings import dot, mermaid
    from constructs_lib.review.topology.topology import compared

    try:
        topology = _topology(dist, "DIST")
        if new is not None:
            topology = compared(topology, _topology(new, "NEW"))
        drawn = mermaid(topology) if format is Format.MERMAID else dot(topology)
        if format is Format.SVG:
            drawn = svg(drawn)
    except (NoGraphviz, UnreadableManifest) as reason:
        fail(str(reason))
    typer.echo(drawn, nl=False)


def _topology(tree: Path, argument: str) -> Topology:
    from constructs_lib.checks.manifests import has_kustomization_file, read_manifests
    from constructs_lib.review.topology.of_manifests import topology_of

    manifests = list(read_manifests(tree))
    if not manifests and not has_kustomization_file(tree):
        raise typer.BadParameter(f"no manifest in {tree}", param_hint=argument)
    return topology_of(manifests, tree)
