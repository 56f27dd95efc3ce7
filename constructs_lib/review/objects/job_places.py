"""Where a Job of ours finds snapshots, and whether that is where its instance saves itself.

The variables and the argument are those of the scripts in `backup/jobs/`; the server's own names for the same are in
docs/dragonfly.md, "Snapshots".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from constructs_lib.review.changes.model import Context, Effect, Manifest, ObjectKey
from constructs_lib.review.changes.rows import Reading
from constructs_lib.review.dragonfly.instance import Instance
from constructs_lib.values.fields import mappings, text

PREFIX = "--prefix"

_PLACE = frozenset({"S3_BUCKET", "S3_ENDPOINT", "AWS_REGION"})
_KEYS = frozenset({"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"})

_WHAT = {
    "retention": "Old snapshots are deleted where the instance now saves itself; those in another place stay.",
    "fetch": "The drill takes its snapshot from where the instance now saves itself.",
}
"""By the container."""


def environment_reading(
    job: Manifest, container: Mapping[str, Any], before: object, after: object, context: Context
) -> Reading | None:
    """What other variables of a container do; None where they are not those of the bucket, or lead elsewhere."""
    old, new = (_by_name(side) for side in (before, after))
    changed = {name for name in {*old, *new} if old.get(name) != new.get(name)}
    return place_reading(job, container, context) if changed and changed <= _PLACE | _KEYS else None


def place_reading(job: Manifest, container: Mapping[str, Any], context: Context) -> Reading | None:
    """What another place does to a container, as it is after the change; None where it is not that of its instance."""
    what = _WHAT.get(text(container, "name"))
    instance = _instance_of(job, context)
    if what is None or instance is None or not _is_place_of(container, instance):
        return None
    return (Effect.LIVE,), what


def _is_place_of(container: Mapping[str, Any], instance: Instance) -> bool:
    """Whether the instance saves itself to that bucket, below that prefix, and with those keys."""
    variables = _by_name(container.get("env"))
    scheme = "https" if instance.is_on("s3_use_https", default=True) else "http"
    server = instance.flags.get("s3_endpoint")
    if text(variables.get("S3_ENDPOINT"), "value") != (f"{scheme}://{server}" if server else ""):
        return False
    if any(variables.get(name) != instance.variables.get(name) for name in ("AWS_REGION", *_KEYS)):
        return False
    bucket, prefix = text(variables.get("S3_BUCKET"), "value"), _prefix(container.get("args") or ())
    # A restored instance goes on below a prefix of its own; each pod has one.
    directory = rf"s3://{re.escape(bucket)}/{re.escape(prefix)}(/restored-[0-9a-f]+)?/\$\(POD_NAME\)"
    return bool(bucket and prefix and re.fullmatch(directory, instance.flags.get("dir", "")))


def _prefix(words: Iterable[object]) -> str:
    """`--prefix value`, as our Jobs have it."""
    given = [str(word) for word in words]
    place = given.index(PREFIX) + 1 if PREFIX in given else len(given)
    return given[place] if place < len(given) else ""


def _instance_of(job: Manifest, context: Context) -> Instance | None:
    """The instance that a Job is labelled with, as it is after the change."""
    name = text(job, "metadata", "labels", "app.kubernetes.io/instance")
    manifest = context.new.get(ObjectKey("Dragonfly", text(job, "metadata", "namespace"), name))
    return None if manifest is None else Instance.of(manifest, context.new_operator)


def _by_name(environment: object) -> dict[str, Mapping[str, Any]]:
    return {text(entry, "name"): entry for entry in mappings(environment)}
