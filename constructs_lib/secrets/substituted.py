"""A Secret of `${VARIABLES}`, which Flux fills from the Secret that it substitutes from, such as `cluster-secrets`.

Flux puts text in the place of text and hashes nothing, so each password needs two variables: itself, and its SHA-256
for the ACL file. An empty hash leaves a `#` alone, for which the server drops the file; with the password itself
there, an empty one would let everybody in.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cdk8s import ApiObject, ApiObjectMetadata, JsonPatch
from constructs import Construct

from constructs_lib.cache.cache import DragonflyCache
from constructs_lib.cache.secret import SecretContents
from constructs_lib.errors import Finding
from constructs_lib.secrets.arguments import SecretsArguments
from constructs_lib.secrets.sops.file import SopsFile, UnusableSopsFile
from constructs_lib.secrets.variables import SecretVariables


class SubstitutedSecret:
    """The Secret that Flux fills in."""

    def __init__(
        self, construct: Construct, arguments: SecretsArguments, cache: DragonflyCache, contents: SecretContents
    ) -> None:
        self._cache = cache
        self._shown = arguments.file
        self._file: SopsFile | None = None
        self._unusable = ""
        if arguments.file:
            try:
                self._file = SopsFile.read(Path(arguments.file))
            except UnusableSopsFile as error:
                self._unusable = str(error)
        self._written: set[str] = set()
        self.api_object = ApiObject(
            construct,
            "Secret",
            api_version="v1",
            kind="Secret",
            metadata=ApiObjectMetadata(name=contents.name, namespace=contents.namespace),
        )
        self._add("/stringData", {})

    def version(self, contents: SecretContents) -> str:
        """A digest of the variables' ciphertext, where their file was given."""
        names = self._variables(contents).names
        return self._file.digest(names) if self._file and not self._file.missing(names) else ""

    def write(self, contents: SecretContents) -> None:
        """Add what is not there yet, so that patches of the user's own stay."""
        variables = self._variables(contents)
        for key, variable in variables.values.items():
            if key not in self._written:
                self._written.add(key)
                self._add(f"/stringData/{key}", f"${{{variable}}}")
        if contents.acl:
            text = contents.acl.render_with(lambda user: f"#${{{variables.hashes[user]}}}")
            self._add(f"/stringData/{contents.acl_key}", text)

    def errors(self, contents: SecretContents) -> Iterator[Finding]:
        """Variables that mean two things, or that the file does not have."""
        variables = self._variables(contents)
        yield from variables.errors()
        if self._unusable:
            yield Finding.error("file", f"{self._shown}: {self._unusable}")
        elif self._file and (missing := self._file.missing(variables.names)):
            yield Finding.error(
                "file",
                f"{self._shown}: without {', '.join(missing)}, and Flux then applies nothing of the folder; add them "
                "with `sops edit`",
            )

    def _variables(self, contents: SecretContents) -> SecretVariables:
        return SecretVariables.of(contents, self._cache.name)

    def _add(self, path: str, value: object) -> None:
        self.api_object.add_json_patch(JsonPatch.add(path, value))
