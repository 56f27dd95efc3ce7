"""`DragonflyCache`: one Dragonfly instance, as the operator's custom resource."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from constructs import Construct

from constructs_lib.arguments.core_v1 import plain
from constructs_lib.arguments.references import SecretKey
from constructs_lib.cache.arguments import CacheArguments
from constructs_lib.cache.caches_of_app import CachesOfApp
from constructs_lib.cache.existing.existing import ExistingDragonfly
from constructs_lib.cache.instance import CachePart, DragonflyInstance, SecretPart
from constructs_lib.cache.secret import SECRET_VERSION, acl_secret
from constructs_lib.cache.snapshots import Snapshots
from constructs_lib.cache.spec import Additions, dragonfly_spec
from constructs_lib.construct.api_object import RESOURCE, RenderedObject
from constructs_lib.construct.keyword_arguments import (
    describe,
    keyword_arguments,
    report,
    valid_arguments,
)
from constructs_lib.dragonfly.ports import ADMIN_PORT
from constructs_lib.errors import Finding, InvalidArguments
from constructs_lib.values.cdk8s_objects import SecretLike
from constructs_lib.values.names import CA_KEY

if TYPE_CHECKING:
    from constructs_lib.acl.file import AclFile
    from constructs_lib.acl.presets import PresetName
    from constructs_lib.acl.rules import ChannelRule, KeyRule, Permission
    from constructs_lib.acl.user import AclUser
    from constructs_lib.cache.clients import Client, ClientLike
    from constructs_lib.cache.connection import Connection

_AnswerT = TypeVar("_AnswerT", "Connection", str)


class DragonflyCache(DragonflyInstance):
    """A Dragonfly instance: a master, `replicas - 1` replicas, and a Service that leads to the master.

    Alone it is a working cache; it needs the operator (`DragonflyOperator`), the Secret with the password and
    nothing else. Port 9999 of its pods takes commands with no password: put a `DragonflyNetworkPolicy` beside it.

        cache = DragonflyCache(chart, "cache", name="sessions", replicas=3, memory_limit="2Gi", profile="session")
        cache.url()                                   # redis://sessions.cache.svc.cluster.local:6379

    Its `name` is never made of its place in the tree, as cdk8s makes those of plain objects: clients, alerts and
    volumes go by it, and under another name it is another, empty store.

    What users, backups, certificates and Secrets add to it is kept, and written when the app is synthesized: their
    order does not matter. A connection is handed out as it is by then, and an error at synth where it no longer is.
    """

    IS_WRITTEN = True

    PARTS = (*DragonflyInstance.PARTS, "backup", "restore_drill", "secrets")

    from_existing = ExistingDragonfly
    """Tell of an instance that others deployed: `DragonflyCache.from_existing(chart, "cache", name="sessions", …)`."""

    restore_drill: CachePart | None = None
    """Its `DragonflyRestoreDrill`, which sets this."""
    secrets: SecretPart | None = None
    """Its `DragonflySecrets`, which sets this."""

    @keyword_arguments(CacheArguments)
    def __init__(self, scope: Construct, id: str, arguments: CacheArguments) -> None:
        super().__init__(scope, id, arguments)
        self._arguments = arguments
        self._users: list[AclUser] = []
        self._jobs: list[Client] = []
        self._snapshots: Snapshots | None = None
        self._snapshot_flags: tuple[str, ...] = ()
        self._snapshot_env: tuple[dict[str, Any], ...] = ()
        self._certificate_secret: str | None = None
        self._handed: list[tuple[Any, Callable[[], Any]]] = []
        self._api_object = RenderedObject(
            self,
            RESOURCE,
            "dragonflydb.io/v1alpha1",
            "Dragonfly",
            self._fields,
            name=self.name,
            namespace=self.namespace,
        )
        CachesOfApp.of(scope).add(self)

    @property
    def arguments(self) -> CacheArguments:
        """What the cache was made of, validated: versions, replicas, memory."""
        return self._arguments

    @property
    def api_object(self) -> RenderedObject:
        """The `Dragonfly` resource, for what the arguments do not foresee: `add_json_patch` on it is honoured."""
        return self._api_object

    @property
    def parts(self) -> tuple[CachePart, ...]:
        """The constructs made for the cache that have something to say when the app is finished."""
        return tuple(part for part in (self.secrets, self.network_policy, self.restore_drill) if part is not None)

    def grant(
        self,
        client: ClientLike,
        user: str,
        *,
        preset: PresetName | None = None,
        keys: list[KeyRule | str] | None = None,
        channels: list[ChannelRule | str] | None = None,
        allow: list[Permission | str] | None = None,
        deny: list[Permission | str] | None = None,
        databases: int | Literal["all"] | None = None,
        secret: str | SecretLike | None = None,
    ) -> Connection:
        """Let a client in as a user of its own, and say how it connects: `add_user`, `allow_from` and `connection`.

            keycloak = cache.grant("identity", "keycloak", keys=["keycloak:*"])
            keycloak.env()

        Args:
            client: who connects, as for `allow_from`.
            user: the user that it becomes; what it may do is given as to `add_user`.
            secret: as for `connection`.

        Raises:
            InvalidArguments: with everything that is wrong with the user.
        """
        self.add_user(user, preset=preset, keys=keys, channels=channels, allow=allow, deny=deny, databases=databases)
        self.allow_from(client)
        return self.connection(user, secret=secret)

    def add_user(
        self,
        name: str,
        *,
        preset: PresetName | None = None,
        keys: list[KeyRule | str] | None = None,
        channels: list[ChannelRule | str] | None = None,
        allow: list[Permission | str] | None = None,
        deny: list[Permission | str] | None = None,
        databases: int | Literal["all"] | None = None,
        nopass: bool | None = None,
    ) -> AclUser:
        """Let a client in as a user of its own. `AclUser` says what each argument means.

            cache.add_user("keycloak", keys=["keycloak:*"])
            cache.add_user("langfuse", preset="langfuse")

        The cache then has an ACL file, in the Secret that `DragonflySecrets` writes or describes.

        Raises:
            InvalidArguments: with everything that is wrong with the user.
        """
        from constructs_lib.acl.user import AclUser
        from constructs_lib.cache.users import added_user_findings

        given = {
            "name": name,
            "preset": preset,
            "keys": keys,
            "channels": channels,
            "allow": allow,
            "deny": deny,
            "databases": databases,
            "nopass": nopass,
        }

        def described() -> str:
            return f"{describe(self)}: user {name!r}"

        user = valid_arguments(AclUser, given, described)
        report(added_user_findings(self._arguments, self._users, user), described)
        self._users.append(user)
        return user

    @property
    def users(self) -> tuple[AclUser, ...]:
        """The users that were added."""
        return tuple(self._users)

    @property
    def acl_file(self) -> AclFile | None:
        """The rules of the users that were added and of `default`, or None while there are none."""
        if not self._users:
            return None
        from constructs_lib.acl.file import AclFile

        return AclFile(self.users, self._arguments.acl_default)

    def keys_read_from(self, secret: str) -> tuple[str, ...]:
        """The keys of a Secret that the server's environment is made of, such as those for S3."""
        variables = plain([*(self._arguments.env or ()), *self._snapshot_env])
        references = [(variable.get("valueFrom") or {}).get("secretKeyRef") or {} for variable in variables]
        return tuple(dict.fromkeys(each["key"] for each in references if each.get("name") == secret and "key" in each))

    def allow_from_job(self, pod_labels: dict[str, str]) -> None:
        """Let the pods of a Job of the cache's own namespace through: what `DragonflyRestoreDrill` calls."""
        from constructs_lib.cache.clients import Client

        self._jobs.append(Client(namespace=self.namespace, pod_labels=pod_labels))

    @property
    def clients(self) -> tuple[Client, ...]:
        """Who was let in by `allow_from`, and then the Jobs around the cache."""
        return (*self._clients, *self._jobs)

    @property
    def tls_secret(self) -> str | None:
        """Secret with the certificate that clients are shown, or None while they do not speak TLS."""
        return self._certificate_secret or self._arguments.tls_secret

    @property
    def ca(self) -> SecretKey | None:
        """The Secret's key with the CA of that certificate, where a `DragonflyCertificate` makes it."""
        return SecretKey(name=self._certificate_secret, key=CA_KEY) if self._certificate_secret else None

    def add_certificate(self, secret: str) -> None:
        """Have clients speak TLS with the certificate that a Secret comes to hold; `DragonflyCertificate` calls it."""
        self._certificate_secret = secret

    @property
    def snapshots(self) -> Snapshots | None:
        """Where and when the instance saves itself, or None while no `DragonflyBackup` was added."""
        return self._snapshots

    def add_snapshots(
        self, snapshots: Snapshots, *, flags: Iterable[str] = (), env: Iterable[Mapping[str, Any]] = ()
    ) -> None:
        """Make the instance save itself: what `DragonflyBackup` calls.

        Args:
            snapshots: where and when.
            flags: command-line flags that belong to it, as the server takes them.
            env: environment variables that belong to it, as core/v1 `EnvVar`s.

        Raises:
            InvalidArguments: the cache is saved already.
        """
        if self._snapshots is not None:
            taken = f"it is saved to {self._snapshots.place} already; give a cache one DragonflyBackup"
            raise InvalidArguments(describe(self), [Finding.error("backup", taken)])
        self._snapshots = snapshots
        self._snapshot_flags = tuple(flags)
        self._snapshot_env = tuple(dict(variable) for variable in env)

    def findings(self) -> Iterator[Finding]:
        """What is wrong or worth a warning about it when the app is finished."""
        if acl_file := self.acl_file:
            from constructs_lib.cache.users import profile_findings

            yield from profile_findings(acl_file, self._arguments)
        for handed, ask_again in self._handed:
            yield from _stale(handed, ask_again)
        if self.network_policy is None and self._restricts_access:
            yield Finding.warning(
                "",
                f"no DragonflyNetworkPolicy: whoever reaches port {ADMIN_PORT} of its pods may do everything, with no "
                "password, certificate or user; add one",
            )

    def finish(self) -> None:
        """Have its Secret write what is no object of the tree."""
        if self.secrets is not None:
            self.secrets.finish()

    @property
    def _restricts_access(self) -> bool:
        """Whether somebody has said, in one way or another, who may get in."""
        return bool(self.tls_secret or self._arguments.acl_from_secret or self._users or self._clients or self._jobs)

    def _handed_out(self, ask: Callable[[], _AnswerT]) -> _AnswerT:
        """An answer that its asker keeps: at synth it must still be the right one."""
        answer = ask()
        self._handed.append((_essence(answer), lambda: _essence(ask())))
        return answer

    def _users_to_connect_as(self) -> Sequence[AclUser]:
        return self._users

    def _fields(self) -> dict[str, Any]:
        return {"spec": dragonfly_spec(self._arguments, self._additions())}

    def _additions(self) -> Additions:
        version = self.secrets.version() if self.secrets else ""
        return Additions(
            acl_from_secret=acl_secret(self._arguments) if self._users else None,
            tls_secret_ref=self.tls_secret,
            snapshots=self._snapshots,
            flags=self._snapshot_flags,
            env=self._snapshot_env,
            annotations={SECRET_VERSION: version} if version else {},
        )


def _stale(handed: Any, ask_again: Callable[[], Any]) -> Iterator[Finding]:
    """A connection that is not what it was when it was handed out."""
    try:
        now = ask_again()
    except InvalidArguments as error:
        yield from error.errors
        return
    if now != handed:
        yield Finding.error(
            "connection",
            f"handed out as {handed[0]}, which is {now[0]} by now, or asks for a password: ask for it when users and "
            "certificate are there",
        )


def _essence(connection: Connection | str) -> tuple[str, SecretKey | None]:
    """What a client cannot do without: not the CA, by which it may know the server."""
    return (connection, None) if isinstance(connection, str) else (connection.url, connection.password)
