"""What a `cluster.yaml` says of its backup."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from constructs_lib.arguments.types import secret_name
from constructs_lib.backup.arguments import BackupArguments
from constructs_lib.backup.iam_policy import snapshot_policy
from constructs_lib.backup.jobs.bucket import rules
from constructs_lib.backup.volumes import claim_name, pod_name
from constructs_lib.cache.arguments import CacheArguments
from constructs_lib.config.load import load
from constructs_lib.secrets.provider import SecretProvider, provider_named
from constructs_lib.values.s3 import S3Address


class NoBackup(Exception):
    """The file saves its cache nowhere, or not to where it is asked about."""


@dataclass(frozen=True)
class BackupPlan(ABC):
    """A cache and how it is saved."""

    config: str
    """Name of the file that says so."""
    cache: CacheArguments
    namespace: str
    backup: BackupArguments

    @property
    @abstractmethod
    def place(self) -> str:
        """Where all of its snapshots are, for a reader: `below s3://…`."""

    @abstractmethod
    def place_of(self, pod: str) -> str:
        """Where a pod saves, for a reader."""


@dataclass(frozen=True)
class VolumePlan(BackupPlan):
    """A cache that saves to volumes, which are read inside the cluster alone."""

    @property
    def pods(self) -> list[str]:
        """The pods, each with its volume."""
        return [pod_name(self.cache, number) for number in range(self.cache.replicas)]

    @property
    def place(self) -> str:
        return f"on {', '.join(claim_name(self.cache, self.backup, number) for number in range(self.cache.replicas))}"

    def place_of(self, pod: str) -> str:
        number = int(pod.rpartition("-")[2])
        return f"volume {claim_name(self.cache, self.backup, number)}"


@dataclass(frozen=True)
class BucketPlan(BackupPlan):
    """A cache that saves to a bucket, and whoever else must do something for that."""

    root: S3Address
    credentials_secret: str
    noncurrent_days: int
    secrets: type[SecretProvider]
    """The way by which the Secret comes to be: `dragonfly_secrets`."""

    def environment(self, endpoint: str | None) -> dict[str, str]:
        """What a script is told of the bucket, reached by another way if one is given."""
        environment = {"S3_BUCKET": self.root.bucket}
        if endpoint or self.backup.s3_endpoint:
            scheme = "https" if self.backup.https else "http"
            environment["S3_ENDPOINT"] = endpoint or f"{scheme}://{self.backup.s3_endpoint}"
        return environment | ({"AWS_REGION": self.backup.region} if self.backup.region else {})

    @property
    def place(self) -> str:
        return f"below {self.root}"

    def place_of(self, pod: str) -> str:
        return str(self.backup.directory(self.root) / pod)

    @property
    def policy(self) -> dict[str, Any]:
        """The IAM policy of the user that saves."""
        source = self.backup.restore_of
        return snapshot_policy(self.root.bucket, S3Address.of(source).bucket if source else None)

    @property
    def lifecycle(self) -> dict[str, Any]:
        """The bucket's lifecycle rules, as `aws s3api put-bucket-lifecycle-configuration` takes them."""
        return {"Rules": rules(self.root.prefix, incomplete_days=1, noncurrent_days=self.noncurrent_days)}


def plan_of(configs: Sequence[Path], instance: str | None = None) -> BucketPlan | VolumePlan:
    """Read a file's backup.

    Raises:
        NoBackup: it has none.
        InvalidConfig: the file says what cannot work.
    """
    cluster, name = load(*configs).instance(instance), configs[-1].name
    if cluster.backup is None:
        way_out = "set `dragonfly_backup_enabled`, or give `dragonfly_snapshot_volume_size`"
        raise NoBackup(f"{name}: its cache is not saved; {way_out}")
    backup, cache = BackupArguments(**cluster.backup), CacheArguments(**cluster.cache)
    namespace = str(cache.namespace)
    root = backup.root(namespace, cache.name)
    if root is None:
        return VolumePlan(name, cache, namespace, backup)
    return BucketPlan(
        name,
        cache,
        namespace,
        backup,
        root=root,
        credentials_secret=secret_name(backup.credentials_secret or cache.secret),
        noncurrent_days=(cluster.bucket or {}).get("noncurrent_days", 30),
        secrets=provider_named(cluster.secrets.get("source", "existing")),
    )
