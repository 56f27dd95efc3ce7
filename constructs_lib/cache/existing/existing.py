"""`DragonflyCache.from_existing`: an instance that others deployed, and of which this app writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Never, NoReturn

from constructs import Construct
from pydantic import BeforeValidator

from constructs_lib.arguments.references import SecretKey, secret_key_of
from constructs_lib.cache.caches_of_app import CachesOfApp
from constructs_lib.cache.existing.arguments import ExistingArguments
from constructs_lib.cache.instance import DragonflyInstance
from constructs_lib.cache.snapshots import Snapshots
from constructs_lib.construct.keyword_arguments import describe, keyword_arguments
from constructs_lib.errors import Finding, InvalidArguments
from constructs_lib.values.cron import Cron
from constructs_lib.values.names import DEFAULT_USER
from constructs_lib.values.suggest import suggest

if TYPE_CHECKING:
    from constructs_lib.acl.user import AclUser

ITS_OWNERS = {
    "user": (
        "a user is a line of its ACL file and a key of its Secret, which their owner adds (`cdk8s-dragonfly secrets "
        "acl` prints the file); `users` then tells of it, `allow_from` lets the client in and `connection` tells how"
    ),
    "backup": (
        "a backup is `spec.snapshot` of its Dragonfly resource, which its owner sets; `snapshot_schedule` tells the "
        "alerts of it, and `cdk8s-dragonfly import` takes the instance over into an app of yours"
    ),
    "certificate": (
        "TLS is `spec.tlsSecretRef` of its Dragonfly resource, which its owner sets; `tls_secret_ref` and `ca` tell "
        "clients of it"
    ),
    "secrets": (
        "its Secret is its owner's, and a second writer would replace what the servers ask for; "
        "`password_from_secret` and `users` name the keys"
    ),
    "drill": (
        "a drill reads what its owner's backup saves, with the flags that the owner sets; it belongs to the app that "
        "has the DragonflyBackup"
    ),
}
"""What would have to change the instance itself: why its owner alone can, and the way out."""


class ExistingDragonfly(DragonflyInstance):
    """An instance that others deployed: monitoring, network policy and connections work on it as on a cache of ours.

        cache = DragonflyCache.from_existing(chart, "cache", name="sessions", namespace="platform", replicas=3,
                                             users={"shop": SecretKey(name="shop-redis", key="password")})
        DragonflyMonitoring(chart, "monitoring", cache=cache)
        cache.connection("shop").env()

    Nothing of it is written, so that what is told of it is taken as it is: with arguments left out it is what a
    `DragonflyCache` without them would be. What would have to change the instance itself is refused, with the reason.
    """

    IS_WRITTEN = False

    @keyword_arguments(ExistingArguments)
    def __init__(self, scope: Construct, id: str, arguments: ExistingArguments) -> None:
        super().__init__(scope, id, arguments)
        self._arguments = arguments
        CachesOfApp.of(scope).add(self)

    @property
    def arguments(self) -> ExistingArguments:
        """What is told of it, validated: versions, replicas, memory."""
        return self._arguments

    @property
    def ca(self) -> SecretKey | None:
        """The Secret's key with the CA of its certificate, where that was told."""
        return secret_key_of(self._arguments.ca) if self._arguments.ca is not None else None

    @property
    def snapshots(self) -> Snapshots | None:
        """When it saves itself, where that was told; where to, its owner knows."""
        schedule = self._arguments.snapshot_schedule
        return None if schedule is None else Snapshots(schedule=Cron.of(schedule))

    def add_user(self, name: Never, **given: Never) -> NoReturn:
        """Refused: whoever keeps the instance's Secret adds a user; `users` tells of it.

        Raises:
            InvalidArguments: always, with the reason.
        """
        self._refuse("user")

    def grant(self, client: Never, user: Never, **given: Never) -> NoReturn:
        """Refused, as `add_user` is: `allow_from` and `connection` are what is left of it.

        Raises:
            InvalidArguments: always, with the reason.
        """
        self._refuse("user")

    def add_snapshots(self, snapshots: Never, **given: Never) -> NoReturn:
        """Refused: whoever deploys the instance has it save itself; `snapshot_schedule` tells of it.

        Raises:
            InvalidArguments: always, with the reason.
        """
        self._refuse("backup")

    def add_certificate(self, secret: Never) -> NoReturn:
        """Refused: whoever deploys the instance has it speak TLS; `tls_secret_ref` tells of it.

        Raises:
            InvalidArguments: always, with the reason.
        """
        self._refuse("certificate")

    def findings(self) -> Iterator[Finding]:
        """What is wrong or worth a warning about it when the app is finished."""
        if self._clients and self.network_policy is None:
            yield Finding.warning(
                "clients",
                "no DragonflyNetworkPolicy: `allow_from` lets nobody in; add one, or have the instance's owner do it",
            )

    def _refuse(self, what: str) -> NoReturn:
        raise InvalidArguments(describe(self), [Finding.error(what, _deployed_by_others(self, what))])

    def _users_to_connect_as(self) -> Sequence[AclUser]:
        if not self._arguments.users:
            return ()
        from constructs_lib.acl.user import AclUser

        return tuple(AclUser(name=name) for name in self._arguments.users)

    def _connection_findings(self, user: str, database: int) -> Iterator[Finding]:
        told = self._arguments.users
        unknown = user != DEFAULT_USER and user not in told
        if unknown and (told or self._arguments.acl_from_secret is None):
            advice = suggest(user, told) or "`users` tells of one, with the Secret's key that holds its password"
            yield Finding.error("user", f"{user!r} is no user that was told of; {advice}")
        else:
            yield from super()._connection_findings(user, database)

    def _password_of(self, user: str, secret: str | None) -> SecretKey | None:
        told = self._arguments.users.get(user)
        if told is None:
            return super()._password_of(user, secret)
        own = secret_key_of(told)
        return SecretKey(name=secret or own.name, key=own.key)


def refused_of_others(what: str) -> BeforeValidator:
    """Refuse an instance that others deployed, as an argument, with the reason.

    Args:
        what: the key of `ITS_OWNERS`.
    """

    def refuse(value: Any) -> Any:
        if isinstance(value, ExistingDragonfly):
            raise ValueError(_deployed_by_others(value, what))
        return value

    return BeforeValidator(refuse)


def _deployed_by_others(instance: ExistingDragonfly, what: str) -> str:
    return f"'{instance.namespace}/{instance.name}' is deployed by others: {ITS_OWNERS[what]}"
