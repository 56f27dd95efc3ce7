"""Copy a whole snapshot below a prefix of its own, once for each pod, from which the server then starts.

The original is read alone. Run again, or after it was killed, it goes on where it was; once all is there it leaves
`restored.json`, and does nothing any more: the server saves there from then on.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime

from .credentials import NoCredentials
from .s3 import Bucket, Object, S3Error
from .snapshots import RESTORED, NoSuchSnapshot, Snapshot, chosen, snapshots


class InUse(Exception):
    """The prefix holds what is not the snapshot's."""


def main(words: Sequence[str], environment: Mapping[str, str]) -> int:
    """What the Job runs."""
    parser = argparse.ArgumentParser(prog="restore", description=__doc__)
    parser.add_argument("--snapshot", required=True, help="`latest`, a time, a name, or POD/NAME")
    parser.add_argument("--source-bucket", default="", help="bucket of the snapshot, if it is another")
    parser.add_argument("--source", required=True, help="prefix below which it is looked for")
    parser.add_argument("--to", required=True, help="the fresh prefix")
    parser.add_argument("--dbfilename", default="dump-{timestamp}", help="what the server looks for when it starts")
    parser.add_argument("--pod", action="append", required=True, help="a pod that starts from it")
    given = parser.parse_args(words)
    try:
        bucket = Bucket.of_environment(environment)
        there = {item.key: item for item in bucket.list(f"{given.to}/")}
        if f"{given.to}/{RESTORED}" in there:
            print(f"{given.to} is restored already; nothing to do")
            return 0
        source = Bucket.of_environment(environment, given.source_bucket or bucket.name)
        found = originals(source, given.source, leave_out=given.to if source.name == bucket.name else "")
        snapshot = chosen(found, given.snapshot, source.get)
        print(f"{snapshot.place}: whole, {len(snapshot.files)} files, {snapshot.size} bytes")
        name = _found_at_start(given.dbfilename, snapshot.taken)
        copies = {file: name + _end(file, snapshot) for file in snapshot.order()}
        _refuse_others(there, set(copies.values()), given.to)
        for pod in given.pod:
            _copy(bucket, source, copies, f"{given.to}/{pod}/", there)
        _verify(bucket, copies, given.to, given.pod)
        told = {"snapshot": snapshot.place, "bucket": source.name, "taken": snapshot.taken.isoformat(), "name": name}
        bucket.put(f"{given.to}/{RESTORED}", json.dumps({**told, "pods": given.pod}).encode())
    except (S3Error, NoCredentials, NoSuchSnapshot, InUse) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{given.to}: restored")
    return 0


def originals(source: Bucket, prefix: str, leave_out: str = "") -> list[Snapshot]:
    """The snapshots below a prefix, without the copies that restores made of them.

    Args:
        source: the bucket.
        prefix: where to look.
        leave_out: a prefix that is not looked into.
    """
    objects = list(source.list(f"{prefix}/" if prefix else ""))
    copies = set()
    for item in objects:
        if item.key.rpartition("/")[2] == RESTORED:
            told = json.loads(source.get(item.key))
            root = item.key.removesuffix(RESTORED)
            copies |= {f"{root}{pod}/{told['name']}" for pod in told["pods"]}
    return [
        snapshot
        for snapshot in snapshots(objects)
        if snapshot.place not in copies and not (leave_out and snapshot.directory.startswith(f"{leave_out}/"))
    ]


def _found_at_start(dbfilename: str, taken: datetime) -> str:
    """A name that the server looks for: one that somebody gave by hand it would pass over, and start empty."""
    marks = {"{timestamp}": "%Y-%m-%dT%H:%M:%S", "{Y}": "%Y", "{m}": "%m", "{d}": "%d"}
    for mark, form in marks.items():
        dbfilename = dbfilename.replace(mark, taken.strftime(form))
    return dbfilename


def _refuse_others(there: Mapping[str, Object], own: set[str], to: str) -> None:
    if others := [key for key in there if key.rpartition("/")[2] not in own]:
        raise InUse(f"{to} is in use: it holds {others[0]}; a copy there could be taken for the newest. Name another")


def _copy(bucket: Bucket, source: Bucket, copies: Mapping[Object, str], to: str, there: Mapping[str, Object]) -> None:
    for file, name in copies.items():
        key = to + name
        # What is there stays: a second copy would be newer than what the server has saved since.
        if key not in there or there[key].size != file.size:
            bucket.copy(source, file, key)
            print(f"copied {key}")


def _verify(bucket: Bucket, copies: Mapping[Object, str], to: str, pods: Sequence[str]) -> None:
    sizes = {item.key: item.size for item in bucket.list(f"{to}/")}
    for pod in pods:
        for file, name in copies.items():
            key = f"{to}/{pod}/{name}"
            if sizes.get(key) != file.size:
                raise NoSuchSnapshot(f"{key} has {sizes.get(key, 'no')} bytes, the original {file.size}")


def _end(file: Object, snapshot: Snapshot) -> str:
    """What follows a snapshot's name in a file's: `-summary.dfs`."""
    return file.key.removeprefix(snapshot.place)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
