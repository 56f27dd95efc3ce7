"""The top of the dashboard: what somebody on call looks at first, and the budget of an objective."""

from __future__ import annotations

from constructs_lib.monitoring.dashboard.panel import BAD, GOOD, INSTANCE, POD, WARNING, Panel, Query, Row
from constructs_lib.monitoring.objectives import AVAILABLE
from constructs_lib.monitoring.recording_rules import RESIDENT_MEMORY

OVERVIEW = Row(
    "Overview",
    (
        Panel(
            "Pods that answer",
            (Query('sum <by_instance> (up{<pods>,job="dragonfly"})', INSTANCE),),
            "Pods whose metrics Prometheus could read at its last try.",
            kind="stat",
            width=3,
            bounds=((None, BAD), (1, GOOD)),
            alerts=("DragonflyDown", "DragonflyAbsent", "DragonflyReplicaMissing"),
        ),
        Panel(
            "Masters",
            (Query("sum <by_instance> (dragonfly_master{<pods>})", INSTANCE),),
            "Pods that call themselves master: one is right.",
            kind="stat",
            width=3,
            bounds=((None, BAD), (1, GOOD), (2, BAD)),
            alerts=("DragonflyNoMaster", "DragonflyMultipleMasters"),
        ),
        Panel(
            "Master",
            (Query("max <by_pod> (dragonfly_master{<pods>} == 1)", POD),),
            "The pod that takes writes.",
            kind="names",
            width=4,
        ),
        Panel(
            "Version",
            (Query("count by (namespace, app, version) (dragonfly_version{<pods>})", "{{version}}"),),
            "Versions that run: two during a rollout.",
            kind="names",
            width=3,
            alerts=("DragonflyRolloutStuck",),
        ),
        Panel(
            "Youngest server",
            (Query("min <by_instance> (dragonfly_uptime_in_seconds{<pods>})", INSTANCE),),
            "Time since the last start of any of the servers.",
            unit="s",
            kind="stat",
            width=3,
            bounds=((None, WARNING), (600, GOOD)),
            alerts=("DragonflyRestarts",),
        ),
        Panel(
            "Clients",
            (Query('sum <by_instance> (dragonfly_connected_clients{<pods>,listener="main"})', INSTANCE),),
            "Connections to port 6379.",
            kind="stat",
            width=3,
            alerts=("DragonflyConnectionsHigh",),
        ),
        Panel(
            "Commands",
            (
                Query(
                    'sum <by_instance> (rate(dragonfly_commands_processed_total{<pods>,listener="main"}[<window>]))',
                    INSTANCE,
                ),
            ),
            "Commands a second on port 6379.",
            unit="ops",
            kind="stat",
            width=3,
        ),
        Panel(
            "Hit ratio",
            (
                Query(
                    'sum <by_instance> (rate(dragonfly_keyspace_hits_total{<pods>,db!=""}[<window>]))'
                    ' / (sum <by_instance> (rate(dragonfly_keyspace_hits_total{<pods>,db!=""}[<window>]))'
                    ' + sum <by_instance> (rate(dragonfly_keyspace_misses_total{<pods>,db!=""}[<window>])))',
                    INSTANCE,
                ),
            ),
            "Share of reads that found their key.",
            unit="percentunit",
            kind="stat",
            width=2,
            alerts=("DragonflyHitRatioLow",),
        ),
        Panel(
            "Memory used",
            (
                Query(
                    "max <by_instance> (dragonfly_memory_used_bytes{<pods>} / dragonfly_memory_max_bytes{<pods>})",
                    INSTANCE,
                ),
            ),
            "Share of maxmemory. In cache mode near 100 % by design.",
            unit="percentunit",
            kind="gauge",
            width=5,
            bounds=((None, GOOD), (0.8, WARNING), (0.9, BAD)),
            alerts=("DragonflyMemoryHigh",),
        ),
        Panel(
            "Resident memory",
            (Query(f"max <by_instance> ({RESIDENT_MEMORY}{{<pods>}})", INSTANCE),),
            "Share of what it may be: at 100 % the server refuses work, or the container is killed.",
            unit="percentunit",
            kind="gauge",
            width=5,
            bounds=((None, GOOD), (0.8, WARNING), (0.9, BAD)),
            alerts=("DragonflyResidentMemoryHigh",),
        ),
        Panel(
            "Alerts",
            (Query('ALERTS{<pods>,alertstate="firing"}'),),
            "What fires now. The name leads to the runbook.",
            kind="table",
            width=14,
        ),
    ),
)

BUDGET = Row(
    "Availability objective",
    (
        Panel(
            "Available in 30 days",
            (Query(f"avg_over_time({AVAILABLE}{{<pods>}}[30d])", INSTANCE),),
            "Share of the time in which a master answered and nobody was turned away.",
            unit="percentunit",
            kind="stat",
            width=6,
            height=8,
        ),
        Panel(
            "Budget that is left",
            (Query(f"1 - (1 - avg_over_time({AVAILABLE}{{<pods>}}[30d])) / <budget>", INSTANCE),),
            "Share of the 30 days' budget; below 0 the objective is missed.",
            unit="percentunit",
            kind="stat",
            width=6,
            height=8,
            bounds=((None, BAD), (0, WARNING), (0.25, GOOD)),
            alerts=("DragonflyErrorBudgetBurnFast", "DragonflyErrorBudgetBurnSlow"),
        ),
        Panel(
            "Speed of use",
            (
                Query(f"(1 - avg_over_time({AVAILABLE}{{<pods>}}[1h])) / <budget>", f"{INSTANCE} 1h"),
                Query(f"(1 - avg_over_time({AVAILABLE}{{<pods>}}[6h])) / <budget>", f"{INSTANCE} 6h"),
                Query(f"(1 - avg_over_time({AVAILABLE}{{<pods>}}[3d])) / <budget>", f"{INSTANCE} 3d"),
            ),
            "1 uses the budget up in exactly 30 days; the fast alert is at 14.4 over an hour.",
            width=12,
            alerts=("DragonflyErrorBudgetBurnFast", "DragonflyErrorBudgetBurnSlow"),
        ),
    ),
    objective=True,
)
