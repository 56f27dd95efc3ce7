"""The rows below: one subject each, in the order in which a fault is narrowed down."""

from __future__ import annotations

from constructs_lib.monitoring.dashboard.panel import INSTANCE, POD, Panel, Query, Row
from constructs_lib.monitoring.recording_rules import EVICTED_KEYS, LAST_SNAPSHOT, OOM_ERRORS

MEMORY = Row(
    "Memory",
    (
        Panel(
            "Used, resident and allowed",
            (
                Query("max <by_pod> (dragonfly_memory_used_bytes{<pods>})", f"{POD} used"),
                Query("max <by_pod> (dragonfly_used_memory_rss_bytes{<pods>})", f"{POD} resident"),
                Query("max <by_pod> (dragonfly_memory_max_bytes{<pods>})", f"{POD} maxmemory"),
            ),
            "Resident memory far above what is used is fragmentation, or buffers for replicas and snapshots.",
            unit="bytes",
            alerts=("DragonflyMemoryHigh", "DragonflyResidentMemoryHigh"),
        ),
        Panel(
            "By class",
            (Query("sum by (class) (dragonfly_memory_by_class_bytes{<pods>})", "{{class}}"),),
            "What the server spends memory on: keys and values, tables, buffers of clients and replicas.",
            unit="bytes",
            stacked=True,
        ),
        Panel(
            "By type of value",
            (Query("sum by (type) (dragonfly_type_used_memory{<pods>})", "{{type}}"),),
            "Memory of the values, by their type.",
            unit="bytes",
            stacked=True,
        ),
        Panel(
            "Refused for lack of memory",
            (Query(f"sum <by_pod> (rate({OOM_ERRORS}{{<pods>}}[<window>]))", POD),),
            "Commands a second that were refused.",
            unit="ops",
            alerts=("DragonflyOutOfMemory",),
        ),
        Panel(
            "Swap",
            (Query("max <by_pod> (dragonfly_swap_memory_bytes{<pods>})", POD),),
            "Memory that the kernel swapped out: every such byte is slow.",
            unit="bytes",
        ),
        Panel(
            "Highest so far",
            (Query("max <by_pod> (dragonfly_memory_used_peak_bytes{<pods>})", POD),),
            "The most that was used since the server started.",
            unit="bytes",
        ),
    ),
)

COMMANDS = Row(
    "Commands",
    (
        Panel(
            "Rate by command",
            (Query("topk(12, sum by (cmd) (rate(dragonfly_commands_total{<pods>}[<window>])))", "{{cmd}}"),),
            "The twelve most used commands.",
            unit="ops",
        ),
        Panel(
            "Latency by command",
            (
                Query(
                    "topk(12, sum by (cmd) (rate(dragonfly_commands_duration_seconds{<pods>}[<window>]))"
                    " / (sum by (cmd) (rate(dragonfly_commands_total{<pods>}[<window>])) > 0))",
                    "{{cmd}}",
                ),
            ),
            "The twelve slowest commands: mean time in the server. Blocking commands wait for their data in it.",
            unit="s",
            alerts=("DragonflySlowCommands",),
        ),
        Panel(
            "Time by command",
            (Query("topk(12, sum by (cmd) (rate(dragonfly_commands_duration_seconds{<pods>}[<window>])))", "{{cmd}}"),),
            "Where the server spends its time: seconds a second, rate times latency.",
            unit="s",
            stacked=True,
        ),
        Panel(
            "Rate by pod",
            (
                Query(
                    "sum <by_pod> (rate(dragonfly_commands_processed_total{<pods>}[<window>]))",
                    POD,
                ),
            ),
            "Commands a second on each pod, replication and operator among them.",
            unit="ops",
        ),
        Panel(
            "Errors in scripts",
            (Query("sum <by_pod> (rate(dragonfly_script_error_total{<pods>}[<window>]))", POD),),
            "Lua scripts that failed: a key that was not declared, for one.",
            unit="ops",
        ),
        Panel(
            "Long runs in a thread",
            (Query("sum <by_pod> (rate(dragonfly_fiber_longrun_seconds{<pods>}[<window>]))", POD),),
            "Seconds a second in which something kept a thread busy and all others waited.",
            unit="s",
        ),
    ),
)

CONNECTIONS = Row(
    "Connections and pipelines",
    (
        Panel(
            "Connections",
            (
                Query("sum by (namespace, pod, listener) (dragonfly_connected_clients{<pods>})", POD + " {{listener}}"),
                Query("sum <by_pod> (dragonfly_blocked_clients{<pods>})", f"{POD} blocked"),
            ),
            "Listener `main` is port 6379, `other` is 9999. Blocked clients wait in a blocking command.",
            alerts=("DragonflyConnectionsHigh",),
        ),
        Panel(
            "New connections",
            (Query("sum <by_pod> (rate(dragonfly_connections_received_total{<pods>}[<window>]))", POD),),
            "Connections a second. Many mean clients without a pool.",
            unit="cps",
        ),
        Panel(
            "Refused connections",
            (
                Query(
                    "sum by (namespace, pod, reason) (rate(dragonfly_listener_accept_error_total{<pods>}[<window>]))",
                    POD + " {{reason}}",
                ),
            ),
            "`limit_reached` is maxclients; `tls_error` is anything that connects and speaks no TLS.",
            unit="cps",
            alerts=("DragonflyConnectionsRefused",),
        ),
        Panel(
            "Pipelines",
            (
                Query("sum <by_pod> (dragonfly_pipeline_queue_length{<pods>})", f"{POD} waiting"),
                Query("sum <by_pod> (rate(dragonfly_pipeline_commands_total{<pods>}[<window>]))", f"{POD} a second"),
            ),
            "Commands that wait in pipelines, and those that went through one.",
        ),
        Panel(
            "Wait in pipelines",
            (
                Query(
                    "sum <by_pod> (rate(dragonfly_pipeline_queue_wait_duration_seconds{<pods>}[<window>]))"
                    " / (sum <by_pod> (rate(dragonfly_pipeline_commands_total{<pods>}[<window>])) > 0)",
                    POD,
                ),
            ),
            "Mean time from a command's arrival in a pipeline to its start.",
            unit="s",
        ),
        Panel(
            "Throttled",
            (Query("sum <by_pod> (rate(dragonfly_pipeline_throttle_total{<pods>}[<window>]))", POD),),
            "Times a second that a connection was made to wait because its pipeline was full.",
            unit="ops",
            alerts=("DragonflyPipelineThrottled",),
        ),
    ),
)

REPLICATION = Row(
    "Replication",
    (
        Panel(
            "Who is master",
            (Query("max <by_pod> (dragonfly_master{<pods>})", POD),),
            "1 on the master, 0 on a replica. A change is a failover.",
            width=12,
            alerts=("DragonflyNoMaster", "DragonflyMultipleMasters"),
        ),
        Panel(
            "Lag",
            (
                Query(
                    "max by (namespace, app, replica_ip, replica_state)"
                    " (dragonfly_connected_replica_lag_records{<pods>})",
                    "{{namespace}}/{{app}} {{replica_ip}} {{replica_state}}",
                ),
            ),
            "Changes that a replica has yet to get, as the master sees it, and its state: `online` is in sync.",
            width=12,
            alerts=("DragonflyReplicationLag", "DragonflyReplicaLinkDown"),
        ),
        Panel(
            "Reconnections",
            (Query("sum <by_pod> (increase(dragonfly_replica_reconnect_count{<pods>}[<window>]))", POD),),
            "Times that a replica had to connect to its master again.",
            width=12,
        ),
        Panel(
            "Buffers",
            (
                Query("sum <by_pod> (dragonfly_replication_streaming_bytes{<pods>})", f"{POD} streaming"),
                Query("sum <by_pod> (dragonfly_replication_full_sync_bytes{<pods>})", f"{POD} full sync"),
            ),
            "Memory on the master for replicas that lag or load everything anew.",
            width=12,
            unit="bytes",
        ),
        Panel(
            "Link to the master",
            (
                Query("min <by_pod> (dragonfly_master_link_status{<pods>})", f"{POD} up"),
                Query("max <by_pod> (dragonfly_master_sync_in_progress{<pods>})", f"{POD} full sync"),
            ),
            "As the replica sees it.",
            width=12,
            alerts=("DragonflyReplicaLinkDown",),
            since="v1.40.1",
        ),
        Panel(
            "Last word from the master",
            (Query("max <by_pod> (dragonfly_master_last_io_seconds_ago{<pods>})", POD),),
            "Time since the replica last heard from its master.",
            width=12,
            unit="s",
            since="v1.40.1",
        ),
    ),
)

SNAPSHOTS = Row(
    "Snapshots",
    (
        Panel(
            "Age of the last good snapshot",
            (Query(f"time() - max <by_pod> ({LAST_SNAPSHOT}{{<pods>}})", POD),),
            "Empty without a backup. Reckoned from the server's start until the first snapshot after it.",
            unit="s",
            alerts=("DragonflyBackupOverdue",),
        ),
        Panel(
            "Tried and failed",
            (
                Query("sum <by_pod> (increase(dragonfly_backups_total{<pods>}[<window>]))", f"{POD} tried"),
                Query("sum <by_pod> (increase(dragonfly_failed_backups_total{<pods>}[<window>]))", f"{POD} failed"),
            ),
            "A snapshot that failed counts as tried as well.",
            alerts=("DragonflyBackupFailed",),
        ),
        Panel(
            "Loaded and failed",
            (
                Query("sum <by_pod> (dragonfly_restores_total{<pods>})", f"{POD} loaded"),
                Query("sum <by_pod> (dragonfly_failed_restores_total{<pods>})", f"{POD} failed"),
            ),
            "Snapshots that the server loaded since it started.",
            alerts=("DragonflyRestoreFailed", "DragonflyStartedEmpty"),
        ),
        Panel(
            "Age of the last good restore drill",
            (
                Query(
                    "time() - max <by_instance> (dragonfly_restore_drill_last_success_timestamp_seconds{<pods>})",
                    INSTANCE,
                ),
            ),
            "Empty without a drill that tells a Pushgateway.",
            unit="s",
            width=24,
            alerts=("DragonflyRestoreDrillOverdue",),
        ),
    ),
)

KEYSPACE = Row(
    "Keyspace and evictions",
    (
        Panel(
            "Keys",
            (
                Query("max by (namespace, app, db) (dragonfly_db_keys{<pods>})", INSTANCE + " {{db}}"),
                Query(
                    "max by (namespace, app, db) (dragonfly_db_keys_expiring{<pods>})", INSTANCE + " {{db}} that expire"
                ),
            ),
            "Keys by database, and those of them that have a time to live.",
            alerts=("DragonflyDataLost",),
        ),
        Panel(
            "Hits and misses",
            (
                Query(
                    'sum <by_instance> (rate(dragonfly_keyspace_hits_total{<pods>,db!=""}[<window>]))',
                    f"{INSTANCE} hits",
                ),
                Query(
                    'sum <by_instance> (rate(dragonfly_keyspace_misses_total{<pods>,db!=""}[<window>]))',
                    f"{INSTANCE} misses",
                ),
                Query(
                    "sum <by_instance> (rate(dragonfly_keyspace_mutations_total{<pods>}[<window>]))",
                    f"{INSTANCE} changes",
                ),
            ),
            "Reads that found their key, reads that did not, and writes.",
            unit="ops",
            alerts=("DragonflyHitRatioLow",),
        ),
        Panel(
            "Expired and evicted",
            (
                Query("sum <by_pod> (rate(dragonfly_expired_keys_total{<pods>}[<window>]))", f"{POD} expired"),
                Query(f"sum <by_pod> (rate({EVICTED_KEYS}{{<pods>}}[<window>]))", f"{POD} evicted"),
            ),
            "Keys whose time was over, and keys that were dropped for lack of memory.",
            unit="ops",
            alerts=("DragonflyEvictions",),
        ),
    ),
)

NETWORK = Row(
    "Network",
    (
        Panel(
            "In and out",
            (
                Query("sum <by_pod> (rate(dragonfly_net_input_bytes_total{<pods>}[<window>]))", f"{POD} in"),
                Query("sum <by_pod> (rate(dragonfly_net_output_bytes_total{<pods>}[<window>]))", f"{POD} out"),
            ),
            "Bytes a second, replication among them.",
            unit="Bps",
        ),
        Panel(
            "Time to send a reply",
            (
                Query(
                    "sum <by_pod> (rate(dragonfly_reply_duration_seconds{<pods>}[<window>]))"
                    " / (sum <by_pod> (rate(dragonfly_reply_total{<pods>}[<window>])) > 0)",
                    POD,
                ),
            ),
            "Mean time of a write to a socket. It grows when clients read slowly.",
            unit="s",
        ),
        Panel(
            "Oldest reply that waits",
            (Query("max <by_pod> (dragonfly_send_delay_seconds{<pods>})", POD),),
            "How long the server has been trying to send the oldest reply.",
            unit="s",
        ),
    ),
)
