"""What a review is made of: objects, what differs in them, and the effects that this has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeVar, cast

from constructs_lib.values.version import Version

Manifest = Mapping[str, Any]

T = TypeVar("T")


class Severity(Enum):
    """How closely somebody must look before the change lands; the worst last."""

    INFO = "info"
    WARNING = "warning"
    DANGER = "danger"


class Effect(Enum):
    """What a change does on the cluster, with its severity and in one line; the worst first."""

    UNKNOWN = ("unknown", Severity.DANGER, "not known, so not called safe")
    REFUSED = ("refused", Severity.DANGER, "the API server refuses it, so Flux applies nothing of that folder")
    STUCK = ("stuck", Severity.DANGER, "the operator fails at it, and at every later change to that instance")
    DATA_LOST = ("data-lost", Severity.DANGER, "data goes that no snapshot brings back")
    UNSAVED = ("unsaved", Severity.DANGER, "snapshots are gone, rarer, kept for less long, or go to another place")
    EVICTS = ("evicts", Severity.DANGER, "keys go, or writes are refused")
    ACCESS_OPENED = ("access-opened", Severity.DANGER, "somebody gets in, or may do more, who could not before")
    PRUNED = ("pruned", Severity.WARNING, "Flux deletes it, and what hangs on it")
    ORPHANED = ("orphaned", Severity.WARNING, "gone from the files, stays on the cluster")
    UNWATCHED = ("unwatched", Severity.WARNING, "something is watched less closely, or no longer")
    ACCESS_CLOSED = ("access-closed", Severity.WARNING, "somebody loses access")
    ADDRESS_CHANGED = ("address-changed", Severity.WARNING, "clients must be told of another address")
    RESTART = ("restart", Severity.WARNING, "the only pod restarts, and finds its snapshot again")
    ROLLING_RESTART = ("rolling-restart", Severity.WARNING, "replicas restart first, one failover, nothing is lost")
    AT_NEXT_RESTART = ("at-next-restart", Severity.WARNING, "pods read it when they start, and not before")
    SCALED = ("scaled", Severity.INFO, "pods are added or taken away, none restarts")
    CREATED = ("created", Severity.INFO, "a new object")
    LIVE = ("live", Severity.INFO, "taken up without a restart")
    NONE = ("none", Severity.INFO, "nothing on the cluster")

    def __init__(self, id: str, severity: Severity, meaning: str) -> None:
        self.id = id
        self.severity = severity
        self.meaning = meaning


@dataclass(frozen=True, slots=True, order=True)
class ObjectKey:
    """By what an object is paired with its other version."""

    kind: str
    namespace: str
    """Empty for an object of the whole cluster."""
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.namespace}/{self.name}" if self.namespace else f"{self.kind} {self.name}"


Tree = Mapping[ObjectKey, Manifest]
"""The objects of one side."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one object, before and after, and what happens."""

    object: ObjectKey
    field: str
    """A JSON pointer; empty for the whole object."""
    before: Any
    """None where there was nothing. In a review never the value of a secret (`redaction.py`)."""
    after: Any
    effects: tuple[Effect, ...]
    """Every effect that it has, at least one."""
    what: str
    """What happens, in one sentence."""
    parts: tuple[str, ...] = ()
    """What `what` is made of, where other changes of the object may share some of it: each a sentence by itself."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """What happens, in as many sentences as a reader may be told apart."""
        return self.parts or (self.what,)

    @property
    def severity(self) -> Severity:
        """That of its worst effect."""
        return min(self.effects, key=list(Effect).index).severity


@dataclass(frozen=True, slots=True)
class Pair:
    """An object before and after; None where it is not there."""

    key: ObjectKey
    old: Manifest | None
    new: Manifest | None


@dataclass(frozen=True, slots=True)
class Context:
    """What the reading of one object needs to know of all the others."""

    old: Tree
    new: Tree
    old_operator: Version
    """The version of the operator that serves the instances before."""
    new_operator: Version
    old_folders: Mapping[ObjectKey, str] = field(default_factory=dict)
    """The folder of each object's file before, where it is known: by it Flux' Kustomizations are told apart."""
    _worked_out: dict[Callable[[Context], Any], Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def once(self, work: Callable[[Context], T]) -> T:
        """What a function makes of all the objects, made at the first call and kept for the objects to come."""
        if work not in self._worked_out:
            self._worked_out[work] = work(self)
        return cast("T", self._worked_out[work])


@dataclass(frozen=True, slots=True)
class Review:
    """What all of a change does."""

    operator: Version
    changes: tuple[Change, ...]
