"""A connection to a cache, as a client is told of it: address, user, database, and where the password is.

    connection.env()                              # core/v1 EnvVars, the last of them REDIS_URL
    connection.env(names={"password": "REDIS_AUTH"})
    connection.as_dict()                          # for a Helm chart's values, say

No password is in it, only the Secret's key that holds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from constructs_lib.errors import Fault
from constructs_lib.values.acl_lines import DEFAULT_USER
from constructs_lib.values.kinds import SecretKey
from constructs_lib.values.nearest import nearest

if TYPE_CHECKING:
    from constructs_lib.values.cache_arguments import CacheArguments

DATABASES = 16
"""Databases of a server by itself (`--dbnum`)."""

PARTS = ("host", "port", "tls", "database", "username", "password", "url")
"""What a client may ask for, each a variable."""


def user_password_key(user: str) -> str:
    """The Secret's key that holds a user's password in the clear, for that user's clients."""
    return "password" if user == DEFAULT_USER else f"{user}-password"


@dataclass(frozen=True, slots=True)
class Connection:
    """How a client reaches a cache, and as whom."""

    host: str
    port: int
    tls: bool = False
    database: int = 0
    username: str | None = None
    """None where the server asks nobody for a password."""
    password: SecretKey | None = None
    """The Secret's key; the Secret must stand in the client's own namespace."""
    ca: SecretKey | None = None
    """The Secret's key that holds the CA of the server's certificate, where that is known."""

    @property
    def url(self) -> str:
        """The address as a URL, with the user and without the password."""
        return self._url(f"{self.username}@" if self.username else "")

    def url_with(self, password: str) -> str:
        """The address as a URL with the password, or with what a reader puts it in for: `$(REDIS_PASSWORD)`.

        It is put in as it is: a password with characters such as `@`, `/` or `%` must be percent-encoded.
        """
        return self._url(f"{self.username}:{password}@") if self.username else self.url

    def env(self, prefix: str = "REDIS_", names: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
        """Environment variables, as core/v1 `EnvVar`s. Kubernetes puts the password into the URL.

        Args:
            prefix: what each name begins with.
            names: other names for parts (`{"password": "REDIS_AUTH"}`), instead of prefix and part.

        Raises:
            ValueError: a part that no connection has.
        """
        name = _names(prefix, names or {})
        variables: list[dict[str, Any]] = [
            {"name": name["host"], "value": self.host},
            {"name": name["port"], "value": str(self.port)},
            {"name": name["tls"], "value": str(self.tls).lower()},
            {"name": name["database"], "value": str(self.database)},
        ]
        if self.username:
            variables.append({"name": name["username"], "value": self.username})
        if self.password:
            reference = {"name": self.password.name, "key": self.password.key}
            # Before the URL: Kubernetes expands $(…) from the variables above alone.
            variables.append({"name": name["password"], "valueFrom": {"secretKeyRef": reference}})
        url = self.url_with(f"$({name['password']})") if self.password else self.url
        variables.append({"name": name["url"], "value": url})
        return variables

    def as_dict(self) -> dict[str, Any]:
        """The connection as plain values; what there is none of is left out."""
        fields = {
            "host": self.host,
            "port": self.port,
            "tls": self.tls,
            "database": self.database,
            "username": self.username,
            "url": self.url,
            "secret": self.password.model_dump() if self.password else None,
            "ca": self.ca.model_dump() if self.ca else None,
        }
        return {name: value for name, value in fields.items() if value is not None}

    def _url(self, user: str) -> str:
        return f"{'rediss' if self.tls else 'redis'}://{user}{self.host}:{self.port}/{self.database}"


def connection_faults(arguments: CacheArguments, user: str, database: int) -> Iterator[Fault]:
    """What is wrong with connecting to that instance as that user, to that database."""
    if user != DEFAULT_USER and arguments.acl_from_secret is None:
        yield Fault("user", f"{user!r} is no user of it; accepted: '{DEFAULT_USER}', or a user that add_user has added")
    databases = 1 if arguments.cluster_mode == "yes" else int(arguments.flags.get("dbnum", DATABASES))
    if not 0 <= database < databases:
        accepted = f"0 to {databases - 1}" if databases > 1 else "0"
        yield Fault("database", f"{database} is no database of it; accepted: {accepted}")


def password_of(arguments: CacheArguments, user: str, secret: str | None) -> SecretKey | None:
    """The Secret's key that holds a user's password, in that Secret or the cache's own."""
    if user == DEFAULT_USER:
        own = arguments.password_secret
        return SecretKey(name=secret or own.name, key=own.key) if own else None
    own = arguments.password_secret or arguments.acl_from_secret
    return SecretKey(name=secret or own.name, key=user_password_key(user)) if own else None


def _names(prefix: str, given: Mapping[str, str]) -> dict[str, str]:
    if unknown := [part for part in given if part not in PARTS]:
        advice = nearest(unknown[0], PARTS) or f"accepted: {', '.join(PARTS)}"
        raise ValueError(f"names: a connection has no part {unknown[0]!r}; {advice}")
    return {part: given.get(part, f"{prefix}{part.upper()}") for part in PARTS}
