"""The Jobs of ours that look after what an instance saved: what each is told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from constructs_lib.adoption.model import Carried, Origin, Setting
from constructs_lib.adoption.surroundings import Surroundings
from constructs_lib.checks.manifests import Manifest
from constructs_lib.values.fields import items, mapping, text, value
from constructs_lib.values.s3 import S3Address

RESTORED = re.compile(r"/restored-[0-9a-f]{8}$")
"""What a restore adds to the prefix."""

S3_KEYS = {"AWS_ACCESS_KEY_ID": "access_key_id_key", "AWS_SECRET_ACCESS_KEY": "secret_access_key_key"}
"""Variables with the S3 keys, and the arguments that say which key of the Secret each is."""


def retention_job(around: Surroundings) -> Carried:
    """How many snapshots are kept, or for how long."""
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


def restore_job(around: Surroundings, bucket: str) -> Carried:
    """What the instance starts from."""
    job = around.job("restore")
    if job is None:
        return
    words = _words(job)
    origin = Origin.of(job, "/spec/template/spec/containers/0/args")
    root = RESTORED.sub("", words.get("--to", ""))
    source = S3Address(words.get("--source-bucket", bucket), words.get("--source", ""))
    yield Setting("backup", "restore_from", words.get("--snapshot"), origin)
    if source == S3Address(bucket, root):
        yield Setting("backup", "restore_replaces_data", True, origin)
    else:
        yield Setting("backup", "restore_of", str(source), origin)
    yield from _image(job)


def bucket_job(around: Surroundings) -> Carried:
    """The bucket's own settings."""
    job = around.job("bucket")
    if job is None:
        return
    words = _words(job)
    origin = Origin.of(job, "/spec/template/spec/containers/0")
    env = {text(variable, "name"): variable for variable in items(_pod(job), "containers", 0, "env")}
    for name, argument in S3_KEYS.items():
        reference = mapping(env.get(name), "valueFrom", "secretKeyRef")
        yield Setting("bucket", "admin_secret", text(reference, "name"), origin)
        yield Setting("bucket", f"admin_{argument}", text(reference, "key"), origin)
    yield Setting("bucket", "versioning", "--versioning" in words, origin)
    if days := _number(words, "--noncurrent-days"):
        yield Setting("bucket", "noncurrent_days", int(days), origin)


def drill_job(around: Surroundings) -> Carried:
    """How a restore is tried."""
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
