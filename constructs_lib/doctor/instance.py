"""A Dragonfly resource as far as the checks ask: its versions, flags, places of snapshots, pods."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from constructs_lib.checks.manifests import Manifest
from constructs_lib.dragonfly.command_line import CommandLineFlag, flag_value, read_command_line
from constructs_lib.dragonfly.operator_versions import operator_release
from constructs_lib.values.fields import items, mapping, text, value
from constructs_lib.values.memory import Memory
from constructs_lib.values.version import Version

API_GROUP, KIND = "dragonflydb.io", "Dragonfly"


@dataclass(frozen=True)
class Instance:
    """One Dragonfly, of whose fields any may be missing or wrong."""

    manifest: Manifest
    operator: Version
    """The version of the operator that serves it."""

    @property
    def name(self) -> str:
        return self.manifest.name

    @property
    def namespace(self) -> str:
        """Empty where Flux or kustomize puts it."""
        return self.manifest.namespace

    @property
    def spec(self) -> Mapping[str, Any]:
        return mapping(self.manifest.object, "spec")

    @property
    def replicas(self) -> int:
        """How many pods; 0 where nothing is said, as the operator takes it."""
        number = self.spec.get("replicas")
        return number if isinstance(number, int) else 0

    @property
    def pod_labels(self) -> dict[str, str]:
        """Labels that its pods have, whoever is master."""
        own = {"app": self.name, "app.kubernetes.io/name": "dragonfly", "app.kubernetes.io/part-of": "dragonfly"}
        return {**mapping(self.spec, "labels"), **own}

    @cached_property
    def server(self) -> Version:
        """The server's version: the image's tag, or the operator's default where that tells none."""
        with suppress(ValueError):
            return Version.of(image_tag(text(self.spec, "image")))
        return Version.of(operator_release(self.operator).default_server)

    @cached_property
    def command_line(self) -> tuple[CommandLineFlag | int, ...]:
        """The flags of `args`; a number stands for a word that is none."""
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
    def snapshot(self) -> Mapping[str, Any]:
        return mapping(self.spec, "snapshot")

    @property
    def snapshot_dir(self) -> str:
        return text(self.snapshot, "dir")

    @property
    def has_snapshot_volume(self) -> bool:
        """Whether its snapshots lie on a volume."""
        return bool(
            mapping(self.snapshot, "persistentVolumeClaimSpec")
            or text(self.snapshot, "existingPersistentVolumeClaimName")
        )

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

    @property
    def environment(self) -> list[Mapping[str, Any]]:
        """The variables of its container."""
        return [variable for variable in items(self.spec, "env") if isinstance(variable, Mapping)]


def image_tag(image: str) -> str:
    """The tag of an image; empty where it has none. A digest is no tag."""
    _, colon, tag = image.partition("@")[0].rpartition(":")
    return tag if colon and "/" not in tag else ""
