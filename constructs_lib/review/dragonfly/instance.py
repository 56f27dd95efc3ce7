"""An instance as one version of the operator reads its manifest: pods, flags of the server, where it saves itself.

What is not of the type that the field has counts as not there: the API server refuses it, and says so elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from constructs_lib.dragonfly.command_line import flag_value
from constructs_lib.dragonfly.instance import WrittenInstance, server_of
from constructs_lib.dragonfly.operator_versions import OperatorRelease, operator_release
from constructs_lib.review.changes.model import Manifest
from constructs_lib.review.changes.quantities import quantity
from constructs_lib.values.fields import mapping, text, value, whole_number
from constructs_lib.values.memory import ServerMemory
from constructs_lib.values.version import Version

IMAGE = "docker.dragonflydb.io/dragonflydb/dragonfly"
"""What the operator runs where a CR names no image, at the version of its own."""

DEFAULT_DIRECTORY = "/dragonfly/snapshots"
"""Where `snapshot` names no `dir` (docs/dragonfly.md, "Snapshots")."""
DEFAULT_FILE_NAME = "dump-{timestamp}"
BUCKETS = ("s3://", "gs://")

_SHARE_OF_LIMIT = Fraction(8, 10)
"""What the server takes for data of the memory that it finds, where `--maxmemory` is 0 or left out (read in its
source, and said in its log: «maxmemory has not been specified. Deciding myself»)."""

_VARIABLE = re.compile(r"\$\(([^)]+)\)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where snapshots outlive the pod, and under which names they are looked for there."""

    where: str
    """A bucket's address, or a claim."""
    details: tuple[object, ...] = ()
    """What else the place depends on: the S3 server, the files' names, variables in the address."""

    def __str__(self) -> str:
        return self.where


@dataclass(frozen=True)
class Instance(WrittenInstance):
    """A Dragonfly object, read by an operator."""

    operator: OperatorRelease
    restore: str = ""
    """From which snapshot it is to start, and who copies it there (`backup_jobs.py`); empty where nobody does."""
    may_be_held_up: bool = False
    """Whether a roll-out of it may go no further than its first pod (`server_faults.py`)."""

    @classmethod
    def of(cls, manifest: Manifest, operator: Version) -> Instance:
        """What a manifest asks that version of the operator for."""
        metadata = mapping(manifest, "metadata")
        name, namespace = str(metadata.get("name", "")), str(metadata.get("namespace", ""))
        return cls(name, namespace, mapping(manifest, "spec"), operator_release(operator))

    def get(self, *path: str) -> Any:
        """What stands in the spec below these names, or None."""
        return value(self.spec, *path)

    @property
    def pods(self) -> int:
        """How many there are: none where `replicas` is left out, and one, the worst case, where Flux substitutes it."""
        return 1 if is_substituted(self.get("replicas")) else max(0, self.replicas)

    @property
    def image(self) -> str:
        """What the pods run."""
        return self.named_image or f"{IMAGE}:{self.operator.default_server}"

    @property
    def server(self) -> Version | None:
        """The server's version, where the image's tag tells it."""
        return server_of(self.image)

    @cached_property
    def variables(self) -> dict[str, Mapping[str, Any]]:
        """The container's variables by name; given twice, the last one counts."""
        return {str(entry.get("name")): entry for entry in self.environment}

    @cached_property
    def flags(self) -> dict[str, str]:
        """The server's flags as they count: of the environment, then `args`, then the operator's own.

        A value that comes from elsewhere stands as `$(…)`.
        """
        prefix = "DFLY_"
        given = {
            name.removeprefix(prefix): text(entry.get("value")) or f"$({entry.get('valueFrom')})"
            for name, entry in self.variables.items()
            if name.startswith(prefix)
        }
        if (secret := self.get("authentication", "passwordFromSecret")) is not None:
            given["requirepass"] = f"$({secret})"
        given |= {name: flag.text for name, flag in self.arguments.items()}
        return given | dict(self._flags_of_operator())

    def _flags_of_operator(self) -> Iterator[tuple[str, str]]:
        """What the operator adds after `args` (docs/dragonfly.md, "The operator"), as far as reviews depend on it."""
        if port := whole_number(self.get("memcachedPort")):
            yield "memcached_port", str(port)
        if self.get("aclFromSecret") is not None:
            yield "aclfile", "/var/lib/dragonfly/dragonfly.acl"
        if self.get("tlsSecretRef") is not None:
            yield "tls", "true"
        if self.get("tlsSecretRef") is not None and self.get("authentication", "clientCaCertSecret") is not None:
            yield "tls_ca_cert_file", "/etc/dragonfly/client-ca-cert/ca.crt"
        if self.get("snapshot") is not None:
            yield "dir", self.snapshot_dir or DEFAULT_DIRECTORY
            if cron := text(self.get("snapshot", "cron")):
                yield "snapshot_cron", cron

    def is_on(self, flag: str, default: bool = False) -> bool:
        """Whether a boolean flag is true."""
        return flag_value(self.flags[flag], "bool") is True if flag in self.flags else default

    @property
    def threads(self) -> int | None:
        """How many the server has; None where it counts the CPUs that it finds."""
        given = self.flags.get("proactor_threads", "")
        return int(given) if given.isascii() and given.isdigit() and int(given) else None

    @property
    def maxmemory(self) -> int | None:
        """The bytes that the server takes for data: its flag, or what it makes of the container's limit."""
        try:
            flag = ServerMemory.of(self.flags.get("maxmemory", "0")).bytes
        except ValueError:
            return None
        limit = self.memory_limit
        return flag or (int(limit * _SHARE_OF_LIMIT) if limit is not None else None)

    @property
    def memory_limit(self) -> Fraction | None:
        """The bytes that the container is killed at; None where there is no limit, or none that can be read."""
        return quantity(self.get("resources", "limits", "memory"))

    @property
    def claim(self) -> str | None:
        """The claim that snapshots are saved to: one that exists, or one a pod."""
        if self.snapshot_claim:
            return f"claim {self.snapshot_claim}"
        return "its claim" if self.get("snapshot", "persistentVolumeClaimSpec") is not None else None

    @cached_property
    def place(self) -> Place | None:
        """Where the pods save themselves and look for a snapshot when they start; None where it goes with the pod.

        Every pod saves once more when it is asked to end, whatever the schedule.
        """
        directory = self.flags.get("dir", "")
        files = self.flags.get("dbfilename", DEFAULT_FILE_NAME)
        if not files:
            return None
        if directory.startswith(BUCKETS):
            variables = tuple(str(self.variables.get(name)) for name in _VARIABLE.findall(directory))
            return Place(directory.rstrip("/"), (self.flags.get("s3_endpoint"), files, *variables))
        return Place(self.claim, (files,)) if self.claim else None

    @property
    def password(self) -> str:
        """The password, or where it comes from, to be told apart and never shown; empty where there is none."""
        return self.flags.get("requirepass", "")

    @property
    def has_network_policy(self) -> bool:
        """Whether the operator makes a NetworkPolicy for it."""
        return self.operator.makes_network_policies and self.get("networkPolicyEnabled") is not False


def is_substituted(value: object) -> bool:
    """Whether Flux puts the value, or something in it, in place of a `${VARIABLE}` (docs/dragonfly.md, "Flux")."""
    if isinstance(value, Mapping):
        return any(map(is_substituted, value.values()))
    return any(map(is_substituted, value)) if isinstance(value, list) else isinstance(value, str) and "${" in value
