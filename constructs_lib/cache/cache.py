"""`DragonflyCache`: one Dragonfly instance, as the operator's custom resource."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

from cdk8s import ApiObject, JsonPatch
from constructs import Construct

from constructs_lib.arguments.core_v1 import plain
from constructs_lib.arguments.references import SecretKey
from constructs_lib.cache.arguments import CacheArguments
from constructs_lib.cache.snapshots import Snapshots
from constructs_lib.cache.spec import dragonfly_spec
from constructs_lib.construct.keyword_arguments import describe, keyword_arguments, namespace_of, validated
from constructs_lib.construct.noted import note, notes
from constructs_lib.construct.resource import resource
from constructs_lib.dragonfly.ports import ADMIN_PORT, REDIS_PORT
from constructs_lib.errors import Finding, InvalidArguments

if TYPE_CHECKING:
    from constructs_lib.acl.file import AclFile
    from constructs_lib.acl.presets import PresetName
    from constructs_lib.acl.rules import ChannelRule, KeyRule, Permission
    from constructs_lib.acl.user import AclUser
    from constructs_lib.cache.connection import Connection
    from constructs_lib.network.arguments import Client


_INSTANCE = "instance"


class DragonflyCache(Construct):
    """A Dragonfly instance: a master, `replicas - 1` replicas, and a Service that leads to the master.

    Alone it is a working cache; it needs the operator (`DragonflyOperator`), the Secret with the password and
    nothing else. Port 9999 of its pods takes commands with no password: put a `DragonflyNetworkPolicy` beside it.

        cache = DragonflyCache(chart, "cache", name="sessions", replicas=3, memory_limit="2Gi", profile="session")
        cache.url()                                   # redis://sessions.cache.svc.cluster.local:6379
    """

    @keyword_arguments(CacheArguments)
    def __init__(self, scope: Construct, id: str, arguments: CacheArguments) -> None:
        self._arguments = arguments
        self._namespace = namespace_of(arguments.namespace, self, scope, id)
        self._refuse_a_second_instance(scope, id)
        super().__init__(scope, id)
        self._has_env = bool(arguments.env)
        self._has_annotations = bool(arguments.annotations)
        self._secret_keys = list(_secret_keys(arguments.env or ()))
        self._users: list[AclUser] = []
        self._told_of_secrets: list[Callable[[], None]] = []
        self._snapshots: Snapshots | None = None
        self._told_of_snapshots: list[Callable[[Snapshots], None]] = []
        self._clients: list[Client] = []
        self._told_of_clients: list[Callable[[Client], None]] = []
        self._tls_secret = arguments.tls_secret_ref
        self._ca: SecretKey | None = None
        self._companions: set[str] = set()
        self._is_addressed = self._is_watched = False
        self._api_object = self._dragonfly()
        if arguments.tls_secret_ref or arguments.acl_from_secret:
            self._ask_for_a_network_policy()

    @property
    def arguments(self) -> CacheArguments:
        """What the cache was made of, validated: versions, replicas, memory."""
        return self._arguments

    @property
    def name(self) -> str:
        """Name of the instance, its StatefulSet and its pods."""
        return self._arguments.name

    @property
    def namespace(self) -> str:
        """Namespace of the instance."""
        return self._namespace

    @property
    def host(self) -> str:
        """DNS name of the Service, which leads to the master."""
        return f"{self._arguments.service_name or self.name}.{self.namespace}.svc.cluster.local"

    @property
    def port(self) -> int:
        """Port of the Service: 6379."""
        return REDIS_PORT

    @property
    def pod_labels(self) -> dict[str, str]:
        """Labels by which the instance's pods are selected."""
        return self._arguments.pod_labels

    @property
    def api_object(self) -> ApiObject:
        """The `Dragonfly` resource, for what the arguments do not foresee: `add_json_patch` on it is honoured."""
        return self._api_object

    def url(self, database: int = 0) -> str:
        """The address for a client, without user and password: those come from the Secret.

        Args:
            database: number of the database.
        """
        self._is_addressed = True
        scheme = "rediss" if self._tls_secret else "redis"
        return f"{scheme}://{self.host}:{self.port}" + (f"/{database}" if database else "")

    def connection(
        self, user: str = "default", database: int | None = None, *, secret: str | None = None
    ) -> Connection:
        """How a client connects as a user. Asking grants nothing: `grant` does.

        Args:
            user: the user to log in as.
            database: number of the database; the user's own, or 0, when left out.
            secret: name of the Secret with the password in the client's own namespace, where it is not the cache's.

        Raises:
            InvalidArguments: no such user, or no such database.
        """
        from constructs_lib.cache.environment import connect

        self._is_addressed = True
        return connect(self, user, database, secret)

    def grant(
        self,
        client: Client | str,
        user: str,
        *,
        preset: PresetName | None = None,
        keys: list[KeyRule | str] | None = None,
        channels: list[ChannelRule | str] | None = None,
        allow: list[Permission | str] | None = None,
        deny: list[Permission | str] | None = None,
        databases: int | Literal["all"] | None = None,
        secret: str | None = None,
    ) -> Connection:
        """Let a client in as a user of its own, and say how it connects: `add_user`, `allow_from` and `connection`.

            keycloak = cache.grant("identity", "keycloak", keys=["keycloak:*"])
            keycloak.env()

        Args:
            client: who connects: a `Client`, or the name of a namespace for all its pods.
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
        from constructs_lib.cache.users import new_user

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
        user = new_user(self._arguments, self._users, given, lambda: f"{describe(self, self, '')}: user {name!r}")
        self._users.append(user)
        if len(self._users) == 1:
            self._use_acl_file()
        self._tell_of_secrets()
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
        return tuple(dict.fromkeys(key for name, key in self._secret_keys if name == secret))

    def when_secrets(self, tell: Callable[[], None]) -> None:
        """Have `tell` called now and whenever the cache's Secret must hold something else."""
        self._told_of_secrets.append(tell)
        tell()

    def add_annotation(self, name: str, value: str) -> None:
        """Annotate the pods. Another value restarts them, replicas first."""
        if not self._has_annotations:
            self._api_object.add_json_patch(JsonPatch.add("/spec/annotations", {}))
            self._has_annotations = True
        pointer = name.replace("~", "~0").replace("/", "~1")
        self._api_object.add_json_patch(JsonPatch.add(f"/spec/annotations/{pointer}", value))

    def allow_from(self, *clients: Client | str) -> None:
        """Let clients through the cache's `DragonflyNetworkPolicy`, whichever of the two comes first.

        Args:
            clients: each a `Client`, or the name of a namespace for all its pods.

        Raises:
            InvalidArguments: with everything that is wrong with the clients.
        """
        from constructs_lib.network.arguments import NetworkPolicyArguments

        given = [{"namespace": client} if isinstance(client, str) else client for client in clients]
        valid = validated(NetworkPolicyArguments, {"clients": given}, lambda: describe(self, self, ""))
        self._ask_for_a_network_policy()
        for client in valid.clients:
            self._clients.append(client)
            for tell in self._told_of_clients:
                tell(client)

    def when_clients(self, tell: Callable[[Client], None]) -> None:
        """Have `tell` called with each client that is let in: with those so far, and with those to come."""
        self._told_of_clients.append(tell)
        for client in self._clients:
            tell(client)

    @property
    def tls_secret(self) -> str | None:
        """Secret with the certificate that clients are shown, or None while they do not speak TLS."""
        return self._tls_secret

    @property
    def ca(self) -> SecretKey | None:
        """The Secret's key with the CA of that certificate, where a `DragonflyCertificate` makes it."""
        return self._ca

    @property
    def is_addressed(self) -> bool:
        """Somebody has been told how to connect, with TLS or without."""
        return self._is_addressed

    @property
    def companions(self) -> frozenset[str]:
        """The constructs that a cache has one of, as far as it has them already, by class name."""
        return frozenset(self._companions)

    def add_companion(self, construct: str) -> None:
        """Note that the cache has its policy or its monitoring: what those call, with their class' name."""
        self._companions.add(construct)

    def add_certificate(self, secret: str) -> None:
        """Have clients speak TLS with the certificate that a Secret comes to hold; `DragonflyCertificate` calls it."""
        if self._tls_secret is None:
            self._api_object.add_json_patch(JsonPatch.add("/spec/tlsSecretRef", {"name": secret}))
        self._tls_secret, self._ca = secret, SecretKey(name=secret, key="ca.crt")
        self._ask_for_a_network_policy()

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
            raise InvalidArguments(
                describe(self, self, ""),
                [
                    Finding.error(
                        "backup", f"it is saved to {self._snapshots.place} already; give a cache one DragonflyBackup"
                    )
                ],
            )
        self._snapshots = snapshots
        self._api_object.add_json_patch(JsonPatch.add("/spec/snapshot", snapshots.spec()))
        for flag in flags:
            self._api_object.add_json_patch(JsonPatch.add("/spec/args/-", flag))
        variables = [dict(variable) for variable in env]
        self._add_env(variables)
        self._secret_keys += _secret_keys(variables)
        self._tell_of_secrets()
        for tell in self._told_of_snapshots:
            tell(snapshots)

    def when_snapshots(self, tell: Callable[[Snapshots], None]) -> None:
        """Have `tell` called with the cache's snapshots: now, or as soon as a backup is added.

        So `DragonflyMonitoring` has the alerts on backups whichever of the two was made first.
        """
        self._told_of_snapshots.append(tell)
        if self._snapshots is not None:
            tell(self._snapshots)

    def _add_env(self, variables: list[dict[str, Any]]) -> None:
        if not variables:
            return
        if self._has_env:
            for variable in variables:
                self._api_object.add_json_patch(JsonPatch.add("/spec/env/-", variable))
        else:
            self._api_object.add_json_patch(JsonPatch.add("/spec/env", variables))
        self._has_env = True

    def _refuse_a_second_instance(self, scope: Construct, id: str) -> None:
        """Two resources of one name would be one file of the output, and the later would replace the earlier."""
        instance = [self.namespace, self.name]
        if instance in notes(scope, _INSTANCE):
            error = Finding.error(
                "name", f"{self.name!r} is another cache's in namespace {self.namespace}; accepted: another"
            )
            raise InvalidArguments(describe(self, scope, id), [error])
        note(scope, _INSTANCE, instance)

    def _use_acl_file(self) -> None:
        from constructs_lib.cache.secret import acl_secret
        from constructs_lib.construct.at_synth import findings_at_synth

        secret = acl_secret(self._arguments)
        self._api_object.add_json_patch(JsonPatch.add("/spec/aclFromSecret", {"name": secret.name, "key": secret.key}))
        findings_at_synth(self, self._users_findings)
        self._ask_for_a_network_policy()

    def _users_findings(self) -> Iterator[Finding]:
        from constructs_lib.acl.needs import profile_findings

        if self.acl_file:
            yield from profile_findings(self.acl_file, self._arguments)

    def _tell_of_secrets(self) -> None:
        for tell in self._told_of_secrets:
            tell()

    def _ask_for_a_network_policy(self) -> None:
        """Warn where access is restricted in one way, and port 9999 is left open to everybody."""
        if not self._is_watched:
            from constructs_lib.construct.at_synth import warnings_at_synth

            self._is_watched = True
            warnings_at_synth(self, self._open_port)

    def _open_port(self) -> Iterator[Finding]:
        if "DragonflyNetworkPolicy" not in self._companions:
            yield Finding.warning(
                "",
                f"no DragonflyNetworkPolicy: whoever reaches port {ADMIN_PORT} of its pods may do everything, with no "
                "password, certificate or user; add one",
            )

    def _dragonfly(self) -> ApiObject:
        from imports.dragonfly.io.dragonflydb import Dragonfly, DragonflySpec

        spec = DragonflySpec(**plain(dragonfly_spec(self._arguments)))
        return resource(self, "Dragonfly", Dragonfly, spec, name=self.name, namespace=self.namespace)


def _secret_keys(variables: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """The Secrets' names and keys that environment variables take their values from."""
    for variable in plain(list(variables)):
        reference = (variable.get("valueFrom") or {}).get("secretKeyRef")
        if reference:
            yield reference.get("name"), reference.get("key")
