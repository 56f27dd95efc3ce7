"""The server's command line: each flag is an argument of the cache or of its backup, one of `flags`, or not ours."""

from __future__ import annotations

from typing import Any, TypeVar

from constructs_lib.adoption.model import Carried, NotCarried, Origin, Setting
from constructs_lib.adoption.surroundings import Surroundings
from constructs_lib.cache.server import MEMORY_PER_THREAD, RSS_DENY_RATIO, TYPED_FLAGS, ServerArguments
from constructs_lib.dragonfly.command_line import CommandLineFlag, flag_value
from constructs_lib.dragonfly.flags import OPERATORS_FLAGS, SECRET_FLAGS, flag_type
from constructs_lib.values.fields import value
from constructs_lib.values.memory import MEBIBYTE, Memory, ServerMemory

_AmountT = TypeVar("_AmountT", Memory, ServerMemory)

ARGS = "/spec/args"

USUAL_THREADS = ServerArguments.model_fields["proactor_threads"].default

OF_THE_BACKUP = {
    "s3_endpoint": "endpoint",
    "s3_use_https": "https",
    "s3_sign_payload": "sign_payload",
    "s3_ec2_metadata": "use_service_account",
}
"""Flags that a backup writes, by the argument that has it write them."""

SERVERS_OWN = {"slowlog_max_len": 20, "version_check": True}
"""What the server takes for flags that are left out, where an argument's default is another: the arguments' own
`source` in `cache/server.py` says it."""


def read_server(around: Surroundings) -> Carried:
    """The flags, and what stands for those that are left out."""
    instance = around.instance
    given = {flag.name: flag for flag in instance.flags}
    for word in instance.command_line:
        if isinstance(word, int):
            yield NotCarried(_word(around, word), "no flag of the server", "leave it out")
    is_saved = bool(instance.snapshot) or "dir" in given
    others: list[tuple[Any, Origin]] = []
    for name, flag in given.items():
        origin = _word(around, flag.index)
        reason = SECRET_FLAGS.get(name) or OPERATORS_FLAGS.get(name)
        if name in TYPED_FLAGS:
            yield Setting("cache", name, _typed(around, flag), origin)
        elif name in OF_THE_BACKUP and is_saved:
            yield Setting("backup", OF_THE_BACKUP[name], _typed(around, flag), origin)
        elif reason:
            yield NotCarried(origin, f"--{name} is not yours to set", reason)
        else:
            others.append(((name, _typed(around, flag)), origin))
    origin = Origin.of(instance.manifest, ARGS)
    if others:
        yield Setting("cache", "flags", dict(flag for flag, _ in others), origin, tuple(others))
    for name, own in SERVERS_OWN.items():
        if name not in given:
            yield Setting("cache", name, own, origin)
    yield from _memory(around, given, origin)


def _word(around: Surroundings, index: int) -> Origin:
    return Origin.of(around.instance.manifest, f"{ARGS}/{index}")


def _typed(around: Surroundings, flag: CommandLineFlag) -> Any:
    found = flag_value(flag.text, flag_type(flag.name, around.instance.server))
    if flag.name == "default_lua_flags":
        return [part for part in str(found).split(",") if part]
    return found


def _memory(around: Surroundings, given: dict[str, CommandLineFlag], origin: Origin) -> Carried:
    """What must be there: a limit around `maxmemory`, or where that is left out what the limit leaves room for."""
    instance = around.instance
    request = value(instance.spec, "resources", "requests", "memory")
    limit = instance.memory_limit or _amount(Memory, request)
    maxmemory = _amount(ServerMemory, given["maxmemory"].text) if "maxmemory" in given else None
    if maxmemory is None and limit is not None:
        maxmemory = _whole(ServerMemory, limit.bytes / RSS_DENY_RATIO)
        yield Setting("cache", "maxmemory", str(maxmemory), origin)
    elif maxmemory is not None and instance.memory_limit is None:
        limits = Origin.of(instance.manifest, "/spec/resources/limits/memory")
        yield Setting("cache", "memory_limit", str(_whole(Memory, maxmemory.bytes * RSS_DENY_RATIO)), limits)
    if maxmemory is not None and "proactor_threads" not in given:
        # The server takes one a CPU of its node, and nobody knows those here.
        fitting = min(USUAL_THREADS, max(1, maxmemory.bytes // MEMORY_PER_THREAD.bytes))
        yield Setting("cache", "proactor_threads", fitting, origin)


def _amount(kind: type[_AmountT], given: object) -> _AmountT | None:
    try:
        return kind.of(given) if isinstance(given, str | int) else None
    except ValueError:
        return None


def _whole(kind: type[_AmountT], number: float) -> _AmountT:
    """In whole MiB."""
    return kind(int(number) // MEBIBYTE * MEBIBYTE)


def flag_text(around: Surroundings, name: str) -> str:
    """The value of a flag; empty where it is not given."""
    flag = around.instance.flag(name)
    return flag.text if flag else ""
