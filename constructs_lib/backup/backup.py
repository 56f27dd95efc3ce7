"""`DragonflyBackup`: a cache saves itself on schedule, old snapshots go, and one can be restored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from cdk8s import ApiObject
from constructs import Construct

from constructs_lib.arguments.core_v1 import plain
from constructs_lib.arguments.types import secret_name
from constructs_lib.backup.arguments import POD_NAME, BackupArguments
from constructs_lib.backup.beside_cache import findings_beside
from constructs_lib.backup.retention import Retention
from constructs_lib.cache.cache import DragonflyCache
from constructs_lib.cache.existing.existing import refused_of_others
from constructs_lib.cache.snapshots import Snapshots
from constructs_lib.construct.keyword_arguments import describe_new, keyword_arguments, report
from constructs_lib.dragonfly.flags import flag_argument
from constructs_lib.errors import Finding
from constructs_lib.values.cron import Cron
from constructs_lib.values.memory import Memory
from constructs_lib.values.s3 import S3Address


class _Arguments(BackupArguments):
    cache: Annotated[DragonflyCache, refused_of_others("backup")]
    restore_scope: Construct | None = None


class DragonflyBackup(Construct):
    """Scheduled snapshots of a cache. Each pod saves under a prefix of its own, and loads its newest at start.

    The cache that it is given then saves itself. With `retention` a CronJob deletes what is older; with `restore_from`
    a Job copies a snapshot below a prefix of its own, and the pods start from there. That Job must be done before the
    cache is applied: `restore_scope`, a chart, puts it into a folder that is applied first.

        DragonflyBackup(chart, "backup", cache=cache, bucket="dragonfly-backups", https=False, retention="14d",
                        endpoint="rustfs-svc.storage.svc.cluster.local:9000", schedule="0 */6 * * *")
    """

    @keyword_arguments(_Arguments)
    def __init__(self, scope: Construct, id: str, arguments: _Arguments) -> None:
        cache = arguments.cache
        self._root = arguments.root(cache.namespace, cache.name)
        self._directory = arguments.directory(self._root) / POD_NAME if self._root else None
        snapshots = Snapshots(
            schedule=Cron.of(arguments.schedule),
            directory=self._directory,
            root=self._root,
            server=arguments.s3_server,
            persistent_volume_claim_spec=_claim(arguments),
            existing_persistent_volume_claim_name=arguments.existing_persistent_volume_claim_name,
        )
        report(_findings(arguments), lambda: describe_new(type(self), scope, id))
        super().__init__(scope, id)
        self._arguments = arguments
        cache.backup = self
        cache.add_snapshots(
            snapshots,
            flags=[flag_argument(name, value) for name, value in arguments.flags().items()],
            env=arguments.env(self.credentials_secret),
        )
        self._retention_jobs = self._prune()
        self._restore_job = self._restore()

    @property
    def arguments(self) -> BackupArguments:
        """What the backup was made of, validated."""
        return self._arguments

    @property
    def cache(self) -> DragonflyCache:
        """The cache that is saved."""
        return self._arguments.cache

    @property
    def directory(self) -> S3Address | None:
        """Where the snapshots go in S3, with `$(POD_NAME)` for the pod's name; None with a volume."""
        return self._directory

    @property
    def root(self) -> S3Address | None:
        """What all of the cache's snapshots are below, those of before a restore among them; None with a volume."""
        return self._root

    @property
    def credentials_secret(self) -> str:
        """Name of the Secret with the S3 keys."""
        return _credentials_secret(self._arguments)

    @property
    def retention_jobs(self) -> tuple[ApiObject, ...]:
        """The CronJobs that delete old snapshots: one for a bucket, one for each volume; none without `retention`."""
        return self._retention_jobs

    @property
    def restore_job(self) -> ApiObject | None:
        """The Job that copies the snapshot to start from; None without `restore_from`."""
        return self._restore_job

    def _prune(self) -> tuple[ApiObject, ...]:
        if self._arguments.retention is None:
            return ()
        from constructs_lib.backup.retention_jobs import add_retention

        return add_retention(
            self,
            self.cache,
            self._arguments,
            Retention.of(self._arguments.retention),
            self._root,
            self.credentials_secret,
        )

    def _restore(self) -> ApiObject | None:
        if self._arguments.restore_from is None or self._root is None:
            return None
        from constructs_lib.backup.restore import add_restore

        scope = self if self._arguments.restore_scope is None else self._arguments.restore_scope
        return add_restore(scope, self.cache, self._arguments, self._root, self.credentials_secret)


def _findings(arguments: _Arguments) -> Iterator[Finding]:
    cache = arguments.cache
    if cache.snapshots is not None:
        advice = f"'{cache.name}' is saved to {cache.snapshots.place} already; give a cache one DragonflyBackup"
        yield Finding.error("cache", advice)
    yield from findings_beside(cache.arguments, arguments)


def _claim(arguments: _Arguments) -> dict[str, Any] | None:
    if arguments.persistent_volume_claim_spec is not None:
        spec: dict[str, Any] = plain(arguments.persistent_volume_claim_spec)
        return spec
    if arguments.size is None:
        return None
    claim = {
        "accessModes": ["ReadWriteOnce"],
        "resources": {"requests": {"storage": str(Memory.of(arguments.size))}},
    }
    return claim | ({"storageClassName": arguments.storage_class} if arguments.storage_class else {})


def _credentials_secret(arguments: _Arguments) -> str:
    given = arguments.credentials_secret
    return secret_name(given) if given else arguments.cache.arguments.secret
