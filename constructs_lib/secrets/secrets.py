"""`DragonflySecrets`: where the Secret of a cache comes from. One module for each way to get it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from cdk8s import ApiObject
from constructs import Construct

from constructs_lib.cache.cache import DragonflyCache
from constructs_lib.cache.secret import PASSWORD_KEY, SECRET_VERSION, SecretContents, acl_secret
from constructs_lib.construct.keyword_arguments import describe, keyword_arguments
from constructs_lib.errors import Finding, InvalidArguments
from constructs_lib.secrets.arguments import SecretsArguments
from constructs_lib.values.version import Version


class Provider(Protocol):
    """One way to get the Secret."""

    @property
    def api_object(self) -> ApiObject | None:
        """The object that becomes the Secret, where there is one in the tree."""

    def version(self, contents: SecretContents) -> str:
        """What changes with the Secret, as far as it can be known here."""

    def write(self, contents: SecretContents) -> None:
        """Write what the Secret must hold; called again when that changes."""

    def errors(self, contents: SecretContents) -> Iterator[Finding]:
        """What is wrong when the app is synthesized."""


class _Arguments(SecretsArguments):
    cache: DragonflyCache


class DragonflySecrets(Construct):
    """The Secret that a cache and its clients read: passwords, ACL file, S3 keys.

    Users and backups may be added to the cache before or after it.

        DragonflySecrets(chart, "secrets", cache=cache, source="sops", file="secrets/sessions.sops.yaml")
        DragonflySecrets(chart, "secrets", cache=cache, source="external-secrets",
                         secret_store=SecretStore(name="vault"), version="1")
    """

    @keyword_arguments(_Arguments)
    def __init__(self, scope: Construct, id: str, arguments: _Arguments) -> None:
        cache = arguments.cache
        if errors := list(_two_secrets(cache)):
            raise InvalidArguments(describe(self, scope, id), errors)
        super().__init__(scope, id)
        self._arguments = arguments
        self._provider = _provider(self, arguments, self.contents)
        self._version = ""
        cache.when_secrets(self._write)
        if arguments.source != "existing":
            from constructs_lib.construct.at_synth import findings_at_synth

            findings_at_synth(self, self._findings)

    @property
    def arguments(self) -> SecretsArguments:
        """What it was made of, validated."""
        return self._arguments

    @property
    def server(self) -> Version:
        """Version of the server that reads the ACL file."""
        return self._arguments.cache.arguments.server

    @property
    def contents(self) -> SecretContents:
        """What the Secret must hold."""
        cache = self._arguments.cache
        secret = acl_secret(cache.arguments)
        password = cache.arguments.password_secret
        own = {password.key if password else PASSWORD_KEY, secret.key}
        return SecretContents(
            name=secret.name,
            namespace=cache.namespace,
            acl=cache.acl_file,
            password_key=password.key if password else None,
            acl_key=secret.key,
            s3_keys=tuple(key for key in cache.keys_read_from(secret.name) if key not in own),
        )

    @property
    def api_object(self) -> ApiObject | None:
        """The ExternalSecret or Secret; None where the Secret exists, or is an encrypted file."""
        return self._provider.api_object

    def _write(self) -> None:
        contents = self.contents
        self._provider.write(contents)
        version = "-".join(part for part in (self._provider.version(contents), self._arguments.version) if part)
        if version != self._version:
            self._arguments.cache.add_annotation(SECRET_VERSION, version)
        self._version = version

    def _findings(self) -> Iterator[Finding]:
        contents = self.contents
        yield from contents.errors()
        yield from self._provider.errors(contents)


def _two_secrets(cache: DragonflyCache) -> Iterator[Finding]:
    password, acl = cache.arguments.password_secret, acl_secret(cache.arguments)
    if password and password.name != acl.name:
        yield Finding.error(
            "cache",
            f"its `password_from_secret` names Secret '{password.name}' and its `acl_from_secret` '{acl.name}'; "
            "accepted: one Secret for both",
        )


def _provider(construct: Construct, arguments: _Arguments, contents: SecretContents) -> Provider:
    """The chosen way; the others are not even loaded."""
    if arguments.source == "sops":
        from constructs_lib.secrets.encrypted import EncryptedSecret

        return EncryptedSecret(construct, arguments)
    if arguments.source == "external-secrets":
        from constructs_lib.secrets.external import ExternalSecret

        return ExternalSecret(construct, arguments, arguments.cache, contents)
    if arguments.source == "substitute":
        from constructs_lib.secrets.substituted import SubstitutedSecret

        return SubstitutedSecret(construct, arguments, arguments.cache, contents)
    from constructs_lib.secrets.existing import ExistingSecret

    return ExistingSecret()
