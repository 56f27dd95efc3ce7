"""Secrets of a `cluster.yaml`: what the cache's Secret must hold, and what of it stands in the file itself.

A secret in the clear is an error that says where to put it. What SOPS has encrypted is left alone, for nothing here
needs it: every variable but those that hold secrets must be readable.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from constructs_lib.cache.secret import SecretContents, acl_secret
from constructs_lib.config.switches import Switches
from constructs_lib.config.variables import SECRET_VARIABLES, SecretVariable, under_variables
from constructs_lib.errors import Finding
from constructs_lib.secrets.provider import SecretProvider, provider_named
from constructs_lib.secrets.sops.file import is_encrypted

if TYPE_CHECKING:
    from constructs_lib.acl.file import AclFile
    from constructs_lib.backup.arguments import BackupArguments
    from constructs_lib.cache.arguments import CacheArguments
    from constructs_lib.config.parts import Parts
    from constructs_lib.config.users import Users
    from constructs_lib.secrets.arguments import SecretsArguments
    from constructs_lib.values.version import Version


def secrets_of(parts: Parts, users: Users | None, folder: Path) -> FileSecrets | None:
    """The secrets of a file, or None where it has none or something that they depend on is wrong."""
    valid, needed = parts.valid, {"cache", "secrets", *({"backup"} & set(parts.given))}
    if not needed <= set(valid) or (users and (users.acl is None or any(each.is_error for each in users.findings))):
        return None
    return FileSecrets(
        arguments=valid["secrets"],
        contents=_contents(valid["cache"], users.acl if users else None, valid.get("backup")),
        cache=valid["cache"],
        is_saved="backup" in valid,
        folder=folder,
        variables=parts.variables,
    )


def secret_findings(parts: Parts, secrets: FileSecrets | None) -> Iterator[Finding]:
    """What is wrong with the secrets, which `cdk8s-dragonfly secrets` mends."""
    if secrets is None:
        yield from _in_the_clear_anywhere(parts.variables)
    else:
        yield from secrets.errors(parts.switches, parts.given["kustomization"].get("decryption_secret"))


@dataclass(frozen=True, slots=True)
class FileSecrets:
    """The secrets of one file: where they come from, what they are, and what of them is found in the file."""

    arguments: SecretsArguments
    contents: SecretContents
    cache: CacheArguments
    is_saved: bool
    """Whether the cache has snapshots."""
    folder: Path
    """Where the file is: paths in it are relative to that."""
    variables: Mapping[Any, Any]
    """What the file gives, by key."""

    @property
    def server(self) -> Version:
        """The server's version, by which an ACL file is read."""
        return self.cache.server

    @property
    def provider(self) -> SecretProvider:
        """The way that was chosen."""
        provider = provider_named(self.arguments.source)
        return provider(self.arguments, self.cache.name, lambda: self.contents, self.folder)

    @property
    def path(self) -> Path | None:
        """The encrypted file."""
        return self.provider.path

    @property
    def in_the_clear(self) -> dict[str, SecretStr]:
        """Secrets of the file, by the Secret's key."""
        return {v.secret_key: SecretStr(str(self.variables[v.key])) for v in _in_the_clear(self.variables)}

    @property
    def left_to_remove(self) -> list[str]:
        """Variables of the file that hold a secret in the clear."""
        return [variable.key for variable in _in_the_clear(self.variables)]

    @property
    def encrypted(self) -> dict[str, str]:
        """Variables that SOPS has encrypted, by the Secret's key."""
        return {v.secret_key: v.key for v in SECRET_VARIABLES if is_encrypted(self.variables.get(v.key))}

    def errors(self, switches: Switches, decryption_secret: str | None) -> Iterator[Finding]:
        """What is wrong with the way that was chosen. No value is in the text."""
        yield from self._told_in_the_clear()
        yield from (Finding.error("dragonfly_auth_secret", error.text) for error in self.contents.errors())
        yield from (under_variables("secrets", finding) for finding in self.provider.findings())
        for finding in self.provider.flux_findings(decryption_secret, switches.dragonfly_flux_substitute_from):
            yield under_variables("secrets", under_variables("kustomization", finding))

    def notes(self) -> Iterator[Finding]:
        """What must be somewhere else for the cache to work, where that is not plain."""
        for key, variable in self.encrypted.items():
            used = "" if key in self.contents.keys else ", and nothing needs it"
            counts = f"what counts is key '{key}' of the Secret {self.contents.place}"
            yield Finding.note(variable, f"not read{used}: {counts}")
        if elsewhere := self.provider.must_hold():
            yield Finding.note("dragonfly_secrets", elsewhere)

    def _told_in_the_clear(self) -> Iterator[Finding]:
        for variable in _in_the_clear(self.variables):
            way_out = f"a secret in the clear; {self.provider.place_of(variable.secret_key)}, and leave it out here"
            yield under_variables("secrets", Finding.error(variable.key, f"{way_out} (docs/secrets.md)"))


def _contents(cache: CacheArguments, acl: AclFile | None, backup: BackupArguments | None) -> SecretContents:
    """What the Secret of a cache must hold."""
    secret = acl_secret(cache)
    password = cache.password_secret
    s3 = backup and backup.bucket and not backup.use_service_account and backup.credentials_secret == secret.name
    return SecretContents(
        name=secret.name,
        namespace=cache.namespace or "",
        acl=acl,
        password_key=password.key if password else None,
        acl_key=secret.key,
        s3_keys=(backup.access_key_id_key, backup.secret_access_key_key) if backup and s3 else (),
    )


def _in_the_clear_anywhere(variables: Mapping[Any, Any]) -> Iterator[Finding]:
    """Secrets of a file whose other variables are too wrong to say where they belong."""
    for variable in _in_the_clear(variables):
        yield Finding.error(
            variable.key,
            f"a secret in the clear; put it into the cache's Secret under '{variable.secret_key}', and leave it out "
            "here (docs/secrets.md)",
        )


def _in_the_clear(variables: Mapping[Any, Any]) -> Iterator[SecretVariable]:
    for variable in SECRET_VARIABLES:
        value = variables.get(variable.key)
        if value not in (None, "") and not is_encrypted(value):
            yield variable
