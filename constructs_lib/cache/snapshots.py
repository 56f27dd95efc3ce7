"""Where and when an instance saves itself: the CR's `spec.snapshot`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from constructs_lib.values.cron import Cron
from constructs_lib.values.s3 import S3Address, S3Endpoint


@dataclass(frozen=True, slots=True)
class S3Server:
    """The server that holds the bucket: AWS where it has no endpoint."""

    endpoint: S3Endpoint | None = None
    https: bool = True
    region: str | None = None

    @property
    def port(self) -> int:
        """The port that connections go to."""
        return self.endpoint.port_for(self.https) if self.endpoint else 443


@dataclass(frozen=True, slots=True)
class Snapshots:
    """A schedule and one place: a directory in a bucket, a claim of its own for each pod, or an existing claim."""

    schedule: Cron
    directory: S3Address | None = None
    root: S3Address | None = None
    """What the snapshots of all pods are below, in the bucket."""
    server: S3Server | None = None
    persistent_volume_claim_spec: dict[str, Any] | None = None
    existing_persistent_volume_claim_name: str | None = None

    @property
    def place(self) -> str:
        """The place, for a reader."""
        return str(self.directory or self.existing_persistent_volume_claim_name or "a volume of each pod")

    def spec(self) -> dict[str, Any]:
        """The fields under their YAML names; what is not set is left out."""
        fields = {
            "cron": str(self.schedule),
            "dir": str(self.directory) if self.directory else None,
            "persistentVolumeClaimSpec": self.persistent_volume_claim_spec,
            "existingPersistentVolumeClaimName": self.existing_persistent_volume_claim_name,
        }
        return {name: value for name, value in fields.items() if value is not None}
