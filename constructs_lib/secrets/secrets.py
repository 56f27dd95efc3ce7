"""`DragonflySecrets`: where the Secret of a cache comes from. `providers/` has a module for each way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from cdk8s import ApiObject
from constructs import Construct

from constructs_lib.arguments.model import rule
from constructs_lib.cache.cache import DragonflyCache
from constructs_lib.cache.existing.existing import refused_of_others
from constructs_lib.cache.secret import SecretContents, acl_secret
from constructs_lib.construct.api_object import RESOURCE, RenderedObject
from constructs_lib.construct.keyword_arguments import keyword_arguments
from constructs_lib.errors import Finding
from constructs_lib.secrets.arguments import SecretsArguments
from constructs_lib.secrets.copied_file import copy_beside_manifests, folder_findings
from constructs_lib.secrets.provider import SecretProvider, provider_named
from constructs_lib.values.names import PASSWORD_KEY
from constructs_lib.values.version import Version


class _Arguments(SecretsArguments):
    cache: Annotated[DragonflyCache, refused_of_others("secrets")]

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

    Or, where an operator makes the Secret from a store:

        DragonflySecrets(chart, "secrets", cache=cache, source="external-secrets",
                         secret_store=SecretStore(name="vault"), version="1")
    """

    @keyword_arguments(_Arguments)
    def __init__(self, scope: Construct, id: str, arguments: _Arguments) -> None:
        super().__init__(scope, id)
        self._arguments = arguments
        self._provider = provider_named(arguments.source)(arguments, self.cache.name, lambda: self.contents)
        self._api_object = self._object_of(self._provider)
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
        return self._api_object

    def version(self) -> str:
        """What changes with the Secret, as far as it can be known at synth; empty where nothing can."""
        return "-".join(part for part in (self._provider.version(), self._arguments.version) if part)

    def findings(self) -> Iterator[Finding]:
        """What is wrong or worth a warning about it when the app is finished."""
        yield from self.contents.errors()
        yield from self._provider.findings()
        if self._provider.copied:
            yield from folder_findings(self)

    def finish(self) -> None:
        """Write what is no object of the tree, once nothing was found wrong."""
        if self._provider.copied:
            copy_beside_manifests(self._provider.copied, of=self)

    def _object_of(self, provider: SecretProvider) -> ApiObject | None:
        if provider.manifest_kind is None:
            return None
        api_version, kind = provider.manifest_kind
        name, namespace = self.contents.name, self.contents.namespace
        return RenderedObject(self, RESOURCE, api_version, kind, provider.fields, name=name, namespace=namespace)
