"""A Secret of `${VARIABLES}`, which Flux fills from the Secret that it substitutes from, such as `cluster-secrets`.

Flux puts text in the place of text and hashes nothing, so each password needs two variables: itself, and its SHA-256
for the ACL file. An empty hash leaves a `#` alone, for which the server drops the file; with the password itself
there, an empty one would let everybody in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from constructs_lib.errors import Finding
from constructs_lib.secrets.provider import SecretProvider
from constructs_lib.secrets.sops.file import SopsFile, UnusableSopsFile
from constructs_lib.secrets.variables import SecretVariables


class SubstitutedSecret(SecretProvider):
    """The Secret that Flux fills in."""

    manifest_kind = ("v1", "Secret")

    def fields(self) -> dict[str, Any]:
        """A variable for each value."""
        contents, variables = self.contents, self._variables
        data = {key: f"${{{variable}}}" for key, variable in variables.values.items()}
        if contents.acl:
            data[contents.acl_key] = contents.acl.render_with(lambda user: f"#${{{variables.hashes[user]}}}")
        return {"stringData": data}

    def version(self) -> str:
        """A digest of the variables' ciphertext, where their file was given."""
        names = self._variables.names
        return self.file.digest(names) if isinstance(self.file, SopsFile) and not self.file.missing(names) else ""

    def findings(self) -> Iterator[Finding]:
        """Variables that mean two things, or that the file does not have."""
        variables = self._variables
        yield from (Finding.error("source", error.text) for error in variables.errors())
        if isinstance(self.file, UnusableSopsFile):
            yield Finding.error("file", f"{self.arguments.file}: {self.file}")
        elif self.file and (missing := self.file.missing(variables.names)):
            yield Finding.error(
                "file",
                f"{self.arguments.file}: without {', '.join(missing)}, and Flux then applies nothing of the folder; "
                "add them with `sops edit`",
            )

    def flux_findings(self, decryption_secret: str | None, substitute_from: object) -> Iterator[Finding]:
        """Nothing that fills it."""
        if not substitute_from:
            yield Finding.error(
                "substitute_from",
                "empty, while `source` is 'substitute': nothing would fill the Secret; accepted: the Secret with the "
                "variables, such as [{name: cluster-secrets}]",
            )

    def taken_from(self) -> Iterator[tuple[str, str]]:
        """The variables, which the cache's name begins."""
        yield from (("cache", f"the variable {name}") for name in self._variables.names)

    def must_hold(self) -> str:
        """The variables, where no file shows them."""
        names = "" if self.path else ", ".join(self._variables.names)
        return names and f"what Flux substitutes from must hold {names}"

    def place_of(self, key: str) -> str:
        """Into the Secret that Flux substitutes from."""
        return f"put it into what Flux substitutes from, as {self._variables.values.get(key, 'a variable')}"

    @staticmethod
    def how_to_add(secret: str, namespace: str) -> str:
        """Into the Secret that Flux substitutes from."""
        return "put them where Flux takes its variables from (docs/secrets.md names each)."

    @property
    def _variables(self) -> SecretVariables:
        return SecretVariables.of(self.contents, self.cache)
