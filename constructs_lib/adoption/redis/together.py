"""Directives that are decided together: what memory is for, what is saved, who must say a password, TLS."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from constructs_lib.adoption.model import Carried, Line, NotCarried, Setting
from constructs_lib.adoption.redis.configuration import Configuration, Directive
from constructs_lib.adoption.redis.values import one, size, whole, yes
from constructs_lib.cache.server import MEMORY_PER_THREAD, RSS_DENY_RATIO, ServerArguments
from constructs_lib.values.memory import MEBIBYTE, Memory, ServerMemory
from constructs_lib.values.names import CA_KEY, DEFAULT_USER, PASSWORD_KEY, default_secret, default_tls_secret
from constructs_lib.values.redact import redact

_T = TypeVar("_T")

USUAL_THREADS = ServerArguments.model_fields["proactor_threads"].default

POLICIES = ("noeviction", "allkeys-", "volatile-")

USUAL_SAVES = (3600, 300, 60)
"""When Redis saves itself, in seconds, where `save` is left out."""


class _Unreadable(Exception):
    """A value that Redis would refuse."""

    def __init__(self, told: NotCarried) -> None:
        super().__init__(str(told))
        self.told = told


def read_together(configuration: Configuration, cache: str) -> Carried:
    """What the directives come to for a cache of that name, and what of them is somebody's to decide."""
    for read in _TOGETHER:
        try:
            yield from read(configuration, cache)
        except _Unreadable as reason:
            yield reason.told


def read_memory(configuration: Configuration, cache: str) -> Carried:
    """`maxmemory`, with threads that it is enough for, a limit around it, and as much asked of the scheduler."""
    directive = configuration.last("maxmemory")
    given = 0 if directive is None else _value(directive, size)
    if directive is None or given == 0:
        yield NotCarried(
            directive.origin if directive else Line(configuration.file, field="maxmemory"),
            ("0" if directive else "left out") + ", no bound, and a container has one",
            "give `dragonfly_maxmemory`; by itself it is 512mb",
        )
        return
    if given < MEMORY_PER_THREAD.bytes:
        yield NotCarried(
            directive.origin,
            f"{redact(directive.text)} is too little: the server wants {MEMORY_PER_THREAD} a thread",
            f"see that as much is free: `dragonfly_maxmemory` is {MEMORY_PER_THREAD}, with one thread",
        )
    memory = ServerMemory(max(given, MEMORY_PER_THREAD.bytes))
    limit = Memory(int(memory.bytes * RSS_DENY_RATIO) // MEBIBYTE * MEBIBYTE)
    threads = min(USUAL_THREADS, memory.bytes // MEMORY_PER_THREAD.bytes)
    yield Setting("cache", "maxmemory", str(memory), directive.origin)
    yield Setting("cache", "memory_request", str(limit), directive.origin)
    yield Setting("cache", "memory_limit", str(limit), directive.origin)
    yield Setting("cache", "proactor_threads", threads, directive.origin)


def read_eviction(configuration: Configuration, cache: str) -> Carried:
    """Whether keys go when memory is full: the server has one way to choose them."""
    directive = configuration.last("maxmemory-policy")
    if directive is None:
        return
    given = _value(directive, one).lower()
    if given == "noeviction":
        yield Setting("cache", "cache_mode", False, directive.origin)
    elif given.startswith("allkeys-"):
        yield Setting("cache", "cache_mode", True, directive.origin)
        yield NotCarried(
            directive.origin,
            f"{redact(given)}: `dragonfly_cache_mode` is written, which chooses what goes by a rule of its own",
            "see that every client can do without any key",
        )
    elif given.startswith("volatile-"):
        yield NotCarried(
            directive.origin,
            f"{redact(given)}: cache mode does not spare keys without an expiry, so it is left off, and writes are "
            "refused when memory is full",
            "give `dragonfly_cache_mode: true` where every key may go",
        )
    else:
        yield NotCarried(
            directive.origin, f"{redact(given)} is no policy of Redis; known: {', '.join(POLICIES)}", "mend it"
        )


def read_keyspace_events(configuration: Configuration, cache: str) -> Carried:
    """Events: expiry alone."""
    directive = configuration.last("notify-keyspace-events")
    if directive is None:
        return
    given = _value(directive, one)
    expiry = "E" in given and any(mark in given for mark in "xA")
    if expiry:
        yield Setting("cache", "notify_keyspace_events", "Ex", directive.origin)
    if given and set(given) != {"E", "x"}:
        yield NotCarried(
            directive.origin,
            f"{redact(given)}: the server publishes expiry alone, by `Ex`" + (", which is written" if expiry else ""),
            "see that no client waits for another event",
        )


def read_persistence(configuration: Configuration, cache: str) -> Carried:
    """What Redis saves, of which the place is somebody's choice: it is told, with a schedule."""
    append_only = configuration.last("appendonly")
    if append_only is not None and _value(append_only, yes):
        yield NotCarried(
            append_only.origin,
            "there is no append-only file: what came after the last snapshot is lost with the last pod",
            "give `dragonfly_replicas: 2` or more once the data is there, and a schedule for snapshots",
        )
    saves = configuration.all("save")
    if seconds := _seconds(saves):
        yield NotCarried(
            saves[-1].origin if saves else Line(configuration.file, field="save"),
            "nothing saves the cache until a place is given" + ("" if saves else "; left out, Redis saves by itself"),
            "give `dragonfly_backup_enabled: true` with `rustfs_enabled: true` or `dragonfly_s3_endpoint`, or else "
            f'`dragonfly_snapshot_volume_size`, and `dragonfly_snapshot_cron: "{_schedule(seconds)}"`, before there is '
            "data; docs/backup/README.md",
        )


def read_password(configuration: Configuration, cache: str) -> Carried:
    """The Secret has it; where Redis has none, clients need one now."""
    directive = configuration.last("requirepass")
    key = f"Secret `{default_secret(cache)}`, key `{PASSWORD_KEY}`"
    if directive is not None and directive.text:
        yield NotCarried(directive.origin, "a password is not read", f"put it into {key}; docs/secrets.md")
    elif not any(each.words[:1] == (DEFAULT_USER,) for each in configuration.all("user")):
        yield NotCarried(
            directive.origin if directive else Line(configuration.file, field="requirepass"),
            "Redis asks for no password, and the cache does",
            f"put one into {key}, and give it to the clients",
        )


def read_cluster(configuration: Configuration, cache: str) -> Carried:
    """One instance that speaks the cluster's protocol."""
    directive = configuration.last("cluster-enabled")
    if directive is not None and _value(directive, yes):
        yield Setting("cache", "cluster_mode", "emulated", directive.origin)
        yield NotCarried(
            directive.origin,
            "one instance is the whole cluster (`dragonfly_cluster_mode: emulated`)",
            "give it the memory of all masters together, and bring the data of each",
        )


def read_tls(configuration: Configuration, cache: str) -> Carried:
    """TLS on the one port that there is, with client certificates where Redis asks for them."""
    directive = configuration.last("tls-port")
    if directive is None or not _value(directive, whole):
        return
    secret = default_tls_secret(cache)
    yield Setting("cache", "tls_secret_ref", secret, directive.origin)
    yield NotCarried(
        directive.origin,
        "every client speaks TLS, on port 6379; certificate and key are not read",
        f"put them into Secret `{secret}`, keys `tls.crt` and `tls.key`, or give `dragonfly_tls_issuer`",
    )
    asks = configuration.last("tls-auth-clients")
    authority = configuration.last("tls-ca-cert-file")
    if authority is not None and authority.text and (asks is None or asks.text.lower() != "no"):
        origin = (asks or authority).origin
        yield Setting("cache", "client_ca_cert_secret", {"name": secret, "key": CA_KEY}, origin)
        yield NotCarried(
            origin,
            "clients need a certificate, and a password beside it; the CA's certificate is not read",
            f"put it into Secret `{secret}`, key `{CA_KEY}`",
        )


_TOGETHER = (
    read_memory,
    read_eviction,
    read_keyspace_events,
    read_persistence,
    read_password,
    read_cluster,
    read_tls,
)


def _value(directive: Directive, read: Callable[[tuple[str, ...]], _T]) -> _T:
    try:
        return read(directive.words)
    except ValueError as error:
        raise _Unreadable(NotCarried(directive.origin, str(error), "mend it")) from error


def _seconds(saves: list[Directive]) -> list[int]:
    """After how many seconds it is saved; nothing where it never is. `save ""` forgets what came before."""
    if not saves:
        return list(USUAL_SAVES)
    seconds: list[int] = []
    for each in saves:
        if each.words == ("",):
            seconds = []
        else:
            seconds += _value(each, _pairs)
    return seconds


def _pairs(words: Sequence[str]) -> list[int]:
    if not words or len(words) % 2:
        raise ValueError(f"{len(words)} values; accepted: pairs of seconds and changes, or an empty text")
    return [whole([word]) for word in words[::2]]


def _schedule(seconds: list[int]) -> str:
    """The longest of the times as a schedule, since it is the one that a few changes are enough for."""
    minutes = max(seconds) // 60
    if minutes >= 60:
        return f"0 */{min(minutes // 60, 12)} * * *" if minutes >= 120 else "0 * * * *"
    return f"*/{max(minutes, 1)} * * * *"
