"""`DragonflyBackup`: a cache saves itself on schedule, to S3 or to a volume."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from constructs import Construct

from constructs_lib.arguments import describe, takes
from constructs_lib.cache import DragonflyCache
from constructs_lib.errors import Fault, InvalidArguments
from constructs_lib.values.backup_arguments import POD_NAME, BackupArguments, faults_beside
from constructs_lib.values.core_v1 import plain
from constructs_lib.values.cron import Cron
from constructs_lib.values.memory import Memory
from constructs_lib.values.s3 import S3Address
from constructs_lib.values.server_flags import flag_argument
from constructs_lib.values.snapshots import S3Server, Snapshots


class _Arguments(BackupArguments):
    cache: DragonflyCache


class DragonflyBackup(Construct):
    """Scheduled snapshots of a cache. Each pod saves under a prefix of its own, and loads its newest at start.

    It adds nothing to the tree: it patches the cache that it is given. Nothing ever deletes old snapshots; that is
    the bucket's lifecycle rule.

        DragonflyBackup(chart, "backup", cache=cache, bucket="dragonfly-backups", https=False,
                        endpoint="rustfs-svc.storage.svc.cluster.local:9000", schedule="0 */6 * * *")
    """

    @takes(_Arguments)
    def __init__(self, scope: Construct, id: str, arguments: _Arguments) -> None:
        faults = list(_faults(arguments))
        if faults:
            raise InvalidArguments(describe(self, scope, id), faults)
        super().__init__(scope, id)
        self._arguments = arguments
        self._directory = _directory(arguments)
        arguments.cache.add_snapshots(
            Snapshots(
                schedule=Cron.of(arguments.schedule),
                directory=self._directory,
                server=_server(arguments),
                persistent_volume_claim_spec=_claim(arguments),
                existing_persistent_volume_claim_name=arguments.existing_persistent_volume_claim_name,
            ),
            flags=[flag_argument(name, value) for name, value in arguments.flags().items()],
            env=arguments.env(_credentials_secret(arguments)),
        )

    @property
    def arguments(self) -> BackupArguments:
        """What the backup was made of, validated."""
        return self._arguments

    @property
    def directory(self) -> S3Address | None:
        """Where the snapshots go in S3, with `$(POD_NAME)` for the pod's name; None with a volume."""
        return self._directory


def _faults(arguments: _Arguments) -> Iterator[Fault]:
    cache = arguments.cache
    if cache.snapshots is not None:
        advice = f"'{cache.name}' is saved to {cache.snapshots.place} already; give a cache one DragonflyBackup"
        yield Fault("cache", advice)
    yield from faults_beside(cache.arguments, arguments)


def _directory(arguments: _Arguments) -> S3Address | None:
    if arguments.bucket is None:
        return None
    cache = arguments.cache
    prefix = f"{cache.namespace}/{cache.name}" if arguments.prefix is None else arguments.prefix
    return S3Address(arguments.bucket, prefix) / POD_NAME


def _server(arguments: _Arguments) -> S3Server | None:
    if arguments.bucket is None:
        return None
    return S3Server(endpoint=arguments.s3_endpoint, https=arguments.https, region=arguments.region)


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
    cache = arguments.cache
    if arguments.credentials_secret is not None:
        return arguments.credentials_secret
    password = cache.arguments.password_secret
    return password.name if password else f"{cache.name}-auth"
