"""The groups of a `PrometheusRule`: recordings and alerts of one instance, as its arguments want them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from constructs_lib.errors import Finding
from constructs_lib.monitoring.alert_rule import DRILLED, SAVED, AlertRule, Condition
from constructs_lib.monitoring.alerts import CATALOGUE, alerts_of
from constructs_lib.monitoring.arguments import MonitoringArguments, Rule
from constructs_lib.monitoring.instance import MonitoredInstance
from constructs_lib.monitoring.objectives import AVAILABLE, OBJECTIVE, SLO_ALERTS, slo_recording_rules
from constructs_lib.monitoring.promql import expression_problems
from constructs_lib.monitoring.recording_rules import RECORDED, recording_rules, snapshot_recording_rules
from constructs_lib.values.version import Version

EXTRA = "dragonfly.extra"
"""The group of the user's own rules."""


def rule_groups(arguments: MonitoringArguments, instance: MonitoredInstance) -> list[dict[str, Any]]:
    """Every group of an instance, as a `PrometheusRule` has them; one without a rule is left out."""
    alerts = [row for row in alerts_of(instance) if row.condition not in (SAVED, DRILLED)]
    groups = {"dragonfly.rules": [*recording_rules(instance), *_alerts(alerts, arguments, instance)]}
    if OBJECTIVE.holds(instance):
        groups["dragonfly.slo"] = [
            *slo_recording_rules(instance),
            *_alerts(SLO_ALERTS.values(), arguments, instance),
        ]
    groups[EXTRA] = [_extra(rule) for rule in arguments.extra_rules]
    if SAVED.holds(instance):
        groups["dragonfly.snapshots"] = [
            *snapshot_recording_rules(instance),
            *_alerts(_under(SAVED), arguments, instance),
        ]
    if DRILLED.holds(instance):
        groups["dragonfly.drills"] = list(_alerts(_under(DRILLED), arguments, instance))
    return [{"name": name, "rules": rules} for name, rules in groups.items() if rules]


def extra_rule_findings(arguments: MonitoringArguments, server: Version) -> Iterator[Finding]:
    """Metrics in the user's own rules that nobody exports or records; our own rules are held to that by the tests."""
    objective = {AVAILABLE} if arguments.availability_objective is not None else set()
    own = {rule.record for rule in arguments.extra_rules if rule.record}
    known = {*arguments.known_metrics, *RECORDED, *objective, *own}
    for index, rule in enumerate(arguments.extra_rules):
        for why in expression_problems(rule.expr, server, known):
            yield Finding.error(f"extra_rules[{index}].expr", why)


def _under(condition: Condition) -> list[AlertRule]:
    return [row for row in CATALOGUE if row.condition is condition]


def _alerts(
    rows: Iterable[AlertRule], arguments: MonitoringArguments, instance: MonitoredInstance
) -> Iterator[dict[str, Any]]:
    for row in rows:
        change = arguments.alert(row.name)
        if not change.enabled:
            continue
        duration = row.duration if change.for_ is None else str(change.for_)
        threshold = row.default_threshold(instance) if change.threshold is None else change.threshold
        rule = {
            "alert": row.name,
            "expr": row.expression(instance, threshold),
            "for": duration,
            "labels": {
                **arguments.alert_labels,
                **change.labels,
                "severity": change.severity or row.severity,
            },
            "annotations": row.annotations(duration, threshold, arguments.runbook_url),
        }
        yield {name: value for name, value in rule.items() if value}


def _extra(rule: Rule) -> dict[str, Any]:
    fields = {
        "record": rule.record,
        "alert": rule.alert,
        "expr": rule.expr,
        "for": rule.for_,
        "keep_firing_for": rule.keep_firing_for,
        "labels": rule.labels,
        "annotations": rule.annotations,
    }
    return {name: value for name, value in fields.items() if value}
