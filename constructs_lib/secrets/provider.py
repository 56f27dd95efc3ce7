"""What a way to get the Secret is asked: a provider answers for the construct and for `cluster.yaml` alike.

A provider knows no cdk8s. `DragonflySecrets` makes objects of what it tells, `config/` asks it what is wrong.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from constructs_lib.cache.secret import SecretContents
from constructs_lib.errors import Finding
from constructs_lib.secrets.sops.file import SopsFile, UnusableSopsFile

if TYPE_CHECKING:
    from constructs_lib.secrets.arguments import SecretsArguments, Source


class SecretProvider(ABC):
    """One way to get the Secret. What a way has nothing to say of, it leaves as it is here.

    Findings are about the arguments of `DragonflySecrets`, or of `FluxKustomization` where that is said.
    """

    manifest_kind: ClassVar[tuple[str, str] | None] = None
    """API version and kind of the object that becomes the Secret, where there is one in the tree."""

    def __init__(
        self,
        arguments: SecretsArguments,
        cache: str,
        contents: Callable[[], SecretContents],
        folder: Path = Path(),
    ) -> None:
        self.arguments = arguments
        self.cache = cache
        """The cache's name."""
        self._contents = contents
        self.path = folder / arguments.file if arguments.file else None
        """The encrypted file; `folder` is what its path is relative to."""

    @property
    def contents(self) -> SecretContents:
        """What the Secret must hold, as far as it is known when this is asked."""
        return self._contents()

    def fields(self) -> Mapping[str, Any]:
        """The fields of the object that becomes the Secret."""
        return {}

    @cached_property
    def file(self) -> SopsFile | UnusableSopsFile | None:
        """The encrypted file as it is found when it is first asked for, or why it cannot be used."""
        if self.path is None:
            return None
        try:
            return SopsFile.read(self.path)
        except UnusableSopsFile as error:
            return error

    @property
    def copied(self) -> SopsFile | None:
        """A file that is copied into the output to the byte."""
        return None

    def version(self) -> str:
        """What changes with the Secret, as far as it can be known here; empty where nothing can."""
        return ""

    def findings(self) -> Iterator[Finding]:
        """What cannot work."""
        yield from ()

    def flux_findings(self, decryption_secret: str | None, substitute_from: object) -> Iterator[Finding]:
        """What cannot work with these arguments of the Kustomization that applies it."""
        yield from ()

    def taken_from(self) -> Iterator[tuple[str, str]]:
        """Where its values are, which no other cache may share: by the argument that says so, and in words."""
        yield from ()

    def must_hold(self) -> str:
        """What must be somewhere else for the cache to work, where that is not plain; else empty."""
        return ""

    @abstractmethod
    def place_of(self, key: str) -> str:
        """What to do with a value of the Secret that stands somewhere in the clear, as an order."""

    @staticmethod
    @abstractmethod
    def how_to_add(secret: str, namespace: str) -> str:
        """How keys that somebody else drew get into the Secret, as an order."""


_PROVIDERS: dict[Source, str] = {
    "existing": "existing.ExistingSecret",
    "sops": "encrypted.EncryptedSecret",
    "external-secrets": "external.ExternalSecret",
    "substitute": "substituted.SubstitutedSecret",
}


def provider_named(source: Source) -> type[SecretProvider]:
    """The chosen way; the others are not even loaded."""
    module, name = _PROVIDERS[source].split(".")
    provider: type[SecretProvider] = getattr(import_module(f"constructs_lib.secrets.providers.{module}"), name)
    return provider
