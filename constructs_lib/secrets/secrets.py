"""`DragonflySecrets`: where the Secret of a cache comes from. One module for each way to get it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Protocol, cast

from cdk8s import ApiObject
from constructs import Construct

from constructs_lib.arguments.model import rule
from constructs_lib.cache.cache import DragonflyCache
from constructs_lib.cache.secret import PASSWORD_KEY, SecretContents, acl_secret
from constructs_lib.construct.keyword_arguments import keyword_arguments
from constructs_lib.errors import Finding
from constructs_lib.secrets.arguments import SecretsArguments, Source
from constructs_lib.values.version import Version


class SecretProvider(Protocol):
    """One way to get the Secret; `contents` tells it what the Secret must hold by the time of asking."""

    def __init__(
        self, construct: Construct, arguments: SecretsArguments, cache: str, contents: Callable[[], SecretContents]
    ) -> None: ...

    @property
    def api_object(self) -> ApiObject | None:
        """The object that becomes the Secret, where there is one in the tree."""

    def version(self) -> str:
        """What changes with the Secret, as far as it can be known here."""

    def findings(self) -> Iterator[Finding]:
        """What is wrong when the app is synthesized."""

    def finish(self) -> None:
        """Write what is no object of the tree, once nothing was found wrong."""


class _Arguments(SecretsArguments):
    cache: DragonflyCache

    @rule("cache")
    def _cache_has_no_other(self) -> Iterator[Finding]:
        if self.cache.secrets is not None:
            yield Finding.error("cache", f"'{self.cache.name}' has a DragonflySecrets already; give a cache one")

    @rule("cache")
    def _there_is_one_secret(self) -> Iterator[Finding]:
        password, acl = self.cache.arguments.password_secret, acl_secret(self.cache.arguments)
        if password and password.name != acl.name:
            yield Finding.error(
                "cache",
                f"its `password_from_secret` names Secret '{password.name}' and its `acl_from_secret` '{acl.name}'; "
                "accepted: one Secret for both",
            )


class DragonflySecrets(Construct):
    """The Secret that a cache and its clients read: passwords, ACL file, S3 keys.

    Users and backups may be added to the cache before or after it.

        DragonflySecrets(chart, "secrets", cache=cache, source="sops", file="secrets/sessions.sops.yaml")
        DragonflySecrets(chart, "secrets", cache=cache, source="external-secrets",
                         secret_store=SecretStore(name="vault"), version="1")
    """

    @keyword_arguments(_Arguments)
    def __init__(self, scope: Construct, id: str, arguments: _Arguments) -> None:
        super().__init__(scope, id)
        self._arguments = arguments
        self._provider = _provider(arguments.source)(self, arguments, self.cache.name, lambda: self.contents)
        arguments.cache.secrets = self

    @property
    def arguments(self) -> SecretsArguments:
        """What it was made of, validated."""
        return self._arguments

    @property
    def cache(self) -> DragonflyCache:
        """The cache whose Secret it is."""
        return self._arguments.cache

    @property
    def server(self) -> Version:
        """Version of the server that reads the ACL file."""
        return self.cache.arguments.server

    @property
    def contents(self) -> SecretContents:
        """What the Secret must hold."""
        secret = acl_secret(self.cache.arguments)
        password = self.cache.arguments.password_secret
        own = {password.key if password else PASSWORD_KEY, secret.key}
        return SecretContents(
            name=secret.name,
            namespace=self.cache.namespace,
            acl=self.cache.acl_file,
            password_key=password.key if password else None,
            acl_key=secret.key,
            s3_keys=tuple(key for key in self.cache.keys_read_from(secret.name) if key not in own),
        )

    @property
    def api_object(self) -> ApiObject | None:
        """The ExternalSecret or Secret; None where the Secret exists, or is an encrypted file."""
        return self._provider.api_object

    def version(self) -> str:
        """What changes with the Secret, as far as it can be known at synth; empty where nothing can."""
        return "-".join(part for part in (self._provider.version(), self._arguments.version) if part)

    def findings(self) -> Iterator[Finding]:
        """What is wrong or worth a warning about it when the app is finished."""
        if self._arguments.source != "existing":
            yield from self.contents.errors()
            yield from self._provider.findings()

    def finish(self) -> None:
        """Write what is no object of the tree, once nothing was found wrong."""
        self._provider.finish()


_PROVIDERS: dict[Source, str] = {
    "existing": "existing.ExistingSecret",
    "sops": "encrypted.EncryptedSecret",
    "external-secrets": "external.ExternalSecret",
    "substitute": "substituted.SubstitutedSecret",
}


def _provider(source: Source) -> type[SecretProvider]:
    """The chosen way; the others are not even loaded."""
    module, name = _PROVIDERS[source].split(".")
    return cast("type[SecretProvider]", getattr(import_module(f"constructs_lib.secrets.{module}"), name))
