"""Directives of replication and of Redis Cluster, of which nothing becomes."""

from __future__ import annotations

from constructs_lib.adoption.redis.reason import LAZY, Reason

_MASTER = Reason(
    "the operator decides who is master",
    "give `dragonfly_replicas` once the data is there; how it comes over: docs/how-to/moving-from-redis.md",
    {"replicaof": None, "slaveof": None},
)

_REPLICATION_SECRET = Reason(
    "replication goes over port 9999 and needs no password (not shown: it is a secret)",
    "leave it out",
    {"masterauth": "", "masteruser": "", "primaryauth": "", "primaryuser": ""},
)

_REPLICATION = Reason(
    "the operator and the server replicate in their own way",
    "leave it out",
    {
        "close-on-replica-write": "yes",
        "close-on-slave-write": "yes",
        "dual-channel-replication-enabled": "no",
        "import-mode": "no",
        "panic-on-replication-errors": "no",
        "propagation-error-behavior": "ignore",
        "repl-backlog-size": "1mb",
        "repl-backlog-ttl": "3600",
        "repl-disable-tcp-nodelay": "no",
        "repl-diskless-load": "disabled",
        "repl-diskless-sync": "yes",
        "repl-diskless-sync-delay": "5",
        "repl-diskless-sync-max-replicas": "0",
        "repl-ping-replica-period": "10",
        "repl-ping-slave-period": "10",
        "repl-timeout": "60",
        "replica-announce-ip": "",
        "replica-announce-port": "0",
        "replica-announced": "yes",
        "replica-full-sync-buffer-limit": "256mb",
        "replica-ignore-disk-write-errors": "no",
        "replica-ignore-maxmemory": "yes",
        "replica-lazy-flush": LAZY,
        "replica-priority": "100",
        "replica-read-only": "yes",
        "replica-serve-stale-data": "yes",
        "slave-announce-ip": "",
        "slave-announce-port": "0",
        "slave-ignore-maxmemory": "yes",
        "slave-lazy-flush": LAZY,
        "slave-priority": "100",
        "slave-read-only": "yes",
        "slave-serve-stale-data": "yes",
    },
)

_ENOUGH_REPLICAS = Reason(
    "the server has no flag for it",
    "give `dragonfly_replicas`, and `dragonfly_monitoring_enabled` for an alert where one is missing",
    {
        "min-replicas-max-lag": "10",
        "min-replicas-to-write": "0",
        "min-slaves-max-lag": "10",
        "min-slaves-to-write": "0",
    },
)

_CLUSTER = Reason(
    "with `dragonfly_cluster_mode: emulated` one instance is the whole cluster",
    "leave it out",
    {
        "availability-zone": "",
        "cluster-allow-pubsubshard-when-down": "yes",
        "cluster-allow-reads-when-down": "no",
        "cluster-allow-replica-migration": "yes",
        "cluster-announce-bus-port": "0",
        "cluster-announce-client-ipv4": "",
        "cluster-announce-client-ipv6": "",
        "cluster-announce-hostname": "",
        "cluster-announce-human-nodename": "",
        "cluster-announce-ip": "",
        "cluster-announce-port": "0",
        "cluster-announce-tls-port": "0",
        "cluster-blacklist-ttl": "60",
        "cluster-config-file": "nodes.conf",
        "cluster-databases": "1",
        "cluster-link-sendbuf-limit": "0",
        "cluster-manual-failover-timeout": "5000",
        "cluster-migration-barrier": "1",
        "cluster-node-timeout": "15000",
        "cluster-ping-interval": "1000",
        "cluster-port": "0",
        "cluster-preferred-endpoint-type": "ip",
        "cluster-replica-no-failover": "no",
        "cluster-replica-validity-factor": "10",
        "cluster-require-full-coverage": "yes",
        "cluster-slave-no-failover": "no",
        "cluster-slave-validity-factor": "10",
        "cluster-slot-stats-enabled": "no",
    },
)

OF_REPLICATION = (_MASTER, _REPLICATION, _REPLICATION_SECRET, _ENOUGH_REPLICAS, _CLUSTER)
