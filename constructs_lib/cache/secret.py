"""What a cache's Secret must hold: key by key, and where each value comes from.

    contents = SecretContents(name="dragonfly-auth", namespace="cache", acl=AclFile(users=(keycloak,)))
    contents.keys                          # password, keycloak-password, acl.conf

Every way to get the Secret reads it: what exists is checked or told by it, what we write is made of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from constructs_lib.arguments.references import SecretKey, secret_key_of
from constructs_lib.errors import Finding
from constructs_lib.values.names import ACL_KEY, DEFAULT_USER, PASSWORD_KEY

if TYPE_CHECKING:
    from constructs_lib.acl.file import AclFile
    from constructs_lib.cache.arguments import InstanceArguments

S3_ACCESS_KEY = "AWS_ACCESS_KEY_ID"
S3_SECRET_KEY = "AWS_SECRET_ACCESS_KEY"

SECRET_VERSION = "cdk8s-dragonfly/secret-version"
"""Annotation on the pods that changes with the Secret: servers read it only when they start, and a changed annotation
has the operator restart the pods one by one, replicas first (docs/dragonfly.md, "Secrets"; seen running)."""

ACL_DIGEST = "cdk8s-dragonfly/acl-digest"
"""Annotation on an encrypted Secret: a digest of the rules that its ACL file was written for, of no password."""


def user_password_key(user: str) -> str:
    """The Secret's key that holds a user's password in the clear, for that user's clients."""
    return PASSWORD_KEY if user == DEFAULT_USER else f"{user}-password"


def acl_secret(cache: InstanceArguments) -> SecretKey:
    """The Secret's key that holds a cache's ACL file: the one that was given, or `acl.conf` beside the password."""
    if cache.acl_from_secret is None:
        return SecretKey(name=cache.secret, key=ACL_KEY)
    return secret_key_of(cache.acl_from_secret)


@dataclass(frozen=True, slots=True)
class SecretContents:
    """One Secret of a cache, by its keys."""

    name: str
    namespace: str
    acl: AclFile | None = None
    """The users and their rules, or None where `default` is the only user."""
    password_key: str | None = PASSWORD_KEY
    """The key of the user `default`'s password, or None where nobody is asked for one."""
    acl_key: str = ACL_KEY
    s3_keys: tuple[str, ...] = ()
    """Keys that the S3 server gave, which nobody can draw."""

    @property
    def place(self) -> str:
        """Where it is, for a message."""
        return f"{self.name} in namespace {self.namespace}"

    @property
    def password_keys(self) -> Mapping[str, str]:
        """Each user's password in the clear, by the user's name: for the server, and for the user's clients.

        With `default` closed its password lets nobody in; the pods ask for the key all the same.
        """
        own = {DEFAULT_USER: self.password_key} if self.password_key else {}
        users = sorted(self.acl.users, key=lambda user: user.name) if self.acl else []
        return own | {user.name: user_password_key(user.name) for user in users if not user.nopass}

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key, in the order in which it is written."""
        return (*self.password_keys.values(), *([self.acl_key] if self.acl else []), *self.s3_keys)

    def errors(self) -> Iterator[Finding]:
        """Keys that mean two things."""
        for key in dict.fromkeys(key for key in self.keys if self.keys.count(key) > 1):
            yield Finding.error(
                "", f"key {key!r} of the Secret {self.name} would hold two things; give one another name"
            )
