"""Four hours of a cache with three pods, carried on from what a real master and a real replica said once.

Names and labels are those of the recordings in tests/data/, of server v1.36.0; what is not in the tables below keeps
its recorded value. How the values move is made up: a load that rises and falls, and one failover.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import pi, sin
from pathlib import Path

from constructs_lib.monitoring.objectives import AVAILABLE
from constructs_lib.monitoring.recording_rules import LAST_SNAPSHOT

DATA = Path(__file__).resolve().parents[2] / "tests" / "data"

NAMESPACE, APP, PODS = "cache", "sessions", 3

BEGIN = 1_767_254_400
"""2026-01-01T08:00:00Z: an hour before what the dashboard shows, so that every rate has a past."""

SECONDS, STEP = 4 * 3600, 30

FAILOVER = 2 * 3600 + 40 * 60
"""The second at which the master, pod 0, ends; pod 1 takes over, pod 0 comes back as a replica."""

TAKEN_OVER, BACK = FAILOVER + 30, FAILOVER + 120

MIB = 1024**2

SAMPLE = re.compile(r"^(?P<name>\w+)(?:\{(?P<labels>[^}]*)\})? (?P<value>\S+)$")

CALLS = {
    "auth": (0.8, 33e-6),
    "client": (1.1, 6e-6),
    "eval": (12.0, 140e-6),
    "expire": (180.0, 15e-6),
    "get": (900.0, 18e-6),
    "hello": (0.9, 61e-6),
    "hset": (60.0, 31e-6),
    "info": (0.2, 90e-6),
    "lpush": (25.0, 22e-6),
    "ping": (4.0, 8e-6),
    "replconf": (2.0, 9e-6),
    "set": (260.0, 26e-6),
}
"""Commands a second that the master is sent, and the seconds that one takes. They are as many as the dashboard shows of
the busiest: of those that stand still, which ones it picks is chance."""

TOTAL_CALLS = sum(rate for rate, _ in CALLS.values())

Key = tuple[str, str]
"""A metric, and its labels as the server writes them."""

RATES: dict[Key, float] = {
    **{("dragonfly_commands_total", f'cmd="{name}"'): rate for name, (rate, _) in CALLS.items()},
    **{
        ("dragonfly_commands_duration_seconds", f'cmd="{name}"'): rate * seconds
        for name, (rate, seconds) in CALLS.items()
    },
    ("dragonfly_commands_processed_total", 'listener="main"'): TOTAL_CALLS,
    ("dragonfly_connections_received_total", ""): 0.8,
    ("dragonfly_expired_keys_total", 'db="db0"'): 140,
    ("dragonfly_fiber_longrun_seconds", ""): 0.002,
    ("dragonfly_keyspace_hits_total", ""): 830,
    ("dragonfly_keyspace_hits_total", 'db="db0"'): 830,
    ("dragonfly_keyspace_misses_total", ""): 70,
    ("dragonfly_keyspace_misses_total", 'db="db0"'): 70,
    ("dragonfly_keyspace_mutations_total", ""): 345,
    ("dragonfly_net_input_bytes_total", ""): 210_000,
    ("dragonfly_net_output_bytes_total", ""): 940_000,
    ("dragonfly_pipeline_commands_total", ""): 320,
    ("dragonfly_pipeline_queue_wait_duration_seconds", ""): 320 * 40e-6,
    ("dragonfly_reply_duration_seconds", ""): TOTAL_CALLS * 9e-6,
    ("dragonfly_reply_total", ""): TOTAL_CALLS,
}
"""Counters of the pod that is master: what they gain a second under a load of 1."""

REPLICA_RATES: dict[Key, float] = {
    ("dragonfly_commands_total", 'cmd="info"'): 0.1,
    ("dragonfly_commands_total", 'cmd="ping"'): 1,
    ("dragonfly_commands_duration_seconds", 'cmd="info"'): 9e-6,
    ("dragonfly_commands_duration_seconds", 'cmd="ping"'): 8e-6,
    ("dragonfly_commands_processed_total", 'listener="other"'): 1,
    ("dragonfly_net_input_bytes_total", ""): 96_000,
    ("dragonfly_net_output_bytes_total", ""): 2_400,
    ("dragonfly_reply_duration_seconds", ""): 9e-6,
    ("dragonfly_reply_total", ""): 1,
}
"""The same of a replica."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A pod at one scrape."""

    pod: int
    second: int

    @property
    def load(self) -> float:
        """What clients ask, about 1."""
        hours = self.second / 3600
        return 1 + 0.3 * sin(2 * pi * hours / 3 - 1) + 0.1 * sin(2 * pi * hours * 2.6) + 0.04 * sin(2 * pi * hours * 9)

    @property
    def is_up(self) -> bool:
        """Whether it answers."""
        return self.pod != 0 or not FAILOVER <= self.second < BACK

    @property
    def is_master(self) -> bool:
        """Whether it is master."""
        return self.pod == (0 if self.second < TAKEN_OVER else 1)

    @property
    def uptime(self) -> int:
        """Seconds since its server started."""
        return self.second - BACK if self.pod == 0 and self.second >= BACK else 9 * 86_400 + self.second

    @property
    def data(self) -> float:
        """Bytes of the data."""
        return (296 + 9 * self.second / 3600 + 14 * self.load) * MIB

    @property
    def lag(self) -> float:
        """Records that a replica is behind."""
        return round(4 * self.load + (900 if 0 <= self.second - BACK < 90 else 0))


GAUGES: dict[Key, Callable[[Moment], float]] = {
    ("dragonfly_connected_clients", 'listener="main"'): lambda now: round(120 * now.load) if now.is_master else 0,
    ("dragonfly_db_keys", 'db="db0"'): lambda now: round(now.data / 620),
    ("dragonfly_db_keys_expiring", 'db="db0"'): lambda now: round(now.data / 620 * 0.82),
    ("dragonfly_memory_by_class_bytes", 'class="client_read_buffer"'): lambda now: 120 * 32_768 * now.load,
    ("dragonfly_memory_by_class_bytes", 'class="object_used"'): lambda now: now.data * 0.74,
    ("dragonfly_memory_by_class_bytes", 'class="table_used"'): lambda now: now.data * 0.24,
    ("dragonfly_memory_used_bytes", ""): lambda now: now.data,
    ("dragonfly_memory_used_peak_bytes", ""): lambda now: (309 + 9 * now.second / 3600) * MIB,
    ("dragonfly_pipeline_queue_length", ""): lambda now: round(3 * now.load) if now.is_master else 0,
    ("dragonfly_replication_streaming_bytes", ""): lambda now: 41_000 * now.load,
    ("dragonfly_send_delay_seconds", ""): lambda now: round(0.002 * now.load, 4) if now.is_master else 0,
    ("dragonfly_type_used_memory", 'type="hash"'): lambda now: now.data * 0.17,
    ("dragonfly_type_used_memory", 'type="list"'): lambda now: now.data * 0.05,
    ("dragonfly_type_used_memory", 'type="string"'): lambda now: now.data * 0.52,
    ("dragonfly_uptime_in_seconds", ""): lambda now: now.uptime,
    ("dragonfly_used_memory_rss_bytes", ""): lambda now: now.data * 1.12 + 24 * MIB,
    ("dragonfly_backups_total", ""): lambda now: now.uptime // 3600,
    ("dragonfly_replica_reconnect_count", ""): lambda now: float(now.second >= BACK),
}
"""What is not simply counted."""


def open_metrics(read: Iterable[str]) -> Iterator[str]:
    """The lines of these metrics, in the format that Prometheus is filled from.

    Args:
        read: the metrics that somebody reads.
    """
    wanted = set(read)
    for pod in range(PODS):
        for labels, samples in _series(pod).items():
            if labels[0] in wanted:
                target = _labels(f'{labels[1]},pod="{APP}-{pod}",instance="10.0.0.{pod}:9999",job="dragonfly"')
                yield from (f"{labels[0]}{target} {value:.10g} {at}" for at, value in samples)
    yield from _around()
    yield "# EOF"


def _series(pod: int) -> dict[Key, list[tuple[int, float]]]:
    """Every series of a pod, with its samples."""
    series: dict[Key, list[tuple[int, float]]] = {}
    counted: dict[Key, float] = {}
    for second in range(0, SECONDS + 1, STEP):
        now = Moment(pod, second)
        series.setdefault(("up", ""), []).append((BEGIN + second, float(now.is_up)))
        if now.uptime == 0:
            counted.clear()
        if now.is_up:
            for key, value in _said(now, counted):
                series.setdefault(key, []).append((BEGIN + second, value))
    return series


def _said(now: Moment, counted: dict[Key, float]) -> Iterator[tuple[Key, float]]:
    rates = RATES if now.is_master else REPLICA_RATES
    for key, recorded in _recorded("master" if now.is_master else "replica"):
        if key[0] == "dragonfly_connected_replica_lag_records":
            for other in (pod for pod in range(PODS) if pod != now.pod and Moment(pod, now.second).is_up):
                yield (key[0], f'replica_ip="10.0.0.{other}",replica_port="6379",replica_state="online"'), now.lag
        elif key in GAUGES:
            yield key, GAUGES[key](now)
        else:
            counted[key] = counted.get(key, 0) + rates.get(key, 0) * now.load * STEP
            yield key, counted[key] if key in RATES or key in REPLICA_RATES else recorded


def _recorded(role: str) -> list[tuple[Key, float]]:
    """What a server in that role said, in its order."""
    if role not in _RECORDINGS:
        found = map(SAMPLE.match, DATA.joinpath(f"exposition_{role}.txt").read_text().splitlines())
        _RECORDINGS[role] = [((each["name"], each["labels"] or ""), float(each["value"])) for each in found if each]
    return _RECORDINGS[role]


_RECORDINGS: dict[str, list[tuple[Key, float]]] = {}


def _around() -> Iterator[str]:
    """What a restore drill has pushed, and what rules have recorded that cannot be filled in afterwards.

    promtool evaluates a rule over the past without what that rule recorded before, and the month of availability would
    need a month of everything.
    """
    instance = _labels("")
    for at in range(BEGIN - 30 * 86_400, BEGIN, STEP):
        yield f"{AVAILABLE}{instance} 1 {at}"
    for second in range(0, SECONDS + 1, STEP):
        yield f"dragonfly_restore_drill_last_success_timestamp_seconds{instance} {BEGIN - 5 * 3600} {BEGIN + second}"
    for pod in range(PODS):
        of_pod = _labels(f'pod="{APP}-{pod}"')
        for second in range(0, SECONDS + 1, STEP):
            saved = BEGIN + second // 3600 * 3600
            yield f"{LAST_SNAPSHOT}{of_pod} {saved} {BEGIN + second}"


def _labels(more: str) -> str:
    parts = (f'namespace="{NAMESPACE}"', f'app="{APP}"', more.strip(","))
    return "{" + ",".join(part for part in parts if part) + "}"
