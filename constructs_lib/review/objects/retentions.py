"""What a CronJob that prunes snapshots does when it is new: to an instance that was saved before, it deletes some."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.review.changes.model import Context, Effect, ObjectKey, Pair
from constructs_lib.review.changes.rows import Reading
from constructs_lib.review.dragonfly.backup_jobs import BackupJob
from constructs_lib.review.dragonfly.instance import Instance
from constructs_lib.values.fields import mappings, text

_CLAIM = "df"
"""The operator's name for the volume: its pods' claims are `df-NAME-0`, `df-NAME-1` …"""


def new_retention(pair: Pair, context: Context) -> Reading:
    """What a retention does that was not there before, by whether anything was saved where it deletes."""
    assert pair.new is not None
    job = BackupJob(pair.new)
    instance = context.old.get(ObjectKey("Dragonfly", pair.key.namespace, job.instance))
    if instance is None or not _deletes_from(job, Instance.of(instance, context.old_operator)):
        return (Effect.CREATED,), "From now on old snapshots are deleted, as it says."
    return (Effect.UNSAVED, Effect.CREATED), (
        f"{_doomed(job)} are deleted from its first run on, for good; until now all of them were kept."
    )


def _doomed(job: BackupJob) -> str:
    hours, keep = job.arguments("hours", "keep")
    if hours:
        return f"Snapshots older than {hours} hours"
    if keep:
        return f"All snapshots of each pod but the newest{'' if keep == '1' else f' {keep}'}"
    return "Old snapshots"


def _deletes_from(job: BackupJob, instance: Instance) -> bool:
    """Whether the instance is saved in the job's part of the bucket, or on its volume."""
    (prefix,) = job.arguments("prefix")
    if prefix is not None:
        return job.is_below(prefix, instance)
    claims = {text(volume, "persistentVolumeClaim", "claimName") for volume in mappings(job.pod, "volumes")}
    return not claims.isdisjoint(_claims(instance))


def _claims(instance: Instance) -> Iterator[str]:
    if instance.snapshot_claim:
        yield instance.snapshot_claim
    elif instance.claim:
        yield from (f"{_CLAIM}-{instance.name}-{number}" for number in range(instance.pods))
