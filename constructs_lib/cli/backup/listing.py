"""The snapshots of a cache, as they are listed: from a bucket, or from the volumes of its pods."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from constructs_lib.backup.jobs.restore import originals
from constructs_lib.backup.jobs.s3 import Bucket, Object
from constructs_lib.backup.jobs.snapshots import Snapshot, fault_of, snapshots
from constructs_lib.backup.volumes import SNAPSHOT_FOLDER
from constructs_lib.cli.backup.kubectl import Kubectl
from constructs_lib.cli.backup.plan import BucketPlan, VolumePlan

_FILE = re.compile(r"(?P<modified>\d+) (?P<size>\d+) (?P<path>.+)")


@dataclass(frozen=True)
class Listed:
    """A snapshot of a list."""

    place: str
    """POD/NAME."""
    taken: datetime
    size: int
    fault: str
    """Why it is not whole; nothing if it is."""

    def line(self, now: datetime) -> str:
        """It as a line for a reader."""
        age = _age((now - self.taken).total_seconds())
        return f"{_time(self.taken)}  {age:>5}  {_size(self.size):>9}  {self.fault or 'whole':<7}  {self.place}"

    def entry(self) -> dict[str, Any]:
        """It for a program."""
        return {"place": self.place, "taken": _time(self.taken), "bytes": self.size, "fault": self.fault}


def in_bucket(plan: BucketPlan, environment: Mapping[str, str]) -> list[Listed]:
    """The snapshots in a bucket, the oldest first.

    Raises:
        S3Error: the server refuses to list or to read, or is not reached.
        NoCredentials: nobody gives any.
    """
    bucket = Bucket.of_environment(environment)
    return _listed(originals(bucket, plan.root.prefix), bucket.get, f"{plan.root.prefix}/")


def on_volumes(plan: VolumePlan, kubectl: Kubectl) -> list[Listed]:
    """The snapshots on the volumes of all pods, read in the pods themselves; the oldest first.

    Raises:
        KubectlFailed: a pod does not run, or nobody may look into it.
    """
    found = [item for pod in plan.pods for item in _files(pod, kubectl.run(*list_files(pod)).decode(errors="replace"))]
    return _listed(snapshots(found), lambda key: kubectl.run(*_read_file(key)))


def list_files(pod: str) -> tuple[str, ...]:
    """What kubectl is told to list the files of a pod's volume: when written, how large, which.

    A volume's own folder alone: nobody may look into the `lost+found` of many file systems.
    """
    found = ("find", SNAPSHOT_FOLDER, "-maxdepth", "1", "-type", "f", "-exec", "stat", "-c", "%Y %s %n", "{}", "+")
    return (*_in_server(pod), *found)


def as_json(place: str, **more: Sequence[Any]) -> str:
    """A list for a program."""
    return json.dumps({"version": 1, "place": place, **more}, indent=2, ensure_ascii=False)


def _read_file(key: str) -> tuple[str, ...]:
    pod, _, name = key.partition("/")
    return (*_in_server(pod), "cat", f"{SNAPSHOT_FOLDER}/{name}")


def _in_server(pod: str) -> tuple[str, ...]:
    return ("exec", pod, "-c", "dragonfly", "--")


def _files(pod: str, said: str) -> Iterator[Object]:
    """The files of a pod's volume, as a bucket lists its objects."""
    for line in said.splitlines():
        if match := _FILE.fullmatch(line):
            key = f"{pod}/{match['path'].removeprefix(f'{SNAPSHOT_FOLDER}/')}"
            yield Object(key, int(match["size"]), datetime.fromtimestamp(int(match["modified"]), UTC))


def _listed(found: Sequence[Snapshot], read: Callable[[str], bytes], below: str = "") -> list[Listed]:
    return [
        Listed(snapshot.place.removeprefix(below), snapshot.taken, snapshot.size, fault_of(snapshot, read))
        for snapshot in found
    ]


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _age(seconds: float) -> str:
    for unit, length in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f}{unit}"
    return f"{max(seconds, 0):.0f}s"


def _size(number: float) -> str:
    for unit in ("B", "KiB", "MiB", "GiB"):
        if number < 1024:
            return f"{number:.0f} {unit}"
        number /= 1024
    return f"{number:.1f} TiB"
