"""Arguments that become the server's own flags, and the profiles that choose them for a kind of client."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator

from constructs_lib.arguments.model import Arguments, Meaning, rule
from constructs_lib.arguments.resources import cpu_request_findings, memory_request_findings
from constructs_lib.arguments.types import (
    CpuAmount,
    ExactVersion,
    MemoryAmount,
    Microseconds,
    NotNegativeInt,
    PositiveInt,
    Seconds,
    ServerMemoryAmount,
)
from constructs_lib.dragonfly.flags import FlagValue, flag_argument, flag_findings, server_version_findings
from constructs_lib.errors import Finding
from constructs_lib.values.memory import MEBIBYTE, Memory, MemoryShare, ServerMemory
from constructs_lib.values.redact import type_name
from constructs_lib.values.version import Version

MEMORY_PER_THREAD = ServerMemory(256 * MEBIBYTE)
"""«There are N threads, so X are required. Exiting...» (seen on a running server)."""

RSS_DENY_RATIO = 1.25
"""The server refuses writes and connections when its resident memory passes this many times maxmemory
(`--rss_oom_deny_ratio`). A container's limit below that is an out-of-memory kill first."""

LEAST_HEADROOM = 0.10

LuaFlag = Literal["allow-undeclared-keys", "disable-atomicity"]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a kind of client needs of the server: flags to set, and flags that would break it, with the reason."""

    sets: dict[str, Any] = field(default_factory=dict)
    refuses: dict[str, tuple[Any, str]] = field(default_factory=dict)


_EVICTS_JOBS = "cache mode evicts entries of the queue under memory pressure, so jobs vanish"
_EVICTS_SESSIONS = "cache mode evicts sessions under memory pressure, so users are logged out"

PROFILES = {
    "queue": Profile(
        sets={"default_lua_flags": ["allow-undeclared-keys"]},
        refuses={"cache_mode": (True, f"{_EVICTS_JOBS}; leave it out, or use profile 'cache'")},
    ),
    "cache": Profile(
        sets={"cache_mode": True},
        refuses={
            "cache_mode": (False, "a cache that may not evict refuses writes when full; leave it out, or the profile")
        },
    ),
    "session": Profile(
        refuses={"cache_mode": (True, f"{_EVICTS_SESSIONS}; leave it out, or use profile 'cache'")},
    ),
}
"""`queue`: BullMQ, Celery, Sidekiq: scripts touch keys that they do not declare, and nothing may be evicted.
`cache`: everything can be made again, so the server evicts when full. `session`: nothing may be evicted."""


def _flags(value: Any) -> dict[str, FlagValue]:
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
        raise ValueError("not a mapping of names; accepted: names of flags (without --) and their values")
    for name, item in value.items():
        if not isinstance(item, bool | int | float | str):
            raise ValueError(f"{name} is {type_name(item)}; accepted: a text, a number or a boolean")
    return dict(value)


class Server(Arguments):
    """A server: its version, memory, threads and flags."""

    version: Annotated[
        ExactVersion,
        Meaning("Version of the Dragonfly server, which is also the image's tag."),
    ] = "v1.36.0"
    maxmemory: Annotated[
        ServerMemoryAmount | None,
        Meaning(
            "Memory for data, in the server's notation (powers of 1024), or as a share of the memory limit, such as "
            "80%. At least 256mb a thread, and below the container's limit.",
            default="the memory limit divided by 1.25, where the server stops taking writes by itself",
            source="`--maxmemory`, `--rss_oom_deny_ratio`",
        ),
    ] = None
    proactor_threads: Annotated[
        PositiveInt, Meaning("Threads of the server; one a CPU that it may use.", source="`--proactor_threads`")
    ] = 2
    cpu_request: Annotated[CpuAmount, Meaning("CPU that the scheduler sets aside.", unit="cores")] = "100m"
    cpu_limit: Annotated[
        CpuAmount | None, Meaning("CPU at which the container is throttled.", unit="cores", default="no limit")
    ] = None
    memory_request: Annotated[MemoryAmount, Meaning("Memory that the scheduler sets aside.", unit="bytes")] = "256Mi"
    memory_limit: Annotated[MemoryAmount, Meaning("Memory at which the container is killed.", unit="bytes")] = "1Gi"
    profile: Annotated[
        Literal["queue", "cache", "session"] | None,
        Meaning(
            "What runs on it: `queue` (BullMQ, Celery, Sidekiq), `cache` or `session`. Sets the flags that it needs "
            "and refuses those that break it.",
            default="no flags set, none refused",
        ),
    ] = None
    cache_mode: Annotated[
        bool | None,
        Meaning(
            "Evict the least used keys when memory is full, instead of refusing writes.",
            default="as the profile says, else off",
            source="`--cache_mode`",
        ),
    ] = None
    slowlog_log_slower_than: Annotated[
        Microseconds,
        Meaning(
            "Commands slower than this go into the slow log.", unit="microseconds", source="`--slowlog_log_slower_than`"
        ),
    ] = 10000
    slowlog_max_len: Annotated[
        NotNegativeInt,
        Meaning("Entries that the slow log keeps.", source="`--slowlog_max_len`: 20 by itself"),
    ] = 128
    default_lua_flags: Annotated[
        list[LuaFlag] | None,
        Meaning(
            "What every Lua script may do. BullMQ and Langfuse need `allow-undeclared-keys`.",
            default="as the profile says, else nothing",
            source="`--default_lua_flags`",
        ),
    ] = None
    cluster_mode: Annotated[
        Literal["emulated", "yes"] | None,
        Meaning(
            "Speak the cluster protocol: `emulated` with this one instance as the whole cluster.",
            source="`--cluster_mode`",
        ),
    ] = None
    lock_on_hashtags: Annotated[
        bool | None,
        Meaning(
            "Lock by the `{tag}` in a key's name: scripts over keys of one tag run in parallel with others.",
            source="`--lock_on_hashtags`",
        ),
    ] = None
    maxclients: Annotated[
        PositiveInt | None, Meaning("Connections at most.", default="64000", source="`--maxclients`")
    ] = None
    timeout: Annotated[
        Seconds | None,
        Meaning("Close a connection that was idle this long.", unit="seconds", default="never", source="`--timeout`"),
    ] = None
    dbnum: Annotated[PositiveInt | None, Meaning("Numbered databases.", default="16", source="`--dbnum`")] = None
    keys_output_limit: Annotated[
        PositiveInt | None, Meaning("Keys that KEYS returns at most.", default="8192", source="`--keys_output_limit`")
    ] = None
    notify_keyspace_events: Annotated[
        Literal["Ex"] | None,
        Meaning(
            "Keyspace events to publish: the server knows expiry (`Ex`) alone.", source="`--notify_keyspace_events`"
        ),
    ] = None
    version_check: Annotated[
        bool,
        Meaning(
            "Ask a server on the internet once a day for a newer version: an egress that a closed policy drops.",
            source="`--version_check`: true by itself",
        ),
    ] = False
    flags: Annotated[
        Annotated[dict[str, FlagValue], PlainValidator(_flags, json_schema_input_type=dict[str, FlagValue])],
        Meaning(
            "Any other flag of the server, by name without `--`; checked by name and type against that version's list.",
        ),
    ] = Field(default_factory=dict)

    @cached_property
    def server(self) -> Version:
        """The server's version, parsed."""
        return Version.of(self.version)

    @cached_property
    def server_memory(self) -> ServerMemory:
        """`maxmemory` as an amount, or what follows from the memory limit; a share of that is in whole MiB."""
        if isinstance(self.maxmemory, MemoryShare):
            return self.maxmemory.of_limit(Memory.of(self.memory_limit))
        if self.maxmemory is not None:
            return ServerMemory.of(self.maxmemory)
        return ServerMemory(int(Memory.of(self.memory_limit).bytes / RSS_DENY_RATIO) // MEBIBYTE * MEBIBYTE)

    @property
    def evicts(self) -> bool:
        """Whether the server runs in cache mode."""
        return bool(self._typed_flags.get("cache_mode"))

    @property
    def runs_undeclared_scripts(self) -> bool:
        """Whether the scripts of a job queue run: with keys that they do not declare, or with hashtagged names."""
        allowed = "allow-undeclared-keys" in str(self._typed_flags.get("default_lua_flags"))
        return allowed or self._locks_on_hashtags()

    def command_line(self) -> list[str]:
        """The CR's `args`: the typed flags in the order of the arguments, then the others by name."""
        flags = self._typed_flags
        return [flag_argument(name, value) for name, value in (*flags.items(), *sorted(self.flags.items()))]

    @cached_property
    def _typed_flags(self) -> dict[str, FlagValue]:
        wanted = PROFILES[self.profile].sets if self.profile else {}
        if self._locks_on_hashtags():
            wanted = {name: value for name, value in wanted.items() if name != "default_lua_flags"}
        flags: dict[str, FlagValue] = {}
        for name in TYPED_FLAGS:
            given = getattr(self, name)
            value = self.server_memory if name == "maxmemory" else wanted.get(name) if given is None else given
            if isinstance(value, list):
                value = ",".join(value) or None
            if value is not None:
                flags[name] = str(value) if isinstance(value, ServerMemory) else value
        return flags

    @property
    def _said_memory(self) -> str:
        """`server_memory`, and where it is from, for an error."""
        if self.maxmemory is None:
            return f"{self.server_memory} (the memory limit divided by 1.25)"
        if isinstance(self.maxmemory, MemoryShare):
            return f"{self.server_memory} ({self.maxmemory} of the memory limit of {Memory.of(self.memory_limit)})"
        return str(self.server_memory)

    def _locks_on_hashtags(self) -> bool:
        """The other way to run BullMQ, with full multi-threading: hashtagged queue names, no undeclared keys."""
        return self.cluster_mode == "emulated" and self.lock_on_hashtags is True


class ServerArguments(Server):
    """The server that is to be written, and what would not work of it."""

    @rule("version")
    def _server_is_known(self) -> Iterator[Finding]:
        yield from server_version_findings(self.server)

    @rule("flags", "version")
    def _flags_are_the_servers(self) -> Iterator[Finding]:
        others = {name: value for name, value in self.flags.items() if name not in TYPED_FLAGS}
        yield from (
            Finding.error(f"flags.{name}", f"has a place of its own; give `{name}` instead")
            for name in self.flags
            if name in TYPED_FLAGS
        )
        yield from flag_findings(others, self.server)

    @rule("profile", "cache_mode")
    def _profile_is_not_broken(self) -> Iterator[Finding]:
        if self.profile:
            for name, (value, reason) in PROFILES[self.profile].refuses.items():
                if getattr(self, name) is value:
                    yield Finding.error(name, f"{str(value).lower()} under profile '{self.profile}': {reason}")

    @rule("profile", "default_lua_flags", "cluster_mode", "lock_on_hashtags")
    def _queue_scripts_may_run(self) -> Iterator[Finding]:
        if self.profile == "queue" and not self.runs_undeclared_scripts:
            yield Finding.error(
                "default_lua_flags",
                "without allow-undeclared-keys the scripts of profile 'queue' fail; leave it out, or give "
                "`cluster_mode` 'emulated' and `lock_on_hashtags` and hashtagged queue names",
            )

    @rule("cache_mode", "default_lua_flags", "profile")
    def _undeclared_keys_are_not_evicted(self) -> Iterator[Finding]:
        if self.profile is None and self.evicts and "allow-undeclared-keys" in (self.default_lua_flags or []):
            yield Finding.warning(
                "cache_mode",
                f"true beside `default_lua_flags` for job queues: {_EVICTS_JOBS}; use profile 'queue' for those",
            )

    @rule("maxmemory", "memory_limit", "proactor_threads")
    def _memory_is_enough_for_the_threads(self) -> Iterator[Finding]:
        needed = ServerMemory(MEMORY_PER_THREAD.bytes * self.proactor_threads)
        if self.server_memory < needed:
            yield Finding.error(
                "maxmemory",
                f"{self._said_memory} is too little for {self.proactor_threads} threads, and the server "
                f"exits at start; accepted: at least {needed}, 256mb a thread",
            )

    @rule("maxmemory", "memory_limit")
    def _memory_fits_the_container(self) -> Iterator[Finding]:
        limit = Memory.of(self.memory_limit)
        if self.maxmemory is None:
            return
        if self.server_memory > limit:
            yield Finding.error(
                "maxmemory",
                f"{self._said_memory} is more than the memory limit of {limit}, so the container is killed before it "
                f"is full; accepted: at most {_part_of(limit, 1 / RSS_DENY_RATIO)}, or a higher `memory_limit`",
            )
        elif self.server_memory.bytes > limit.bytes * (1 - LEAST_HEADROOM):
            yield Finding.warning(
                "maxmemory",
                f"{self._said_memory} leaves less than 10 % of the memory limit of {limit} for buffers and "
                f"fragmentation; {_part_of(limit, 1 / RSS_DENY_RATIO)} or less lets the server refuse writes "
                "before it is killed",
            )

    @rule("memory_request", "memory_limit")
    def _memory_request_is_within_the_limit(self) -> Iterator[Finding]:
        yield from memory_request_findings(self.memory_request, self.memory_limit)

    @rule("cpu_request", "cpu_limit")
    def _cpu_request_is_within_the_limit(self) -> Iterator[Finding]:
        yield from cpu_request_findings(self.cpu_request, self.cpu_limit)


TYPED_FLAGS = tuple(
    name for name, argument in Server.model_fields.items() if Meaning.of(argument).source.startswith(f"`--{name}`")
)
"""The arguments that are flags of the same name, with which their source begins, in the order in which they are
written."""


def _part_of(limit: Memory, share: float) -> ServerMemory:
    return ServerMemory(int(limit.bytes * share) // MEBIBYTE * MEBIBYTE)
