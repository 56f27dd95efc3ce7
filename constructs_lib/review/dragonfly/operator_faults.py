"""What an operator fails at: it applies nothing of the manifest then, and every later change waits behind it.

It says so in its own log alone: there is no event and no status (docs/dragonfly.md, "The operator").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from constructs_lib.review.changes.quantities import same_but_for_spelling
from constructs_lib.review.dragonfly.instance import BUCKETS, Instance
from constructs_lib.values.fields import mapping, pointer, text
from constructs_lib.values.names import OPERATOR_LABELS

_CLAIM_TEMPLATES = (("snapshot", "persistentVolumeClaimSpec"), ("tiering", "persistentVolumeClaimSpec"))


@dataclass(frozen=True, slots=True)
class OperatorFault:
    """One thing that an operator fails at."""

    field: str
    """A JSON pointer, to the field or to what is above it."""
    reason: str


def operator_faults(old: Instance | None, new: Instance) -> Iterator[OperatorFault]:
    """Why the operator applies nothing of an instance; `old` is what it runs so far, if anything."""
    yield from _snapshot_faults(new)
    yield from _label_faults(new)
    if old is not None:
        yield from _claim_faults(old, new)


def _snapshot_faults(new: Instance) -> Iterator[OperatorFault]:
    """Rows `snapshot cron only`, `snapshot both claims`, `snapshot PVC and s3`, at every version."""
    snapshot = mapping(new.get("snapshot"))
    template = snapshot.get("persistentVolumeClaimSpec")
    existing = snapshot.get("existingPersistentVolumeClaimName")
    directory = text(snapshot.get("dir"))
    if snapshot.get("cron") and not directory and template is None and not existing:
        yield OperatorFault("/spec/snapshot", "a schedule with neither a dir nor a claim to save to")
    if template is not None and existing:
        yield OperatorFault("/spec/snapshot", "a claim template beside an existing claim")
    if template is not None and directory.startswith(BUCKETS):
        yield OperatorFault(
            "/spec/snapshot", "a claim template beside a dir in a bucket, which no volume can be mounted at"
        )


def _label_faults(new: Instance) -> Iterator[OperatorFault]:
    """Rows `labels reserved` and `labels part-of`."""
    if new.operator.fails_on_reserved_labels:
        for name in sorted(OPERATOR_LABELS & set(mapping(new.get("labels")))):
            yield OperatorFault(f"/spec/labels{pointer(name)}", f"label {name}, which is the operator's own")


def _claim_faults(old: Instance, new: Instance) -> Iterator[OperatorFault]:
    """Rows `snapshot PVC added`, `larger`, `removed`, `tiering` and `tiering removed`."""
    for path in _CLAIM_TEMPLATES:
        before, after = old.get(*path), new.get(*path)
        field = f"/spec/{'/'.join(path)}"
        if before is None and after is not None:
            yield OperatorFault(field, "a claim template that the StatefulSet was made without")
        elif new.operator.fails_on_changed_claims and not same_but_for_spelling("", before, after):
            became = "gone from the manifest" if after is None else "another in the manifest"
            yield OperatorFault(field, f"a claim template that is {became}, since a StatefulSet's never changes")
