"""The groups of a `PrometheusRule`: recordings and alerts of one instance, as its arguments want them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from constructs_lib.errors import Finding
from constructs_lib.monitoring.alert_rule import DRILLED, SAVED, AlertRule
from constructs_lib.monitoring.alerts import alerts_of
from constructs_lib.monitoring.arguments import MonitoringArguments, Rule
from constructs_lib.monitoring.instance import MonitoredInstance
from constructs_lib.monitoring.objectives import OBJECTIVE, SLO_ALERTS, slo_recording_rules
from constructs_lib.monitoring.promql import expression_problems
from constructs_lib.monitoring.recording_rules import recording_rules, snapshot_recording_rules

EXTRA = "dragonfly.extra"
"""The group of the user's own rules."""


def rule_groups(arguments: MonitoringArguments, instance: MonitoredInstance) -> list[dict[str, Any]]:
    """Every group but those of the snapshots and drills, which come when a backup or a drill is added."""
    alerts = [row for row in alerts_of(instance) if row.condition not in (SAVED, DRILLED)]
    groups = {"dragonfly.rules": [*recording_rules(instance), *_alerts(alerts, arguments, instance)]}
    if OBJECTIVE.holds(instance):
        groups["dragonfly.slo"] = [
            *slo_recording_rules(instance),
            *_alerts(SLO_ALERTS.values(), arguments, instance),
        ]
    groups[EXTRA] = [_extra(rule, arguments) for rule in arguments.extra_rules]
    return [{"name": name, "rules": rules} for name, rules in groups.items() if rules]


def snapshot_group(arguments: MonitoringArguments, instance: MonitoredInstance) -> dict[str, Any]:
    """The group of an instance that saves itself."""
    alerts = [row for row in alerts_of(instance) if row.condition is SAVED]
    return {
        "name": "dragonfly.snapshots",
        "rules": [*snapshot_recording_rules(instance), *_alerts(alerts, arguments, instance)],
    }


def drill_group(arguments: MonitoringArguments, instance: MonitoredInstance) -> dict[str, Any]:
    """The group of an instance whose restores are tried."""
    alerts = [row for row in alerts_of(instance) if row.condition is DRILLED]
    return {"name": "dragonfly.drills", "rules": list(_alerts(alerts, arguments, instance))}


def recorded_names(arguments: MonitoringArguments, instance: MonitoredInstance) -> frozenset[str]:
    """The names that the rules record, those of the snapshots among them."""
    groups = [*rule_groups(arguments, instance), snapshot_group(arguments, instance)]
    return frozenset(rule["record"] for group in groups for rule in group["rules"] if "record" in rule)


def rule_findings(arguments: MonitoringArguments, instance: MonitoredInstance) -> Iterator[Finding]:
    """Metrics in rules, the user's own among them, that nobody exports or records."""
    known = {*arguments.known_metrics, *recorded_names(arguments, instance)}
    groups = (
        *rule_groups(arguments, instance),
        snapshot_group(arguments, instance),
        drill_group(arguments, instance),
    )
    for group in groups:
        for index, rule in enumerate(group["rules"]):
            where = f"extra_rules[{index}].expr" if group["name"] == EXTRA else rule.get("alert", rule.get("record"))
            for why in expression_problems(rule["expr"], instance.arguments.server, known):
                yield Finding.error(where, why)


def _alerts(
    rows: Iterable[AlertRule], arguments: MonitoringArguments, instance: MonitoredInstance
) -> Iterator[dict[str, Any]]:
    for row in rows:
        change = arguments.alert(row.name)
        if not change.enabled:
            continue
        duration = row.duration if change.for_ is None else change.for_
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


def _extra(rule: Rule, arguments: MonitoringArguments) -> dict[str, Any]:
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
