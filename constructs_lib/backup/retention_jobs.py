"""The CronJobs that delete old snapshots: one for a bucket, or one beside each pod for its volume."""

from __future__ import annotations

from dataclasses import replace

from cdk8s import ApiObject
from constructs import Construct

from constructs_lib.backup.arguments import BackupArguments
from constructs_lib.backup.retention import Retention
from constructs_lib.backup.s3_environment import s3_env, service_account
from constructs_lib.backup.script_job import DATA, ScriptJob, add_cron_job
from constructs_lib.backup.volumes import beside_pod, claim_volume
from constructs_lib.cache.cache import DragonflyCache
from constructs_lib.cache.pods import DRAGONFLY_ID
from constructs_lib.values.s3 import S3Address


def add_retention(
    scope: Construct,
    cache: DragonflyCache,
    backup: BackupArguments,
    retention: Retention,
    root: S3Address | None,
    secret: str,
) -> tuple[ApiObject, ...]:
    """Add the CronJobs.

    Args:
        scope: the backup.
        cache: the cache that is saved.
        backup: the backup's arguments.
        retention: what is kept.
        root: what its snapshots are below; None with volumes.
        secret: the Secret with the S3 keys.
    """
    args = retention.args
    schedule = str(backup.retention_schedule)
    if root is not None:
        job = _job(cache, backup, "", ["--prefix", root.prefix, *args])
        env, pod = s3_env(backup, secret), service_account(cache, backup)
        return (add_cron_job(Construct(scope, "Retention"), replace(job, env=env, pod=pod), schedule),)
    return tuple(
        add_cron_job(
            Construct(scope, f"Retention{number}"),
            _beside(_job(cache, backup, f"-{number}", ["--directory", DATA, *args]), cache, backup, number),
            schedule,
        )
        for number in range(cache.arguments.replicas)
    )


def _job(cache: DragonflyCache, backup: BackupArguments, suffix: str, args: list[str]) -> ScriptJob:
    return ScriptJob(
        name=f"{cache.name}-retention{suffix}",
        namespace=cache.namespace,
        instance=cache.name,
        component="retention",
        script="prune",
        args=args,
        image=backup.job_image,
    )


def _beside(job: ScriptJob, cache: DragonflyCache, backup: BackupArguments, number: int) -> ScriptJob:
    """On the node of the pod whose volume it is."""
    return replace(
        job,
        user=DRAGONFLY_ID,
        pod=beside_pod(cache.arguments, number),
        volumes=[claim_volume("snapshots", cache.arguments, backup, number)],
        mounts=[{"name": "snapshots", "mountPath": DATA}],
    )
