"""The series that Prometheus has of a cache: every metric of the server's list, on targets as a PodMonitor makes them.

A healthy cache by default; a test then changes what its fault changes. Times are minutes, samples half a minute apart.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product

from constructs_lib.dragonfly.metrics import Metric, server_metrics
from constructs_lib.values.version import Version

STEPS_A_MINUTE = 2
GIBIBYTE = 1024**3

Value = float | None
"""A sample; None is a series that is not there, which Prometheus marks as stale at once."""

Values = Callable[[float], Value]
"""What a series is worth at each minute."""

LABEL_VALUES = {
    "access_type": ["sequential"],
    "class": ["table_used", "object_used", "fiberstack_vms", "replication_streaming"],
    "cmd": ["get", "set", "blpop", "save"],
    "db": ["db0", "db1"],
    "event": ["throttled"],
    "lib": [":"],
    "listener": ["main", "other"],
    "num": ["errors"],
    "reason": ["limit_reached", "tls_error"],
    "status": ["started", "completed"],
    "type": ["insert", "cmd"],
    "version": ["df-v1.36.0"],
    "width": ["w1", "w2"],
}

ALSO_WITHOUT_LABELS = {"dragonfly_keyspace_hits_total", "dragonfly_keyspace_misses_total"}
"""Metrics that are exported with their label, and once more without."""

ON_REPLICAS = {
    "dragonfly_master_last_io_seconds_ago",
    "dragonfly_master_link_status",
    "dragonfly_master_sync_in_progress",
    "dragonfly_replica_reconnect_count",
    "dragonfly_slave_repl_offset",
}
ON_MASTERS = {
    "dragonfly_connected_replica_lag_records",
    "dragonfly_replication_full_sync_bytes",
    "dragonfly_replication_psync_count",
    "dragonfly_replication_streaming_bytes",
}
ONLY_WITH_SOMETHING_TO_COUNT = {
    "dragonfly_evicted_keys_total",
    "dragonfly_oom_errors_total",
    "dragonfly_expired_keys_total",
}


def constant(value: float) -> Values:
    """The same all the time."""
    return lambda minute: value


def rising(a_minute: float, start: float = 0) -> Values:
    """A counter."""
    return lambda minute: start + a_minute * minute


def between(first: float, last: float, then: Values | float | None, otherwise: Values | float | None) -> Values:
    """One thing from the minute `first` until before `last`, another all other times."""

    def value(minute: float) -> Value:
        chosen = then if first <= minute < last else otherwise
        return chosen(minute) if callable(chosen) else chosen

    return value


def since(first: float, then: Values | float | None, before: Values | float | None) -> Values:
    """One thing before a minute, another from it on."""
    return between(first, float("inf"), then, before)


HEALTHY: dict[str, Values] = {
    "dragonfly_backups_total": constant(0),
    "dragonfly_commands_duration_seconds": rising(0.06),
    "dragonfly_commands_total": rising(600),
    "dragonfly_connected_clients": constant(100),
    "dragonfly_failed_backups_total": constant(0),
    "dragonfly_failed_restores_total": constant(0),
    "dragonfly_keyspace_hits_total": rising(900),
    "dragonfly_keyspace_misses_total": rising(100),
    "dragonfly_listener_accept_error_total": constant(0),
    "dragonfly_master_link_status": constant(1),
    "dragonfly_max_clients": constant(64_000),
    "dragonfly_memory_max_bytes": constant(819 * 1024**2),
    "dragonfly_memory_used_bytes": constant(300 * 1024**2),
    "dragonfly_pipeline_throttle_total": constant(0),
    "dragonfly_uptime_in_seconds": rising(60, start=90_000),
    "dragonfly_used_memory_rss_bytes": constant(400 * 1024**2),
    "dragonfly_version": constant(1),
}
"""What is not listed: counters rise by 60 a minute, gauges are 7."""


@dataclass
class Targets:
    """All series of a cache, and of what stands around it."""

    minutes: float
    namespace: str = "cache"
    app: str = "sessions"
    replicas: int = 3
    server: Version = field(default_factory=lambda: Version.of("v1.36.0"))
    more_labels: dict[str, str] = field(default_factory=dict)
    series: dict[tuple[str, frozenset[tuple[str, str]]], Values] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for pod in range(self.replicas):
            self._add("up", pod, constant(1))
            for metric in server_metrics(self.server).values():
                self._add_healthy(metric, pod)

    def set(self, metric: str, values: Values, pods: Iterable[int] | None = None, **labels: str) -> None:
        """Change the series of a metric that have these labels; if there is none, add one with them."""
        for pod in range(self.replicas) if pods is None else pods:
            wanted = {("pod", self.pod(pod)), *labels.items()}
            found = [key for key in self.series if key[0] == metric and wanted <= key[1]]
            for key in found:
                self.series[key] = values
            if not found:
                self._add(metric, pod, values, **labels)

    def of_pod(self, pod: int) -> Iterator[tuple[str, frozenset[tuple[str, str]]]]:
        """The series of one pod."""
        return (key for key in self.series if ("pod", self.pod(pod)) in key[1])

    def stop(self, first: float, last: float = float("inf"), pods: Iterable[int] | None = None) -> None:
        """The server of a pod does not answer, but the pod is there."""
        for pod in range(self.replicas) if pods is None else pods:
            for key in list(self.of_pod(pod)):
                down = 0 if key[0] == "up" else None
                self.series[key] = between(first, last, down, self.series[key])

    def remove(self, first: float, last: float = float("inf"), pods: Iterable[int] | None = None) -> None:
        """A pod is gone, and with it its target."""
        for pod in range(self.replicas) if pods is None else pods:
            for key in list(self.of_pod(pod)):
                self.series[key] = between(first, last, None, self.series[key])

    def restart(self, pod: int, *minutes: float) -> None:
        """The server of a pod starts anew at these minutes: its counters begin again."""

        def uptime(minute: float) -> Value:
            started = max((start for start in minutes if start <= minute), default=-1500.0)
            return 60 * (minute - started)

        self.set("dragonfly_uptime_in_seconds", uptime, [pod])

    def move_master(self, first: float, last: float, pods: Iterable[int]) -> None:
        """For some time these pods, and no others, call themselves master."""
        masters = set(pods)
        for pod in range(self.replicas):
            self.set("dragonfly_master", between(first, last, float(pod in masters), float(pod == 0)), [pod])

    def pod(self, number: int) -> str:
        """The name of a pod."""
        return f"{self.app}-{number}"

    def rendered(self, read: Container[str]) -> list[dict[str, str]]:
        """The series as `promtool test rules` takes them: those of the metrics that somebody reads."""
        return [
            {"series": f"{name}{{{_matchers(labels)}}}", "values": _encoded(values, self.minutes)}
            for (name, labels), values in sorted(self.series.items(), key=lambda item: (item[0][0], sorted(item[0][1])))
            if name in read
        ]

    def _add_healthy(self, metric: Metric, pod: int) -> None:
        is_master = pod == 0
        if metric.name in ONLY_WITH_SOMETHING_TO_COUNT or metric.name in (ON_REPLICAS if is_master else ON_MASTERS):
            return
        if metric.name == "dragonfly_master":
            self._add(metric.name, pod, constant(float(is_master)))
        elif metric.name == "dragonfly_connected_replica_lag_records":
            for replica in range(1, self.replicas):
                self.set_lag(replica, constant(3))
        else:
            values = HEALTHY.get(metric.name) or (rising(60) if metric.type == "counter" else constant(7))
            names = sorted(metric.labels)
            for combination in product(*(LABEL_VALUES[name] for name in names)):
                self._add(metric.name, pod, values, **dict(zip(names, combination, strict=True)))
            if metric.name in ALSO_WITHOUT_LABELS:
                self._add(metric.name, pod, values)

    def set_lag(self, replica: int, values: Values, state: str = "online") -> None:
        """The lag of a replica, as the master sees it."""
        labels = {"replica_ip": f"10.0.0.{replica}", "replica_port": "6379", "replica_state": state}
        self.set("dragonfly_connected_replica_lag_records", values, [0], **labels)

    def _add(self, metric: str, pod: int, values: Values, **labels: str) -> None:
        target = {
            "app": self.app,
            "container": "dragonfly",
            "endpoint": "admin",
            "instance": f"10.0.0.{pod}:9999",
            "job": "dragonfly",
            "namespace": self.namespace,
            "pod": self.pod(pod),
        }
        self.series[metric, frozenset((target | self.more_labels | labels).items())] = values

    def add(self, metric: str, values: Values, **labels: str) -> None:
        """A series of another target."""
        self.series[metric, frozenset(labels.items())] = values


def _matchers(labels: Iterable[tuple[str, str]]) -> str:
    return ",".join(f'{name}="{value}"' for name, value in sorted(labels))


def _encoded(values: Values, minutes: float) -> str:
    """Samples in promtool's notation, with runs of one step written short."""
    samples = [values(step / STEPS_A_MINUTE) for step in range(int(minutes * STEPS_A_MINUTE) + 1)]
    words: list[str] = []
    at = 0
    while at < len(samples):
        first = samples[at]
        length, step = _run(samples, at)
        if first is None:
            words += ["stale", *([f"_x{length - 1}"] if length > 1 else [])]
        else:
            words.append(f"{first:.15g}{step:+.15g}x{length - 1}" if length > 1 else f"{first:.15g}")
        at += length
    return " ".join(words)


def _run(samples: list[Value], at: int) -> tuple[int, float]:
    """How many samples, from one on, are one run: all missing, or each the same step above the last."""
    first, second = samples[at], samples[at + 1] if at + 1 < len(samples) else None
    step = second - first if first is not None and second is not None else 0
    length = 1
    while at + length < len(samples):
        value = samples[at + length]
        if value != (None if first is None else first + length * step):
            break
        length += 1
    return length, step
