"""Where an instance saves itself, and the Jobs of ours that look after what it saved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from constructs_lib.adoption.kinds.server import flag_text
from constructs_lib.adoption.model import Carried, NotCarried, Origin, Setting
from constructs_lib.adoption.surroundings import Surroundings
from constructs_lib.backup.arguments import POD_NAME
from constructs_lib.checks.manifests import Manifest
from constructs_lib.review.changes.differences import same
from constructs_lib.values.fields import items, mapping, text, value
from constructs_lib.values.s3 import S3Address

SNAPSHOT = "/spec/snapshot"

_RESTORED = re.compile(r"/restored-[0-9a-f]{8}$")
"""What a restore adds to the prefix."""

_KEYS = {"AWS_ACCESS_KEY_ID": "access_key_id_key", "AWS_SECRET_ACCESS_KEY": "secret_access_key_key"}
"""Variables with the S3 keys, and the arguments that say which key of the Secret each is."""


def read_snapshots(around: Surroundings) -> Carried:
    """The arguments of the backup, and what is left of the environment."""
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
        yield from _restore(around, bucket)
    if place:
        yield from _retention(around)
    yield from _bucket_job(around)
    yield from _drill(around)


def _place(around: Surroundings) -> Carried:
    manifest, snapshot = around.instance.manifest, around.instance.snapshot
    claim = mapping(snapshot, "persistentVolumeClaimSpec")
    existing = text(snapshot, "existingPersistentVolumeClaimName")
    directory = text(snapshot, "dir")
    if directory.startswith("s3://") or (not directory and flag_text(around, "dir").startswith("s3://")):
        yield from _directory(around, directory or flag_text(around, "dir"))
    elif claim:
        yield from _claim(claim, Origin.of(manifest, f"{SNAPSHOT}/persistentVolumeClaimSpec"))
    elif existing:
        origin = Origin.of(manifest, f"{SNAPSHOT}/existingPersistentVolumeClaimName")
        yield Setting("backup", "existing_persistent_volume_claim_name", existing, origin)


def _directory(around: Surroundings, directory: str) -> Carried:
    origin = Origin.of(around.instance.manifest, f"{SNAPSHOT}/dir")
    root = directory.rstrip("/").removesuffix(f"/{POD_NAME}")
    if around.job("restore") is not None:
        root = _RESTORED.sub("", root)
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
        yield Setting("backup", "endpoint", None, Origin.of(around.instance.manifest, "/spec/args"))
    if not around.instance.flag("s3_use_https"):
        yield Setting("backup", "https", True, Origin.of(around.instance.manifest, "/spec/args"))
    env = items(around.instance.spec, "env")
    by_name = {text(variable, "name"): variable for variable in env}
    references = {name: mapping(by_name.get(name), "valueFrom", "secretKeyRef") for name in _KEYS}
    secrets = {text(reference, "name") for reference in references.values()}
    if all(references.values()) and len(secrets) == 1:
        yield Setting("backup", "credentials_secret", secrets.pop(), origin)
        for name, argument in _KEYS.items():
            yield Setting("backup", argument, text(references[name], "key"), origin)
    elif not any(name in by_name for name in _KEYS):
        yield Setting("backup", "use_service_account", True, origin)
    for name in _KEYS:
        if name in by_name and not references[name]:
            yield NotCarried(origin, f"{name} is no key of a Secret", "put it into the cache's Secret")
    if region := text(by_name.get("AWS_REGION"), "value"):
        yield Setting("backup", "region", region, origin)
    own = ["POD_NAME", *_KEYS, *(["AWS_REGION"] if region else [])]
    others = [
        (variable, Origin.of(around.instance.manifest, f"/spec/env/{index}"))
        for index, variable in enumerate(env)
        if text(variable, "name") not in own
    ]
    yield Setting("cache", "env", [variable for variable, _ in others] or None, origin, tuple(others))


def _retention(around: Surroundings) -> Carried:
    job = around.job("retention")
    if job is None:
        return
    words = _words(job)
    origin = Origin.of(job, "/spec/jobTemplate/spec/template/spec/containers/0/args")
    if keep := _number(words, "--keep"):
        yield Setting("backup", "retention", int(keep), origin)
    elif hours := _number(words, "--hours"):
        yield Setting("backup", "retention", _age(int(hours)), origin)
    schedule = text(job.object, "spec", "schedule")
    yield Setting("backup", "retention_schedule", schedule, Origin.of(job, "/spec/schedule"))
    yield from _image(job)


def _restore(around: Surroundings, bucket: str) -> Carried:
    job = around.job("restore")
    if job is None:
        return
    words = _words(job)
    origin = Origin.of(job, "/spec/template/spec/containers/0/args")
    root = _RESTORED.sub("", words.get("--to", ""))
    source = S3Address(words.get("--source-bucket", bucket), words.get("--source", ""))
    yield Setting("backup", "restore_from", words.get("--snapshot"), origin)
    if source == S3Address(bucket, root):
        yield Setting("backup", "restore_replaces_data", True, origin)
    else:
        yield Setting("backup", "restore_of", str(source), origin)
    yield from _image(job)


def _bucket_job(around: Surroundings) -> Carried:
    job = around.job("bucket")
    if job is None:
        return
    words = _words(job)
    origin = Origin.of(job, "/spec/template/spec/containers/0")
    env = {text(variable, "name"): variable for variable in items(_pod(job), "containers", 0, "env")}
    for name, argument in _KEYS.items():
        reference = mapping(env.get(name), "valueFrom", "secretKeyRef")
        yield Setting("bucket", "admin_secret", text(reference, "name"), origin)
        yield Setting("bucket", f"admin_{argument}", text(reference, "key"), origin)
    yield Setting("bucket", "versioning", "--versioning" in words, origin)
    if days := _number(words, "--noncurrent-days"):
        yield Setting("bucket", "noncurrent_days", int(days), origin)


def _drill(around: Surroundings) -> Carried:
    job = around.job("drill")
    if job is None:
        return
    words = _words(job)
    origin = Origin.of(job, "/spec/jobTemplate/spec/template/spec/containers/0/args")
    pod = _pod(job)
    yield Setting("restore_drill", "schedule", text(job.object, "spec", "schedule"), Origin.of(job, "/spec/schedule"))
    yield Setting("restore_drill", "compare_with_live", "--live" in words, origin)
    if tolerance := _number(words, "--tolerance"):
        yield Setting("restore_drill", "tolerance", tolerance, origin)
    if gateway := words.get("--pushgateway"):
        yield Setting("restore_drill", "pushgateway", gateway, origin)
    limit = value(pod, "initContainers", 1, "resources", "limits", "memory")
    if limit != value(around.instance.spec, "resources", "limits", "memory"):
        yield Setting("restore_drill", "memory_limit", limit, origin)
    deadline = value(job.object, "spec", "jobTemplate", "spec", "activeDeadlineSeconds")
    yield Setting("restore_drill", "deadline", deadline, origin)


def _image(job: Manifest) -> Carried:
    image = text(_pod(job), "containers", 0, "image")
    yield Setting("backup", "job_image", image, Origin.of(job, "/spec/template/spec/containers/0/image"))


def _pod(job: Manifest) -> Mapping[str, Any]:
    spec = mapping(job.object, "spec")
    return mapping(spec, "jobTemplate", "spec", "template", "spec") or mapping(spec, "template", "spec")


def _words(job: Manifest) -> dict[str, str]:
    """What a script of ours is told: `--name value`, `--name=value`, `--name`."""
    words: dict[str, str] = {}
    name = ""
    for word in map(str, items(_pod(job), "containers", 0, "args")):
        if word.startswith("--"):
            name, _, found = word.partition("=")
            words[name] = found
        elif name:
            words[name] = word
    return words


def _number(words: Mapping[str, str], name: str) -> float | None:
    """What a script of ours is told as a number; None where it is none."""
    try:
        return float(words.get(name, ""))
    except ValueError:
        return None


def _age(hours: int) -> str:
    return f"{hours // 24}d" if hours % 24 == 0 else f"{hours}h"
