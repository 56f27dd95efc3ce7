"""Label selectors, read for what they select: two that are written otherwise and select the same are equal.

https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Requirement:
    """What one label must be: one of these values, or there at all; negated, neither."""

    key: str
    values: frozenset[str] | None = None
    """None: whatever its value is."""
    negated: bool = False

    def holds(self, labels: Mapping[str, str]) -> bool:
        """Whether these labels meet it; a label that is not there has none of the values."""
        has = self.key in labels and (self.values is None or labels[self.key] in self.values)
        return has is not self.negated

    def implies(self, other: Requirement) -> bool:
        """Whether whoever meets this one meets the other too."""
        if self.key != other.key:
            return False
        match self.negated, other.negated:
            case False, False:
                return other.values is None or (self.values is not None and self.values <= other.values)
            case False, True:
                return self.excludes(Requirement(other.key, other.values))
            case True, True:
                return self.values is None or (other.values is not None and other.values <= self.values)
        return False

    def excludes(self, other: Requirement) -> bool:
        """Whether nobody can meet both."""
        if self.key != other.key or (self.negated and other.negated):
            return False
        if self.negated or other.negated:
            wanted, banned = (other, self) if self.negated else (self, other)
            return banned.values is None or (wanted.values is not None and wanted.values <= banned.values)
        return self.values is not None and other.values is not None and not self.values & other.values

    def word(self) -> str:
        """As kubectl writes it."""
        if self.values is None:
            return f"{'!' if self.negated else ''}{self.key}"
        if len(self.values) == 1 and not self.negated:
            return f"{self.key}={min(self.values)}"
        return f"{self.key} {'notin' if self.negated else 'in'} ({', '.join(sorted(self.values))})"

    def __str__(self) -> str:
        if self.values is None:
            return f"{'without' if self.negated else 'with'} {self.key}"
        values = "|".join(sorted(self.values))
        return f"{self.key}{'!=' if self.negated else '='}{values}"


@dataclass(frozen=True, slots=True)
class Selector:
    """Everything whose labels meet all of these; all there is, where there are none."""

    requirements: frozenset[Requirement] = frozenset()

    @classmethod
    def of(cls, selector: Mapping[str, Any] | None) -> Selector:
        """Read `matchLabels` and `matchExpressions`.

        Raises:
            ValueError: it has something else, or an operator that is none.
        """
        selector = selector or {}
        if unknown := selector.keys() - {"matchLabels", "matchExpressions"}:
            raise ValueError(f"a selector with {', '.join(sorted(unknown))}")
        labels = [
            Requirement(str(key), frozenset({str(value)})) for key, value in (selector.get("matchLabels") or {}).items()
        ]
        return cls(frozenset([*labels, *(_requirement(each) for each in selector.get("matchExpressions") or ())]))

    def selects(self, labels: Mapping[str, str]) -> bool:
        """Whether something with these labels is selected."""
        return all(requirement.holds(labels) for requirement in self.requirements)

    def covers(self, other: Selector) -> bool:
        """Whether all that the other selects is selected by this one too."""
        return all(any(theirs.implies(ours) for theirs in other.requirements) for ours in self.requirements)

    def overlaps(self, other: Selector) -> bool:
        """Whether something may be selected by both."""
        return not any(ours.excludes(theirs) for ours in self.requirements for theirs in other.requirements)

    def without(self, *keys: str) -> Selector:
        """Whatever is asked of other labels than these."""
        return Selector(frozenset(each for each in self.requirements if each.key not in keys))

    def values_of(self, key: str) -> frozenset[str] | None:
        """The values that one label may have; None where it may have any, or is held by what it must not be."""
        found = [each.values for each in self.requirements if each.key == key and each.values and not each.negated]
        return frozenset.intersection(*found) if found else None

    def words(self) -> tuple[str, ...]:
        """As kubectl writes it, a word a label: `app=web`, `tier in (a, b)`, `!canary`."""
        return tuple(each.word() for each in sorted(self.requirements, key=lambda each: (each.key, each.word())))

    def __str__(self) -> str:
        return ", ".join(sorted(map(str, self.requirements)))


NOTHING = Selector(frozenset({Requirement("", frozenset())}))
"""Selects nothing."""


def selector_of(selector: Mapping[str, Any]) -> Selector:
    """A selector that nobody has checked; one that cannot be read selects nothing."""
    try:
        return Selector.of(selector)
    except (AttributeError, KeyError, TypeError, ValueError):
        return NOTHING


_OPERATORS = {"In": False, "NotIn": True, "Exists": False, "DoesNotExist": True}


def _requirement(expression: Mapping[str, Any]) -> Requirement:
    operator = expression.get("operator")
    if operator not in _OPERATORS:
        raise ValueError(f"the operator {operator!r}")
    values = frozenset(map(str, expression.get("values") or ())) if operator in ("In", "NotIn") else None
    return Requirement(str(expression["key"]), values, negated=_OPERATORS[operator])
