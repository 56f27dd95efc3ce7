"""Directives of which nothing becomes, by the reason; each with Redis' own value, with which nothing is lost."""

from __future__ import annotations

from constructs_lib.adoption.redis.reason import LAZY, Reason
from constructs_lib.adoption.redis.without_replication import OF_REPLICATION

_OWN_MEMORY = Reason(
    "the server lays its data out in its own way",
    "leave it out",
    {
        "active-expire-effort": "1",
        "activerehashing": "yes",
        "hash-max-listpack-entries": "512",
        "hash-max-listpack-value": "64",
        "hash-max-ziplist-entries": "512",
        "hash-max-ziplist-value": "64",
        "hash-seed": "",
        "hll-sparse-max-bytes": "3000",
        "jemalloc-bg-thread": "yes",
        "lazyfree-lazy-eviction": LAZY,
        "lazyfree-lazy-expire": LAZY,
        "lazyfree-lazy-server-del": LAZY,
        "lazyfree-lazy-user-del": LAZY,
        "lazyfree-lazy-user-flush": LAZY,
        "list-compress-depth": "0",
        "list-max-listpack-size": "-2",
        "list-max-ziplist-entries": "512",
        "list-max-ziplist-size": "-2",
        "list-max-ziplist-value": "64",
        "set-max-intset-entries": "512",
        "set-max-listpack-entries": "128",
        "set-max-listpack-value": "64",
        "stream-node-max-bytes": "4096",
        "stream-node-max-entries": "100",
        "zset-max-listpack-entries": "128",
        "zset-max-listpack-value": "64",
        "zset-max-ziplist-entries": "128",
        "zset-max-ziplist-value": "64",
    },
)

_EVICTION = Reason(
    "cache mode chooses what goes by a rule of its own",
    "leave it out",
    {
        "lfu-decay-time": "1",
        "lfu-log-factor": "10",
        "maxmemory-eviction-tenacity": "10",
        "maxmemory-samples": "5",
    },
)

_DEFRAGMENTATION = Reason(
    "the server has its own way to give memory back (`mem_defrag_…`)",
    "leave it out, or give those flags in `dragonfly_flags`",
    {
        "active-defrag-cycle-max": "25",
        "active-defrag-cycle-min": "1",
        "active-defrag-cycle-us": "500",
        "active-defrag-ignore-bytes": "100mb",
        "active-defrag-max-scan-fields": "1000",
        "active-defrag-threshold-lower": "10",
        "active-defrag-threshold-upper": "100",
        "activedefrag": "no",
    },
)

_THREADS = Reason(
    "each thread of the server does all of the work, on keys of its own",
    "give `dragonfly_threads`, one a CPU, with 256mb of `dragonfly_maxmemory` each",
    {
        "events-per-io-thread": "2",
        "io-threads": "1",
        "io-threads-always-active": "no",
        "io-threads-do-reads": "no",
        "prefetch-batch-max-size": "16",
    },
)

_PACE = Reason(
    "the server has a flag `hz`, of which 100 is its own value: Redis' number does not fit it",
    "leave it out",
    {"dynamic-hz": "yes", "hz": "10"},
)

_CPUS = Reason(
    "Kubernetes gives a container its CPUs",
    "give `dragonfly_cpu_request` and `dragonfly_cpu_limit`",
    {
        "aof-rewrite-cpulist": "",
        "aof_rewrite_cpulist": "",
        "bgsave-cpulist": "",
        "bgsave_cpulist": "",
        "bio-cpulist": "",
        "bio_cpulist": "",
        "server-cpulist": "",
        "server_cpulist": "",
    },
)

_PROCESS = Reason(
    "the operator and Kubernetes start, name and stop the process",
    "leave it out",
    {
        "always-show-logo": "no",
        "crash-log-enabled": "yes",
        "crash-memcheck-enabled": "yes",
        "daemonize": "no",
        "disable-thp": "yes",
        "ignore-warnings": "",
        "locale-collate": "",
        "oom-score-adj": "no",
        "oom-score-adj-values": "0 200 800",
        "pidfile": "",
        "proc-title-template": "{title} {listen-addr} {server-mode}",
        "set-proc-title": "yes",
        "shutdown-on-sigint": "default",
        "shutdown-on-sigterm": "default",
        "shutdown-timeout": "10",
        "supervised": "no",
        "use-exit-on-panic": "no",
        "watchdog-period": "0",
    },
)

_LOGS = Reason(
    "the server logs to the container's output, where the cluster collects it",
    "leave it out; `dragonfly_flags` takes `minloglevel` and `v`",
    {
        "hide-user-data-from-log": "no",
        "log-format": "legacy",
        "log-timestamp-format": "legacy",
        "logfile": "",
        "loglevel": "notice",
        "syslog-enabled": "no",
        "syslog-facility": "local0",
        "syslog-ident": "redis",
    },
)

_ADDRESS = Reason(
    "clients come to the Service, port 6379; who may is what the network policy says",
    "give `network_policies_enabled`, the clients in `dragonfly_clients`, and `network_policies_mode: enforce`: by "
    "itself the policy drops nothing; docs/network.md",
    {
        "bind": None,
        "bind-source-addr": "",
        "port": "6379",
        "protected-mode": "yes",
        "rdma-bind": "",
        "rdma-completion-vector": "-1",
        "rdma-port": "0",
        "rdma-rx-size": "1mb",
        "socket-mark-id": "0",
        "unixsocket": "",
        "unixsocketgroup": "",
        "unixsocketperm": "0",
    },
)

_CONNECTIONS = Reason(
    "the server bounds a connection's memory in its own way",
    "leave it out, or give `publish_buffer_limit`, `max_client_iobuf_len` or `send_timeout` in `dragonfly_flags`",
    {
        "client-output-buffer-limit": (
            "normal 0 0 0",
            "replica 256mb 64mb 60",
            "slave 256mb 64mb 60",
            "pubsub 32mb 8mb 60",
        ),
        "client-query-buffer-limit": "1gb",
        "maxmemory-clients": "0",
        "max-new-connections-per-cycle": "10",
        "max-new-tls-connections-per-cycle": "1",
        "min-string-size-avoid-copy-reply": "16384",
        "min-string-size-avoid-copy-reply-threaded": "65536",
        "min-io-threads-avoid-copy-reply": "7",
        "tracking-table-max-keys": "1000000",
    },
)

_FILES = Reason(
    "snapshots have a place, a name and a form of their own",
    "give a place for them, as `save` says; docs/backup/README.md",
    {
        "dbfilename": None,
        "dir": None,
        "rdb-del-sync-files": "no",
        "rdb-save-incremental-fsync": "yes",
        "rdb-version-check": "strict",
        "rdbchecksum": "yes",
        "rdbcompression": "yes",
        "sanitize-dump-payload": "no",
    },
)

_WRITES_GO_ON = Reason(
    "the server has no flag for it",
    "watch the snapshots: `dragonfly_monitoring_enabled` brings an alert for those that fail",
    {"stop-writes-on-bgsave-error": None},
)

_APPEND_ONLY = Reason(
    "there is no append-only file",
    "give `dragonfly_replicas` and a schedule for snapshots; docs/backup/README.md",
    {
        "aof-disable-auto-gc": "no",
        "aof-load-corrupt-tail-max-size": "0",
        "aof-load-truncated": "yes",
        "aof-rewrite-incremental-fsync": "yes",
        "aof-timestamp-enabled": "no",
        "aof-use-rdb-preamble": "yes",
        "appenddirname": "appendonlydir",
        "appendfilename": "appendonly.aof",
        "appendfsync": "everysec",
        "auto-aof-rewrite-min-size": "64mb",
        "auto-aof-rewrite-percentage": "100",
        "no-appendfsync-on-rewrite": "no",
    },
)

_TLS = Reason(
    "the operator mounts certificate and key and sets the server's TLS",
    "give the Secret in `dragonfly_tls_secret`, or `dragonfly_tls_issuer`; docs/certificate.md",
    {
        "tls-auth-clients-user": "off",
        "tls-ca-cert-dir": "",
        "tls-client-cert-file": "",
        "tls-client-key-file": "",
        "tls-cluster": "no",
        "tls-dh-params-file": "",
        "tls-protocols": "",
        "tls-replication": "no",
    },
)

_KEY_PASSWORD = Reason(
    "the key in a TLS Secret has no password of its own (not shown: it is a secret)",
    "put the key without it into the Secret",
    {"tls-client-key-file-pass": "", "tls-key-file-pass": ""},
)

_COMMANDS = Reason(
    "clients know commands by their names (not shown: a new name may be kept secret)",
    "give each client a user that may do what it needs, in `dragonfly_acl_users`; docs/acl.md",
    {"rename-command": None},
)

_CHANNELS = Reason(
    "a user has no channels but those that it is given",
    "give them in `channels` of `dragonfly_acl_users`",
    {"acl-pubsub-default": "resetchannels"},
)

_PROTECTED = Reason(
    "who may run such a command is what the users' rules say",
    "leave it out; docs/acl.md",
    {"enable-debug-command": "no", "enable-module-command": "no", "enable-protected-configs": "no"},
)

_SCRIPTS = Reason(
    "the server has no flag for it",
    "leave it out",
    {"busy-reply-threshold": "5000", "lua-enable-insecure-api": "no", "lua-time-limit": "5000"},
)

_MODULES = Reason(
    "the server has no flag for modules; JSON, Bloom filters and search are commands of its own",
    "ask a server by COMMAND for those of the module",
    {"loadmodule": None},
)

_LATENCY = Reason(
    "the server measures in its own way",
    "switch `dragonfly_monitoring_enabled` on; the slow log is there",
    {
        "commandlog-large-reply-max-len": "128",
        "commandlog-large-request-max-len": "128",
        "commandlog-reply-larger-than": "1048576",
        "commandlog-request-larger-than": "1048576",
        "latency-monitor-threshold": "0",
        "latency-tracking": "yes",
        "latency-tracking-info-percentiles": "50 99 99.9",
    },
)

_COMPATIBILITY = Reason(
    "it is a matter of Valkey or of an old Redis alone", "leave it out", {"extended-redis-compatibility": "no"}
)

WITHOUT = (
    _ADDRESS,
    _CONNECTIONS,
    _THREADS,
    _PACE,
    _CPUS,
    _PROCESS,
    _LOGS,
    _OWN_MEMORY,
    _EVICTION,
    _DEFRAGMENTATION,
    _FILES,
    _WRITES_GO_ON,
    _APPEND_ONLY,
    *OF_REPLICATION,
    _TLS,
    _KEY_PASSWORD,
    _COMMANDS,
    _CHANNELS,
    _PROTECTED,
    _SCRIPTS,
    _MODULES,
    _LATENCY,
    _COMPATIBILITY,
)
