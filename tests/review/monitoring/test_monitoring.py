"""Whether something is still watched, and as closely."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.review.changes.model import Effect
from constructs_lib.review.monitoring.thresholds import is_sooner
from constructs_lib.values.duration import seconds
from tests.review.stacks import Objects, changed, effects, key, read, said, stack, without

RULES = key("PrometheusRule", "dragonfly-alerts")
MONITOR = key("PodMonitor")
DASHBOARD = key("ConfigMap", "dragonfly-dashboard")
GRAFANA = key("GrafanaDashboard")


def rule_of(manifest: dict[str, Any], name: str) -> dict[str, Any]:
    rules = [rule for group in manifest["spec"]["groups"] for rule in group["rules"]]
    return next(rule for rule in rules if name in (rule.get("alert"), rule.get("record")))


def of_rule(name: str, **fields: Any) -> Any:
    def edit(manifest: dict[str, Any]) -> None:
        rule = rule_of(manifest, name)
        for field, value in fields.items():
            rule[field] = value(rule.get(field)) if callable(value) else value

    return edit


def leave_out(name: str) -> Any:
    def edit(manifest: dict[str, Any]) -> None:
        for group in manifest["spec"]["groups"]:
            group["rules"] = [rule for rule in group["rules"] if name not in (rule.get("alert"), rule.get("record"))]

    return edit


def test_the_same_rules_do_nothing() -> None:
    assert changed(stack("everything-on"), RULES, lambda manifest: None) == []


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (of_rule("DragonflyMemoryHigh", expr=lambda text: text.replace("0.9", "0.95")), Effect.UNWATCHED),
        (of_rule("DragonflyMemoryHigh", expr=lambda text: text.replace("0.9", "0.8")), Effect.LIVE),
        (of_rule("DragonflyMemoryHigh", expr=lambda text: f"{text}  "), Effect.NONE),
        (of_rule("DragonflyMemoryHigh", expr=lambda text: text.replace("max by", "min by")), Effect.UNKNOWN),
        (of_rule("DragonflyReplicaMissing", expr=lambda text: text.replace("< 3", "< 2")), Effect.UNWATCHED),
        (of_rule("DragonflyReplicaMissing", expr=lambda text: text.replace("== 1", "== 0")), Effect.UNKNOWN),
        (of_rule("DragonflyDown", **{"for": "30m"}), Effect.UNWATCHED),
        (of_rule("DragonflyDown", **{"for": "1m"}), Effect.LIVE),
        (of_rule("DragonflyEvictions", **{"for": "5m"}), Effect.UNWATCHED),
        (of_rule("DragonflyDown", labels={"severity": "warning"}), Effect.UNWATCHED),
        (of_rule("DragonflyMemoryHigh", labels={"severity": "critical"}), Effect.LIVE),
        (of_rule("DragonflyDown", labels={"severity": "critical", "team": "a"}), Effect.UNWATCHED),
        (of_rule("DragonflyDown", annotations={"summary": "Down"}), Effect.LIVE),
        (of_rule("DragonflyDown", something="new"), Effect.REFUSED),
        (of_rule("pod:dragonfly_oom_errors_total:sum", expr="vector(1)"), Effect.UNKNOWN),
        (leave_out("DragonflyDown"), Effect.UNWATCHED),
        (leave_out("pod:dragonfly_oom_errors_total:sum"), Effect.UNWATCHED),
        (lambda manifest: manifest["spec"]["groups"][0].update(interval="5m"), Effect.UNWATCHED),
        (lambda manifest: manifest["spec"]["groups"][0].update(limit=1), Effect.UNKNOWN),
        (lambda manifest: manifest["spec"]["groups"][0]["rules"].reverse(), Effect.LIVE),
        (lambda manifest: manifest["metadata"]["labels"].update(prometheus="other"), Effect.UNWATCHED),
    ],
)
def test_a_change_of_a_rule_does_this(edit: Any, expected: Effect) -> None:
    assert effects(changed(stack("everything-on"), RULES, edit)) == {expected}


def test_a_new_alert_is_live() -> None:
    old = stack("everything-on")
    leave_out("DragonflyDown")(old[RULES])
    assert effects(read(old, stack("everything-on"), RULES)) == {Effect.LIVE}


def test_an_alert_is_named_with_its_place() -> None:
    (change,) = changed(stack("everything-on"), RULES, of_rule("DragonflyDown", **{"for": "30m"}))
    assert (change.field, change.before, change.after) == ("/spec/groups/0/rules/6/for", "5m", "30m")
    assert change.what == "The alert DragonflyDown fires only after 30m instead of 5m."


def test_rules_that_are_gone_watch_no_longer() -> None:
    objects = stack("everything-on")
    assert effects(read(objects, without(objects, RULES), RULES)) == {Effect.PRUNED, Effect.UNWATCHED}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a > 1", "a > 2", False),
        ("a >= 2", "a >= 1", True),
        ("a < 1", "a < 2", True),
        ("a <= 2", "a <= 1", False),
        ("1 < a", "2 < a", False),
        ("2 > a", "1 > a", False),
        ("a > 1e3", "a > 1e4", False),
        ("a > 1 and b < 2", "a > 2 and b < 3", False),
        ("a < 0.1 * b", "a < 0.2 * b", True),
        # How far back, a label's value, a name with a number in it: no thresholds.
        ("rate(a[5m]) > 1", "rate(a[9m]) > 1", None),
        ('a{b="1"} > 1', 'a{b="2"} > 1', None),
        ("a1 > 1", "a2 > 1", None),
        # Where something else judges the comparison it may be the other way round.
        ("count(a > 1) < 3", "count(a > 2) < 3", None),
        ("a unless b > 1", "a unless b > 2", None),
        ("absent(a > 1)", "absent(a > 2)", None),
        ("a == 1", "a == 2", None),
        ("a > 1 + 2", "a > 1 + 3", None),
        ("a > 1", "a > b", None),
    ],
)
def test_which_way_a_threshold_moves(before: str, after: str, expected: bool | None) -> None:
    assert is_sooner(before, after) is expected


@pytest.mark.parametrize(
    ("text", "expected"), [("90s", 90), ("1h30m", 5400), ("500ms", 0.5), ("2d", 172800), ("0", 0), ("soon", None)]
)
def test_lengths_of_time(text: str, expected: float | None) -> None:
    assert seconds(text) == expected


def endpoint(**fields: Any) -> Any:
    return lambda manifest: manifest["spec"]["podMetricsEndpoints"][0].update(fields)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (endpoint(interval="60s"), Effect.UNWATCHED),
        (endpoint(interval="15s"), Effect.LIVE),
        (endpoint(scrapeTimeout="5s"), Effect.LIVE),
        (endpoint(path="/other"), Effect.UNWATCHED),
        (endpoint(port="redis"), Effect.UNWATCHED),
        (endpoint(metricRelabelings=[{"action": "drop"}]), Effect.UNWATCHED),
        (endpoint(something="else"), Effect.REFUSED),
        (endpoint(honorTimestamps=False), Effect.UNKNOWN),
        (lambda manifest: manifest["spec"]["podMetricsEndpoints"].clear(), Effect.UNWATCHED),
        (lambda manifest: manifest["spec"]["podMetricsEndpoints"].append({"port": "sidecar"}), Effect.LIVE),
        (lambda manifest: manifest["spec"].update(podTargetLabels=[]), Effect.UNWATCHED),
        (lambda manifest: manifest["spec"].update(podTargetLabels=["app", "team"]), Effect.LIVE),
        (lambda manifest: manifest["spec"].update(jobLabel="app"), Effect.UNWATCHED),
        (lambda manifest: manifest["spec"]["selector"]["matchLabels"].update(role="master"), Effect.UNWATCHED),
        (lambda manifest: manifest["spec"]["selector"]["matchLabels"].pop("app"), Effect.LIVE),
        (lambda manifest: manifest["spec"].update(namespaceSelector={"any": True}), Effect.LIVE),
        (lambda manifest: manifest["spec"].update(namespaceSelector={"matchNames": ["other"]}), Effect.UNWATCHED),
        (lambda manifest: manifest["spec"].update(sampleLimit=10), Effect.UNKNOWN),
    ],
)
def test_a_change_of_the_scraping_does_this(edit: Any, expected: Effect) -> None:
    assert effects(changed(stack("everything-on"), MONITOR, edit)) == {expected}


def grafana_dashboard() -> Objects:
    return {
        GRAFANA: {
            "apiVersion": "grafana.integreatly.org/v1beta1",
            "kind": "GrafanaDashboard",
            "metadata": {"name": "dragonfly", "namespace": "cache"},
            "spec": {"uid": "a", "instanceSelector": {}, "json": "{}", "allowCrossNamespaceImport": True},
        }
    }


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("json", '{"a": 1}', Effect.LIVE),
        ("uid", "b", Effect.REFUSED),
        ("instanceSelector", {"matchLabels": {"a": "b"}}, Effect.REFUSED),
        ("allowCrossNamespaceImport", False, Effect.REFUSED),
        ("folder", "Caches", Effect.LIVE),
        ("suspend", True, Effect.UNWATCHED),
        ("plugins", [{"name": "a"}], Effect.REFUSED),
        ("plugins", [{"name": "a", "version": "1.0.0"}], Effect.UNKNOWN),
    ],
)
def test_a_change_of_a_grafana_dashboard_does_this(field: str, value: Any, expected: Effect) -> None:
    changes = changed(grafana_dashboard(), GRAFANA, lambda manifest: manifest["spec"].update({field: value}))
    assert effects(changes) == {expected}


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (lambda manifest: manifest["data"].update({"dragonfly-cache-dragonfly.json": "{}"}), Effect.LIVE),
        (lambda manifest: manifest["data"].clear(), Effect.UNWATCHED),
        (lambda manifest: manifest["metadata"]["labels"].pop("grafana_dashboard"), Effect.UNWATCHED),
        (lambda manifest: manifest["metadata"]["annotations"].update(grafana_folder="Other"), Effect.LIVE),
    ],
)
def test_a_change_of_a_dashboards_config_map_does_this(edit: Any, expected: Effect) -> None:
    assert effects(changed(stack("everything-on"), DASHBOARD, edit)) == {expected}


def test_a_dashboard_that_is_gone_watches_no_longer() -> None:
    objects = stack("everything-on")
    assert effects(read(objects, without(objects, DASHBOARD), DASHBOARD)) == {Effect.PRUNED, Effect.UNWATCHED}


SCRIPTS = key("ConfigMap", "dragonfly-retention")


def test_a_script_is_run_by_the_next_pod() -> None:
    changes = changed(stack("restored"), SCRIPTS, lambda manifest: manifest["data"].update({"prune.py": "pass"}))
    assert effects(changes) == {Effect.LIVE}
    assert "CronJob cache/dragonfly-retention" in said(changes)


def test_scripts_that_are_gone_stop_their_job() -> None:
    objects = stack("restored")
    assert effects(read(objects, without(objects, SCRIPTS), SCRIPTS)) == {Effect.PRUNED, Effect.STUCK}


def test_scripts_that_go_with_their_job_stop_nobody() -> None:
    objects = stack("restored")
    job = key("CronJob", "dragonfly-retention")
    assert effects(read(objects, without(objects, SCRIPTS, job), SCRIPTS)) == {Effect.PRUNED}


def test_a_config_map_that_nobody_here_reads_is_unknown() -> None:
    objects = {SCRIPTS: stack("restored")[SCRIPTS]}
    changes = changed(objects, SCRIPTS, lambda manifest: manifest["data"].update({"prune.py": "pass"}))
    assert effects(changes) == {Effect.UNKNOWN}


def test_an_immutable_config_map_is_refused() -> None:
    objects = stack("restored")
    objects[SCRIPTS]["immutable"] = True
    changes = changed(objects, SCRIPTS, lambda manifest: manifest["data"].update({"prune.py": "pass"}))
    assert effects(changes) == {Effect.REFUSED}
