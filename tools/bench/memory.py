"""How much memory a process and those that it started had at most, as Linux tells it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")


def peak_memory(process: int | None = None, proc: Path = PROC) -> float | None:
    """MiB: the most that each of the processes had, added up; None where the system does not tell.

    It is asked while they live. `VmHWM` is the peak of what is in memory: https://man7.org/linux/man-pages/man5/proc.5.html

    Args:
        process: the process that started the others; this one by default.
        proc: where the system tells it.
    """
    own = process or os.getpid()
    statuses = dict(_statuses(proc))
    if not _number("VmHWM", statuses.get(own, "")):
        return None
    return sum(_number("VmHWM", statuses[each]) for each in _with_started(own, statuses)) / 1024


def _statuses(proc: Path) -> Iterator[tuple[int, str]]:
    for path in proc.glob("[0-9]*/status"):
        # A process may end meanwhile.
        with suppress(OSError):
            yield int(path.parent.name), path.read_text("utf-8", "replace")


def _with_started(process: int, statuses: Mapping[int, str]) -> Iterator[int]:
    yield process
    for each, status in statuses.items():
        if _number("PPid", status) == process:
            yield from _with_started(each, statuses)


def _number(field: str, status: str) -> int:
    found = re.search(rf"^{field}:\s+(\d+)", status, re.MULTILINE)
    return int(found[1]) if found else 0
