"""The Job of a restore: it copies a snapshot below a fresh prefix, from which the pods then start."""

from __future__ import annotations

from cdk8s import ApiObject
from constructs import Construct

from constructs_lib.backup.arguments import BackupArguments
from constructs_lib.backup.s3_environment import s3_env, service_account
from constructs_lib.backup.script_job import ScriptJob, add_job
from constructs_lib.cache.cache import DragonflyCache
from constructs_lib.values.s3 import S3Address

DEADLINE = 6 * 3600
"""Seconds after which a restore has failed: the server copies by itself, but some hundred gigabytes take their time."""


def add_restore(
    scope: Construct, cache: DragonflyCache, backup: BackupArguments, root: S3Address, secret: str
) -> ApiObject:
    """Add the Job.

    Args:
        scope: the chart or construct that it belongs to.
        cache: the cache that starts from the copy.
        backup: the backup's arguments.
        root: what the cache's snapshots are below.
        secret: the Secret with the S3 keys.
    """
    source = backup.restore_source(root)
    args = ["--snapshot", str(backup.restore_from), "--source", source.prefix]
    if source.bucket != root.bucket:
        args += ["--source-bucket", source.bucket]
    args += ["--to", backup.restored_root(root).prefix]
    if "dbfilename" in cache.arguments.flags:
        args += ["--dbfilename", str(cache.arguments.flags["dbfilename"])]
    args += [f"--pod={cache.name}-{number}" for number in range(cache.arguments.replicas)]
    return add_job(
        # The scope may be one chart for the restores of several caches.
        Construct(scope, f"Restore-{cache.namespace}-{cache.name}"),
        ScriptJob(
            name=f"{cache.name}-restore",
            namespace=cache.namespace,
            instance=cache.name,
            component="restore",
            script="restore",
            args=args,
            image=backup.job_image,
            env=s3_env(backup, secret),
            deadline=DEADLINE,
            pod=service_account(cache, backup),
        ),
    )
