"""DragonflyMonitoring: the objects that it writes, and what reaches them from the other constructs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from cdk8s import App, Chart, JsonPatch
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from constructs_lib import DragonflyBackup, DragonflyCache, DragonflyMonitoring, InvalidArguments
from constructs_lib.monitoring.arguments import Alert, Rule
from tests.monitoring.manifests import by_kind, monitored

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion


class Yaml(SingleFileSnapshotExtension):
    """One file a resource."""

    _write_mode = WriteMode.TEXT
    file_extension = "yaml"


MODES: dict[str, dict[str, Any]] = {
    "plain": {"cache": {"replicas": 3}},
    "one-pod-cache-mode": {"cache": {"replicas": 1, "profile": "cache"}},
    "everything": {
        "cache": {"replicas": 3, "version": "v1.40.1"},
        "monitoring": {
            "alert_labels": {"team": "platform"},
            "alerts": {"DragonflyMemoryHigh": {"threshold": 0.8, "for": "10m", "severity": "page"}},
            "availability_objective": 99.9,
            "operator_metrics": True,
            "runbook_url": "https://example.org/runbooks",
        },
        "schedule": "0 */6 * * *",
    },
}


@pytest.mark.parametrize("mode", MODES)
def test_prometheus_rule_is_written_as_reviewed(mode: str, snapshot: SnapshotAssertion) -> None:
    assert written(monitored(**MODES[mode])["PrometheusRule"]) == snapshot(extension_class=Yaml)


def test_pod_monitor_is_written_as_reviewed(snapshot: SnapshotAssertion) -> None:
    assert written(monitored()["PodMonitor"]) == snapshot(extension_class=Yaml)


def written(manifest: dict[str, Any]) -> str:
    return yaml.safe_dump(manifest, sort_keys=False, width=100_000)


def groups_of(chart: Chart) -> list[str]:
    return [group["name"] for group in by_kind(chart)["PrometheusRule"]["spec"]["groups"]]


@pytest.mark.parametrize("backup_first", [True, False])
def test_backups_are_watched_whichever_was_made_first(backup_first: bool) -> None:
    chart = Chart(App(), "sessions", namespace="cache")
    cache = DragonflyCache(chart, "cache", name="sessions")
    if backup_first:
        DragonflyBackup(chart, "backup", cache=cache, bucket="backups")
    DragonflyMonitoring(chart, "monitoring", cache=cache)
    if not backup_first:
        DragonflyBackup(chart, "backup", cache=cache, bucket="backups")
    assert groups_of(chart) == ["dragonfly.rules", "dragonfly.snapshots"]


def test_without_a_backup_no_snapshots_are_watched() -> None:
    chart = Chart(App(), "sessions", namespace="cache")
    DragonflyMonitoring(chart, "monitoring", cache=DragonflyCache(chart, "cache"))
    assert groups_of(chart) == ["dragonfly.rules"]


def test_every_fault_comes_at_once() -> None:
    chart = Chart(App(), "sessions", namespace="cache")
    cache = DragonflyCache(chart, "cache")
    with pytest.raises(InvalidArguments) as raised:
        DragonflyMonitoring(
            chart,
            "monitoring",
            cache=cache,
            interval="5m",
            alerts={"DragonflyDwon": Alert()},
            known_metrics=["a b"],
        )
    assert [error.where for error in raised.value.errors] == ["known_metrics[0]", "interval", "alerts.DragonflyDwon"]


def test_unknown_metric_in_an_extra_rule_is_a_fault_at_synth() -> None:
    chart = Chart(App(), "sessions", namespace="cache")
    cache = DragonflyCache(chart, "cache")
    rule = Rule(alert="A", expr="dragonfly_replication_lag_seconds > 10")
    with pytest.raises(
        InvalidArguments, match=r"extra_rules\[0\].expr: dragonfly_replication_lag_seconds is no metric"
    ):
        DragonflyMonitoring(chart, "monitoring", cache=cache, extra_rules=[rule])


def test_json_patches_are_honoured() -> None:
    chart = Chart(App(), "sessions", namespace="cache")
    monitoring = DragonflyMonitoring(chart, "monitoring", cache=DragonflyCache(chart, "cache"))
    monitoring.pod_monitor.add_json_patch(JsonPatch.add("/spec/sampleLimit", 5000))
    monitoring.prometheus_rule.add_json_patch(JsonPatch.add("/spec/groups/0/interval", "15s"))
    made = by_kind(chart)
    assert made["PodMonitor"]["spec"]["sampleLimit"] == 5000
    assert made["PrometheusRule"]["spec"]["groups"][0]["interval"] == "15s"


def test_role_is_no_label_of_the_series() -> None:
    assert monitored()["PodMonitor"]["spec"]["podTargetLabels"] == ["app"]


def test_label_of_every_series_can_be_added() -> None:
    labels = ["app", "topology.kubernetes.io/zone"]
    assert monitored(monitoring={"pod_target_labels": labels})["PodMonitor"]["spec"]["podTargetLabels"] == labels


def test_same_input_gives_the_same_bytes() -> None:
    assert monitored(**MODES["everything"]) == monitored(**MODES["everything"])
