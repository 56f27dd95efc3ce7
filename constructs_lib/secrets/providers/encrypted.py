"""A Secret that SOPS has encrypted: its file is copied into the output to the byte, and Flux decrypts it.

Written by cdk8s it would no longer decrypt: sorted keys and an added namespace break SOPS' own check of the whole
(tried). So the copy is made when the app is synthesized, beside what cdk8s writes; no private key is needed.
"""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.errors import Finding
from constructs_lib.secrets.provider import SecretProvider
from constructs_lib.secrets.sops.file import SopsFile


class EncryptedSecret(SecretProvider):
    """The encrypted file is the Secret."""

    @property
    def copied(self) -> SopsFile | None:
        """The file, where it can be used."""
        return self.file if isinstance(self.file, SopsFile) else None

    def version(self) -> str:
        """A digest of the ciphertext."""
        return self.copied.digest() if self.copied else ""

    def findings(self) -> Iterator[Finding]:
        """What is wrong with the file."""
        if isinstance(self.file, SopsFile):
            texts = [finding.text for finding in self.file.errors(self.contents)]
        else:
            texts = [str(self.file)]
        yield from (Finding.error("file", f"{self.arguments.file}: {text}") for text in texts)

    def flux_findings(self, decryption_secret: str | None, substitute_from: object) -> Iterator[Finding]:
        """Nothing that decrypts it."""
        if decryption_secret is None:
            yield Finding.error(
                "decryption_secret",
                "left out, while `source` is 'sops': Flux would apply the Secret as it is, encrypted; accepted: the "
                "Secret with the private key, in the Kustomizations' namespace",
            )

    def taken_from(self) -> Iterator[tuple[str, str]]:
        """The file."""
        yield "file", f"the encrypted file {self.path}"

    def place_of(self, key: str) -> str:
        """Into the file, by the command that keeps it."""
        command = "sync" if self.path and self.path.exists() else "init"
        return f"run `cdk8s-dragonfly secrets {command}`, which takes it over unless {self.arguments.file} has one"

    @staticmethod
    def how_to_add(secret: str, namespace: str) -> str:
        """By the command that keeps the file."""
        return "`cdk8s-dragonfly secrets sync --s3-keys` asks for them and encrypts them."
