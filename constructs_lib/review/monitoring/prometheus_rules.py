"""What a change of alerts and recordings does, rule by rule: does something still get noticed, and as soon?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from constructs_lib.review.changes.differences import Difference, differences
from constructs_lib.review.changes.model import Change, Context, Effect, Manifest, Pair
from constructs_lib.review.changes.rows import Reading
from constructs_lib.review.monitoring.own_rules import OwnRules
from constructs_lib.review.monitoring.thresholds import is_sooner
from constructs_lib.values.duration import seconds

_SEVERITIES = ("none", "info", "warning", "error", "critical", "page")
"""Worst last, as kube-prometheus and most Alertmanagers' routes have them."""


@dataclass(frozen=True, slots=True)
class _Rule:
    field: str
    rule: Mapping[str, Any]
    group: Mapping[str, Any]
    """What the group says of all its rules."""

    @property
    def name(self) -> str:
        if "alert" in self.rule:
            return f"the alert {self.rule['alert']}"
        return f"the recording {self.rule.get('record')}"


def rule_changes(pair: Pair, context: Context) -> Iterator[Change]:
    """A change a field of each rule; rules are told apart by name, and by place where several have one."""
    assert pair.old is not None
    assert pair.new is not None
    old, new = _rules(pair.old), _rules(pair.new)
    own = OwnRules(pair.key, context)
    found = False
    for key in dict.fromkeys((*old, *new)):
        for change in _of_rule(pair, old.get(key), new.get(key), own):
            found = True
            yield change
    for change in _of_groups(pair):
        found = True
        yield change
    before, after = (_groups(side) for side in (pair.old, pair.new))
    if not found and before != after:
        what = "The same rules in another order, or in other groups."
        yield Change(pair.key, "/spec/groups", None, None, (Effect.LIVE,), what)


def _of_rule(pair: Pair, old: _Rule | None, new: _Rule | None, own: OwnRules) -> Iterator[Change]:
    if new is None:
        assert old is not None
        what = f"{_capital(old.name)} is gone."
        yield Change(pair.key, old.field, old.rule, None, (Effect.UNWATCHED,), what)
    elif old is None:
        yield Change(pair.key, new.field, None, new.rule, (Effect.LIVE,), f"{_capital(new.name)} is new.")
    else:
        if old.group != new.group and old.field.split("/")[:4] != new.field.split("/")[:4]:
            what = (
                f"{_capital(new.name)} moves to a group of other settings: it may be evaluated less often, or cut off."
            )
            yield Change(pair.key, new.field, None, None, (Effect.UNWATCHED,), what)
        for difference in differences(old.rule, new.rule, new.field):
            step = difference.field.removeprefix(new.field).split("/")[1]
            reads = _READINGS.get(step)
            read = reads(difference, new, own) if reads else None
            if read is None:
                read = (Effect.UNKNOWN,), f"What {step} of {new.name} does is not known."
            if read[0]:
                yield Change(pair.key, difference.field, difference.before, difference.after, *read)


def _of_groups(pair: Pair) -> Iterator[Change]:
    old, new = ({group.get("name"): group for group in _groups(side)} for side in (pair.old, pair.new))
    for place, group in enumerate(_groups(pair.new)):
        name = group.get("name")
        if name not in old:
            continue
        for difference in differences(_of_all(old[name]), _of_all(new[name]), f"/spec/groups/{place}"):
            effects, what = _group_reading(difference, str(name))
            yield Change(pair.key, difference.field, difference.before, difference.after, effects, what)


def _group_reading(difference: Difference, name: str) -> Reading:
    if difference.field.endswith("/interval"):
        before, after = seconds(difference.before), seconds(difference.after)
        if before is not None and after is not None and after < before:
            return (Effect.LIVE,), f"The rules of {name} are evaluated more often."
        return (Effect.UNWATCHED,), f"The rules of {name} may be evaluated less often."
    return (Effect.UNKNOWN,), f"What a change of {difference.field} does is not known."


def _expression(difference: Difference, rule: _Rule, own: OwnRules) -> Reading | None:
    before, after = (" ".join(str(side).split()) for side in (difference.before, difference.after))
    if before == after:
        return (Effect.NONE,), f"The expression of {rule.name} is set otherwise and says the same."
    is_alert = "alert" in rule.rule
    sooner = is_sooner(before, after) if is_alert else None
    if sooner is None and own.have(rule.rule):
        return (Effect.LIVE,), f"{_capital(rule.name)} follows its instance: it is written for what that is now."
    if not is_alert:
        return (Effect.UNKNOWN,), f"{_capital(rule.name)} holds something else for whoever reads it."
    if sooner is None:
        return (Effect.UNKNOWN,), f"{_capital(rule.name)} asks for something else."
    if sooner:
        return (Effect.LIVE,), f"{_capital(rule.name)} fires sooner: its threshold is nearer."
    return (Effect.UNWATCHED,), f"{_capital(rule.name)} fires later: its threshold is further away."


def _for(difference: Difference, rule: _Rule, own: OwnRules) -> Reading | None:
    before, after = (seconds(0 if side is None else side) for side in (difference.before, difference.after))
    if before is None or after is None:
        return None
    if after <= before:
        return (
            Effect.LIVE,
        ), f"{_capital(rule.name)} fires after {difference.after or 'no time'} instead of {difference.before}."
    return (Effect.UNWATCHED,), (
        f"{_capital(rule.name)} fires only after {difference.after} instead of {difference.before or 'at once'}."
    )


def _labels(difference: Difference, rule: _Rule, own: OwnRules) -> Reading:
    if difference.field.endswith("/severity"):
        before, after = (
            _SEVERITIES.index(side) if side in _SEVERITIES else -1 for side in (difference.before, difference.after)
        )
        if after >= before >= 0:
            return (Effect.LIVE,), f"{_capital(rule.name)} is {difference.after} instead of {difference.before}."
        return (
            Effect.UNWATCHED,
        ), f"{_capital(rule.name)} is {difference.after} instead of {difference.before}: fewer are told."
    return (
        Effect.UNWATCHED,
    ), f"{_capital(rule.name)} bears other labels: Alertmanager may send it to others, or to nobody."


def _annotations(difference: Difference, rule: _Rule, own: OwnRules) -> Reading:
    return (Effect.LIVE,), f"{_capital(rule.name)} says something else."


def _keeps_firing(difference: Difference, rule: _Rule, own: OwnRules) -> Reading:
    return (Effect.LIVE,), f"{_capital(rule.name)} ends sooner or later after its cause."


_READINGS: Mapping[str, Callable[[Difference, _Rule, OwnRules], Reading | None]] = {
    "expr": _expression,
    "for": _for,
    "labels": _labels,
    "annotations": _annotations,
    "keep_firing_for": _keeps_firing,
}
"""https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/"""


def _groups(manifest: Manifest | None) -> Sequence[Mapping[str, Any]]:
    return ((manifest or {}).get("spec") or {}).get("groups") or ()


def _rules(manifest: Manifest) -> dict[tuple[str, str, int], _Rule]:
    """Every rule by kind, name and number among those of that name."""
    rules: dict[tuple[str, str, int], _Rule] = {}
    for group_place, group in enumerate(_groups(manifest)):
        for place, rule in enumerate(group.get("rules") or ()):
            kind = "alert" if "alert" in rule else "record"
            number = 0
            while (key := (kind, str(rule.get(kind)), number)) in rules:
                number += 1
            rules[key] = _Rule(f"/spec/groups/{group_place}/rules/{place}", rule, _of_all(group))
    return rules


def _of_all(group: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in group.items() if name not in ("name", "rules")}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
