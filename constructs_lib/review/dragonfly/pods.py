"""What another pod template does to the pods, and what becomes of their data."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.review.changes.model import Effect
from constructs_lib.review.dragonfly.consequences import Consequence, Step
from constructs_lib.review.dragonfly.instance import Instance


def restarts(step: Step) -> Iterator[Consequence]:
    """The pods' template is another, so that every pod restarts."""
    yield restart(step.old, step.new)


def restart(old: Instance, new: Instance) -> Consequence:
    """What the operator's roll-out of another template does to these pods (docs/dragonfly.md, "The operator").

    Where there is one pod before or after, it is taken for the one that holds the data: the operator may see the other
    template before the other number has come about.
    """
    if not old.pods:
        return Consequence(Effect.AT_NEXT_RESTART, "no pod is running, and the first one starts with it")
    if not new.pods:
        return Consequence(Effect.AT_NEXT_RESTART, "no pod is left that would restart")
    if old.pods > 1 and new.pods > 1:
        rolls = "every pod restarts, replicas first and one failover, and nothing is lost"
        stays = "every pod is to restart, replicas first, and the roll-out may go no further than the first"
        return Consequence(Effect.ROLLING_RESTART, stays if new.may_be_held_up else rolls)
    one = _the_one_pod(old.pods, new.pods)
    if old.place and old.place == new.place:
        finds = f"finds its snapshot in {new.place} again"
        fails = f"may not come up, and its snapshot stays in {new.place}"
        return Consequence(Effect.RESTART, f"{one} restarts and {fails if new.may_be_held_up else finds}")
    if new.restore:
        return Consequence(Effect.DATA_LOST, f"{one} restarts, and what it holds is replaced by {new.restore}")
    why = f"{_why_empty(old, new)}{_way_round(old.pods, new.pods)}"
    return Consequence(Effect.DATA_LOST, f"{one} restarts and starts empty, since {why}")


def affinity(step: Step) -> Iterator[Consequence]:
    """Rules for the pods' nodes, which the library writes by itself where there are two pods or more."""
    yield from restarts(step)
    old, new, difference = step.old, step.new, step.difference
    effect = restart(old, new).effect
    if old.pods == 1 < new.pods and difference.before is None:
        why = "the library writes an affinity as soon as there is a second replica"
        yield Consequence(effect, f"{why}: set `replicas` of the living Dragonfly first, with Flux suspended")
    elif old.pods > 1 == new.pods and difference.after is None:
        why = "the library writes no affinity with a single replica"
        yield Consequence(effect, f"{why}: give `affinity` as it stood, and no pod restarts over it")


def scale(step: Step) -> Iterator[Consequence]:
    """Another number of pods: none restarts, and with none left the data is gone."""
    before, after = step.old.pods, step.new.pods
    if before == after:
        return
    yield Consequence(Effect.SCALED, _scaled(before, after))
    if after:
        return
    kept = f"; what the last save in {step.new.place} has comes back with the pods" if step.new.place else ""
    yield Consequence(Effect.DATA_LOST, f"no pod is left, and what no snapshot has is gone{kept}")
    if step.new.operator.fails_without_pods:
        yield Consequence(
            Effect.STUCK,
            f"without a pod operator {step.new.operator.version} fails at every reconcile: no master found",
        )


def _the_one_pod(before: int, after: int) -> str:
    if before == after:
        return "the only pod"
    return "the only pod that was there before" if before == 1 else "the only pod that is left"


def _way_round(before: int, after: int) -> str:
    """Another number of pods restarts none (rows `replicas up` and `replicas down`), and several pods roll."""
    if before == after:
        return ""
    first, then = ("`replicas`", "the rest") if before == 1 else ("the rest", "`replicas`")
    return f"; to keep what it holds, apply {first} alone first, and {then} once all pods are in sync"


def _scaled(before: int, after: int) -> str:
    if not before:
        return "1 pod starts where there was none" if after == 1 else f"{after} pods start where there was none"
    were = "1 pod becomes" if before == 1 else f"{before} pods become"
    return f"{were} {after or 'none'}"


def _why_empty(old: Instance, new: Instance) -> str:
    if old.place is None:
        return "until now it saved nothing that outlives it"
    if new.place is None:
        return f"it no longer reads {old.place}, where it saved itself"
    if new.place.where == old.place.where:
        return f"it no longer finds in {old.place} what it saved there"
    return f"it saved itself in {old.place} and looks in {new.place}"
