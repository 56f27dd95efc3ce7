"""Which cache an object belongs to, by what both are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from constructs_lib.errors import DragonflyError
from constructs_lib.operator.arguments import CHART
from constructs_lib.review.changes.model import ObjectKey, Review, Tree
from constructs_lib.values.suggest import suggest


class NoInstance(DragonflyError):
    """No instance of the manifests has a name."""


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


@dataclass(frozen=True, slots=True)
class Subjects:
    """The caches of some manifests, and their operator."""

    found: Sequence[Subject]
    """Those with the longest names first."""

    @classmethod
    def of(cls, *trees: Tree) -> Self:
        """Those of trees that belong together: the old one and the new one, say."""
        found = {
            Subject(key.name, key.namespace)
            for tree in trees
            for key in tree
            if key.kind == "Dragonfly" or (key.kind == "HelmRelease" and key.name == CHART)
        }
        return cls(sorted(found, key=lambda subject: (-len(subject.name), subject.name, subject.namespace)))

    def subject(self, key: ObjectKey) -> Subject | None:
        """Of those that an object is called after, the longest name, in its own namespace before others."""
        called = [subject for subject in self.found if subject.has(key)]
        longest = [subject for subject in called if subject.name == called[0].name]
        here = [subject for subject in longest if subject.namespace == key.namespace]
        if key.kind == "Namespace":
            return None
        return (here or longest)[0] if len(here or longest) == 1 else None

    def check(self, instance: str) -> None:
        """That there is an instance of that name.

        Raises:
            NoInstance: there is none.
        """
        names = sorted({subject.name for subject in self.found if subject.name != CHART})
        if instance not in names:
            accepted = suggest(instance, names) or f"accepted: {', '.join(names) or 'none, there is no Dragonfly'}"
            raise NoInstance(f"--instance {instance}: no such instance; {accepted}")


def of_instance(review: Review, instance: str, *trees: Tree) -> Review:
    """The part of a review that is about one cache.

    Raises:
        NoInstance: there is none of that name.
    """
    subjects = Subjects.of(*trees)
    subjects.check(instance)
    about = [(change, subjects.subject(change.object)) for change in review.changes]
    return replace(review, changes=tuple(change for change, subject in about if subject and subject.name == instance))


def without_other_instances(tree: Tree, instance: str) -> Tree:
    """The manifests without those of other caches.

    Raises:
        NoInstance: there is none of that name.
    """
    subjects = Subjects.of(tree)
    subjects.check(instance)
    kept = {key: subjects.subject(key) for key in tree}
    return {key: tree[key] for key, subject in kept.items() if subject is None or subject.name in (instance, CHART)}
