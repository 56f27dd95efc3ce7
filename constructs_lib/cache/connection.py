"""A connection to a cache, as a client is told of it: address, user, database, and where the password is.

    connection.add_to(container)                  # of cdk8s-plus-28
    connection.env()                              # core/v1 EnvVars, the last of them REDIS_URL
    connection.env(names={"password": "REDIS_AUTH"})
    connection.as_dict()                          # for a Helm chart's values, say

No password is in it, only the Secret's key that holds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from constructs_lib.arguments.references import SecretKey
from constructs_lib.cache.secret import acl_secret, user_password_key
from constructs_lib.dragonfly.ports import REDIS_PORT
from constructs_lib.errors import Finding
from constructs_lib.values.names import DEFAULT_USER
from constructs_lib.values.suggest import suggest

if TYPE_CHECKING:
    from cdk8s_plus_28 import Container

    from constructs_lib.acl.user import AclUser
    from constructs_lib.cache.arguments import InstanceArguments

DATABASES = 16
"""Databases of a server by itself (`--dbnum`)."""

PARTS = ("host", "port", "tls", "database", "username", "password", "url")
"""What a client may ask for, each a variable."""


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

    def add_to(self, container: Container, prefix: str = "REDIS_", names: Mapping[str, str] | None = None) -> None:
        """Put the variables of `env` into a container of cdk8s-plus-28.

            cache.grant(deployment, "shop", keys=["shop:*"]).add_to(deployment.containers[0])

        With TLS the client needs the CA as well: a file, which is the caller's to mount, from the Secret's key `ca`.

        Args:
            container: the client's; its pod must be in the namespace of the Secret.
            prefix: what each name begins with.
            names: other names for parts (`{"password": "REDIS_AUTH"}`), instead of prefix and part.

        Raises:
            ValueError: a part that no connection has.
        """
        from constructs_lib.cache.environment import add_variables

        add_variables(container, self.env(prefix, names))

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


def connection_of(
    cache: InstanceArguments,
    user: str,
    database: int,
    *,
    namespace: str,
    password: SecretKey | None,
    has_users: bool,
    tls: bool = False,
    ca: SecretKey | None = None,
) -> Connection:
    """How a client connects to that instance, once `connection_findings` finds nothing wrong with it.

    Args:
        cache: the instance.
        user: the user to log in as.
        database: number of the database.
        namespace: where the instance is.
        password: the Secret's key with the user's password, if there is one.
        has_users: whether there are users beside `default`, so that a client says who it is.
        tls: whether its clients speak TLS.
        ca: the Secret's key with the CA of its certificate, where that is known.
    """
    return Connection(
        host=cache.service_host(namespace),
        port=REDIS_PORT,
        tls=tls,
        database=database,
        username=user if password or has_users else None,
        password=password,
        ca=ca,
    )


def connection_findings(
    cache: InstanceArguments, users: Sequence[AclUser], user: str, database: int
) -> Iterator[Finding]:
    """What is wrong with connecting to that instance as that user, to that database."""
    yield from _user_findings(cache, users, user)
    databases = 1 if cache.cluster_mode == "yes" else cache.dbnum or DATABASES
    kept_in = next((each.databases for each in users if each.name == user), "all")
    if not 0 <= database < databases:
        accepted = f"0 to {databases - 1}" if databases > 1 else "0"
        yield Finding.error("database", f"{database} is no database of it; accepted: {accepted}")
    elif kept_in not in ("all", database):
        yield Finding.error("database", f"{database} is not that of user '{user}'; accepted: {kept_in}")


def own_database(users: Sequence[AclUser], user: str) -> int:
    """The database that a user is kept in, or the first.

    The log-in puts such a user there, with no SELECT needed. The number is told all the same: SELECT of it is allowed,
    and a client that is told none may select 0, which is refused.
    """
    return next((int(each.databases) for each in users if each.name == user and each.databases != "all"), 0)


def password_of(cache: InstanceArguments, users: Sequence[AclUser], user: str, secret: str | None) -> SecretKey | None:
    """The key that holds a user's password, of that Secret or the cache's own; None where no password is asked for."""
    if any(each.name == user and each.nopass for each in users):
        return None
    own = cache.password_secret if user == DEFAULT_USER else acl_secret(cache)
    if own is None:
        return None
    return SecretKey(name=secret or own.name, key=own.key if user == DEFAULT_USER else user_password_key(user))


def user_names(cache: InstanceArguments, users: Sequence[AclUser]) -> list[str]:
    """The users that somebody can connect as: `default`, unless it is closed, and the others."""
    names = [each.name for each in users]
    return names if users and cache.acl_default == "closed" else [DEFAULT_USER, *names]


def _user_findings(cache: InstanceArguments, users: Sequence[AclUser], user: str) -> Iterator[Finding]:
    names = [each.name for each in users]
    if user == DEFAULT_USER:
        if user not in user_names(cache, users):
            yield Finding.error("user", f"'{DEFAULT_USER}' is closed; accepted: {', '.join(names)}")
    elif user not in names and (users or cache.acl_from_secret is None):
        advice = suggest(user, names) or "add_user adds one"
        yield Finding.error("user", f"{user!r} is no user of it; {advice}")


def _names(prefix: str, given: Mapping[str, str]) -> dict[str, str]:
    if unknown := [part for part in given if part not in PARTS]:
        advice = suggest(unknown[0], PARTS) or f"accepted: {', '.join(PARTS)}"
        raise ValueError(f"names: a connection has no part {unknown[0]!r}; {advice}")
    return {part: given.get(part, f"{prefix}{part.upper()}") for part in PARTS}
