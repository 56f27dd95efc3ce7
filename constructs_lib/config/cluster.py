"""What a `cluster.yaml` asks for, once nothing is wrong with it: what `stack.py` makes charts of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from constructs_lib.config.folders import FLUX_FOLDER, OPERATOR_FOLDER, PREPARATION
from constructs_lib.config.switches import Switches

if TYPE_CHECKING:
    from constructs_lib.config.parts import Parts
    from constructs_lib.config.secrets import FileSecrets
    from constructs_lib.config.users import Users


@dataclass(frozen=True, slots=True)
class Cluster:
    """The constructs' arguments, or None for a part that is off."""

    switches: Switches
    cache: dict[str, Any]
    users: tuple[dict[str, Any], ...]
    secrets: dict[str, Any]
    operator: dict[str, Any]
    kustomization: dict[str, Any]
    monitoring: dict[str, Any] | None
    backup: dict[str, Any] | None
    network_policy: dict[str, Any] | None
    certificate: dict[str, Any] | None
    bucket: dict[str, Any] | None
    restore_drill: dict[str, Any] | None
    needs_rustfs: bool
    messages: tuple[str, ...]
    """Lines for the user: warnings, and notes on what must be somewhere else for the cache to work."""

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
        """The output's folders that Flux reads: they hold a file each, whatever is switched off."""
        if not self.switches.dragonfly_enabled:
            return (FLUX_FOLDER,)
        preparation = (self.preparation,) if self.preparation else ()
        return (FLUX_FOLDER, OPERATOR_FOLDER, *preparation, self.name)


def cluster_of(parts: Parts, users: Users | None, secrets: FileSecrets | None, messages: tuple[str, ...]) -> Cluster:
    """The outcome of a file without errors."""
    given = parts.given
    file = {"file": str(secrets.path)} if secrets and secrets.path else {}
    return Cluster(
        switches=parts.switches,
        cache=given["cache"],
        users=users.arguments if users else (),
        secrets=given.get("secrets", {}) | file,
        operator=given["operator"],
        kustomization=given["kustomization"],
        monitoring=given.get("monitoring"),
        backup=given.get("backup"),
        network_policy=given.get("network_policy"),
        certificate=given.get("certificate"),
        bucket=given.get("bucket"),
        restore_drill=given.get("restore_drill"),
        needs_rustfs=parts.saves_to_rustfs,
        messages=messages,
    )
