"""What a `cluster.yaml` says of one client: whom it connects as, how, and whether the network policy lets it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from constructs_lib.acl.presets import PRESETS, Preset
from constructs_lib.acl.user import AclUser
from constructs_lib.arguments.references import SecretKey
from constructs_lib.cache.arguments import CacheArguments
from constructs_lib.cache.clients import Client, clients_in
from constructs_lib.cache.connection import (
    Connection,
    connection_findings,
    connection_of,
    own_database,
    password_of,
    user_names,
)
from constructs_lib.cache.secret import acl_secret
from constructs_lib.config.cluster import Instance
from constructs_lib.config.derived import CLIENT_NAMESPACES
from constructs_lib.config.load import load
from constructs_lib.errors import DragonflyError
from constructs_lib.network.arguments import NetworkPolicyArguments
from constructs_lib.values.names import CA_KEY, DEFAULT_USER
from constructs_lib.values.suggest import suggest


class NoCache(DragonflyError):
    """The file has none."""


class NotAccepted(DragonflyError):
    """The cache has no such user, or no such database for it."""

    def __init__(self, argument: str, text: str) -> None:
        self.argument = argument
        super().__init__(text)


_EVERY_POD = frozenset({"all", "cluster"})
"""Cilium's entities that every pod of the cluster is one of."""


@dataclass(frozen=True)
class ConnectPlan:
    """One client of a cache."""

    cache: CacheArguments
    namespace: str
    """The cache's."""
    name: str
    """The user that it connects as."""
    user: AclUser | None
    """That user's rules; None for `default`."""
    connection: Connection
    own_secret: str
    """The cache's Secret with the password, in its own namespace."""
    client_namespace: str | None
    """Where it runs, as far as that is known."""
    policy: NetworkPolicyArguments | None

    @property
    def preset(self) -> Preset | None:
        """What is known of it, if it is a client that is known."""
        return PRESETS[self.user.preset] if self.user and self.user.preset else None

    @property
    def environment(self) -> list[dict[str, Any]]:
        """The variables of its container, under its own names where those are known."""
        return self.connection.env(names=self.preset.variables if self.preset else None)

    @property
    def keys(self) -> list[str]:
        """The patterns of the keys that it may use."""
        return [str(rule) for rule in self.user.key_rules] if self.user else ["~*"]

    @property
    def is_elsewhere(self) -> bool:
        """Whether it is known to run in another namespace than the cache, whose Secret it cannot read."""
        return self.client_namespace not in (None, self.namespace)

    @property
    def let_in(self) -> list[Client]:
        """Whom the policy lets in: pods of the client's namespace, where that is known, else all."""
        every = clients_in(self.policy.clients) if self.policy else []
        return [client for client in every if self.client_namespace is None or self._may_be(client)]

    def _may_be(self, client: Client) -> bool:
        return client.namespace == self.client_namespace or not _EVERY_POD.isdisjoint(client.entities)

    @property
    def is_let_in(self) -> bool | None:
        """Whether the policy lets pods of its namespace in; None where the namespace is not known."""
        if self.policy is None or self.policy.mode == "audit":
            return True
        return None if self.client_namespace is None else bool(self.let_in)


def plan_of(
    configs: Sequence[Path],
    instance: str | None,
    name: str,
    *,
    database: int | None,
    secret: str | None,
    namespace: str | None,
) -> ConnectPlan:
    """Read what a file says of a client.

    Args:
        configs: the `cluster.yaml`, or the files that are merged.
        instance: which of its instances; needed where there are several.
        name: the user that the client connects as.
        database: number of the database; the user's own, or 0, when left out.
        secret: name of the Secret with the password in the client's own namespace, where it is not the cache's.
        namespace: where the client runs.

    Raises:
        NotAccepted: there is no such user, or no such database.
        NoCache: the file is switched off.
        InvalidConfig: it says what cannot work.
    """
    cluster = load(*configs).instance(instance)
    if not cluster.switches.dragonfly_enabled:
        raise NoCache(f"{configs[-1].name}: dragonfly_enabled: false, so that there is no cache; accepted here: true")
    cache = CacheArguments(**cluster.cache)
    users = [AclUser(**given) for given in cluster.users]
    _refuse_unknown(name, cache, users)
    number = own_database(users, name) if database is None else database
    if errors := list(connection_findings(cache, users, name, number)):
        raise NotAccepted("--database", "; ".join(error.text for error in errors))
    certificate = cache.tls_secret if cluster.certificate is not None else None
    user = next((each for each in users if each.name == name), None)
    return ConnectPlan(
        cache=cache,
        namespace=str(cache.namespace),
        name=name,
        user=user,
        connection=connection_of(
            cache,
            name,
            number,
            namespace=str(cache.namespace),
            password=password_of(cache, users, name, secret),
            has_users=bool(users),
            tls=cache.tls_secret is not None,
            ca=SecretKey(name=certificate, key=CA_KEY) if certificate else None,
        ),
        own_secret=cache.secret if name == DEFAULT_USER else acl_secret(cache).name,
        client_namespace=namespace or _known_namespace(cluster, user),
        policy=None if cluster.network_policy is None else NetworkPolicyArguments(**cluster.network_policy),
    )


def _refuse_unknown(name: str, cache: CacheArguments, users: Sequence[AclUser]) -> None:
    names = user_names(cache, users)
    if name in names:
        return
    why = "closed" if name == DEFAULT_USER else f"no user of '{cache.name}'"
    advice = " ".join(filter(None, (suggest(name, names), f"accepted: {', '.join(names)}")))
    raise NotAccepted(
        "CLIENT",
        f"{name!r} is {why}; {advice}. `dragonfly_acl_enabled` with `dragonfly_acl_clients` and "
        "`dragonfly_acl_users` makes users",
    )


def _known_namespace(cluster: Instance, user: AclUser | None) -> str | None:
    """Where a client runs that the file's switches name."""
    switch = f"{user.preset}_enabled" if user and user.preset else ""
    return CLIENT_NAMESPACES.get(switch) if getattr(cluster.switches, switch, False) else None
