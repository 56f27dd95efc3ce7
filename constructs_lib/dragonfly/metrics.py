"""The metrics that can be asked for: the server's by version, and those of what stands around it.

`data/server_metrics.json` holds every metric of servers v1.36.0 and v1.40.1 with its type and labels, read off
`/metrics` and the sources. A name that nobody exports makes an alert that never fires, so it is an error.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from constructs_lib.dragonfly.flags import nearest_known_versions
from constructs_lib.values.suggest import suggest
from constructs_lib.values.version import Version

OTHER_METRICS = {
    "ALERTS": "Prometheus itself",
    "ALERTS_FOR_STATE": "Prometheus itself",
    "scrape_duration_seconds": "Prometheus, for each target",
    "scrape_samples_post_metric_relabeling": "Prometheus, for each target",
    "scrape_samples_scraped": "Prometheus, for each target",
    "scrape_series_added": "Prometheus, for each target",
    "up": "Prometheus, for each target",
    "dragonfly_restore_drill_last_success_timestamp_seconds": "the restore drill, through a Pushgateway",
    "kube_cronjob_created": "kube-state-metrics",
    "kube_cronjob_status_last_successful_time": "kube-state-metrics",
    "kube_statefulset_replicas": "kube-state-metrics",
    "kube_statefulset_status_replicas_updated": "kube-state-metrics",
}
"""Metrics of others, by who exports them: https://prometheus.io/docs/concepts/jobs_instances/ and
https://github.com/kubernetes/kube-state-metrics/blob/main/docs/metrics/workload/statefulset-metrics.md and
https://github.com/kubernetes/kube-state-metrics/blob/main/docs/metrics/workload/cronjob-metrics.md"""


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric of the server: its type and its own labels."""

    name: str
    type: str
    labels: frozenset[str]


@cache
def server_metrics(server: Version) -> Mapping[str, Metric]:
    """What that version exports. Between two known versions: what both export."""
    older, newer = (_metrics_by_version()[version] for version in nearest_known_versions(server))
    return MappingProxyType({name: metric for name, metric in newer.items() if name in older})


def unknown_metric(name: str, server: Version, others: Collection[str] = ()) -> str:
    """Why nobody exports a metric of that name, or nothing where somebody does.

    Args:
        name: of the metric.
        server: its version.
        others: names that are known beside the server's: recorded by rules, or other exporters'.
    """
    known = server_metrics(server)
    if name in known or name in OTHER_METRICS or name in others:
        return ""
    known_to = [str(version) for version, metrics in sorted(_metrics_by_version().items()) if name in metrics]
    if known_to:
        return f"server {server} does not export {name}, which is known of {' and '.join(known_to)}"
    advice = suggest(name, [*known, *OTHER_METRICS, *others])
    return f"{name} is no metric of server {server}" + (
        f"; {advice}" if advice else "; if something else exports it, name it in known_metrics"
    )


@cache
def _metrics_by_version() -> dict[Version, dict[str, Metric]]:
    text = files("constructs_lib.dragonfly").joinpath("data/server_metrics.json").read_text("utf-8")
    return {
        Version.of(version): {
            name: Metric(name, row["type"], frozenset(row["labels"])) for name, row in metrics.items()
        }
        for version, metrics in json.loads(text).items()
    }
