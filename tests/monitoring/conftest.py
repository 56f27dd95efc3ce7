"""One Prometheus for all tests that only look: it takes five seconds to begin to scrape."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest

from tests.monitoring.exporter import MASTER, REPLICA, Exporter, with_series
from tests.monitoring.manifests import monitored
from tests.monitoring.prometheus import Pod, Prometheus, pods_of, prometheus, scrape_config, wait_for

CACHES = (("cache", "sessions"), ("cache", "queue"), ("other", "sessions"))
"""Two caches of one name, and two in one namespace."""

BUSY = MASTER.replace(
    "# TYPE dragonfly_used_memory_rss_bytes gauge\n",
    "# TYPE dragonfly_oom_errors_total counter\n"
    'dragonfly_oom_errors_total{type="insert"} 3\n'
    'dragonfly_oom_errors_total{type="cmd"} 0\n'
    "# TYPE dragonfly_used_memory_rss_bytes gauge\n",
)
BUSY = with_series(BUSY, "dragonfly_evicted_keys_total", '{db="db0"} 7')
BUSY += "# TYPE dragonfly_restore_drill_last_success_timestamp_seconds gauge\n"
BUSY += "dragonfly_restore_drill_last_success_timestamp_seconds 1760000000\n"
"""A master that has evicted and refused something, and a drill's metric, which a Pushgateway would say."""


@dataclass(frozen=True)
class Watched:
    """A Prometheus that watches the three caches."""

    prometheus: Prometheus
    manifests: dict[tuple[str, str], dict[str, dict[str, Any]]]
    exporters: dict[tuple[str, str], list[Exporter]]


@pytest.fixture(scope="session")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    with ExitStack() as ended:
        exporters = {cache: [Exporter(BUSY), Exporter(REPLICA)] for cache in CACHES}
        pods: list[Pod] = []
        for (namespace, name), running in exporters.items():
            pods += pods_of(namespace, name, running)
            for exporter in running:
                ended.callback(exporter.kill)
        # Another port of one of the pods, and a pod of something else: both are no targets.
        pods += [Pod("sessions-0", "127.0.0.1:1", "cache", pods[0].labels, port="redis")]
        pods += [Pod("web-0", "127.0.0.1:1", "cache", {"app": "web"})]
        arguments = {
            "interval": "1s",
            "scrape_timeout": "1s",
            "availability_objective": 99.9,
            "pod_target_labels": ["app.kubernetes.io/part-of"],
            "runbook_url": "https://example.org/runbooks",
            "alerts": {"DragonflyMemoryHigh": {"threshold": 0, "for": "0s"}},
        }
        manifests = {
            (namespace, name): monitored({"replicas": 2}, arguments, "0 * * * *", namespace=namespace, name=name)
            for namespace, name in CACHES
        }
        scraped = [one for made in manifests.values() for one in scrape_config(made["PodMonitor"], pods)]
        rules = [made["PrometheusRule"]["spec"] for made in manifests.values()]
        started = ended.enter_context(prometheus(tmp_path_factory.mktemp("prometheus"), scraped, rules))
        wait_for(lambda: len(started.query("count_over_time(up[5s]) > 3")) == 2 * len(CACHES))
        wait_for(lambda: len(started.query("count_over_time(app:dragonfly_db_keys:master[5s]) > 2")) == len(CACHES))
        yield Watched(started, manifests, exporters)
