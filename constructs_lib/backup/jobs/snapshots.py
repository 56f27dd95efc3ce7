"""Dragonfly's snapshots among the files of a directory or the objects of a bucket: which there are, which are whole.

A snapshot NAME is `NAME-summary.dfs`, written last, with `NAME-0000.dfs`, `NAME-0001.dfs` … for its shards, whose
number the summary tells; or `NAME.rdb` alone. The server loads one that lacks a shard without a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from .s3 import Object

RESTORED = "restored.json"
"""What a restore leaves beside the copies that it made, when all of them are there."""

_FILE = re.compile(r"(?P<directory>(?:.*/)?)(?P<name>[^/]+?)(?:-(?P<part>summary|\d{4})\.dfs|\.rdb)", re.S)
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


class NoSuchSnapshot(Exception):
    """There is none like it, or it is not whole."""


@dataclass(frozen=True)
class Snapshot:
    """A snapshot, whole or not."""

    directory: str
    """Where its files are: a prefix with its slash."""
    name: str
    files: tuple[Object, ...]
    parts: tuple[str, ...]

    @property
    def taken(self) -> datetime:
        """When it was begun: its name says so; else when its newest file was written."""
        if match := _TIMESTAMP.search(self.name):
            return datetime.fromisoformat(match[0]).replace(tzinfo=UTC)
        return self.modified

    @property
    def has_timestamp(self) -> bool:
        """Whether it was taken on schedule, rather than named by somebody."""
        return _TIMESTAMP.search(self.name) is not None

    @property
    def modified(self) -> datetime:
        """When its newest file was written."""
        return max(file.modified for file in self.files)

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(file.size for file in self.files)

    @property
    def place(self) -> str:
        """Its directory and name."""
        return self.directory + self.name

    @property
    def summary(self) -> Object | None:
        """Its summary, if it has one."""
        return next((file for file, part in zip(self.files, self.parts, strict=True) if part == "summary"), None)

    def fault(self, shards: int | None = None) -> str:
        """Why it is not whole; nothing if it is.

        Args:
            shards: how many there must be, as its summary says; without it, the last of them may be missing unseen.
        """
        if empty := [file.key for file in self.files if not file.size]:
            return f"{empty[0]} is empty"
        if self.parts == ("rdb",):
            return ""
        if self.summary is None:
            return "it has no summary: it was not finished, or is being written"
        there = sorted(int(part) for part in self.parts if part.isdigit())
        wanted = range(shards if shards is not None else (there[-1] + 1 if there else 1))
        if missing := [number for number in wanted if number not in there]:
            return f"shard {missing[0]:04} is missing"
        return ""

    def order(self) -> tuple[Object, ...]:
        """Its files, the summary last: without that, no server takes it for a snapshot."""
        return tuple(sorted(self.files, key=lambda file: (file == self.summary, file.key)))


def snapshots(objects: Iterable[Object]) -> list[Snapshot]:
    """The snapshots among objects, the oldest first; of several of one second, the largest last."""
    found: dict[tuple[str, str, bool], list[tuple[str, Object]]] = {}
    for item in objects:
        if match := _FILE.fullmatch(item.key):
            part = match["part"] or "rdb"
            found.setdefault((match["directory"], match["name"], part == "rdb"), []).append((part, item))
    every = [
        Snapshot(directory, name, tuple(item for _, item in files), tuple(part for part, _ in files))
        for (directory, name, _), files in found.items()
    ]
    return sorted(every, key=lambda snapshot: (snapshot.taken, snapshot.size, snapshot.place))


def files(directory: Path) -> Iterator[Object]:
    """The files of a volume, as a bucket lists its objects."""
    for path in sorted(directory.rglob("*")):
        if path.is_file() and not path.is_symlink():
            stat = path.stat()
            yield Object(str(path), stat.st_size, datetime.fromtimestamp(stat.st_mtime, UTC))


def shard_count(summary: bytes) -> int | None:
    """How many shards a snapshot has, as its summary says; None where it does not."""
    mark = b"\xfa\x0bshard-count"
    at = summary.find(mark)
    value = summary[at + len(mark) : at + len(mark) + 12] if at >= 0 else b""
    if not value:
        return None
    # RDB's strings: small numbers as such, others as text with their length.
    if value[0] == 0xC0:
        return value[1]
    if value[0] == 0xC1:
        return int.from_bytes(value[1:3], "little")
    text = value[1 : 1 + value[0]]
    return int(text) if text.isdigit() else None


def fault_of(snapshot: Snapshot, read: Callable[[str], bytes]) -> str:
    """Why a snapshot is not whole, its summary read; nothing if it is."""
    first = snapshot.fault()
    if first or snapshot.summary is None:
        return first
    return snapshot.fault(shard_count(read(snapshot.summary.key)))


def chosen(found: list[Snapshot], which: str, read: Callable[[str], bytes]) -> Snapshot:
    """The whole snapshot that is meant.

    Args:
        found: the snapshots there are, the oldest first.
        which: `latest`, a time (the latest begun until then), a name, or the end of its directory and its name.
        read: reads an object.

    Raises:
        NoSuchSnapshot: none is, or the named one is not whole.
    """
    if which != "latest" and (until := _time(which)) is None:
        named = [snapshot for snapshot in found if f"/{snapshot.place}".endswith(f"/{which}")]
        faults = {}
        for snapshot in reversed(named):
            faults[snapshot.place] = fault_of(snapshot, read)
            if not faults[snapshot.place]:
                return snapshot
        told = "; ".join(f"{place}: {fault}" for place, fault in faults.items())
        raise NoSuchSnapshot(f"no whole snapshot {which}: {told or 'there is none of that name'}")
    until = None if which == "latest" else _time(which)
    for snapshot in reversed(found):
        if (until is None or snapshot.taken <= until) and not fault_of(snapshot, read):
            return snapshot
    raise NoSuchSnapshot(f"no whole snapshot{f' until {which}' if until else ''} among {len(found)}")


def _time(text: str) -> datetime | None:
    if not re.match(r"\d{4}-\d\d-\d\d([T ]|$)", text):
        return None
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
