"""What a CronJob that prunes snapshots does when it is new: to an instance that was saved before, it deletes some.

Its arguments are those of `backup/jobs/prune.py`; where an instance saves itself is read from its Dragonfly.
"""

from __future__ import annotations

from argparse import ArgumentError, ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from constructs_lib.review.changes.model import Context, Effect, ObjectKey, Pair
from constructs_lib.review.changes.rows import Reading
from constructs_lib.review.dragonfly.instance import Instance
from constructs_lib.values.fields import mapping, mappings, text, texts

_CLAIM = "df"
"""The operator's name for the volume: its pods' claims are `df-NAME-0`, `df-NAME-1` …"""


def new_retention(pair: Pair, context: Context) -> Reading:
    """What a retention does that was not there before, by whether anything was saved where it deletes."""
    assert pair.new is not None
    pod = mapping(pair.new, "spec", "jobTemplate", "spec", "template", "spec")
    container = next(iter(mappings(pod, "containers")), {})
    given = _arguments(container)
    name = text(pair.new, "metadata", "labels", "app.kubernetes.io/instance")
    instance = context.old.get(ObjectKey("Dragonfly", pair.key.namespace, name))
    if instance is None or not _saved_there(Instance.of(instance, context.old_operator), given, pod, container):
        return (Effect.CREATED,), "From now on old snapshots are deleted, as it says."
    return (Effect.UNSAVED, Effect.CREATED), (
        f"{_doomed(given)} are deleted from its first run on, for good; until now all of them were kept."
    )


def _doomed(given: Namespace) -> str:
    if given.hours:
        return f"Snapshots older than {given.hours} hours"
    if given.keep:
        return f"All snapshots of each pod but the newest{'' if given.keep == '1' else f' {given.keep}'}"
    return "Old snapshots"


def _saved_there(old: Instance, given: Namespace, pod: Mapping[str, Any], container: Mapping[str, Any]) -> bool:
    if given.prefix is None:
        return not set(_claims_of_job(pod)).isdisjoint(_claims_of_instance(old))
    bucket = {entry.get("name"): entry.get("value") for entry in mappings(container, "env")}.get("S3_BUCKET")
    where = "/".join(filter(None, (f"s3://{bucket}", given.prefix)))
    return old.place is not None and f"{old.place.where}/".startswith(f"{where}/")


def _claims_of_job(pod: Mapping[str, Any]) -> Iterator[str]:
    for volume in mappings(pod, "volumes"):
        if claim := text(volume, "persistentVolumeClaim", "claimName"):
            yield claim


def _claims_of_instance(instance: Instance) -> Iterator[str]:
    if instance.snapshot_claim:
        yield instance.snapshot_claim
    elif instance.claim:
        yield from (f"{_CLAIM}-{instance.name}-{number}" for number in range(instance.pods))


def _arguments(container: Mapping[str, Any]) -> Namespace:
    """What of its arguments can be read."""
    parser = ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    names = ("--prefix", "--keep", "--hours")
    for name in names:
        parser.add_argument(name)
    with suppress(ArgumentError):
        return parser.parse_known_args(texts(container, "args"))[0]
    return Namespace(prefix=None, keep=None, hours=None)
