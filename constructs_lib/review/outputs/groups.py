"""Changes as a reader is told of them: those of one object that do the same together, a sentence once an object."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from constructs_lib.review.changes.model import Change, Effect, ObjectKey, Severity

AS_ABOVE = "As above."


@dataclass(frozen=True, slots=True)
class Group:
    """Changes of one object that have the same effects, for the same reasons."""

    changes: tuple[Change, ...]
    sentences: tuple[str, ...]
    """What happens, without what was told of the object before."""

    @property
    def severity(self) -> Severity:
        return self.changes[0].severity

    @property
    def object(self) -> ObjectKey:
        return self.changes[0].object

    @property
    def what(self) -> str:
        """What happens, in one line."""
        return " ".join(" ".join(self.sentences).split())

    @property
    def effects(self) -> str:
        """The effects' identifiers, the worst as it was given first."""
        return ", ".join(effect.id for effect in self.changes[0].effects)


def groups(changes: Sequence[Change]) -> Iterator[Group]:
    """The groups, in the order of the first change of each."""
    grouped: dict[tuple[ObjectKey, tuple[Effect, ...], tuple[str, ...]], list[Change]] = {}
    for change in changes:
        grouped.setdefault((change.object, change.effects, change.sentences), []).append(change)
    told: dict[ObjectKey, set[str]] = {}
    for (key, _, sentences), same in grouped.items():
        before = told.setdefault(key, set())
        left = tuple(sentence for sentence in sentences if sentence not in before)
        before.update(same[0].parts)
        yield Group(tuple(same), left or (AS_ABOVE,))
