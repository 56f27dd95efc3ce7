"""A review in a line a cache: `dragonfly (cache): rolling restart; 1 policy opened to ai-system; 2 live`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from constructs_lib.operator.arguments import CHART
from constructs_lib.review.changes.model import Change, Effect, ObjectKey, Review, Tree

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


@dataclass(frozen=True, slots=True)
class Subject:
    """A cache, or the operator, with what stands around it."""

    name: str
    namespace: str

    def has(self, key: ObjectKey) -> bool:
        """Whether an object is called like what belongs to it."""
        return key.name == self.name or key.name.startswith(f"{self.name}-")

    def __str__(self) -> str:
        return f"{self.name} ({self.namespace})" if self.namespace else self.name


def summary(review: Review, old: Tree, new: Tree) -> list[str]:
    """One line for each cache that something happens to, for the operator, and for everything else."""
    subjects = _subjects({**old, **new})
    grouped: dict[str, list[Change]] = {}
    for change in review.changes:  # the worst first, so that the cache that it happens to is
        subject = _subject(change.object, subjects)
        grouped.setdefault(str(subject) if subject else ELSE, []).append(change)
    return [f"{subject}: {'; '.join(_told(changes))}" for subject, changes in grouped.items()]


def _subjects(tree: Tree) -> list[Subject]:
    found = [
        Subject(key.name, key.namespace)
        for key in tree
        if key.kind == "Dragonfly" or (key.kind == "HelmRelease" and key.name == CHART)
    ]
    return sorted(found, key=lambda subject: len(subject.name), reverse=True)


def _subject(key: ObjectKey, subjects: Sequence[Subject]) -> Subject | None:
    """Of those that an object is called after, the longest name, in its own namespace before others."""
    called = [subject for subject in subjects if subject.has(key)]
    longest = [subject for subject in called if subject.name == called[0].name]
    here = [subject for subject in longest if subject.namespace == key.namespace]
    if key.kind == "Namespace":
        return None
    return (here or longest)[0] if len(here or longest) == 1 else None


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
