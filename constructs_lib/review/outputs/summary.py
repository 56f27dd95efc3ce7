"""A review in a line a cache: `dragonfly (cache): rolling restart; 1 policy opened to ai-system; 2 live`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from constructs_lib.review.changes.model import Change, Effect, Review, Tree
from constructs_lib.review.outputs.subjects import Subjects

POLICIES = ("CiliumNetworkPolicy", "NetworkPolicy")

ELSE = "everything else"

SAID = {
    Effect.UNKNOWN: "{n} unknown",
    Effect.REFUSED: "{n} refused",
    Effect.STUCK: "operator stuck",
    Effect.DATA_LOST: "data lost",
    Effect.UNSAVED: "saved less",
    Effect.EVICTS: "evicts",
    Effect.RESTART: "restart",
    Effect.ROLLING_RESTART: "rolling restart",
    Effect.SCALED: "scaled",
    Effect.ADDRESS_CHANGED: "address changed",
    Effect.ACCESS_OPENED: "access opened",
    Effect.ACCESS_CLOSED: "access closed",
    Effect.PRUNED: "{n} pruned",
    Effect.ORPHANED: "{n} orphaned",
    Effect.UNWATCHED: "watched less",
    Effect.AT_NEXT_RESTART: "{n} at the next restart",
    Effect.CREATED: "{n} created",
    Effect.LIVE: "{n} live",
    Effect.NONE: "{n} without effect",
}
"""How an effect is told in a line, with the number of changes that have it where that says something.

In this order: what is not known or fails, what happens to the instance, then what happens around it."""


def summary(review: Review, old: Tree, new: Tree) -> list[str]:
    """One line for each cache that something happens to, for the operator, and for everything else."""
    subjects = Subjects.of(old, new)
    grouped: dict[str, list[Change]] = {}
    for change in review.changes:  # the worst first, so that the cache that it happens to is
        subject = subjects.subject(change.object)
        grouped.setdefault(str(subject) if subject else ELSE, []).append(change)
    return [f"{subject}: {'; '.join(_told(changes))}" for subject, changes in grouped.items()]


def _told(changes: Sequence[Change]) -> Iterator[str]:
    for effect in SAID:
        having = [change for change in changes if effect in change.effects]
        policies = [change for change in having if change.object.kind in POLICIES]
        if effect in _WAYS and policies:
            yield _told_of_policies(policies, effect)
            having = [change for change in having if change not in policies]
        if having:
            yield SAID[effect].format(n=len(having))


_WAYS = {Effect.ACCESS_OPENED: "opened", Effect.ACCESS_CLOSED: "closed"}


def _told_of_policies(changes: Sequence[Change], effect: Effect) -> str:
    number = len({change.object for change in changes})
    opened = effect is Effect.ACCESS_OPENED
    peers = [_peer(change.after if opened else change.before) for change in changes]
    to = f" to {', '.join(sorted({peer for peer in peers if peer}))}" if any(peers) else ""
    return f"{number} {'policy' if number == 1 else 'policies'} {_WAYS[effect]}{to}"


_EVERYBODY = {"enforced": "", "not enforced": "everybody"}
"""What a policy that drops what it does not name, or no longer does, comes to for others."""


def _peer(flow: Any) -> str:
    """Who is at the other end of a flow that a change of a policy tells: `pods of shop (app=web) on 6379`."""
    if flow in _EVERYBODY:
        return _EVERYBODY[flow]
    peer = str(flow).partition(" on ")[0] if isinstance(flow, str) else ""
    namespace = re.fullmatch(r"pods of (\S+)(?: \(.*\))?", peer)
    return namespace[1] if namespace else peer
