"""The variables that a substituted Secret is made of: what Flux' own Secret must hold, by name.

variables = SecretVariables.of(contents, "dragonfly")
variables.values["keycloak-password"]          # DRAGONFLY_KEYCLOAK_PASSWORD
variables.hashes["keycloak"]                   # DRAGONFLY_KEYCLOAK_PASSWORD_SHA256
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from constructs_lib.cache.secret import S3_ACCESS_KEY, S3_SECRET_KEY, SecretContents
from constructs_lib.errors import Finding
from constructs_lib.values.names import DEFAULT_USER

_S3 = {S3_ACCESS_KEY: "S3_ACCESS_KEY", S3_SECRET_KEY: "S3_SECRET_KEY"}
"""As `cluster.yaml` calls them."""


@dataclass(frozen=True, slots=True)
class SecretVariables:
    """A variable for each key of the Secret, and for each hash in its ACL file."""

    values: Mapping[str, str]
    """By the Secret's key."""
    hashes: Mapping[str, str]
    """By the user whose password is hashed."""

    @classmethod
    def of(cls, contents: SecretContents, cache: str) -> SecretVariables:
        """The variables of a cache of that name, which they begin with."""
        passwords = {
            user: _variable(cache, "password" if user == DEFAULT_USER else f"{user}_password")
            for user in contents.password_keys
        }
        values = {key: passwords[user] for user, key in contents.password_keys.items()}
        values |= {key: _variable(cache, _S3.get(key, key)) for key in contents.s3_keys}
        hashed = contents.acl.password_names if contents.acl else ()
        return cls(values, {user: f"{passwords[user]}_SHA256" for user in hashed})

    @property
    def names(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.values.values(), *self.hashes.values())

    def errors(self) -> Iterator[Finding]:
        """Variables that would stand for two things: user names may hold what variables' may not."""
        for name in dict.fromkeys(name for name in self.names if self.names.count(name) > 1):
            yield Finding.error("", f"variable {name} would stand for two values; give one of the users another name")


def _variable(cache: str, name: str) -> str:
    # https://github.com/fluxcd/pkg/tree/main/envsubst: letters, digits and '_'.
    return re.sub(r"[^A-Z0-9_]", "_", f"{cache}_{name}".upper())
