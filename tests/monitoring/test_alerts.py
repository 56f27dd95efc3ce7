"""The catalogue: which alerts follow from what a cache is, and what holds for each of its rows."""

from __future__ import annotations

import re
from typing import Any

import pytest
from promql_parser import AggregateExpr, Call, Expr, MatrixSelector, VectorSelector, parse, walk

from constructs_lib.cache.arguments import CacheArguments
from constructs_lib.dragonfly.metrics import OTHER_METRICS, server_metrics
from constructs_lib.monitoring.alert_rule import AlertRule
from constructs_lib.monitoring.alerts import ADMINISTRATIVE_COMMANDS, BLOCKING_COMMANDS, alerts_of
from constructs_lib.monitoring.arguments import ALERTS, MonitoringArguments
from constructs_lib.monitoring.instance import BY_INSTANCE, MonitoredInstance
from constructs_lib.monitoring.objectives import AVAILABLE_RULE
from constructs_lib.monitoring.promql import expression_problems, metric_names, selectors
from constructs_lib.monitoring.recording_rules import RECORDING_RULES, SNAPSHOT_RECORDING_RULES
from constructs_lib.monitoring.rule_groups import rule_groups
from constructs_lib.values.cron import Cron
from constructs_lib.values.version import Version

BRIEF = {"DragonflyDown", "DragonflyMemoryHigh", "DragonflyConnectionsHigh", "DragonflyReplicationLag"}
SERVERS = ("v1.36.0", "v1.40.1")
RECORDS = {row.record for row in (*RECORDING_RULES, *SNAPSHOT_RECORDING_RULES, AVAILABLE_RULE)}
STATEFULSET_LABELS = {"namespace", "statefulset"}
TARGET_LABELS = {"app", "container", "endpoint", "instance", "job", "namespace", "pod"}
"""Of every series that our PodMonitor's targets have, beside the metric's own."""


def instance(server: str = "v1.36.0", **arguments: Any) -> MonitoredInstance:
    return MonitoredInstance(
        CacheArguments(name="sessions", version=server, **arguments),
        "cache",
        availability_objective=99.9,
        operator_namespace="dragonfly-operator-system",
        schedule=Cron.of("0 */6 * * *"),
        drill_schedule=Cron.of("30 5 * * 1"),
    )


def names(monitored: MonitoredInstance) -> set[str]:
    return {row.name for row in alerts_of(monitored)}


def every_expression() -> dict[str, str]:
    """Every rule of each kind of cache, by a name of its own."""
    found = {}
    for server in SERVERS:
        for kind in ({"replicas": 3}, {"replicas": 3, "profile": "cache"}):
            watched = instance(server, **kind)
            arguments = MonitoringArguments()
            for group in rule_groups(arguments, watched):
                for rule in group["rules"] if group["name"] != "dragonfly.drills" else ():
                    name = rule.get("alert", rule.get("record"))
                    found[f"{name} {server} {'cache' if watched.evicts else 'plain'}"] = rule["expr"]
    return found


EXPRESSIONS = every_expression()


@pytest.mark.parametrize("server", ["v1.36.0", "v1.38.0", "v1.40.1", "v1.50.0"])
@pytest.mark.parametrize("kind", [{"replicas": 1}, {"replicas": 3}, {"replicas": 3, "profile": "cache"}], ids=str)
def test_every_rule_reads_what_that_server_exports_or_a_rule_records(server: str, kind: dict[str, Any]) -> None:
    for group in rule_groups(MonitoringArguments(), instance(server, **kind)):
        for rule in group["rules"]:
            assert list(expression_problems(rule["expr"], Version.of(server), RECORDS)) == [], rule


def test_a_further_template_reads_the_metric_that_it_waits_for() -> None:
    further = [row for row in ALERTS.values() if row.also]
    assert further
    for row in further:
        with_it, without = (row.expression(instance(server, replicas=3)) for server in reversed(SERVERS))
        assert metric_names(with_it) - metric_names(without) == {row.also_reads}


def test_briefs_names_stay() -> None:
    assert ALERTS.keys() >= BRIEF


def test_one_pod_has_no_alerts_on_replicas() -> None:
    assert names(instance(replicas=3)) - names(instance(replicas=1)) == {
        "DragonflyMultipleMasters",
        "DragonflyReplicaLinkDown",
        "DragonflyReplicaMissing",
        "DragonflyReplicationLag",
    }


def test_cache_mode_trades_fullness_for_the_hit_ratio() -> None:
    plain, cache = names(instance()), names(instance(profile="cache"))
    assert plain - cache == {"DragonflyMemoryHigh", "DragonflyEvictions", "DragonflyDataLost"}
    assert cache - plain == {"DragonflyHitRatioLow"}


def test_without_a_backup_nothing_is_said_of_snapshots() -> None:
    saved = instance()
    unsaved = MonitoredInstance(saved.arguments, "cache")
    assert names(saved) - names(unsaved) == {
        "DragonflyBackupFailed",
        "DragonflyBackupOverdue",
        "DragonflyRestoreFailed",
        "DragonflyStartedEmpty",
        "DragonflyRestoreDrillOverdue",
        "DragonflyOperatorDown",
    }


@pytest.mark.parametrize("row", ALERTS.values(), ids=lambda row: row.name)
def test_texts_leave_nothing_open(row: AlertRule) -> None:
    watched = instance(replicas=3)
    threshold = row.default_threshold(watched)
    told = row.annotations(row.duration, threshold, "https://example.org/runbooks/")
    assert told["runbook_url"] == f"https://example.org/runbooks/{row.name}.md"
    for text in (*told.values(), row.expression(watched)):
        assert not re.search(r"<\w+>", text)


@pytest.mark.parametrize("row", ALERTS.values(), ids=lambda row: row.name)
def test_threshold_is_explained_and_used(row: AlertRule) -> None:
    assert bool(row.threshold_means) is (row.threshold is not None)
    if row.threshold is not None:
        assert "4321" in row.expression(instance(replicas=3), 4321)


@pytest.mark.parametrize("name", [name for name in EXPRESSIONS if name.split()[0] in ALERTS])
def test_alert_keeps_the_labels_of_the_instance_and_no_others(name: str) -> None:
    """So that one error is one page, and routing by namespace or cluster works."""
    kept = "cluster, namespace, job" if "Operator" in name else BY_INSTANCE
    assert set(grouped(parse(EXPRESSIONS[name]))) == {kept}


def grouped(part: Expr) -> list[str]:
    """The labels that each outermost operand of an expression is grouped by."""
    if isinstance(part, AggregateExpr):
        return [", ".join(part.modifier.labels if part.modifier else ())]
    if isinstance(part, VectorSelector):
        return [BY_INSTANCE] if str(part).startswith("app:") else ["everything"]
    if isinstance(part, MatrixSelector):
        return grouped(part.vector_selector)
    if isinstance(part, Call):
        if part.func.name == "absent":
            return ["cluster, namespace, job"]  # of the matchers, which name no others
        return [label for argument in part.args for label in grouped(argument)]
    operands = [getattr(part, side) for side in ("lhs", "rhs", "expr") if hasattr(part, side)]
    return [label for operand in operands for label in grouped(operand)]


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_expression_reads_one_instance(name: str) -> None:
    for selector in selectors(EXPRESSIONS[name]):
        matchers = {matcher.name: matcher.value for matcher in selector.matchers.matchers}
        if selector.name in OTHER_METRICS and "app" not in matchers:
            assert matchers.keys() & {"statefulset", "job"}, str(selector)
            assert "namespace" in matchers
        else:
            assert (matchers["namespace"], matchers["app"]) == ("cache", "sessions"), str(selector)


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_expression_matches_labels_that_the_series_have(name: str) -> None:
    metrics = server_metrics(instance("v1.40.1" if "v1.40.1" in name else "v1.36.0").arguments.server)
    for selector in selectors(EXPRESSIONS[name]):
        assert selector.name
        own = metrics[selector.name].labels if selector.name in metrics else frozenset()
        known = TARGET_LABELS | own | (STATEFULSET_LABELS if selector.name.startswith("kube_") else set())
        assert {matcher.name for matcher in selector.matchers.matchers} <= known, str(selector)


COUNTER_FUNCTIONS = {"rate", "increase", "resets"}


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_only_counters_are_rated_and_no_counter_is_compared(name: str) -> None:
    metrics = server_metrics(instance("v1.40.1" if "v1.40.1" in name else "v1.36.0").arguments.server)
    rated: list[str] = []

    def visit(part: Expr) -> None:
        if isinstance(part, Call) and part.func.name in COUNTER_FUNCTIONS:
            rated.append(part.args[0].vector_selector.name)

    walk(parse(EXPRESSIONS[name]), visit)
    for metric in rated:
        assert metric in RECORDS or metrics[metric].type in ("counter", "histogram"), metric


def test_thresholds_follow_from_the_cache() -> None:
    watched = instance(replicas=5, proactor_threads=4, memory_limit="4Gi", slowlog_log_slower_than=2500)
    thresholds = {row.name: row.default_threshold(watched) for row in alerts_of(watched)}
    assert thresholds["DragonflyReplicaMissing"] == 5
    assert thresholds["DragonflyReplicationLag"] == 4096
    assert thresholds["DragonflySlowCommands"] == 0.0025
    assert thresholds["DragonflyBackupOverdue"] == 6 * 3600


def test_slow_log_of_everything_leaves_the_usual_threshold() -> None:
    assert instance(slowlog_log_slower_than=0).slow_seconds == 0.01


@pytest.mark.parametrize(
    ("arguments", "limit"),
    [
        ({"memory_limit": "1Gi"}, "clamp_max(1.25 * dragonfly_memory_max_bytes{<pods>}, 1073741824)"),
        (
            {"memory_limit": "2Gi", "flags": {"rss_oom_deny_ratio": 1.1}},
            "clamp_max(1.1 * dragonfly_memory_max_bytes{<pods>}, 2147483648)",
        ),
        (
            {"memory_limit": "1Gi", "flags": {"rss_oom_deny_ratio": 0}},
            "(0 * dragonfly_memory_max_bytes{<pods>} + 1073741824)",
        ),
    ],
    ids=["as a rule", "another ratio", "no ratio"],
)
def test_resident_memory_ends_where_the_server_or_the_kernel_ends_it(arguments: dict[str, Any], limit: str) -> None:
    assert instance(**arguments).resident_limit == limit


def test_blocking_and_administrative_commands_are_not_called_slow() -> None:
    slow = next(row for row in alerts_of(instance()) if row.name == "DragonflySlowCommands").expression(instance())
    left_out = set(re.findall(r'cmd!~"([^"]*)"', slow)[0].split("|"))
    assert left_out == {*BLOCKING_COMMANDS, *ADMINISTRATIVE_COMMANDS}
    assert {"blpop", "bzpopmin", "xreadgroup", "save", "dfly"} <= left_out
    assert not {"get", "set", "eval", "keys"} & left_out
