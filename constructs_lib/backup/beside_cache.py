"""A backup and a restore drill beside the cache that they are for: what is wrong although each is right by itself."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.backup.arguments import SNAPSHOT_BYTES_PER_SECOND, BackupArguments
from constructs_lib.backup.drill_arguments import RestoreDrillArguments
from constructs_lib.backup.retention import Retention
from constructs_lib.backup.volumes import ONE_POD, admits_one_pod
from constructs_lib.cache.arguments import CacheArguments
from constructs_lib.dragonfly.operator_versions import field_findings
from constructs_lib.errors import Finding
from constructs_lib.values.cron import Cron
from constructs_lib.values.memory import Memory
from constructs_lib.values.names import LONGEST_CRON_JOB_NAME


def findings_beside(cache: CacheArguments, backup: BackupArguments) -> Iterator[Finding]:
    """What is wrong with saving that instance in that way; where it is the instance's own, under `cache.…`."""
    claim = "existing_persistent_volume_claim_name"
    if backup.existing_persistent_volume_claim_name is not None:
        yield from field_findings(cache.operator, "snapshot.existingPersistentVolumeClaimName", claim)
        if cache.replicas > 1:
            yield Finding.error(
                claim,
                f"the {cache.replicas} pods of '{cache.name}' would write the same names to one volume; accepted: "
                "`size` for a volume each, `bucket`, or one replica",
            )
    yield from _volume_findings(cache, backup)
    yield from _retention_name_findings(cache, backup)
    names = str(cache.flags.get("dbfilename", "{timestamp}"))
    if backup.retention is not None and "{timestamp}" not in names:
        yield Finding.error(
            "retention",
            f"snapshots are named {names!r}, and are told from those that somebody named by their time; accepted: "
            "with a `dbfilename` that has {timestamp}, or without one",
        )
    if backup.retention is not None and admits_one_pod(backup):
        yield Finding.error("retention", _SHUT)
    yield from _restore_findings(cache, backup)
    gap = Cron.of(backup.schedule).shortest_gap.total_seconds()
    if (needed := cache.server_memory.bytes / SNAPSHOT_BYTES_PER_SECOND) > gap:
        yield Finding.warning(
            "schedule",
            f"'{backup.schedule}' leaves {gap / 60:.0f} minutes for a snapshot; one of {cache.server_memory} may take "
            f"{needed / 60:.0f}, and the next is left out while one is being written",
        )
    for name in backup.flags():
        if name in cache.flags:
            yield Finding.error(f"cache.flags.{name}", "the backup sets the flag as well; give it there alone")
    ours = {variable["name"] for variable in backup.env("")}
    for index, name in enumerate(cache.environment_names):
        if name in ours:
            yield Finding.error(f"cache.env[{index}].name", f"{name!r} is set by the backup as well; leave it out")


def _volume_findings(cache: CacheArguments, backup: BackupArguments) -> Iterator[Finding]:
    """Whether a volume of the backup's own has room: a snapshot of a full store is at most about `maxmemory`."""
    if backup.size is None:
        return
    size, one = Memory.of(backup.size), cache.server_memory
    if size.bytes < one.bytes:
        yield Finding.error(
            "size",
            f"{size} is less than `maxmemory`, {one}: a snapshot of a full store does not fit; accepted: "
            f"at least {Memory(2 * one.bytes)}, for one and the next",
        )
        return
    kept = Retention.of(backup.retention).keep if backup.retention is not None else None
    needed = Memory(one.bytes * ((kept or 1) + 1))
    if size < needed:
        yield Finding.warning(
            "size",
            f"{size} may be too little for {kept or 1} snapshots of up to {one} and the next one; {needed} is enough",
        )


def _restore_findings(cache: CacheArguments, backup: BackupArguments) -> Iterator[Finding]:
    if backup.restore_from is None or backup.restore_of is not None:
        return
    if not backup.restore_replaces_data:
        yield Finding.error(
            "restore_from",
            f"a snapshot of '{cache.name}' itself: if it lives, what it holds now is replaced; give "
            "`restore_replaces_data` as well, or `restore_of` to take another's",
        )
    elif cache.replicas > 1:
        yield Finding.warning(
            "restore_from",
            f"on a living instance of {cache.replicas} pods a rolling update hands the old data on from master to "
            "replica: delete the Dragonfly first, so that all pods start anew (docs/backup/restore/bad-deploy.md)",
        )


def _retention_name_findings(cache: CacheArguments, backup: BackupArguments) -> Iterator[Finding]:
    if backup.retention is None:
        return
    name = f"{cache.name}-retention" + ("" if backup.bucket else f"-{cache.replicas - 1}")
    if len(name) > LONGEST_CRON_JOB_NAME:
        longest = LONGEST_CRON_JOB_NAME - len(name) + len(cache.name)
        yield Finding.error(
            "retention", f"no CronJob can be named {name}; accepted: a cache's name of up to {longest} letters"
        )


def drill_findings(
    cache: CacheArguments, has_users: bool, backup: BackupArguments, drill: RestoreDrillArguments
) -> Iterator[Finding]:
    """What is wrong with trying restores of that instance in that way.

    Args:
        cache: the instance.
        has_users: whether it has users beside `default`.
        backup: how it is saved.
        drill: how restores are tried.
    """
    if admits_one_pod(backup):
        yield Finding.error("backup", _SHUT)
    if len(f"{cache.name}-drill") > LONGEST_CRON_JOB_NAME:
        longest = LONGEST_CRON_JOB_NAME - len("-drill")
        yield Finding.error(
            "schedule",
            f"no CronJob can be named {cache.name}-drill; accepted: a cache's name of up to {longest} letters",
        )
    if drill.compare_with_live and cache.client_ca_cert_secret is not None:
        yield Finding.error(
            "compare_with_live",
            "true, while the cache asks its clients for a certificate, and the drill has none; accepted: false",
        )
    if drill.compare_with_live and has_users and cache.acl_default == "closed":
        yield Finding.error(
            "compare_with_live",
            "true, while the user 'default' is closed, as whom the drill logs in; accepted: false, or `acl_default` "
            "'password'",
        )


_SHUT = (
    f"its claim is {ONE_POD}: no pod but the server's own may mount the volume, so that this Job's would wait for "
    "ever; accepted: ReadWriteOnce"
)
