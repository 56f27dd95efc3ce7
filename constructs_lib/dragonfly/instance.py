"""An instance as its Dragonfly resource says it, of whose fields any may be missing or wrong."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from constructs_lib.dragonfly.command_line import CommandLineFlag, read_command_line
from constructs_lib.values.fields import items, mapping, mappings, text, whole_number
from constructs_lib.values.version import Version

API_GROUP, KIND = "dragonflydb.io", "Dragonfly"


@dataclass(frozen=True)
class WrittenInstance:
    """What can be told of an instance without its operator's version."""

    name: str
    namespace: str
    """Empty where Flux or kustomize puts it."""
    spec: Mapping[str, Any]

    @property
    def replicas(self) -> int:
        """How many pods; 0 where nothing is said, as the operator takes it."""
        return whole_number(self.spec, "replicas")

    @cached_property
    def pod_labels(self) -> dict[str, str]:
        """Labels that its pods have, whoever is master (docs/dragonfly.md)."""
        return {**{name: str(value) for name, value in mapping(self.spec, "labels").items()}, **own_labels(self.name)}

    @property
    def named_image(self) -> str:
        """The image; empty where the operator chooses."""
        return text(self.spec, "image")

    @property
    def named_server(self) -> Version | None:
        """The server's version, where the image's tag tells it."""
        return server_of(self.named_image)

    @property
    def service(self) -> str:
        """The name of the Service that leads to the master."""
        return text(self.spec, "serviceSpec", "name") or self.name

    @property
    def environment(self) -> list[Mapping[str, Any]]:
        """The variables of its container."""
        return mappings(self.spec, "env")

    @cached_property
    def arguments(self) -> dict[str, CommandLineFlag]:
        """The flags of `args` that count, the last of each name; what is a boolean to any known server is one."""
        read = read_command_line(items(self.spec, "args"))
        return {flag.name: flag for flag in read if isinstance(flag, CommandLineFlag)}

    @property
    def snapshot(self) -> Mapping[str, Any]:
        return mapping(self.spec, "snapshot")

    @property
    def snapshot_dir(self) -> str:
        return text(self.snapshot, "dir")

    @property
    def snapshot_claim(self) -> str:
        """The claim that is there already, to which snapshots go; empty for none."""
        return text(self.snapshot, "existingPersistentVolumeClaimName")


def own_labels(name: str) -> dict[str, str]:
    """The labels that the operator gives the pods of an instance, whoever is master."""
    return {"app": name, "app.kubernetes.io/name": "dragonfly", "app.kubernetes.io/part-of": "dragonfly"}


def server_of(image: str) -> Version | None:
    """The server's version, where the image's tag tells it."""
    with suppress(ValueError):
        return Version.of(image_tag(image))
    return None


def image_tag(image: str) -> str:
    """The tag of an image; empty where it has none. A digest is no tag."""
    _, colon, tag = image.partition("@")[0].rpartition(":")
    return tag if colon and "/" not in tag else ""
