"""What becomes of each directive of a redis.conf: an argument, a flag of the server, or nothing, and why.

The names are those of Redis 6.2 to 7.4 and Valkey 8. The flags are the server's own (`dragonfly/flags.py`), with a
directive of the same meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from constructs_lib.adoption.redis.values import one, size, whole, yes
from constructs_lib.adoption.redis.without import WITHOUT

Read = Callable[[Sequence[str]], Any]
"""From the words of a directive to the value; it raises a ValueError that says what is wrong."""


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of the cache."""

    name: str
    read: Read


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag of the server that is no argument of its own."""

    name: str
    read: Read
    usual: str
    """Redis' own value: with it nobody asked for anything."""


@dataclass(frozen=True, slots=True)
class Together:
    """Decided together with other directives (`together.py`, `users.py`); the text says what it comes to."""

    what: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing that the server or the cache has: why, and what to do."""

    why: str
    advice: str
    usual: str | tuple[str, ...] | None
    """Redis' own value, or several, with which nothing is lost; None where it is told whatever the value is."""


Becomes = Argument | Flag | Together | Nothing


def _at_least_one(read: Read) -> Read:
    """Zero and less say that there is no bound."""

    def bounded(words: Sequence[str]) -> Any:
        found = read(words)
        if found <= 0:
            raise ValueError(f"{found} says that there is none, and the server always has one")
        return found

    return bounded


def _not_negative(words: Sequence[str]) -> int:
    found = whole(words)
    if found < 0:
        raise ValueError(f"{found} switches the slow log off, and the server always has one")
    return found


CARRIED: Mapping[str, Becomes] = {
    "timeout": Argument("timeout", whole),
    "databases": Argument("dbnum", whole),
    "maxclients": Argument("maxclients", _at_least_one(whole)),
    "slowlog-log-slower-than": Argument("slowlog_log_slower_than", _not_negative),
    "slowlog-max-len": Argument("slowlog_max_len", whole),
    "commandlog-execution-slower-than": Argument("slowlog_log_slower_than", _not_negative),
    "commandlog-slow-execution-max-len": Argument("slowlog_max_len", whole),
    "acllog-max-len": Flag("acllog_max_len", whole, "128"),
    "proto-max-bulk-len": Flag("max_bulk_len", size, "512mb"),
    "tcp-backlog": Flag("tcp_backlog", whole, "511"),
    "tcp-keepalive": Flag("tcp_keepalive", whole, "300"),
    "tls-ciphers": Flag("tls_ciphers", one, ""),
    "tls-ciphersuites": Flag("tls_cipher_suites", one, ""),
    "tls-prefer-server-ciphers": Flag("tls_prefer_server_ciphers", yes, "no"),
    "tls-session-cache-size": Flag("tls_session_cache_size", whole, "20480"),
    "tls-session-cache-timeout": Flag("tls_session_cache_timeout", whole, "300"),
    "tls-session-caching": Flag("tls_session_caching", yes, "yes"),
    "maxmemory": Together(
        "`dragonfly_maxmemory`, at least 256mb, with the threads that it is enough for; memory limit and request a "
        "quarter above it"
    ),
    "maxmemory-policy": Together(
        "`allkeys-…`: `dragonfly_cache_mode`; `noeviction`: off; `volatile-…`: nothing, since cache mode does not "
        "spare keys without an expiry"
    ),
    "notify-keyspace-events": Together("`dragonfly_notify_keyspace_events: Ex`, the only events that there are"),
    "requirepass": Together("the key `password` of the Secret; the value is not read"),
    "save": Together("a schedule to choose: it is in the list"),
    "appendonly": Together("nothing; there is no append-only file: replicas and a schedule"),
    "cluster-enabled": Together("`dragonfly_cluster_mode: emulated`: one instance as the whole cluster"),
    "tls-port": Together("`dragonfly_tls_enabled`, with the Secret in `dragonfly_tls_secret`"),
    "tls-ca-cert-file": Together("`dragonfly_tls_client_ca_secret`, unless `tls-auth-clients no`"),
    "tls-auth-clients": Together("see `tls-ca-cert-file`"),
    "tls-cert-file": Together("the Secret in `dragonfly_tls_secret`, key `tls.crt`"),
    "tls-key-file": Together("the Secret in `dragonfly_tls_secret`, key `tls.key`"),
    "aclfile": Together("`dragonfly_acl_users`, from the file"),
    "user": Together("`dragonfly_acl_users`; no password is read"),
    "include": Together("what the file says"),
}

DIRECTIVES: Mapping[str, Becomes] = {
    **CARRIED,
    **{
        name: Nothing(reason.why, reason.advice, usual)
        for reason in WITHOUT
        for name, usual in reason.directives.items()
    },
}
"""Every directive that is known, by name."""
