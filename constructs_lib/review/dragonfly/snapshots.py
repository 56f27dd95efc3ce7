"""Whether an instance still saves itself: as often, and to the same place."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.review.changes.model import Effect
from constructs_lib.review.dragonfly.consequences import Consequence, Step
from constructs_lib.values.cron import Cron
from constructs_lib.values.version import Version

MASTER_KEEPS_SCHEDULE_SINCE = Version.of("v1.6.0")
"""Before, a master has no schedule after a rolling update where `enableOnMasterOnly` is set: docs/dragonfly.md."""


def place(step: Step) -> Iterator[Consequence]:
    """Where snapshots go, and are looked for."""
    before, after = step.old.place, step.new.place
    if before is None or before == after:
        return
    if after is None:
        yield Consequence(Effect.UNSAVED, f"snapshots no longer go to {before}, nor to any place that outlives the pod")
    elif after.where == before.where:
        yield Consequence(Effect.UNSAVED, f"snapshots in {before} are looked for and saved in another way than before")
    else:
        yield Consequence(Effect.UNSAVED, f"snapshots go to {after}, and those in {before} are no longer found")


def schedule(step: Step) -> Iterator[Consequence]:
    """How often an instance saves itself."""
    before, after = step.old.flags.get("snapshot_cron"), step.new.flags.get("snapshot_cron")
    if not before or before == after:
        return
    if not after:
        yield Consequence(Effect.UNSAVED, "nothing is saved on schedule any more")
    elif _is_rarer(before, after):
        yield Consequence(Effect.UNSAVED, f"snapshots are rarer: {after}, where it was {before}")


def master_only(step: Step) -> Iterator[Consequence]:
    """Which of the pods save on schedule: the operator tells them while they run."""
    before, after = (bool(instance.get("snapshot", "enableOnMasterOnly")) for instance in (step.old, step.new))
    if before == after:
        return
    who = "the master alone saves" if after else "every pod saves"
    yield Consequence(Effect.LIVE, f"{who} on schedule, and no pod restarts")
    if after and step.new.operator.version < MASTER_KEEPS_SCHEDULE_SINCE:
        yield Consequence(
            Effect.UNSAVED,
            f"with operator {step.new.operator.version} nobody saves on schedule after the next rolling update",
        )


def volume_rights(step: Step) -> Iterator[Consequence]:
    """Whether the server may write to its claim: a group of its own replaces the operator's fsGroup 999."""
    if step.new.claim and _writes_to_claim(step.old.spec) and not _writes_to_claim(step.new.spec):
        yield Consequence(Effect.UNSAVED, "without fsGroup 999 the server may not write snapshots to its claim")


def _writes_to_claim(spec: object) -> bool:
    if not isinstance(spec, dict) or spec.get("skipFSGroup") is True:
        return False
    context = spec.get("podSecurityContext")
    return context is None or (isinstance(context, dict) and context.get("fsGroup") is not None)


def _is_rarer(before: str, after: str) -> bool:
    """Whether a schedule leaves longer gaps or has fewer runs; what is no schedule at all is taken for rarer."""
    try:
        old, new = Cron.of(before), Cron.of(after)
    except ValueError:
        return True
    return (new.longest_gap, -_runs(new)) > (old.longest_gap, -_runs(old))


def _runs(cron: Cron) -> int:
    return len(cron.minutes) * len(cron.hours) * len(cron.days) * len(cron.months) * len(cron.weekdays)
