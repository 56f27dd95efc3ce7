"""Expressions that are recorded: read more than once, or read as one series where the server exports several.

Names are Prometheus' `level:metric:operations`: https://prometheus.io/docs/practices/rules/
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from constructs_lib.monitoring.instance import MonitoredInstance


@dataclass(frozen=True, slots=True)
class RecordingRule:
    """An expression under a name of its own; `why` says what it is recorded for."""

    record: str
    template: str
    why: str

    def rule(self, instance: MonitoredInstance) -> dict[str, Any]:
        """The rule, as a `PrometheusRule` has it."""
        return {"record": self.record, "expr": instance.expression(self.template)}


UPTIME = "pod:dragonfly_uptime_in_seconds:max"
RESIDENT_MEMORY = "pod:dragonfly_used_memory_rss:ratio"
EVICTED_KEYS = "pod:dragonfly_evicted_keys_total:sum"
OOM_ERRORS = "pod:dragonfly_oom_errors_total:sum"
HIT_RATIO = "app:dragonfly_keyspace_hits:ratio_rate5m"
KEYS = "app:dragonfly_db_keys:master"
LAST_SNAPSHOT = "pod:dragonfly_last_snapshot:timestamp_seconds"

RECORDING_RULES = (
    RecordingRule(
        UPTIME,
        "max by (<by_pod>) (dragonfly_uptime_in_seconds{<pods>})",
        "A pod that is made anew has another address, so that the server's series is a new one; this one goes on.",
    ),
    RecordingRule(
        RESIDENT_MEMORY,
        "max by (<by_pod>) (dragonfly_used_memory_rss_bytes{<pods>} / <resident_limit>)",
        "An alert and a panel: the panel, with several instances, does not know the limit of each.",
    ),
    RecordingRule(
        EVICTED_KEYS,
        "sum by (<by_pod>) (dragonfly_evicted_keys_total{<pods>})"
        " or 0 * max by (<by_pod>) (dragonfly_uptime_in_seconds{<pods>})",
        "The counter is born with its first count, which increase() does not see; here it begins at 0.",
    ),
    RecordingRule(
        OOM_ERRORS,
        "sum by (<by_pod>) (dragonfly_oom_errors_total{<pods>})"
        " or 0 * max by (<by_pod>) (dragonfly_uptime_in_seconds{<pods>})",
        "The counter is born with its first count, which increase() does not see; here it begins at 0.",
    ),
    RecordingRule(
        HIT_RATIO,
        'sum by (<by_instance>) (rate(dragonfly_keyspace_hits_total{<pods>,db!=""}[5m]))'
        ' / (sum by (<by_instance>) (rate(dragonfly_keyspace_hits_total{<pods>,db!=""}[5m]))'
        ' + sum by (<by_instance>) (rate(dragonfly_keyspace_misses_total{<pods>,db!=""}[5m])))',
        "An alert and a panel. The server exports both counters twice, with a database and without: one is read.",
    ),
    RecordingRule(
        KEYS,
        "sum by (<by_instance>) (dragonfly_db_keys{<pods>} and on (<by_pod>) dragonfly_master{<pods>} == 1)",
        "An alert, which compares it with its own past: the keys of the instance, whichever pod is master.",
    ),
)

SNAPSHOT_RECORDING_RULES = (
    RecordingRule(
        LAST_SNAPSHOT,
        # Now, if one was just made (`backups_total` counts those that failed as well); else what was known; else the
        # start of the server, which loaded one.
        "0 * max by (<by_pod>) (increase(dragonfly_backups_total{<pods>}[5m])"
        " > increase(dragonfly_failed_backups_total{<pods>}[5m])) + time()"
        f" or (last_over_time({LAST_SNAPSHOT}{{<pods>}}[1d]) and on (<by_pod>) dragonfly_backups_total{{<pods>}})"
        " or time() - max by (<by_pod>) (dragonfly_uptime_in_seconds{<pods>})",
        "It remembers itself, so that a monthly snapshot can be overdue although Prometheus forgets sooner.",
    ),
)

RECORDED = frozenset(row.record for row in (*RECORDING_RULES, *SNAPSHOT_RECORDING_RULES))
"""The names that an instance's rules record, those of its snapshots among them."""


def recording_rules(instance: MonitoredInstance) -> Iterator[dict[str, Any]]:
    """The rules that every instance has."""
    for row in RECORDING_RULES:
        yield row.rule(instance)


def snapshot_recording_rules(instance: MonitoredInstance) -> Iterator[dict[str, Any]]:
    """The rules of an instance that saves itself."""
    for row in SNAPSHOT_RECORDING_RULES:
        yield row.rule(instance)
