"""A real Prometheus scrapes what our PodMonitors select, and alerts when it is gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.monitoring.conftest import BUSY, CACHES, Watched
from tests.monitoring.exporter import MASTER, REPLICA, Exporter
from tests.monitoring.manifests import monitored
from tests.monitoring.prometheus import Prometheus, pods_of, prometheus, scrape_config, wait_for


@pytest.fixture
def exporters() -> Iterator[list[Exporter]]:
    running = [Exporter(MASTER), Exporter(REPLICA), Exporter(REPLICA)]
    yield running
    for exporter in running:
        exporter.kill()


def test_killed_servers_raise_dragonfly_down(exporters: list[Exporter], tmp_path: Path) -> None:
    arguments = {"interval": "1s", "scrape_timeout": "1s", "alerts": {"DragonflyDown": {"for": "2s"}}}
    made = monitored(monitoring=arguments)
    scraped = scrape_config(made["PodMonitor"], pods_of("cache", "sessions", exporters))
    with prometheus(tmp_path, scraped, [made["PrometheusRule"]["spec"]]) as running:
        wait_for(lambda: len(running.query("up == 1")) == 3)
        groups = wait_for(lambda: evaluated(running))
        assert [rule["lastError"] for group in groups for rule in group["rules"] if rule["health"] != "ok"] == []
        assert running.firing() == {}
        for exporter in exporters:
            exporter.kill()
        alert = wait_for(lambda: running.firing().get("DragonflyDown"))
    assert alert["labels"] == {
        "alertname": "DragonflyDown",
        "app": "sessions",
        "namespace": "cache",
        "severity": "critical",
    }
    assert alert["annotations"]["summary"] == "Dragonfly cache/sessions is down"


def evaluated(running: Prometheus) -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = running.get("rules")["groups"]
    return groups if all(rule["health"] != "unknown" for group in groups for rule in group["rules"]) else []


def test_targets_have_the_labels_that_the_rules_know(watched: Watched) -> None:
    [series] = watched.prometheus.query('up{namespace="cache",pod="sessions-0"}')
    assert series["metric"] == {
        "__name__": "up",
        "app": "sessions",
        "app_kubernetes_io_part_of": "dragonfly",
        "container": "dragonfly",
        "endpoint": "admin",
        "instance": watched.exporters["cache", "sessions"][0].address,
        "job": "dragonfly",
        "namespace": "cache",
        "pod": "sessions-0",
    }


def test_every_series_of_the_exposition_is_taken(watched: Watched) -> None:
    [taken] = watched.prometheus.query('scrape_samples_scraped{namespace="cache",pod="sessions-0"}')
    assert int(taken["value"][1]) == len([line for line in BUSY.splitlines() if not line.startswith("#")])


def test_only_the_caches_own_pods_and_port_are_scraped(watched: Watched) -> None:
    targets = watched.prometheus.get("targets")["activeTargets"]
    own = {exporter.address for exporters in watched.exporters.values() for exporter in exporters}
    assert sorted(target["labels"]["instance"] for target in targets) == sorted(own)


def test_caches_of_one_name_or_one_namespace_stay_apart(watched: Watched) -> None:
    recorded = watched.prometheus.query("app:dragonfly_db_keys:master")
    assert sorted((one["metric"]["namespace"], one["metric"]["app"]) for one in recorded) == sorted(CACHES)
