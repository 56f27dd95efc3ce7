"""An encrypted file beside the manifests of its chart: copied to the byte, where cdk8s puts that chart's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cdk8s import App, Chart, Names, YamlOutputType
from constructs import Construct

from constructs_lib.errors import Finding
from constructs_lib.secrets.sops.file import SopsFile


def copy_beside_manifests(file: SopsFile, *, of: Construct) -> None:
    """Copy the file to the manifests of a construct's chart."""
    app = App.of(of)
    folder = Path(app.outdir)
    if app.yaml_output_type == YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
        folder /= Names.to_dns_label(Chart.of(of))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"Secret.{file.name}{app.output_file_extension}").write_bytes(file.raw)


def folder_findings(construct: Construct) -> Iterator[Finding]:
    """cdk8s puts a number before each chart's name once one chart depends on another, and tells nobody which."""
    app = App.of(construct)
    if app.yaml_output_type != YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
        return
    if any(chart.node.dependencies for chart in app.charts):
        yield Finding.error(
            "file",
            "cannot be put into a folder: the app's charts depend on each other, so that cdk8s numbers their folders; "
            "leave the order to Flux' `dependsOn`",
        )
