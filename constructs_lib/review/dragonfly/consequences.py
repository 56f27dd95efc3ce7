"""What a rule says of a field that differs: one effect, and half a sentence why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from constructs_lib.review.changes.differences import Difference
from constructs_lib.review.changes.model import Change, Effect, ObjectKey
from constructs_lib.review.dragonfly.instance import Instance


@dataclass(frozen=True, slots=True)
class Consequence:
    """One effect of a difference."""

    effect: Effect
    clause: str
    """What happens, to be said among others: it begins small and ends without a full stop."""


@dataclass(frozen=True, slots=True)
class Step:
    """An instance before and after, and the one difference that is looked at."""

    old: Instance
    new: Instance
    difference: Difference


Rule = Callable[[Step], Iterator[Consequence]]
"""What a field, or a flag, has to do with: pods, memory, snapshots, who gets in."""


def change(key: ObjectKey, difference: Difference, consequences: Iterable[Consequence]) -> Change:
    """The change that a difference comes to, its effects worst first, its reasons in the order of their effects."""
    order = list(Effect)
    said = sorted(dict.fromkeys(consequences), key=lambda consequence: order.index(consequence.effect))
    if said[0].effect is not Effect.NONE:
        said = [consequence for consequence in said if consequence.effect is not Effect.NONE]
    effects = tuple(dict.fromkeys(consequence.effect for consequence in said))
    # A roll-out that goes no further has no failover, so nothing is said of it.
    hidden = {Effect.ROLLING_RESTART} if Effect.STUCK in effects else set()
    clauses = dict.fromkeys(consequence.clause for consequence in said if consequence.effect not in hidden)
    parts = tuple(sentence([clause]) for clause in clauses)
    return Change(key, difference.field, difference.before, difference.after, effects, sentence(clauses), parts)


def sentence(clauses: Iterable[str]) -> str:
    """Clauses as one sentence."""
    said = "; ".join(clauses)
    return f"{said[:1].upper()}{said[1:]}."
