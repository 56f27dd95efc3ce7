"""The alerts, as a catalogue: what each reads, when it fires, what it says, and which instances have it.

A row's template leaves open which instance it reads (`<pods>`), its threshold and the labels that are kept; every alert
is of one instance, so that one fault is one page. `docs/monitoring/runbooks/` has a page for each.
"""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.monitoring.alert_rule import (
    CACHE_MODE,
    DRILLED,
    NOT_CACHE_MODE,
    OPERATOR,
    REPLICATED,
    SAVED,
    AlertRule,
)
from constructs_lib.monitoring.instance import MonitoredInstance
from constructs_lib.monitoring.recording_rules import (
    EVICTED_KEYS,
    HIT_RATIO,
    KEYS,
    LAST_SNAPSHOT,
    OOM_ERRORS,
    RESIDENT_MEMORY,
    UPTIME,
)

BLOCKING_COMMANDS = (
    "blmove", "blmpop", "blpop", "brpop", "brpoplpush", "bzmpop", "bzpopmax", "bzpopmin", "xread", "xreadgroup"
)  # fmt: skip
"""Commands that may wait for data: category `blocking` of the servers' own lists."""

ADMINISTRATIVE_COMMANDS = (
    "addreplicaof", "bgsave", "debug", "dfly", "flushall", "flushdb", "lastsave", "memory", "monitor", "psubscribe",
    "replconf", "replicaof", "save", "shutdown", "slaveof", "subscribe", "wait"
)  # fmt: skip
"""Commands that take as long as they take, and whom no client waits for."""

_HASTY = f'cmd!~"{"|".join((*BLOCKING_COMMANDS, *ADMINISTRATIVE_COMMANDS))}"'

_INSTANCE = "{{ $labels.namespace }}/{{ $labels.app }}"

CATALOGUE = (
    AlertRule(
        "DragonflyDown",
        "critical",
        "5m",
        "max by (<by_instance>) (up{<pods>,<job>}) == 0",
        f"Dragonfly {_INSTANCE} is down",
        "None of its pods has answered Prometheus for <for>.",
    ),
    AlertRule(
        "DragonflyAbsent",
        "critical",
        "10m",
        "max by (<by_instance>) (absent(up{<pods>,<job>}))",
        f"Dragonfly {_INSTANCE} is gone",
        "Prometheus has known no pod of it for <for>: there is none, or the PodMonitor does not reach Prometheus.",
    ),
    AlertRule(
        "DragonflyNoMaster",
        "critical",
        "2m",
        "sum by (<by_instance>) (dragonfly_master{<pods>}) == 0",
        f"Dragonfly {_INSTANCE} has no master",
        "Its pods answer, but for <for> none of them has been the master: nobody can write.",
    ),
    AlertRule(
        "DragonflyMultipleMasters",
        "critical",
        "5m",
        "sum by (<by_instance>) (dragonfly_master{<pods>}) > 1",
        f"Dragonfly {_INSTANCE} has more than one master",
        "{{ $value }} of its pods have called themselves master for <for>: their data drifts apart.",
        condition=REPLICATED,
    ),
    AlertRule(
        "DragonflyReplicaMissing",
        "warning",
        "15m",
        "count by (<by_instance>) (up{<pods>,<job>} == 1) < <threshold>",
        f"Dragonfly {_INSTANCE} lacks a replica",
        "For <for> {{ $value }} of its <threshold> pods have answered Prometheus.",
        threshold=lambda instance: instance.replicas,
        threshold_means="pods that should answer; the default is `replicas`",
        condition=REPLICATED,
    ),
    AlertRule(
        "DragonflyReplicaLinkDown",
        "warning",
        "10m",
        # Pods that are no master, against the replicas that the one master sees in sync.
        "(sum by (<by_instance>) (dragonfly_master{<pods>} == bool 0)"
        ' - (count by (<by_instance>) (dragonfly_connected_replica_lag_records{<pods>,replica_state="online"})'
        " or 0 * sum by (<by_instance>) (dragonfly_master{<pods>})) > 0"
        " and sum by (<by_instance>) (dragonfly_master{<pods>}) == 1)",
        f"A replica of Dragonfly {_INSTANCE} is not in sync",
        "For <for> {{ $value }} of its replicas have not been in sync with the master: a failover to one of them loses "
        "data.",
        condition=REPLICATED,
        also="(count by (<by_instance>) (dragonfly_master_link_status{<pods>} == 0)"
        " and sum by (<by_instance>) (dragonfly_master{<pods>}) == 1)",
        also_reads="dragonfly_master_link_status",
    ),
    AlertRule(
        "DragonflyReplicationLag",
        "warning",
        "5m",
        'max by (<by_instance>) (dragonfly_connected_replica_lag_records{<pods>,replica_state="online"}) > <threshold>',
        f"A replica of Dragonfly {_INSTANCE} lags",
        "For <for> a replica has been {{ $value }} changes or more behind the master: a failover to it loses them, and "
        "after a broken link it must load everything anew.",
        threshold=lambda instance: instance.backlog_records,
        threshold_means="changes; the default is what the master's backlog holds, 1024 for each thread",
        condition=REPLICATED,
    ),
    AlertRule(
        "DragonflyMemoryHigh",
        "warning",
        "5m",
        "max by (<by_instance>) (dragonfly_memory_used_bytes{<pods>} / dragonfly_memory_max_bytes{<pods>})"
        " > <threshold>",
        f"Dragonfly {_INSTANCE} is nearly full",
        "For <for> it has used {{ $value | humanizePercentage }} of maxmemory; when it is full, writes are refused.",
        threshold=0.9,
        threshold_means="share of `maxmemory`",
        condition=NOT_CACHE_MODE,
    ),
    AlertRule(
        "DragonflyResidentMemoryHigh",
        "critical",
        "5m",
        f"max by (<by_instance>) ({RESIDENT_MEMORY}{{<pods>}}) > <threshold>",
        f"Dragonfly {_INSTANCE} is about to refuse work or to be killed",
        "For <for> its resident memory has been at {{ $value | humanizePercentage }} of what it may be; at the end the "
        "server refuses writes and connections, or the container is killed.",
        threshold=lambda instance: 0.95 if instance.evicts else 0.9,
        threshold_means="share of the lower of 1.25 × `maxmemory` and the container's memory limit",
    ),
    AlertRule(
        "DragonflyEvictions",
        "warning",
        "",
        f"sum by (<by_instance>) (increase({EVICTED_KEYS}{{<pods>}}[10m])) > <threshold>",
        f"Dragonfly {_INSTANCE} evicts keys",
        "In the last 10 minutes {{ $value | humanize }} keys were dropped for lack of memory, although it is no cache.",
        threshold=0,
        threshold_means="keys in 10 minutes",
        condition=NOT_CACHE_MODE,
    ),
    AlertRule(
        "DragonflyOutOfMemory",
        "critical",
        "",
        f"sum by (<by_instance>) (increase({OOM_ERRORS}{{<pods>}}[5m])) > <threshold>",
        f"Dragonfly {_INSTANCE} refuses writes",
        "In the last 5 minutes {{ $value | humanize }} commands were refused for lack of memory.",
        threshold=0,
        threshold_means="refused commands in 5 minutes",
    ),
    AlertRule(
        "DragonflyConnectionsHigh",
        "warning",
        "5m",
        'max by (<by_instance>) (sum by (<by_pod>) (dragonfly_connected_clients{<pods>,listener="main"})'
        " / max by (<by_pod>) (dragonfly_max_clients{<pods>})) > <threshold>",
        f"Dragonfly {_INSTANCE} is near its limit of connections",
        "For <for> one of its pods has had {{ $value | humanizePercentage }} of the connections that it takes.",
        threshold=0.8,
        threshold_means="share of `maxclients`",
    ),
    AlertRule(
        "DragonflyConnectionsRefused",
        "critical",
        "",
        "sum by (<by_instance>)"
        ' (increase(dragonfly_listener_accept_error_total{<pods>,reason="limit_reached"}[5m])) > <threshold>',
        f"Dragonfly {_INSTANCE} refuses connections",
        "In the last 5 minutes {{ $value | humanize }} connections were refused: maxclients is reached.",
        threshold=0,
        threshold_means="refused connections in 5 minutes",
    ),
    AlertRule(
        "DragonflyRestarts",
        "warning",
        "",
        f"max by (<by_instance>) (resets({UPTIME}{{<pods>}}[1h])) > <threshold>",
        f"Dragonfly {_INSTANCE} restarts again and again",
        "One of its pods has started {{ $value }} times in the last hour.",
        threshold=2,
        threshold_means="starts of one pod in an hour; a rollout is one",
    ),
    AlertRule(
        "DragonflyDataLost",
        "critical",
        "5m",
        # A server that finds no snapshot starts empty and says so in its log alone; FLUSHALL starts no server.
        f"{KEYS}{{<pods>}} < <threshold> * max_over_time({KEYS}{{<pods>}}[1h]) and on (<by_instance>)"
        " max by (<by_instance>) (dragonfly_uptime_in_seconds{<pods>} and on (<by_pod>) dragonfly_master{<pods>} == 1)"
        " < 3600",
        f"Dragonfly {_INSTANCE} lost its data",
        "Its master started within the last hour and holds {{ $value }} keys: less than <threshold> of what was there.",
        threshold=0.1,
        threshold_means="share of the keys that the master held at some time in the last hour",
        condition=NOT_CACHE_MODE,
    ),
    AlertRule(
        "DragonflyRolloutStuck",
        "warning",
        "30m",
        "count by (<by_instance>) (count by (<by_instance>, version) (dragonfly_version{<pods>})) > 1"
        # The operator's StatefulSet is updated by hand (OnDelete), pod by pod. Where kube-state-metrics is not scraped,
        # this part says nothing.
        " or max by (<by_instance>) (label_replace("
        "kube_statefulset_replicas{<statefulset>} - kube_statefulset_status_replicas_updated{<statefulset>} > 0, "
        '"app", "$1", "statefulset", "(.+)"))',
        f"A rollout of Dragonfly {_INSTANCE} is stuck",
        "For <for> its pods have not all run what was last asked for.",
    ),
    AlertRule(
        "DragonflySlowCommands",
        "warning",
        "10m",
        "max by (<by_instance>)"
        f" (sum by (<by_pod>, cmd) (rate(dragonfly_commands_duration_seconds{{<pods>,{_HASTY}}}[5m]))"
        f" / sum by (<by_pod>, cmd) (rate(dragonfly_commands_total{{<pods>,{_HASTY}}}[5m])))"
        " > <threshold>",
        f"Commands of Dragonfly {_INSTANCE} are slow",
        "For <for> one kind of command has taken one of its pods {{ $value | humanizeDuration }} on average; the "
        "dashboard says which.",
        threshold=lambda instance: instance.slow_seconds,
        threshold_means="seconds on average, one kind of command on one pod; the default is `slowlog_log_slower_than`",
    ),
    AlertRule(
        "DragonflyHitRatioLow",
        "warning",
        "30m",
        f"{HIT_RATIO}{{<pods>}} < <threshold>",
        f"Dragonfly {_INSTANCE} seldom has what it is asked for",
        "For <for> {{ $value | humanizePercentage }} of the keys that were read were there.",
        threshold=0.5,
        threshold_means="share of reads that found their key",
        condition=CACHE_MODE,
    ),
    AlertRule(
        "DragonflyPipelineThrottled",
        "warning",
        "10m",
        "sum by (<by_instance>) (rate(dragonfly_pipeline_throttle_total{<pods>}[5m])) > <threshold>",
        f"Dragonfly {_INSTANCE} throttles pipelines",
        "For <for> connections have been made to wait {{ $value | humanize }} times a second: clients send faster than "
        "it works.",
        threshold=1,
        threshold_means="times a second that a connection was made to wait",
    ),
    AlertRule(
        "DragonflyBackupFailed",
        "warning",
        "",
        "sum by (<by_instance>) (increase(dragonfly_failed_backups_total{<pods>}[1h])) > <threshold>",
        f"A snapshot of Dragonfly {_INSTANCE} failed",
        "In the last hour {{ $value | humanize }} snapshots were not written.",
        threshold=0,
        threshold_means="failed snapshots in an hour",
        condition=SAVED,
    ),
    AlertRule(
        "DragonflyBackupOverdue",
        "critical",
        "30m",
        f"max by (<by_instance>) (time() - {LAST_SNAPSHOT}{{<pods>}}) > <threshold>",
        f"Dragonfly {_INSTANCE} has not been saved in time",
        "The last good snapshot of one of its pods is {{ $value | humanizeDuration }} old.",
        threshold=lambda instance: instance.longest_gap_seconds,
        threshold_means="seconds since the last good snapshot; the default is the schedule's longest gap",
        condition=SAVED,
    ),
    AlertRule(
        "DragonflyRestoreFailed",
        "critical",
        "",
        "max by (<by_instance>) (increase(dragonfly_failed_restores_total{<pods>}[1h])) > <threshold>"
        # A restore fails at start, where the counter is born with its count, which increase() does not see.
        " or max by (<by_instance>) (dragonfly_failed_restores_total{<pods>}"
        " and dragonfly_uptime_in_seconds{<pods>} < 3600) > <threshold>",
        f"Dragonfly {_INSTANCE} could not load a snapshot",
        "In the last hour one of its pods could not load its snapshot: it may run without its data.",
        threshold=0,
        threshold_means="failed loads in an hour",
        condition=SAVED,
    ),
    AlertRule(
        "DragonflyStartedEmpty",
        "critical",
        "",
        # A server that finds nothing to load says so in its log alone. Where a pod was not restarted it has the data.
        "max by (<by_instance>) (dragonfly_uptime_in_seconds{<pods>}) < 3600"
        " and max by (<by_instance>) (dragonfly_restores_total{<pods>}) == 0"
        " and sum by (<by_instance>) (increase(dragonfly_backups_total{<pods>}[<threshold>s] offset 1h)) > 0",
        f"Dragonfly {_INSTANCE} started without its snapshots",
        "All its pods started within the last hour and none has loaded a snapshot, although there were some before.",
        threshold=lambda instance: 2 * instance.longest_gap_seconds,
        threshold_means="seconds before the last hour in which a snapshot was made; the default is twice the "
        "schedule's longest gap",
        condition=SAVED,
    ),
    AlertRule(
        "DragonflyRestoreDrillOverdue",
        "warning",
        "1h",
        # What the drill tells the Pushgateway, or kube-state-metrics of its CronJob: its making, if it never succeeded.
        "time() - max by (<by_instance>) (dragonfly_restore_drill_last_success_timestamp_seconds{<pods>}"
        ' or label_replace(kube_cronjob_status_last_successful_time{<cron_job>}, "app", "<name>", "", "")'
        ' or label_replace(kube_cronjob_created{<cron_job>}, "app", "<name>", "", "")) > <threshold>',
        f"No restore of Dragonfly {_INSTANCE} was tried with success in time",
        "The last good restore drill was {{ $value | humanizeDuration }} ago.",
        threshold=lambda instance: instance.longest_drill_gap_seconds,
        threshold_means="seconds since the last good drill; the default is the schedule's longest gap",
        condition=DRILLED,
    ),
    AlertRule(
        "DragonflyOperatorDown",
        "critical",
        "10m",
        "max by (cluster, namespace, job) (up{<operator>}) == 0 or absent(up{<operator>})",
        "The Dragonfly operator in {{ $labels.namespace }} is down",
        "For <for> Prometheus has not reached it: while it is down no failover happens and no change is carried out.",
        condition=OPERATOR,
    ),
)
"""Every alert but those of the availability objective (`objectives.py`)."""


def alerts_of(instance: MonitoredInstance) -> Iterator[AlertRule]:
    """The alerts that an instance has."""
    for row in CATALOGUE:
        if row.condition.holds(instance):
            yield row
