"""`DragonflyInstance`: an instance as whoever stands around it knows it, written by this app or deployed by others.

What the constructs made for it are to it, it says as protocols: it knows nothing else of them. It has one of each: a
second would write files of the same names.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar

import jsii
from constructs import Construct, Node

from constructs_lib.arguments.references import SecretKey
from constructs_lib.cache.arguments import InstanceArguments
from constructs_lib.cache.snapshots import Snapshots
from constructs_lib.construct.app_validation import IsGone
from constructs_lib.construct.keyword_arguments import describe, namespace_of
from constructs_lib.dragonfly.ports import REDIS_PORT
from constructs_lib.errors import Finding, InvalidArguments
from constructs_lib.values.cdk8s_objects import SecretLike, read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constructs_lib.acl.user import AclUser
    from constructs_lib.cache.clients import Client, ClientLike
    from constructs_lib.cache.connection import Connection

_AnswerT = TypeVar("_AnswerT", "Connection", str)


class CachePart(Protocol):
    """A construct that has something to say when the app is finished."""

    @property
    def node(self) -> Node:
        """Its place in the tree."""

    def findings(self) -> Iterator[Finding]:
        """What is wrong or worth a warning about it when the app is finished."""


class SecretPart(CachePart, Protocol):
    """Where the cache's Secret comes from."""

    def version(self) -> str:
        """What changes with the Secret, as far as it can be known at synth; empty where nothing can."""

    def finish(self) -> None:
        """Write what is no object of the tree, once nothing was found wrong."""


class DragonflyInstance(Construct, metaclass=jsii.JSIIAbstractClass):
    """What monitoring, network policy and clients need of an instance.

    `DragonflyCache` is one that this app writes, `DragonflyCache.from_existing` tells of one that others deployed.
    """

    IS_WRITTEN: ClassVar[bool]
    """Whether this app writes its Dragonfly resource."""

    PARTS: ClassVar[tuple[str, ...]] = ("monitoring", "network_policy")
    """The attributes that hold what was made for it."""

    monitoring: Construct | None = None
    """Its `DragonflyMonitoring`, which sets this."""
    network_policy: CachePart | None = None
    """Its `DragonflyNetworkPolicy`, which sets this."""
    backup: Construct | None = None
    """Its `DragonflyBackup`, which sets this."""

    def __init__(self, scope: Construct, id: str, arguments: InstanceArguments) -> None:
        self._namespace = namespace_of(arguments.namespace, type(self), scope, id)
        super().__init__(scope, id)
        self._clients: list[Client] = []

    @property
    @abstractmethod
    def arguments(self) -> InstanceArguments:
        """What is known of it, validated: versions, replicas, memory."""

    @property
    def name(self) -> str:
        """Name of the instance, its StatefulSet and its pods."""
        return self.arguments.name

    @property
    def namespace(self) -> str:
        """Namespace of the instance."""
        return self._namespace

    @property
    def host(self) -> str:
        """DNS name of the Service, which leads to the master."""
        return self.arguments.service_host(self.namespace)

    @property
    def port(self) -> int:
        """Port of the Service: 6379."""
        return REDIS_PORT

    @property
    def pod_labels(self) -> dict[str, str]:
        """Labels by which the instance's pods are selected."""
        return self.arguments.pod_labels

    @property
    def tls_secret(self) -> str | None:
        """Secret with the certificate that clients are shown, or None while they do not speak TLS."""
        return self.arguments.tls_secret

    @property
    @abstractmethod
    def ca(self) -> SecretKey | None:
        """The Secret's key with the CA of that certificate, where it is known."""

    @property
    @abstractmethod
    def snapshots(self) -> Snapshots | None:
        """When the instance saves itself, and where if that is known; None where it is not known to."""

    def url(self, database: int = 0) -> str:
        """The address for a client, without user and password: those come from the Secret.

        Args:
            database: number of the database.
        """
        return self._handed_out(lambda: self._url(database))

    def connection(
        self, user: str = "default", database: int | None = None, *, secret: str | SecretLike | None = None
    ) -> Connection:
        """How a client connects as a user. Asking grants nothing: `grant` does.

        Args:
            user: the user to log in as.
            database: number of the database; the user's own, or 0, when left out.
            secret: the Secret with the password in the client's own namespace, where it is not the cache's.

        Raises:
            InvalidArguments: no such user, or no such database.
        """
        name = read(SecretLike, secret)
        return self._handed_out(lambda: self.connection_at_synth(user, database, secret=name))

    def connection_at_synth(
        self, user: str = "default", database: int | None = None, *, secret: str | None = None
    ) -> Connection:
        """The same for who asks when the app is finished: nothing that comes later can make it wrong."""
        from constructs_lib.cache.connection import connection_of, own_database

        users = self._users_to_connect_as()
        number = own_database(users, user) if database is None else database
        if errors := list(self._connection_findings(user, number)):
            raise InvalidArguments(describe(self), errors)
        return connection_of(
            self.arguments,
            user,
            number,
            namespace=self.namespace,
            password=self._password_of(user, secret),
            has_users=bool(users),
            tls=self.tls_secret is not None,
            ca=self.ca,
        )

    def allow_from(self, *clients: ClientLike) -> None:
        """Let clients through the cache's `DragonflyNetworkPolicy`, whichever of the two comes first.

        Args:
            clients: each a `Client`, what cdk8s-plus-28 selects pods by (a workload, `Pods`, `Namespaces`), or the name
                of a namespace for all its pods. Pods selected without a namespace are the cache's own neighbours.

        Raises:
            InvalidArguments: with everything that is wrong with the clients.
        """
        from constructs_lib.cache.peers import let_in

        self._clients += let_in(clients, self.namespace, lambda: describe(self))

    @property
    def clients(self) -> tuple[Client, ...]:
        """Who was let in by `allow_from`."""
        return tuple(self._clients)

    @property
    def parts(self) -> tuple[CachePart, ...]:
        """The constructs made for it that have something to say when the app is finished."""
        return () if self.network_policy is None else (self.network_policy,)

    def forget_parts(self, is_gone: IsGone) -> None:
        """Leave out what was made for it and is in the tree no longer; what that told it before stays told."""
        for name in self.PARTS:
            if is_gone(getattr(self, name)):
                setattr(self, name, None)

    @abstractmethod
    def findings(self) -> Iterator[Finding]:
        """What is wrong or worth a warning about it when the app is finished."""

    def finish(self) -> None:
        """Write what is no object of the tree, once nothing was found wrong."""

    @abstractmethod
    def _users_to_connect_as(self) -> Sequence[AclUser]:
        """The users beside `default`, as far as they are known."""

    def _connection_findings(self, user: str, database: int) -> Iterator[Finding]:
        from constructs_lib.cache.connection import connection_findings

        yield from connection_findings(self.arguments, self._users_to_connect_as(), user, database)

    def _password_of(self, user: str, secret: str | None) -> SecretKey | None:
        from constructs_lib.cache.connection import password_of

        return password_of(self.arguments, self._users_to_connect_as(), user, secret)

    def _url(self, database: int) -> str:
        scheme = "rediss" if self.tls_secret else "redis"
        return f"{scheme}://{self.host}:{self.port}" + (f"/{database}" if database else "")

    def _handed_out(self, ask: Callable[[], _AnswerT]) -> _AnswerT:
        """An answer that its asker keeps."""
        return ask()
