"""Arguments of a DragonflyMonitoring: what is refused, with what is accepted, and what is warned of."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.arguments.model import validate
from constructs_lib.cache.arguments import CacheArguments
from constructs_lib.monitoring.arguments import Alert, MonitoringArguments, Rule
from constructs_lib.monitoring.instance import MonitoredInstance
from constructs_lib.monitoring.rule_groups import extra_rule_findings, rule_groups
from constructs_lib.values.version import Version


def errors(**given: Any) -> list[str]:
    return [str(error) for error in validate(MonitoringArguments, given).errors]


def warnings(**given: Any) -> list[str]:
    return [str(warning) for warning in validate(MonitoringArguments, given).warnings]


def rules(**given: Any) -> dict[str, dict[str, Any]]:
    instance = MonitoredInstance(CacheArguments(name="sessions", replicas=3), "cache")
    groups = rule_groups(MonitoringArguments(**given), instance)
    return {rule.get("alert", rule.get("record")): rule for group in groups for rule in group["rules"]}


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (
            {"alerts": {"DragonflyMemoryHihg": {}}},
            "alerts.DragonflyMemoryHihg: no such alert; did you mean 'DragonflyMemoryHigh'?",
        ),
        (
            {"alerts": {"DragonflyDown": {"threshold": 1}}},
            "alerts.DragonflyDown.threshold: the alert has none; leave it out",
        ),
        (
            {"alerts": {"DragonflyDown": {"treshold": 1}}},
            "treshold: no such field; did you mean 'threshold'?",
        ),
        ({"alerts": {"DragonflyDown": {"for": "5 minutes"}}}, "'5 minutes' is no duration"),
        ({"alerts": {"DragonflyDown": {"labels": {"app.kubernetes.io/x": "y"}}}}, "is no label of Prometheus"),
        ({"alert_labels": {"__name__": "y"}}, "is no label of Prometheus"),
        ({"interval": "5m"}, "interval: 5m is too long for rules that look at 5 minutes; accepted: up to 60s"),
        ({"interval": "0s"}, "interval: 0s is too long"),
        ({"interval": "5s"}, "scrape_timeout: 10s is more than the interval of 5s"),
        ({"availability_objective": 100.0}, "accepted: a number below 100"),
        ({"extra_rules": [{"expr": "sum("}]}, "extra_rules[0].expr: 'sum(' does not parse"),
        ({"extra_rules": [{"expr": "up"}]}, "extra_rules[0]: neither or both of alert and record"),
        ({"extra_rules": [{"expr": "up", "alert": "A", "record": "b"}]}, "extra_rules[0]: neither or both"),
        ({"extra_rules": [{"expr": "up", "record": "b", "for": "5m"}]}, "belong to an alert"),
        ({"extra_rules": [{"expr": "up", "record": "b-c"}]}, "'b-c' is no metric's name"),
        ({"known_metrics": ["node load"]}, "'node load' is no metric's name"),
        ({"dashboard": "sidecar"}, "dashboard: 'sidecar' is not accepted"),
    ],
)
def test_what_cannot_work_is_refused(given: dict[str, Any], error: str) -> None:
    found = errors(**given)
    assert any(error in text for text in found), found


@pytest.mark.parametrize(
    ("given", "warning"),
    [
        ({"availability_objective": 99.99}, "finer than a scrape every 30s can see"),
        ({"alerts": {"DragonflyErrorBudgetBurnFast": {}}}, "without effect: give availability_objective with it"),
        ({"alerts": {"DragonflyOperatorDown": {}}}, "without effect: give operator_metrics=True with it"),
    ],
)
def test_what_does_less_than_it_seems_is_warned_of(given: dict[str, Any], warning: str) -> None:
    assert [text for text in warnings(**given) if warning in text]


def test_usual_objective_is_not_warned_of() -> None:
    assert warnings(availability_objective=99.9) == []


def test_alert_can_be_switched_off_by_name() -> None:
    assert rules().keys() - rules(alerts={"DragonflyMemoryHigh": {"enabled": False}}).keys() == {"DragonflyMemoryHigh"}


def test_alert_is_changed_in_each_way() -> None:
    change = Alert(threshold=0.75, for_="10m", severity="page", labels={"team": "cache"})
    rule = rules(alerts={"DragonflyMemoryHigh": change}, alert_labels={"site": "north"})["DragonflyMemoryHigh"]
    assert rule["expr"].endswith("> 0.75")
    assert rule["for"] == "10m"
    assert rule["labels"] == {"site": "north", "team": "cache", "severity": "page"}
    assert rule["annotations"]["description"].startswith("For 10m ")


def test_alert_given_as_yaml_is_the_same() -> None:
    given = {"threshold": 0.75, "for": "10m", "severity": "page", "labels": {"team": "cache"}}
    change = Alert(threshold=0.75, for_="10m", severity="page", labels={"team": "cache"})
    assert MonitoringArguments.model_validate({"alerts": {"DragonflyMemoryHigh": given}}).alerts == {
        "DragonflyMemoryHigh": change
    }


def test_every_alert_gets_the_common_labels() -> None:
    assert {rule["labels"]["team"] for rule in rules(alert_labels={"team": "x"}).values() if "alert" in rule} == {"x"}


def test_extra_rules_are_written_as_they_are() -> None:
    alert = {"alert": "A", "expr": "up == 0", "for": "1m", "labels": {"a": "b"}, "annotations": {"summary": "s"}}
    assert rules(extra_rules=[alert, Rule(record="a:b", expr="sum(up)")])["A"] == alert


def test_metrics_of_extra_rules_are_checked_against_the_server() -> None:
    given = MonitoringArguments(
        extra_rules=[
            Rule(alert="A", expr="dragonfly_maxclients > 1"),
            Rule(alert="B", expr="node_load1 > 1 and app:dragonfly_db_keys:master == 0 and mine:own == 1"),
            Rule(record="mine:own", expr="sum(up)"),
        ],
        known_metrics=["node_load1"],
    )
    found = list(extra_rule_findings(given, Version.of("v1.36.0")))
    assert [error.where for error in found] == ["extra_rules[0].expr"]


@pytest.mark.parametrize(("objective", "found"), [(99.9, []), (None, ["extra_rules[0].expr"])])
def test_an_extra_rule_may_read_what_ours_record(objective: float | None, found: list[str]) -> None:
    expr = "app:dragonfly_available:bool == 0 and pod:dragonfly_last_snapshot:timestamp_seconds > 0"
    given = MonitoringArguments(extra_rules=[Rule(alert="A", expr=expr)], availability_objective=objective)
    assert [error.where for error in extra_rule_findings(given, Version.of("v1.36.0"))] == found
