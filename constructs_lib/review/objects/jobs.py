"""What a change of a Job or CronJob does: of ours, which prune snapshots, try a restore, or make one.

What of a Job can be changed: `refusals/immutable.py`; what ours run: docs/backup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from constructs_lib.flux.annotations import FLUX_GROUP
from constructs_lib.review.changes.differences import Difference
from constructs_lib.review.changes.fields import field_changes, of_group
from constructs_lib.review.changes.forcing import is_forced
from constructs_lib.review.changes.metadata import RECOMMENDED_LABELS
from constructs_lib.review.changes.model import Change, Context, Effect, Manifest, Pair
from constructs_lib.review.changes.pruning import gone
from constructs_lib.review.changes.rows import Reading, Row, reading, row
from constructs_lib.review.objects.job_pods import pod_changes
from constructs_lib.review.objects.retentions import new_retention
from constructs_lib.review.refusals.job_templates import same_pods

_CRON = "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/"
_JOB = "https://kubernetes.io/docs/concepts/workloads/controllers/job/"

_POD = {"Job": "/spec/template/spec", "CronJob": "/spec/jobTemplate/spec/template/spec"}


@of_group("batch")
def changes(pair: Pair, context: Context) -> Iterator[Change]:
    """What each difference between two versions of a Job or CronJob does."""
    role = _role(pair.old or pair.new or {})
    if pair.new is None:
        yield gone(pair, context, *_GONE.get((pair.key.kind, role), ("", ())))
    elif pair.old is None and (pair.key.kind, role) == ("CronJob", "retention"):
        yield Change(pair.key, "", None, pair.new, *new_retention(pair, context))
    elif pair.old is None:
        yield Change(pair.key, "", None, pair.new, (Effect.CREATED,), _CREATED.get(role, f"A new {pair.key.kind}."))
    elif pair.key.kind == "CronJob":
        yield from field_changes(pair, context, CRON_JOB_ROWS, leave_out=(_POD["CronJob"],))
        yield from pod_changes(pair, _POD["CronJob"], role, context)
    elif is_forced(pair, context) and not same_pods(pair.old, pair.new):
        yield from field_changes(pair, context, JOB_ROWS, leave_out=(_POD["Job"],))
        for change in pod_changes(pair, _POD["Job"], role, context):
            known = _OF_WHAT_RUNS.search(change.field) and change.after is not None
            yield replace(change, effects=(Effect.LIVE if known else Effect.UNKNOWN,), what=_ANEW)
    else:
        yield from field_changes(pair, context, JOB_ROWS)


_GONE: Mapping[tuple[str, str], tuple[str, tuple[Effect, ...]]] = {
    ("CronJob", "drill"): ("Nobody tries any more whether a snapshot can be restored.", (Effect.UNWATCHED,)),
    ("CronJob", "retention"): ("Nothing deletes old snapshots any more.", ()),
    ("Job", "restore"): ("What it restored stays where it was put.", ()),
    ("Job", "bucket"): ("The bucket stays.", ()),
}
"""Whose role is not here prunes nothing but itself."""

_CREATED = {
    "restore": "A new Job: it copies a snapshot to a prefix of its own, once.",
    "drill": "From now on a restore is tried on schedule.",
}


def _suspend(difference: Difference, pair: Pair, context: Context) -> Reading:
    if not difference.after and _role(pair.new or {}) == "retention":
        return (Effect.UNSAVED,), "From its next run on it deletes old snapshots again; all were kept meanwhile."
    if not difference.after:
        return (Effect.LIVE,), "It runs on its schedule again."
    if _role(pair.new or {}) == "drill":
        return (Effect.UNWATCHED,), "Nobody tries any more whether a snapshot can be restored."
    if _role(pair.new or {}) == "retention":
        return (Effect.LIVE,), "Nothing deletes old snapshots until it is resumed."
    return (Effect.UNKNOWN,), "It does not run until it is resumed."


def _fixed(difference: Difference, pair: Pair, context: Context) -> Reading:
    """A field of a Job that the API server lets nobody change, where it does not refuse this change."""
    assert pair.old is not None
    assert pair.new is not None
    if difference.field.startswith("/spec/template") and same_pods(pair.old, pair.new):
        return (Effect.NONE,), "The same to the API server, written otherwise."
    if is_forced(pair, context):
        return (Effect.UNKNOWN,), _ANEW
    return (Effect.UNKNOWN,), "It can be changed only while the Job is suspended and has not begun."


_OF_WHAT_RUNS = re.compile(
    r"/containers/\d+/(args|command|image|resources/(limits|requests)/(cpu|memory))(/|$)|/volumes/"
)
"""Whose change is what a Job of ours is run once more for: the rest is unknown."""


_ANEW = "Flux deletes the Job and makes it anew: it runs once more."


CRON_JOB_ROWS: tuple[Row, ...] = (
    row("/spec/schedule", Effect.LIVE, "It runs at other times.", f"{_CRON}#schedule-syntax"),
    row("/spec/timeZone", Effect.LIVE, "It runs at other times.", f"{_CRON}#time-zones"),
    reading("/spec/suspend", _suspend, f"{_CRON}#schedule-suspension"),
    row("/spec/concurrencyPolicy", Effect.LIVE, "It holds from the next run on.", f"{_CRON}#concurrency-policy"),
    row("/spec/startingDeadlineSeconds", Effect.LIVE, "It holds from the next run on.", f"{_CRON}#starting-deadline"),
    row(
        "/spec/successfulJobsHistoryLimit",
        Effect.LIVE,
        "More or fewer finished Jobs are kept.",
        f"{_CRON}#jobs-history-limits",
    ),
    row(
        "/spec/failedJobsHistoryLimit",
        Effect.LIVE,
        "More or fewer finished Jobs are kept.",
        f"{_CRON}#jobs-history-limits",
    ),
    *(
        row(f"/spec/jobTemplate/spec/{name}", Effect.LIVE, "It holds from the next run on.", _JOB)
        for name in ("activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished")
    ),
    *RECOMMENDED_LABELS,
)

JOB_ROWS: tuple[Row, ...] = (
    *(reading(f"/spec/{name}/**", _fixed, _JOB) for name in ("template", "selector", "completions", "completionMode")),
    *(
        row(f"/spec/{name}", Effect.LIVE, "It holds for the Job that is there.", _JOB)
        for name in ("activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished", "parallelism")
    ),
    row(
        f"/metadata/annotations/{FLUX_GROUP}~1force",
        Effect.LIVE,
        "Whether Flux makes the Job anew where it cannot be changed.",
        "https://fluxcd.io/flux/components/kustomize/kustomizations/#force",
    ),
    *RECOMMENDED_LABELS,
)


def _role(job: Manifest) -> str:
    """What a Job of ours is for: the label that it bears."""
    labels: Mapping[str, Any] = (job.get("metadata") or {}).get("labels") or {}
    ours = labels.get("app.kubernetes.io/name") == "dragonfly-backup"
    return str(labels.get("app.kubernetes.io/component", "")) if ours else ""
