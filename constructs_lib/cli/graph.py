"""`cdk8s-dragonfly graph`: a picture of written manifests, or of what two trees of them differ in."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from constructs_lib.review.topology.themes import Theme

if TYPE_CHECKING:
    from constructs_lib.review.topology.topology import Topology


class Format(StrEnum):
    """How a picture is written."""

    MERMAID = "mermaid"
    SVG = "svg"
    DOT = "dot"


def graph(
    dist: Annotated[
        str,
        typer.Argument(
            metavar="DIST",
            help="A folder of manifests, a file, a git revision (`main:dist`), a `cluster.yaml`, or `cluster`.",
        ),
    ],
    new: Annotated[
        Optional[str],  # noqa: UP045 - typer reads it at run time
        typer.Argument(metavar="NEW", help="Another one, to be compared: DIST is then the old one."),
    ] = None,
    instance: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="NAME", help="Leave the other caches out."),
    ] = None,
    format: Annotated[
        Format,
        typer.Option(
            metavar="FORMAT", help="`mermaid`; `svg`, by Graphviz where it is installed; `dot`, Graphviz' language."
        ),
    ] = Format.MERMAID,
    theme: Annotated[
        Theme,
        typer.Option(metavar="THEME", help="`light` or `dark`, of `svg` and `dot`; Mermaid's is its reader's own."),
    ] = Theme.LIGHT,
) -> None:
    """Draw who reaches whom on which port, what watches what, and what saves it where.

    It reads the manifests alone: instances, the operator, network policies, PodMonitors, alerts, snapshots and their
    Jobs, and what Flux applies in which order. Of two trees it marks what is added, removed and changed. The picture
    goes to stdout.

    **Examples**

        cdk8s-dragonfly graph dist > stack.mmd

        cdk8s-dragonfly graph dist --format svg > stack.svg

        cdk8s-dragonfly graph dist --format svg --theme dark > stack-dark.svg

        cdk8s-dragonfly graph main:dist dist

        cdk8s-dragonfly graph cluster.yaml --instance sessions > sessions.mmd
    """
    from constructs_lib.checks.api_server import NoCluster
    from constructs_lib.checks.manifests import UnreadableManifest
    from constructs_lib.cli.graphviz import NoGraphviz, svg
    from constructs_lib.cli.review.sides import NoSide
    from constructs_lib.cli.terminal import fail
    from constructs_lib.errors import DragonflyError
    from constructs_lib.review.sides.git import NoRevision
    from constructs_lib.review.topology.drawings import dot, mermaid
    from constructs_lib.review.topology.topology import compared

    try:
        topology = _topology(dist, instance)
        if new is not None:
            topology = compared(topology, _topology(new, instance))
        drawn = mermaid(topology) if format is Format.MERMAID else dot(topology, theme)
        if format is Format.SVG:
            drawn = svg(drawn)
    except NoSide as reason:
        typer.echo(str(reason), err=True)
        raise typer.Exit(2) from reason
    except (DragonflyError, NoCluster, NoGraphviz, NoRevision, UnreadableManifest) as reason:
        fail(str(reason))
    typer.echo(drawn, nl=False)


def _topology(argument: str, instance: str | None) -> Topology:
    from constructs_lib.checks.manifests import Manifest, UnreadableManifest
    from constructs_lib.cli.review.sides import read_alone
    from constructs_lib.review.outputs.subjects import without_other_instances
    from constructs_lib.review.topology.of_manifests import topology_of

    side = read_alone(argument)
    for file, found in side.others.items():
        if not all(map(_is_kustomizes_own, found)):
            raise UnreadableManifest(f"{file or argument}: no Kubernetes object; apiVersion and kind are missing")
    tree = side.tree if instance is None else without_other_instances(side.tree, instance)
    # Where a manifest stands among the others tells which Kustomization applies it: no file of it need be there.
    with TemporaryDirectory() as folder:
        manifests = [Manifest(Path(folder, side.folders[key], key.kind), manifest) for key, manifest in tree.items()]
        return topology_of(manifests, Path(folder))


def _is_kustomizes_own(document: Any) -> bool:
    from constructs_lib.checks.manifests import KUSTOMIZE_GROUP, is_object

    return document is None or (is_object(document) and str(document["apiVersion"]).startswith(f"{KUSTOMIZE_GROUP}/"))
