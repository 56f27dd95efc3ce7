"""Where an instance saves itself, and what is left of its environment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from constructs_lib.adoption.kinds.backup_jobs import (
    RESTORED,
    S3_KEYS,
    bucket_job,
    drill_job,
    restore_job,
    retention_job,
)
from constructs_lib.adoption.kinds.server import ARGS, flag_text
from constructs_lib.adoption.model import Carried, NotCarried, Origin, Setting
from constructs_lib.adoption.surroundings import Surroundings
from constructs_lib.backup.arguments import POD_NAME
from constructs_lib.review.changes.differences import same
from constructs_lib.values.fields import items, mapping, text, value
from constructs_lib.values.s3 import S3Address

SNAPSHOT = "/spec/snapshot"


def read_snapshots(around: Surroundings) -> Carried:
    """The arguments of the backup and of its Jobs, and what is left of the environment."""
    manifest, snapshot = around.instance.manifest, around.instance.snapshot
    cron = text(snapshot, "cron") or flag_text(around, "snapshot_cron")
    place = list(_place(around))
    if cron and not place:
        yield NotCarried(
            Origin.of(manifest, f"{SNAPSHOT}/cron"),
            "a schedule and no place, for which the operator makes no pod",
            "say where it is saved: a bucket, or a volume",
        )
    if cron and place:
        yield Setting("backup", "schedule", cron, Origin.of(manifest, f"{SNAPSHOT}/cron"))
    yield from place
    for bucket in [each.value for each in place if isinstance(each, Setting) and each.argument == "bucket"]:
        yield from _bucket(around)
        yield from restore_job(around, bucket)
    if place:
        yield from retention_job(around)
    yield from bucket_job(around)
    yield from drill_job(around)


def _place(around: Surroundings) -> Carried:
    manifest = around.instance.manifest
    claim = mapping(around.instance.snapshot, "persistentVolumeClaimSpec")
    existing = around.instance.snapshot_claim
    directory = around.instance.snapshot_dir or flag_text(around, "dir")
    if directory.startswith("s3://"):
        yield from _directory(around, directory)
    elif claim:
        yield from _claim(claim, Origin.of(manifest, f"{SNAPSHOT}/persistentVolumeClaimSpec"))
    elif existing:
        origin = Origin.of(manifest, f"{SNAPSHOT}/existingPersistentVolumeClaimName")
        yield Setting("backup", "existing_persistent_volume_claim_name", existing, origin)


def _directory(around: Surroundings, directory: str) -> Carried:
    origin = Origin.of(around.instance.manifest, f"{SNAPSHOT}/dir")
    root = directory.rstrip("/").removesuffix(f"/{POD_NAME}")
    if around.job("restore") is not None:
        root = RESTORED.sub("", root)
    try:
        address = S3Address.of(root)
    except ValueError as error:
        yield NotCarried(origin, str(error), "name the bucket by `bucket` and `prefix`")
        return
    yield Setting("backup", "bucket", address.bucket, origin)
    if address.prefix != f"{around.instance.namespace}/{around.instance.name}":
        yield Setting("backup", "prefix", address.prefix or None, origin)


def _claim(claim: Mapping[str, Any], origin: Origin) -> Carried:
    """The claim in two arguments, where that is all that it says."""
    size = value(claim, "resources", "requests", "storage")
    storage_class = claim.get("storageClassName")
    plain = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": size}}}
    if storage_class:
        plain["storageClassName"] = storage_class
    if not same(plain, dict(claim)):
        yield Setting("backup", "persistent_volume_claim_spec", dict(claim), origin)
        return
    yield Setting("backup", "size", size, origin)
    if storage_class:
        yield Setting("backup", "storage_class", storage_class, origin)


def _bucket(around: Surroundings) -> Carried:
    """How the bucket is reached: by flags, which `server.py` reads, and by the environment."""
    origin = Origin.of(around.instance.manifest, "/spec/env")
    if not around.instance.flag("s3_endpoint"):
        yield Setting("backup", "endpoint", None, Origin.of(around.instance.manifest, ARGS))
    if not around.instance.flag("s3_use_https"):
        yield Setting("backup", "https", True, Origin.of(around.instance.manifest, ARGS))
    env = items(around.instance.spec, "env")
    by_name = {text(variable, "name"): variable for variable in env}
    references = {name: mapping(by_name.get(name), "valueFrom", "secretKeyRef") for name in S3_KEYS}
    secrets = {text(reference, "name") for reference in references.values()}
    if all(references.values()) and len(secrets) == 1:
        yield Setting("backup", "credentials_secret", secrets.pop(), origin)
        for name, argument in S3_KEYS.items():
            yield Setting("backup", argument, text(references[name], "key"), origin)
    elif not any(name in by_name for name in S3_KEYS):
        yield Setting("backup", "use_service_account", True, origin)
    for name in S3_KEYS:
        if name in by_name and not references[name]:
            yield NotCarried(origin, f"{name} is no key of a Secret", "put it into the cache's Secret")
    if region := text(by_name.get("AWS_REGION"), "value"):
        yield Setting("backup", "region", region, origin)
    own = ["POD_NAME", *S3_KEYS, *(["AWS_REGION"] if region else [])]
    others = [
        (variable, Origin.of(around.instance.manifest, f"/spec/env/{index}"))
        for index, variable in enumerate(env)
        if text(variable, "name") not in own
    ]
    yield Setting("cache", "env", [variable for variable, _ in others] or None, origin, tuple(others))
