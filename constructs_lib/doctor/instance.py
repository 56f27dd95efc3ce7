"""A Dragonfly resource as far as the checks ask, with the version of the operator that serves it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from constructs_lib.checks.manifests import Manifest
from constructs_lib.dragonfly.command_line import CommandLineFlag, flag_value, read_command_line
from constructs_lib.dragonfly.instance import WrittenInstance
from constructs_lib.dragonfly.operator_versions import OperatorRelease, operator_release
from constructs_lib.values.fields import items, mapping, value
from constructs_lib.values.memory import Memory
from constructs_lib.values.version import Version


@dataclass(frozen=True)
class Instance(WrittenInstance):
    """One Dragonfly in its manifest."""

    manifest: Manifest
    operator: Version
    """The version of the operator that serves it."""

    @classmethod
    def of(cls, manifest: Manifest, operator: Version) -> Instance:
        """The instance of a manifest."""
        return cls(manifest.name, manifest.namespace, mapping(manifest.object, "spec"), manifest, operator)

    @property
    def operator_release(self) -> OperatorRelease:
        """What that version of the operator does."""
        return operator_release(self.operator)

    @cached_property
    def server(self) -> Version:
        """The server's version: the image's tag, or the operator's default where that tells none."""
        return self.named_server or Version.of(self.operator_release.default_server)

    @property
    def has_network_policy_of_operator(self) -> bool:
        """Whether the operator makes a NetworkPolicy for it: to port 9999 it lets itself and the instance's pods."""
        return self.operator_release.makes_network_policies and self.spec.get("networkPolicyEnabled") is not False

    @cached_property
    def command_line(self) -> tuple[CommandLineFlag | int, ...]:
        """The flags of `args`, as that server reads them; a number stands for a word that is none."""
        return tuple(read_command_line(items(self.spec, "args"), self.server))

    @property
    def flags(self) -> tuple[CommandLineFlag, ...]:
        """The flags of `args`."""
        return tuple(flag for flag in self.command_line if isinstance(flag, CommandLineFlag))

    def flag(self, name: str) -> CommandLineFlag | None:
        """The flag of that name that counts: the last one."""
        return next((flag for flag in reversed(self.flags) if flag.name == name), None)

    @property
    def evicts(self) -> bool:
        """Whether it runs in cache mode."""
        flag = self.flag("cache_mode")
        return flag is not None and flag_value(flag.text, "bool") is True

    @property
    def has_snapshot_volume(self) -> bool:
        """Whether its snapshots lie on a volume."""
        return bool(mapping(self.snapshot, "persistentVolumeClaimSpec") or self.snapshot_claim)

    @property
    def memory_limit(self) -> Memory | None:
        """The container's memory limit; None where there is none, or none that can be read."""
        limit = value(self.spec, "resources", "limits", "memory")
        with suppress(ValueError):
            return Memory.of(limit) if isinstance(limit, str | int) else None
        return None

    @property
    def has_password(self) -> bool:
        """Whether a password is asked for by the field made for it, or by its flag."""
        return bool(mapping(self.spec, "authentication", "passwordFromSecret")) or any(
            variable.get("name") == "DFLY_requirepass" for variable in self.environment
        )
