"""Prometheus' own operator makes of our PodMonitors and PrometheusRules what our alerts need to fire."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from constructs_lib.checks.api_server import ApiServer, current_cluster
from tests.builds import CannotRun
from tests.cluster.binaries import PROMETHEUS, binaries
from tests.cluster.control_plane import control_plane
from tests.e2e.prometheus_operator import (
    PrometheusObject,
    apply,
    exporter_at_an_address_of_its_own,
    prometheus_operator,
    run_pod,
)
from tests.monitoring.exporter import MASTER, REPLICA, Exporter
from tests.monitoring.manifests import monitored
from tests.monitoring.prometheus import Prometheus, pods_of, prometheus_of, scrape_config, wait_for

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is but one address of loopback")

SELECTED = {"release": "kube-prometheus-stack"}
"""What the Prometheus of the chart kube-prometheus-stack selects monitors and rules by."""
CACHES = ("sessions", "queue")
PATIENCE = 60
"""Seconds, for a machine that has much else to do."""
MONITORING: dict[str, Any] = {
    "interval": "2s",
    "scrape_timeout": "2s",
    "pod_monitor_labels": SELECTED,
    "rule_labels": SELECTED,
    "alerts": {"DragonflyReplicaMissing": {"for": "5s"}},
}


@dataclass(frozen=True)
class Watched:
    """Two caches, and the Prometheus that the operator has set up for them."""

    server: ApiServer
    kubeconfig: Path
    program: Path
    made: PrometheusObject
    prometheus: Prometheus
    manifests: dict[str, dict[str, dict[str, Any]]]
    exporters: dict[str, list[Exporter]]


@pytest.fixture(scope="module")
def watched(kubectl: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    manifests = {name: monitored({"replicas": 2}, MONITORING, name=name) for name in CACHES}
    with ExitStack() as ended:
        folder = tmp_path_factory.mktemp("cluster")
        try:
            kubeconfig = ended.enter_context(control_plane(binaries(), folder))
            server = ended.enter_context(current_cluster(kubeconfig))
            ended.enter_context(prometheus_operator(server, kubeconfig, folder))
            program = PROMETHEUS.built() / "prometheus"
        except CannotRun as reason:
            pytest.skip(str(reason))
        apply(server, {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "cache"}})
        exporters = {name: [exporter_at_an_address_of_its_own(text) for text in (MASTER, REPLICA)] for name in CACHES}
        for name, running in exporters.items():
            for pod, exporter in zip(pods_of("cache", name, running), running, strict=True):
                ended.callback(exporter.kill)
                run_pod(server, "cache", pod.name, pod.labels, exporter.host)
            apply(server, manifests[name]["PodMonitor"])
            apply(server, manifests[name]["PrometheusRule"])
        run_pod(server, "cache", "web-0", {"app": "web"}, "127.0.0.1")  # of something else, with a port of that name
        made = PrometheusObject(server, kubeconfig, "main", tmp_path_factory.mktemp("main"))
        made.create(SELECTED)
        wait_for(lambda: len(made.configuration().get("scrape_configs", [])) == len(CACHES), PATIENCE)
        wait_for(lambda: len(made.rule_files()) == len(CACHES), PATIENCE)
        started = ended.enter_context(prometheus_of(made.mounted(), program))
        wait_for(lambda: len(started.query("sum_over_time(up[1m]) > 2")) == 2 * len(CACHES), PATIENCE)
        yield Watched(server, kubeconfig, program, made, started, manifests, exporters)


def test_every_pod_is_scraped_and_has_the_labels_that_the_rules_know(watched: Watched) -> None:
    series = sorted((one["metric"] for one in watched.prometheus.query("up")), key=lambda labels: str(labels["pod"]))
    assert series == [
        {
            "__name__": "up",
            "app": name,
            "container": "dragonfly",
            "endpoint": "admin",
            "instance": exporter.address,
            "job": "dragonfly",
            "namespace": "cache",
            "pod": f"{name}-{number}",
        }
        for name in sorted(CACHES)
        for number, exporter in enumerate(watched.exporters[name])
    ]


def test_nothing_else_is_a_target(watched: Watched) -> None:
    targets = watched.prometheus.get("targets")["activeTargets"]
    own = [exporter.address for exporters in watched.exporters.values() for exporter in exporters]
    assert sorted(target["labels"]["instance"] for target in targets) == sorted(own)


def test_every_rule_is_loaded_and_evaluates(watched: Watched) -> None:
    written = [
        rule.get("record") or rule["alert"]
        for made in watched.manifests.values()
        for group in made["PrometheusRule"]["spec"]["groups"]
        for rule in group["rules"]
    ]
    rules = wait_for(lambda: _evaluated(watched.prometheus), PATIENCE)
    assert sorted(rule["name"] for rule in rules) == sorted(written)
    assert [rule["lastError"] for rule in rules if rule["health"] != "ok"] == []


def test_every_recorded_expression_gives_a_series_of_each_cache(watched: Watched) -> None:
    recorded = {
        rule["record"]
        for group in watched.manifests["sessions"]["PrometheusRule"]["spec"]["groups"]
        for rule in group["rules"]
        if "record" in rule
    }
    named = 'count by (__name__, app) ({__name__=~"(app|pod):dragonfly_.+"})'
    wait_for(lambda: len(watched.prometheus.query(named)) == len(recorded) * len(CACHES), PATIENCE)
    series = {(one["metric"]["__name__"], one["metric"]["app"]) for one in watched.prometheus.query(named)}
    assert series == {(name, app) for name in recorded for app in CACHES}


def test_the_operator_writes_what_the_tests_without_it_take_for_its_own(watched: Watched) -> None:
    """tests/monitoring knows the operator by `scrape_config`; here is what it really makes."""
    for made, written in zip(
        sorted(watched.manifests.values(), key=lambda made: str(made["PodMonitor"]["metadata"]["name"])),
        watched.made.configuration()["scrape_configs"],
        strict=True,
    ):
        (assumed,) = scrape_config(made["PodMonitor"], [])
        steps = assumed.pop("relabel_configs")
        del assumed["static_configs"]
        assert {key: written[key] for key in assumed} == assumed
        # Labels that begin with `__tmp` are for shards of Prometheus, of which there is one.
        assert [step for step in written["relabel_configs"] if "__tmp" not in str(step)] == steps


def test_a_prometheus_that_selects_other_monitors_has_no_target_and_no_rule(watched: Watched, tmp_path: Path) -> None:
    """What a wrong `pod_monitor_labels` comes to: nothing complains, and nothing is watched."""
    other = PrometheusObject(watched.server, watched.kubeconfig, "other", tmp_path)
    other.create({"release": "prometheus"})
    wait_for(other.configuration, PATIENCE)
    with prometheus_of(other.mounted(), watched.program) as running:
        assert running.get("targets")["activeTargets"] == []
        assert running.get("rules")["groups"] == []


def test_a_pod_that_stops_answering_raises_the_alert_of_its_cache_alone(watched: Watched) -> None:
    assert watched.prometheus.firing() == {}
    watched.exporters["queue"][1].kill()
    wait_for(watched.prometheus.firing, PATIENCE)
    [alert] = watched.prometheus.firing().values()
    assert alert["labels"] == {
        "alertname": "DragonflyReplicaMissing",
        "app": "queue",
        "namespace": "cache",
        "severity": "warning",
    }
    assert alert["annotations"]["summary"] == "Dragonfly cache/queue lacks a replica"


def _evaluated(running: Prometheus) -> list[dict[str, Any]]:
    rules = [rule for group in running.get("rules")["groups"] for rule in group["rules"]]
    return rules if all(rule["health"] != "unknown" for rule in rules) else []
