"""`DragonflyCache`: one Dragonfly instance, as the operator's custom resource."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cdk8s import ApiObject, JsonPatch
from constructs import Construct

from constructs_lib.arguments import describe, namespace_of, takes
from constructs_lib.dragonfly_spec import dragonfly_spec
from constructs_lib.errors import Fault, InvalidArguments
from constructs_lib.resource import resource
from constructs_lib.values.cache_arguments import CacheArguments
from constructs_lib.values.core_v1 import plain
from constructs_lib.values.ports import REDIS_PORT
from constructs_lib.values.snapshots import Snapshots


class DragonflyCache(Construct):
    """A Dragonfly instance: a master, `replicas - 1` replicas, and a Service that leads to the master.

    Alone it is a working cache; it needs the operator (`DragonflyOperator`), the Secret with the password and
    nothing else. Port 9999 of its pods takes commands with no password: put a `DragonflyNetworkPolicy` beside it.

        cache = DragonflyCache(chart, "cache", name="sessions", replicas=3, memory_limit="2Gi", profile="session")
        cache.url()                                   # redis://sessions.cache.svc.cluster.local:6379
    """

    @takes(CacheArguments)
    def __init__(self, scope: Construct, id: str, arguments: CacheArguments) -> None:
        self._arguments = arguments
        self._namespace = namespace_of(arguments.namespace, self, scope, id)
        super().__init__(scope, id)
        self._has_env = bool(arguments.env)
        self._snapshots: Snapshots | None = None
        self._told_of_snapshots: list[Callable[[Snapshots], None]] = []
        self._api_object = self._dragonfly()

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
        scheme = "rediss" if self._arguments.tls_secret_ref else "redis"
        return f"{scheme}://{self.host}:{self.port}" + (f"/{database}" if database else "")

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
                [Fault("backup", f"it is saved to {self._snapshots.place} already; give a cache one DragonflyBackup")],
            )
        self._snapshots = snapshots
        self._api_object.add_json_patch(JsonPatch.add("/spec/snapshot", snapshots.spec()))
        for flag in flags:
            self._api_object.add_json_patch(JsonPatch.add("/spec/args/-", flag))
        self._add_env([dict(variable) for variable in env])
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

    def _dragonfly(self) -> ApiObject:
        from imports.dragonfly.io.dragonflydb import Dragonfly, DragonflySpec

        spec = DragonflySpec(**plain(dragonfly_spec(self._arguments)))
        return resource(self, "Dragonfly", Dragonfly, spec, name=self.name, namespace=self.namespace)
