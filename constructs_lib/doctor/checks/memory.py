"""Memory: what the threads need, what the container has, and the head-room between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from constructs_lib.cache.server import LEAST_HEADROOM, MEMORY_PER_THREAD, RSS_DENY_RATIO
from constructs_lib.doctor.instance import Instance
from constructs_lib.doctor.model import ERROR, WARNING, Check, Found
from constructs_lib.doctor.objects import Objects
from constructs_lib.values.fields import pointer
from constructs_lib.values.memory import MEBIBYTE, ServerMemory

MEMORY_BELOW_THREADS = Check(
    "memory-below-threads",
    ERROR,
    ("Dragonfly",),
    "The server exits at start when it has less than 256 MiB for each of its threads: by `--maxmemory`, or by the "
    "container's limit.",
    "docs/dragonfly.md#memory",
)
MAXMEMORY_ABOVE_LIMIT = Check(
    "maxmemory-above-limit",
    ERROR,
    ("Dragonfly",),
    "With more `--maxmemory` than the container may use, the container is killed before the server thinks itself full.",
    "docs/dragonfly.md#memory",
)
MAXMEMORY_WITHOUT_HEADROOM = Check(
    "maxmemory-without-headroom",
    WARNING,
    ("Dragonfly",),
    "Fragmentation, replication and snapshots need memory beside the data. With less than a tenth of the limit left "
    "for them, the container is killed while it still takes writes.",
    "docs/dragonfly.md#memory",
)

CHECKS = (MEMORY_BELOW_THREADS, MAXMEMORY_ABOVE_LIMIT, MAXMEMORY_WITHOUT_HEADROOM)


def find(tree: Objects) -> Iterator[Found]:
    """Each instance, as far as its sizes can be read."""
    for instance in tree.instances:
        yield from _threads(instance)
        yield from _limit(instance)


def _threads(instance: Instance) -> Iterator[Found]:
    threads = _least_threads(instance)
    needed = ServerMemory(MEMORY_PER_THREAD.bytes * threads)
    maxmemory, limit = _maxmemory(instance), instance.memory_limit
    of_them = f"{threads} threads" if threads > 1 else "a single thread"
    if maxmemory and maxmemory[0] < needed:
        what = f"--maxmemory={maxmemory[0]} is too little for {of_them}: the server exits at start"
        where = pointer("spec", "args", maxmemory[1])
    elif limit and limit < needed:
        what = f"a memory limit of {limit} is too little for {of_them}: the server exits at start"
        where = "/spec/resources/limits/memory"
    else:
        return
    fix = f"give at least {needed}" + (", or fewer threads" if threads > 1 else "")
    yield MEMORY_BELOW_THREADS.found(instance.manifest, where, what, fix)


def _least_threads(instance: Instance) -> int:
    """How many threads there are at least: one where their number is left out, 0, or not to be read."""
    flag = instance.flag("proactor_threads")
    return max(1, int(flag.text)) if flag is not None and flag.text.isdecimal() else 1


def _limit(instance: Instance) -> Iterator[Found]:
    maxmemory, limit = _maxmemory(instance), instance.memory_limit
    if not maxmemory or limit is None:
        return
    amount, index = maxmemory
    where = pointer("spec", "args", index)
    most = ServerMemory(int(limit.bytes / RSS_DENY_RATIO) // MEBIBYTE * MEBIBYTE)
    fix = f"give at most --maxmemory={most}, or a limit of {RSS_DENY_RATIO} times as much as it says"
    if amount > limit:
        what = f"--maxmemory={amount} is more than the container's limit of {limit}"
        yield MAXMEMORY_ABOVE_LIMIT.found(instance.manifest, where, what, fix)
    elif amount.bytes > limit.bytes * (1 - LEAST_HEADROOM):
        what = f"--maxmemory={amount} leaves less than a tenth of the limit of {limit}"
        yield MAXMEMORY_WITHOUT_HEADROOM.found(instance.manifest, where, what, fix)


def _maxmemory(instance: Instance) -> tuple[ServerMemory, int] | None:
    """The amount and the place of its flag; None where it is not given, or 0, or cannot be read."""
    flag = instance.flag("maxmemory")
    if flag is None:
        return None
    with suppress(ValueError):
        amount = ServerMemory.of(flag.text)
        return (amount, flag.index) if amount.bytes else None
    return None
