"""A Secret of `${VARIABLES}`, which Flux fills from the Secret that it substitutes from, such as `cluster-secrets`.

Flux puts text in the place of text and hashes nothing, so each password needs two variables: itself, and its SHA-256
for the ACL file. An empty hash leaves a `#` alone, for which the server drops the file; with the password itself
there, an empty one would let everybody in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from constructs import Construct

from constructs_lib.cache.secret import SecretContents
from constructs_lib.construct.api_object import RenderedObject
from constructs_lib.errors import Finding
from constructs_lib.secrets.arguments import SecretsArguments
from constructs_lib.secrets.sops.file import SopsFile, UnusableSopsFile
from constructs_lib.secrets.variables import SecretVariables


class SubstitutedSecret:
    """The Secret that Flux fills in."""

    def __init__(
        self, construct: Construct, arguments: SecretsArguments, cache: str, contents: Callable[[], SecretContents]
    ) -> None:
        self._path = arguments.file
        self._cache = cache
        self._contents = contents
        self._file: SopsFile | None = None
        self._unusable = ""
        if arguments.file:
            try:
                self._file = SopsFile.read(Path(arguments.file))
            except UnusableSopsFile as error:
                self._unusable = str(error)
        self.api_object = RenderedObject(
            construct,
            "Secret",
            "v1",
            "Secret",
            lambda: {"stringData": self._string_data(contents())},
            name=contents().name,
            namespace=contents().namespace,
        )

    def version(self) -> str:
        """A digest of the variables' ciphertext, where their file was given."""
        names = self._variables.names
        return self._file.digest(names) if self._file and not self._file.missing(names) else ""

    def findings(self) -> Iterator[Finding]:
        """Variables that mean two things, or that the file does not have."""
        yield from self._variables.errors()
        if self._unusable:
            yield Finding.error("file", f"{self._path}: {self._unusable}")
        elif self._file and (missing := self._file.missing(self._variables.names)):
            yield Finding.error(
                "file",
                f"{self._path}: without {', '.join(missing)}, and Flux then applies nothing of the folder; add them "
                "with `sops edit`",
            )

    def finish(self) -> None:
        """Nothing beside the tree."""

    @property
    def _variables(self) -> SecretVariables:
        return SecretVariables.of(self._contents(), self._cache)

    def _string_data(self, contents: SecretContents) -> dict[str, str]:
        variables = self._variables
        data = {key: f"${{{variable}}}" for key, variable in variables.values.items()}
        if contents.acl:
            data[contents.acl_key] = contents.acl.render_with(lambda user: f"#${{{variables.hashes[user]}}}")
        return data
