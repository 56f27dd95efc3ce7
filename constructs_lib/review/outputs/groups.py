"""Changes as a reader is told of them: those of one object that do the same together, a sentence once an object."""

from __future__ import annotations

import re
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
    words: tuple[str, ...]
    """For each change the word for which the sentence has `…`; empty where all are told in the same words."""

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
    grouped: dict[tuple[ObjectKey, tuple[Effect, ...], tuple[str, ...]], list[tuple[Change, str]]] = {}
    for change, (sentences, word) in zip(changes, _sentences(changes), strict=True):
        grouped.setdefault((change.object, change.effects, sentences), []).append((change, word))
    told: dict[ObjectKey, set[str]] = {}
    for (key, _, sentences), found in grouped.items():
        same = tuple(change for change, _ in found)
        before = told.setdefault(key, set())
        left = tuple(sentence for sentence in sentences if sentence not in before)
        before.update(same[0].parts)
        yield Group(same, left or (AS_ABOVE,), tuple(word for _, word in found))


def _sentences(changes: Sequence[Change]) -> list[tuple[tuple[str, ...], str]]:
    """What is told of each change: of those that are alike but for one word `…` stands for it, and the word beside."""
    told: list[tuple[tuple[str, ...], str]] = [(change.sentences, "") for change in changes]
    alike: dict[tuple[ObjectKey, tuple[Effect, ...], str, int], list[int]] = {}
    for place, change in enumerate(changes):
        if change.field and len(change.sentences) == 1:
            kind = (change.object, change.effects, _NUMBER.sub("/0", change.field), len(change.sentences[0].split(" ")))
            alike.setdefault(kind, []).append(place)
    for places in alike.values():
        columns = list(zip(*(changes[place].sentences[0].split(" ") for place in places), strict=True))
        differing = [number for number, column in enumerate(columns) if len({*column}) > 1]
        if len(places) >= _MANY and len(differing) == 1:
            words = columns[differing[0]]
            sentence = " ".join("…" if number in differing else column[0] for number, column in enumerate(columns))
            for place, word in zip(places, words, strict=True):
                told[place] = ((sentence,), word)
    return told


_NUMBER = re.compile(r"/\d+(?=/|$)")
_MANY = 3
"""So many sentences that differ in a word are told as one."""
