"""What a `cluster.yaml` asks for, once nothing is wrong with it: what `stack.py` makes charts of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from constructs_lib.config.fleet.instances import instance_named
from constructs_lib.config.folders import FLEET_FOLDER, FLUX_FOLDER, OPERATOR_FOLDER, PREPARATION
from constructs_lib.config.switches import Switches
from constructs_lib.config.variables import given_arguments

if TYPE_CHECKING:
    from constructs_lib.config.fleet.fleet import Fleet
    from constructs_lib.config.parts import Parts
    from constructs_lib.config.secrets import FileSecrets
    from constructs_lib.config.users import Users


@dataclass(frozen=True, slots=True)
class Instance:
    """One cache: the constructs' arguments, or None for a part that is off."""

    switches: Switches
    cache: dict[str, Any]
    users: tuple[dict[str, Any], ...]
    secrets: dict[str, Any]
    kustomization: dict[str, Any]
    monitoring: dict[str, Any] | None
    backup: dict[str, Any] | None
    network_policy: dict[str, Any] | None
    certificate: dict[str, Any] | None
    bucket: dict[str, Any] | None
    restore_drill: dict[str, Any] | None
    needs_rustfs: bool

    @property
    def name(self) -> str:
        """Name of the cache, and of its folder."""
        name: str = self.cache.get("name", "dragonfly")
        return name

    @property
    def restores(self) -> bool:
        """Whether the cache starts from a copy of a snapshot."""
        return bool(self.backup and self.backup.get("restore_from"))

    @property
    def preparation(self) -> str | None:
        """Name of the folder with what must be done before the cache starts, if there is such."""
        return f"{self.name}{PREPARATION}" if self.restores or self.bucket is not None else None

    @property
    def folders(self) -> tuple[str, ...]:
        """Its folders of the output."""
        return (*((self.preparation,) if self.preparation else ()), self.name)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Every cache of a file, and what they share."""

    switches: Switches
    namespace: str
    """Of what belongs to no instance alone."""
    operator: dict[str, Any]
    kustomization: dict[str, Any]
    """Arguments of the Kustomizations that belong to no instance alone."""
    instances: tuple[Instance, ...]
    dashboard: dict[str, Any] | None
    """Arguments of the fleet's dashboard, where there is one."""
    messages: tuple[str, ...]
    """Lines for the user: warnings, and notes on what must be somewhere else for the caches to work."""

    def instance(self, name: str | None = None) -> Instance:
        """The instance of a name; the only one where there is no name.

        Raises:
            NoInstance: there is none of that name, or there are several and no name.
        """
        return instance_named(name, self.instances)

    @property
    def flux_namespace(self) -> str:
        """Where the Kustomizations are."""
        return self.switches.dragonfly_flux_namespace or self.namespace

    @property
    def folders(self) -> tuple[str, ...]:
        """The output's folders that Flux reads: they hold a file each, whatever is switched off."""
        if not self.switches.dragonfly_enabled:
            return (FLUX_FOLDER,)
        of_instances = (folder for instance in self.instances for folder in instance.folders)
        return (FLUX_FOLDER, OPERATOR_FOLDER, *((FLEET_FOLDER,) if self.dashboard is not None else ()), *of_instances)


def instance_of(parts: Parts, users: Users | None, secrets: FileSecrets | None) -> Instance:
    """One instance of a file without errors."""
    given = parts.given
    file = {"file": str(secrets.path)} if secrets and secrets.path else {}
    return Instance(
        switches=parts.switches,
        cache=given["cache"],
        users=users.arguments if users else (),
        secrets=given.get("secrets", {}) | file,
        kustomization=given["kustomization"],
        monitoring=given.get("monitoring"),
        backup=given.get("backup"),
        network_policy=given.get("network_policy"),
        certificate=given.get("certificate"),
        bucket=given.get("bucket"),
        restore_drill=given.get("restore_drill"),
        needs_rustfs=parts.saves_to_rustfs,
    )


def cluster_of(shared: Parts, instances: Sequence[Instance], fleet: Fleet | None, messages: tuple[str, ...]) -> Cluster:
    """The outcome of a file without errors.

    Args:
        shared: what belongs to no instance alone.
        instances: every cache.
        fleet: what they have in common, where the file has a fleet.
        messages: lines for the user.
    """
    monitored = [instance for instance in instances if instance.monitoring is not None]
    return Cluster(
        switches=shared.switches,
        namespace=given_arguments("cache", shared.variables)["namespace"],
        operator=shared.given["operator"] | {"monitoring": bool(monitored)},
        kustomization=shared.given["kustomization"],
        instances=tuple(_monitored_in(fleet, instance, monitored) for instance in instances),
        dashboard=fleet.dashboard if fleet and fleet.shares_dashboard and monitored else None,
        messages=messages,
    )


def _monitored_in(fleet: Fleet | None, instance: Instance, monitored: Sequence[Instance]) -> Instance:
    """An instance that leaves to the fleet what there is once: the operator's alert, and a dashboard that is shared."""
    if fleet is None or instance.monitoring is None:
        return instance
    shared = {"dashboard": "none"} if fleet.shares_dashboard else {}
    watches_operator = {"operator_metrics": instance is monitored[0]}
    return replace(instance, monitoring=instance.monitoring | watches_operator | shared)
