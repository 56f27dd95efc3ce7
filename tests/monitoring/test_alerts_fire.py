"""Every alert on Prometheus' own engine: a fault fires it and no other, the near miss none, and health is silent."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from constructs_lib.monitoring.arguments import ALERTS
from constructs_lib.values.version import Version
from tests.monitoring.faults import FAULTS, HOURLY, INSTANCE, OPERATOR, Fault
from tests.monitoring.manifests import play, promtool, rules_of
from tests.monitoring.targets import Targets, between, constant, rising, since

EVERYTHING = {"operator_metrics": True, "availability_objective": 99.9}


def fired(alerts: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
    return [
        {"labels": "{" + ",".join(f'{name}="{value}"' for name, value in labels.items()) + "}", "value": 1}
        for labels in alerts.values()
    ]


def rules_for(fault: Fault) -> dict[str, Any]:
    return rules_of(json.dumps(fault.cache), json.dumps(fault.monitoring), fault.schedule, fault.drill)


def alert_in(rules: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        rule for group in rules["groups"] for rule in group["rules"] if rule.get("alert") == name
    )
    return found


def labels_of(rules: dict[str, Any], name: str, labels: dict[str, str]) -> dict[str, str]:
    return {"alertname": name, **labels, "severity": alert_in(rules, name)["labels"]["severity"]}


def nothing_fires(minutes: float) -> list[dict[str, Any]]:
    expression = f'count_over_time(ALERTS{{alertstate="firing"}}[{int(minutes)}m])'
    return [{"expr": expression, "eval_time": f"{int(minutes)}m", "exp_samples": []}]


def test_every_alert_has_a_fault() -> None:
    assert {fault.alert for fault in FAULTS} == ALERTS.keys()


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_fault_fires_its_alert_and_no_other(fault: Fault, tmp_path: Path) -> None:
    rules = rules_for(fault)
    targets = Targets(fault.until, replicas=fault.cache["replicas"], server=Version.of(fault.server))
    fault.happens(targets)
    expected = {name: labels_of(rules, name, fault.labels) for name in (fault.alert, *fault.with_others)}
    # `ALERTS` without its name and state, with the value 1: exactly these alerts fire.
    firing = {"expr": 'sum without (alertstate, __name__) (ALERTS{alertstate="firing"})', "eval_time": f"{fault.at}m"}
    over = f'count by (alertname) (count_over_time(ALERTS{{alertstate="firing"}}[{int(fault.until)}m]))'
    ever = {"expr": over, "eval_time": f"{int(fault.until)}m"}
    play(
        rules,
        targets,
        tmp_path,
        fault.evaluation,
        promql_expr_test=[
            {**firing, "exp_samples": fired(expected)},
            {**ever, "exp_samples": fired({name: {"alertname": name} for name in expected})},
        ],
        alert_rule_test=[
            {
                "eval_time": f"{fault.at}m",
                "alertname": fault.alert,
                "exp_alerts": [
                    {
                        "exp_labels": {k: v for k, v in expected[fault.alert].items() if k != "alertname"},
                        "exp_annotations": told(alert_in(rules, fault.alert)["annotations"], fault),
                    }
                ],
            }
        ],
    )


def told(annotations: dict[str, str], fault: Fault) -> dict[str, str]:
    """The annotations with their templates filled in."""
    filled = {}
    for name, text in annotations.items():
        for label, value in fault.labels.items():
            text = text.replace(f"{{{{ $labels.{label} }}}}", value)
        filled[name] = re.sub(r"\{\{ \$value[^}]*\}\}", fault.says or "NO VALUE GIVEN", text)
    return filled


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_near_miss_fires_nothing(fault: Fault, tmp_path: Path) -> None:
    targets = Targets(fault.until, replicas=fault.cache["replicas"], server=Version.of(fault.server))
    fault.nearly(targets)
    play(rules_for(fault), targets, tmp_path, fault.evaluation, promql_expr_test=nothing_fires(fault.until))


HEALTHY_MODES: dict[str, tuple[dict[str, Any], str | None]] = {
    "plain": ({"replicas": 3}, None),
    "cache": ({"replicas": 3, "profile": "cache"}, None),
    "backup": ({"replicas": 3}, HOURLY),
}


@pytest.mark.parametrize("server", ["v1.36.0", "v1.40.1"])
@pytest.mark.parametrize("mode", HEALTHY_MODES)
def test_an_hour_of_health_is_silent(mode: str, server: str, tmp_path: Path) -> None:
    cache, schedule = HEALTHY_MODES[mode]
    targets = Targets(60, server=Version.of(server))
    targets.add("up", constant(1), pod="dragonfly-operator-0", **OPERATOR)
    if mode == "cache":
        # Full by design, and evicting.
        targets.set("dragonfly_memory_used_bytes", constant(818 * 1024**2))
        targets.set("dragonfly_used_memory_rss_bytes", constant(900 * 1024**2))
        targets.set("dragonfly_evicted_keys_total", rising(100), [0], db="db0")
    if mode == "backup":
        targets.set("dragonfly_backups_total", lambda minute: (minute + 30) // 60)
    rules = rules_of(json.dumps({**cache, "version": server}), json.dumps(EVERYTHING), schedule)
    play(rules, targets, tmp_path, promql_expr_test=nothing_fires(60))


def test_rolling_update_is_silent(tmp_path: Path) -> None:
    targets = Targets(60)
    for pod, minute in ((1, 10), (2, 12), (0, 14)):
        targets.restart(pod, minute)
        targets.remove(minute - 1, minute, pods=[pod])
    targets.set("dragonfly_master", between(0, 13, constant(1), between(13, 14, None, constant(0))), [0])
    targets.set("dragonfly_master", since(13, constant(1), constant(0)), [1])
    for replica in (1, 2):
        targets.set_lag(replica, between(0, 13, constant(3), None))
    targets.set(
        "dragonfly_connected_replica_lag_records",
        since(13, constant(0), None),
        [1],
        replica_ip="10.0.0.2",
        replica_state="online",
    )
    targets.set(
        "dragonfly_connected_replica_lag_records",
        since(15, constant(0), None),
        [1],
        replica_ip="10.0.0.0",
        replica_state="online",
    )
    play(rules_of('{"replicas": 3}'), targets, tmp_path, promql_expr_test=nothing_fires(60))


def test_another_cache_of_that_name_or_namespace_is_not_mixed_up(tmp_path: Path) -> None:
    targets = Targets(30)
    for namespace, app in (("cache", "queue"), ("other", "sessions")):
        down = Targets(30, namespace=namespace, app=app)
        down.stop(0)
        down.set("dragonfly_master", constant(1))
        down.set("dragonfly_memory_used_bytes", constant(10**12))
        targets.series |= down.series
    play(rules_of('{"replicas": 3}'), targets, tmp_path, promql_expr_test=nothing_fires(30))


def test_label_of_the_cluster_is_kept(tmp_path: Path) -> None:
    targets = Targets(20, more_labels={"cluster": "prod"})
    targets.move_master(10, 99, ())
    rules = rules_of('{"replicas": 3}')
    expected = fired({"": labels_of(rules, "DragonflyNoMaster", {**INSTANCE, "cluster": "prod"})})
    expression = 'sum without (alertstate, __name__) (ALERTS{alertstate="firing"})'
    play(
        rules,
        targets,
        tmp_path,
        promql_expr_test=[{"expr": expression, "eval_time": "15m", "exp_samples": expected}],
    )


@pytest.mark.parametrize("mode", HEALTHY_MODES)
def test_promtool_takes_the_rules(mode: str, tmp_path: Path) -> None:
    cache, schedule = HEALTHY_MODES[mode]
    (tmp_path / "rules.json").write_text(json.dumps(rules_of(json.dumps(cache), json.dumps(EVERYTHING), schedule)))
    promtool("check", "rules", tmp_path / "rules.json")
