"""A Secret that SOPS has encrypted: its file is copied into the output to the byte, and Flux decrypts it.

Written by cdk8s it would no longer decrypt: sorted keys and an added namespace break SOPS' own check of the whole
(tried). So the copy is made when the app is synthesized, beside what cdk8s writes; no private key is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from cdk8s import App, Chart, Names, YamlOutputType
from constructs import Construct

from constructs_lib.cache.secret import SecretContents
from constructs_lib.errors import Finding
from constructs_lib.secrets.arguments import SecretsArguments
from constructs_lib.secrets.sops.file import SopsFile, UnusableSopsFile


class EncryptedSecret:
    """The file, as it is found when the construct is made."""

    api_object = None

    def __init__(
        self, construct: Construct, arguments: SecretsArguments, cache: str, contents: Callable[[], SecretContents]
    ) -> None:
        self._construct = construct
        self._contents = contents
        self._file: SopsFile | None = None
        self._unusable = ""
        try:
            self._file = SopsFile.read(Path(arguments.file or ""))
        except UnusableSopsFile as error:
            self._unusable = str(error)
        self._path = arguments.file

    def version(self) -> str:
        """A digest of the ciphertext."""
        return self._file.digest() if self._file else ""

    def findings(self) -> Iterator[Finding]:
        """What is wrong with the file, and with where it would be put."""
        if self._file is None:
            yield Finding.error("file", f"{self._path}: {self._unusable}")
            return
        for error in self._file.errors(self._contents()):
            yield Finding.error("file", f"{self._path}: {error}")
        yield from self._numbered_folders()

    def finish(self) -> None:
        """Copy the file to the manifests of its chart."""
        app = App.of(self._construct)
        folder = Path(app.outdir)
        if app.yaml_output_type == YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
            folder /= Names.to_dns_label(Chart.of(self._construct))
        folder.mkdir(parents=True, exist_ok=True)
        if self._file is not None:
            copy = folder / f"Secret.{self._file.name}{app.output_file_extension}"
            copy.write_bytes(self._file.raw)

    def _numbered_folders(self) -> Iterator[Finding]:
        """cdk8s puts a number before each chart's name once one chart depends on another, and tells nobody which."""
        app = App.of(self._construct)
        if app.yaml_output_type != YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
            return
        if any(chart.node.dependencies for chart in app.charts):
            yield Finding.error(
                "file",
                "cannot be put into a folder: the app's charts depend on each other, so that cdk8s numbers their "
                "folders; leave the order to Flux' `dependsOn`",
            )
