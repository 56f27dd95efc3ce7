"""Label selectors, read for what they select: two that are written otherwise and select the same are equal.

https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from constructs_lib.values.fields import items, mapping, mappings, text


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
            Requirement(key, frozenset({str(value)})) for key, value in (selector.get("matchLabels") or {}).items()
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

    def __str__(self) -> str:
        return ", ".join(sorted(map(str, self.requirements)))


def selects(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    """Whether a selector that nobody has checked selects something with these labels; one that cannot be read, no."""
    try:
        return Selector.of(selector).selects(labels)
    except (AttributeError, KeyError, TypeError, ValueError):
        return False


def selector_words(selector: Mapping[str, Any]) -> Iterator[str]:
    """A selector as kubectl writes it: `app=web`, `tier in (a, b)`, `!canary`."""
    for key, value in sorted(mapping(selector, "matchLabels").items(), key=str):
        yield f"{key}={value}"
    for expression in mappings(selector, "matchExpressions"):
        key, operator = text(expression, "key"), text(expression, "operator")
        values = ", ".join(sorted(map(str, items(expression, "values"))))
        yield {
            "In": f"{key} in ({values})",
            "NotIn": f"{key} notin ({values})",
            "DoesNotExist": f"!{key}",
        }.get(operator, key)


_OPERATORS = {"In": False, "NotIn": True, "Exists": False, "DoesNotExist": True}


def _requirement(expression: Mapping[str, Any]) -> Requirement:
    operator = expression.get("operator")
    if operator not in _OPERATORS:
        raise ValueError(f"the operator {operator!r}")
    values = frozenset(map(str, expression.get("values") or ())) if operator in ("In", "NotIn") else None
    return Requirement(expression["key"], values, negated=_OPERATORS[operator])
