"""For each alert: a fault that fires it, and the near miss that does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.monitoring.targets import GIBIBYTE, Targets, between, constant, rising, since

MEBIBYTE = 1024**2
MAXMEMORY = 819 * MEBIBYTE
SLOW_GET = rising(30)

INSTANCE = {"namespace": "cache", "app": "sessions"}
OPERATOR = {"namespace": "dragonfly-operator-system", "job": "dragonfly-operator-controller-svc"}

Change = Callable[[Targets], None]


@dataclass(frozen=True)
class Fault:
    """A fault from the tenth minute on; at minute `at` its alert, and no other, fires."""

    alert: str
    happens: Change
    nearly: Change
    at: float
    until: float
    says: str = ""
    """The value, as the alert's description tells it."""
    name: str = ""
    cache: dict[str, Any] = field(default_factory=lambda: {"replicas": 3})
    monitoring: dict[str, Any] = field(default_factory=dict)
    schedule: str | None = None
    drill: str | None = None
    server: str = "v1.36.0"
    labels: dict[str, str] = field(default_factory=lambda: INSTANCE)
    with_others: tuple[str, ...] = ()
    """Alerts that rightly fire beside it."""
    evaluation: str = "30s"
    """How often the rules are evaluated; seldom where a whole day is played."""

    def __str__(self) -> str:
        return f"{self.alert}{'-' if self.name else ''}{self.name}"


def _operator(targets: Targets, values: Any) -> None:
    targets.add("up", values, endpoint="metrics", instance="10.1.0.1:8080", pod="dragonfly-operator-0", **OPERATOR)


def _statefulset(targets: Targets, updated: Any) -> None:
    labels = {"job": "kube-state-metrics", "namespace": "cache", "statefulset": "sessions"}
    targets.add("kube_statefulset_replicas", constant(3), **labels)
    targets.add("kube_statefulset_status_replicas_updated", updated, **labels)


def _versions(targets: Targets, until: float) -> None:
    """Two pods run another version from the tenth minute on; the last one follows later."""
    for pod, new_until in ((0, until), (1, 10.0), (2, 10.0)):
        targets.set("dragonfly_version", between(0, new_until, constant(1), None), [pod])
        labels = {"version": "df-v1.40.1"}
        targets.set("dragonfly_version", since(new_until, constant(1), None), [pod], **labels)


def _rss(targets: Targets, rss: float, maxmemory: float = MAXMEMORY) -> None:
    targets.set("dragonfly_memory_max_bytes", constant(maxmemory))
    targets.set("dragonfly_used_memory_rss_bytes", since(10, constant(rss), constant(400 * MEBIBYTE)), [0])


def _born(targets: Targets, metric: str, **labels: str) -> None:
    """A counter that is not there until it has something to count."""
    targets.set(metric, since(10, constant(5), None), [1], **labels)


def _always_counted(targets: Targets, metric: str, **labels: str) -> None:
    """A counter that counted something before, and nothing since."""
    targets.set(metric, constant(5), [1], **labels)


def _command(targets: Targets, seconds: float) -> None:
    """600 GETs a minute, which take so long each."""
    targets.set("dragonfly_commands_duration_seconds", since(10, rising(600 * seconds), rising(0)), [0], cmd="get")
    targets.set("dragonfly_commands_total", rising(600), [0], cmd="get")
    # A blocking command waits for its data: five seconds each.
    targets.set("dragonfly_commands_duration_seconds", rising(3000), [0], cmd="blpop")


def _reads(targets: Targets, hits: float, misses: float) -> None:
    targets.set("dragonfly_keyspace_hits_total", since(10, lambda m: hits * (m - 10), rising(0)))
    targets.set("dragonfly_keyspace_misses_total", since(10, lambda m: misses * (m - 10), rising(0)))


def _lag(targets: Targets, records: float, state: str = "online") -> None:
    targets.set_lag(2, since(10, constant(records), constant(3)), state)


def _link_broken(targets: Targets, until: float) -> None:
    """The master sees the replica in another state, which is another series."""
    targets.set_lag(2, between(10, until, None, constant(3)), "online")
    targets.set_lag(2, between(10, until, constant(0), None), "full_sync")


def _crashes(targets: Targets, *minutes: float) -> None:
    targets.restart(1, *minutes)


def _made_anew(targets: Targets, *minutes: float) -> None:
    """The pod is made anew at these minutes, each time at another address: its series are new ones."""
    metric = "dragonfly_uptime_in_seconds"
    [key] = [key for key in targets.of_pod(1) if key[0] == metric]
    targets.series[key] = between(0, minutes[0], targets.series[key], None)
    ends = [*minutes[1:], 9999.0]
    for number, (start, end) in enumerate(zip(minutes, ends, strict=True)):
        labels = frozenset((dict(key[1]) | {"instance": f"10.0.1.{number}:9999"}).items())
        targets.series[metric, labels] = between(start, end, rising(60, start=-60 * start), None)


def _started_empty(targets: Targets, until: float) -> None:
    """All pods start at once, with 9 keys of the 100 there were; they load the rest later."""
    for pod in range(targets.replicas):
        targets.restart(pod, 10)
        targets.set("dragonfly_db_keys", between(10, until, constant(9), constant(100)), [pod], db="db0")
        targets.set("dragonfly_db_keys", constant(0), [pod], db="db1")


def _new_pod(targets: Targets, failed: float) -> None:
    """The pod is made anew, at another address, and its counters with it: the restore is counted from the start."""
    for key in list(targets.of_pod(1)):
        if key[0] != "up":
            values = targets.series.pop(key)
            labels = dict(key[1])
            targets.series[key] = between(0, 10, values, None)
            labels["instance"] = "10.0.0.9:9999"
            fresh = {
                "dragonfly_failed_restores_total": constant(failed),
                "dragonfly_restores_total": constant(1),
                "dragonfly_uptime_in_seconds": lambda minute: 60 * (minute - 10) + 5,
            }.get(key[0], values)
            targets.series[key[0], frozenset(labels.items())] = since(10, fresh, None)


def _backups(targets: Targets, good_until: float = 10_000, tried_until: float = 10_000) -> None:
    """Each hour, at half past, a snapshot is tried; from a minute on none succeeds."""

    def tried(minute: float) -> float:
        return max(0, (min(minute, tried_until) + 30) // 60)

    def failed(minute: float) -> float:
        return max(0, tried(minute) - (min(good_until, tried_until) + 30) // 60)

    targets.set("dragonfly_backups_total", tried)
    targets.set("dragonfly_failed_backups_total", failed)


def _unavailable(targets: Targets, *minutes: float) -> None:
    """For half a minute each, no master answers."""
    for pod in range(targets.replicas):
        for key in list(targets.of_pod(pod)):
            if key[0] == "dragonfly_master":
                values = targets.series[key]
                targets.series[key] = lambda minute, values=values: 0.0 if minute in minutes else values(minute)  # type: ignore[misc]


def _all_started(targets: Targets, restores: float) -> None:
    """All pods are made anew at once, some of them after a snapshot."""
    targets.set("dragonfly_backups_total", lambda minute: (minute + 30) // 60)
    for pod in range(targets.replicas):
        targets.restart(pod, 75)
        targets.set("dragonfly_restores_total", since(75, constant(restores if pod == 0 else 0), constant(1)), [pod])


def _drills(targets: Targets, last: Any, name: str = "kube_cronjob_status_last_successful_time") -> None:
    targets.add(name, last, job="kube-state-metrics", namespace="cache", cronjob="sessions-drill")


def _drills_of_gateway(targets: Targets, last: Any) -> None:
    name = "dragonfly_restore_drill_last_success_timestamp_seconds"
    targets.add(name, last, job="dragonfly_restore_drill", **INSTANCE)


MONTHLY = "0 0 1 * *"
HALF_HOURLY = "*/30 * * * *"
HOURLY = "30 * * * *"

FAULTS = (
    Fault("DragonflyDown", lambda t: t.stop(10), lambda t: t.stop(10, 14), at=16, until=20),
    Fault("DragonflyAbsent", lambda t: t.remove(10), lambda t: t.remove(10, 19), at=21, until=25),
    Fault(
        "DragonflyNoMaster",
        lambda t: t.move_master(10, 99, ()),
        lambda t: t.move_master(10, 11.5, ()),
        at=13,
        until=20,
    ),
    Fault(
        "DragonflyMultipleMasters",
        lambda t: t.move_master(10, 99, (0, 1)),
        lambda t: t.move_master(10, 14, (0, 1)),
        at=16,
        until=20,
        says="2",
    ),
    Fault(
        "DragonflyReplicaMissing",
        lambda t: t.remove(10, pods=[2]),
        lambda t: t.remove(10, 24, pods=[2]),
        at=26,
        until=30,
        says="2",
    ),
    Fault(
        "DragonflyReplicaMissing",
        lambda t: t.stop(10, pods=[2]),
        lambda t: t.stop(10, 24, pods=[2]),
        at=26,
        until=30,
        says="2",
        name="its server does not answer",
    ),
    Fault(
        "DragonflyReplicaLinkDown",
        lambda t: _link_broken(t, 99),
        lambda t: _link_broken(t, 19),
        at=21,
        until=25,
        says="1",
    ),
    Fault(
        "DragonflyReplicaLinkDown",
        lambda t: t.set("dragonfly_master_link_status", since(10, constant(0), constant(1)), [2]),
        lambda t: t.set("dragonfly_master_link_status", between(10, 19, constant(0), constant(1)), [2]),
        at=21,
        until=25,
        says="1",
        name="as the replica says",
        cache={"replicas": 3, "version": "v1.40.1"},
        server="v1.40.1",
    ),
    Fault("DragonflyReplicationLag", lambda t: _lag(t, 2049), lambda t: _lag(t, 2048), at=16, until=20, says="2049"),
    Fault(
        "DragonflyMemoryHigh",
        lambda t: t.set("dragonfly_memory_used_bytes", since(10, constant(0.91 * MAXMEMORY), constant(1)), [0]),
        lambda t: t.set("dragonfly_memory_used_bytes", since(10, constant(0.89 * MAXMEMORY), constant(1)), [0]),
        at=16,
        until=20,
        says="91%",
    ),
    Fault(
        "DragonflyResidentMemoryHigh",
        lambda t: _rss(t, 0.91 * 1.25 * MAXMEMORY),
        lambda t: _rss(t, 0.89 * 1.25 * MAXMEMORY),
        at=16,
        until=20,
        says="91%",
    ),
    Fault(
        "DragonflyResidentMemoryHigh",
        lambda t: _rss(t, 0.91 * GIBIBYTE, 920 * MEBIBYTE),
        lambda t: _rss(t, 0.89 * GIBIBYTE, 920 * MEBIBYTE),
        at=16,
        until=20,
        says="91%",
        name="of a container's limit below what the server heeds",
        cache={"replicas": 3, "maxmemory": "920mb", "memory_limit": "1Gi"},
    ),
    Fault(
        "DragonflyResidentMemoryHigh",
        lambda t: _rss(t, 0.96 * 1.25 * MAXMEMORY),
        lambda t: _rss(t, 0.94 * 1.25 * MAXMEMORY),
        at=16,
        until=20,
        says="96%",
        name="in cache mode",
        cache={"replicas": 3, "profile": "cache"},
    ),
    Fault(
        "DragonflyEvictions",
        lambda t: _born(t, "dragonfly_evicted_keys_total", db="db0"),
        lambda t: _always_counted(t, "dragonfly_evicted_keys_total", db="db0"),
        at=11,
        until=19,
        says="5",
    ),
    Fault(
        "DragonflyOutOfMemory",
        lambda t: _born(t, "dragonfly_oom_errors_total", type="insert"),
        lambda t: _always_counted(t, "dragonfly_oom_errors_total", type="insert"),
        at=11,
        until=14,
        says="5",
    ),
    Fault(
        "DragonflyConnectionsHigh",
        lambda t: t.set("dragonfly_connected_clients", since(10, constant(51_840), constant(1)), [0], listener="main"),
        lambda t: t.set("dragonfly_connected_clients", since(10, constant(51_200), constant(1)), [0]),
        at=16,
        until=20,
        says="81%",
    ),
    Fault(
        "DragonflyConnectionsRefused",
        lambda t: t.set(
            "dragonfly_listener_accept_error_total", since(10, constant(9), constant(0)), [0], reason="limit_reached"
        ),
        # Whoever connects and says nothing, a health check for one, counts as a TLS error.
        lambda t: t.set(
            "dragonfly_listener_accept_error_total", since(10, constant(9), constant(0)), [0], reason="tls_error"
        ),
        at=11,
        until=14,
        says="9",
    ),
    Fault(
        "DragonflyRestarts", lambda t: _crashes(t, 10, 12, 15), lambda t: _crashes(t, 10, 12), at=16, until=60, says="3"
    ),
    Fault(
        "DragonflyRestarts",
        lambda t: _made_anew(t, 10, 12, 15),
        lambda t: _made_anew(t, 10, 12),
        at=16,
        until=60,
        says="3",
        name="of a pod that is deleted",
    ),
    Fault(
        "DragonflyDataLost",
        lambda t: _started_empty(t, 99),
        lambda t: _started_empty(t, 14),
        at=16,
        until=20,
        says="9",
        name="while it loads",
    ),
    Fault(
        "DragonflyDataLost",
        lambda t: _started_empty(t, 99),
        # FLUSHALL: the keys go, but no server started.
        lambda t: t.set("dragonfly_db_keys", since(10, constant(0), constant(1000))),
        at=16,
        until=20,
        says="9",
    ),
    Fault("DragonflyRolloutStuck", lambda t: _versions(t, 99), lambda t: _versions(t, 39), at=41, until=45),
    Fault(
        "DragonflyRolloutStuck",
        lambda t: _statefulset(t, since(10, constant(2), constant(3))),
        lambda t: _statefulset(t, between(10, 39, constant(2), constant(3))),
        at=41,
        until=45,
        name="of something else than the version",
    ),
    Fault(
        "DragonflySlowCommands", lambda t: _command(t, 0.02), lambda t: _command(t, 0.009), at=26, until=40, says="20ms"
    ),
    Fault(
        "DragonflyHitRatioLow",
        lambda t: _reads(t, 490, 510),
        lambda t: _reads(t, 510, 490),
        at=46,
        until=60,
        says="49%",
        cache={"replicas": 3, "profile": "cache"},
    ),
    Fault(
        "DragonflyPipelineThrottled",
        lambda t: t.set("dragonfly_pipeline_throttle_total", since(10, rising(66, -660), constant(0)), [0]),
        lambda t: t.set("dragonfly_pipeline_throttle_total", since(10, rising(54, -540), constant(0)), [0]),
        at=26,
        until=40,
        says="1.1",
    ),
    Fault(
        "DragonflyBackupFailed",
        lambda t: _backups(t, good_until=89),
        lambda t: _backups(t),
        at=95,
        until=100,
        says="3",
        schedule=HOURLY,
    ),
    Fault(
        "DragonflyBackupOverdue",
        lambda t: _backups(t, tried_until=89),
        lambda t: _backups(t, tried_until=99),
        at=126,
        until=130,
        says="1h 31m 30s",
        schedule=HOURLY,
    ),
    Fault(
        "DragonflyBackupOverdue",
        lambda t: _backups(t, good_until=89),
        lambda t: _backups(t),
        at=126,
        until=130,
        says="1h 31m 30s",
        schedule=HOURLY,
        name="although it is tried each hour",
        with_others=("DragonflyBackupFailed",),
    ),
    Fault(
        "DragonflyRestoreFailed",
        lambda t: _new_pod(t, failed=1),
        lambda t: _new_pod(t, failed=0),
        at=11,
        until=20,
        schedule=HOURLY,
    ),
    Fault(
        "DragonflyRestoreFailed",
        lambda t: t.set("dragonfly_failed_restores_total", since(10, constant(1), constant(0)), [1]),
        lambda t: t.set("dragonfly_failed_restores_total", constant(1), [1]),
        at=11,
        until=20,
        schedule=HOURLY,
        name="of a server that runs",
    ),
    Fault(
        "DragonflyStartedEmpty",
        lambda t: _all_started(t, 0),
        lambda t: _all_started(t, 1),
        at=96,
        until=100,
        schedule=HOURLY,
    ),
    Fault(
        "DragonflyRestoreDrillOverdue",
        lambda t: _drills(t, constant(600)),
        lambda t: _drills(t, since(60, constant(3600), constant(600))),
        at=105,
        until=110,
        says="1h 35m 0s",
        schedule=MONTHLY,
        drill=HALF_HOURLY,
    ),
    Fault(
        "DragonflyRestoreDrillOverdue",
        lambda t: _drills(t, constant(0), "kube_cronjob_created"),
        lambda t: _drills(t, constant(1200), "kube_cronjob_created"),
        at=95,
        until=100,
        says="1h 35m 0s",
        schedule=MONTHLY,
        drill=HALF_HOURLY,
        name="and never was one",
    ),
    Fault(
        "DragonflyRestoreDrillOverdue",
        lambda t: _drills_of_gateway(t, constant(600)),
        lambda t: _drills_of_gateway(t, since(60, constant(3600), constant(600))),
        at=105,
        until=110,
        says="1h 35m 0s",
        schedule=MONTHLY,
        drill=HALF_HOURLY,
        name="as the Pushgateway says",
    ),
    Fault(
        "DragonflyOperatorDown",
        lambda t: _operator(t, since(10, constant(0), constant(1))),
        lambda t: _operator(t, between(10, 19, constant(0), constant(1))),
        at=21,
        until=25,
        monitoring={"operator_metrics": True},
        labels=OPERATOR,
    ),
    Fault(
        "DragonflyOperatorDown",
        lambda t: _operator(t, since(10, None, constant(1))),
        lambda t: _operator(t, between(10, 19, None, constant(1))),
        at=21,
        until=25,
        monitoring={"operator_metrics": True},
        labels=OPERATOR,
        name="and gone",
    ),
    Fault(
        "DragonflyErrorBudgetBurnFast",
        lambda t: _unavailable(t, 1030, 1045, 1060, 1070, 1079),
        lambda t: _unavailable(t, 1030, 1045, 1060, 1079),
        at=1080,
        until=1081,
        says="8.197%",
        cache={"replicas": 1},
        monitoring={"availability_objective": 99.5},
        evaluation="1m",
    ),
    Fault(
        "DragonflyErrorBudgetBurnSlow",
        lambda t: _unavailable(t, 90, 180),
        lambda t: None,
        at=240,
        until=241,
        says="0.4158%",
        cache={"replicas": 1},
        monitoring={"availability_objective": 99.9},
    ),
)
