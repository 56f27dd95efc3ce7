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

from constructs_lib.scripts.credentials import NoCredentials
from constructs_lib.scripts.s3 import Bucket, Object, S3Error
from constructs_lib.scripts.snapshots import RESTORED, NoSuchSnapshot, Snapshot, chosen, snapshots


class InUse(Exception):
    """The prefix holds what is not the snapshot's."""


def main(words: Sequence[str], environment: Mapping[str, str]) -> int:
    """What the Job runs."""
    parser = argparse.ArgumentParser(prog="restore", description=__doc__)
    parser.add_argument("--snapshot", required=True, help="`latest`, a time, a name, or POD/NAME")
    parser.add_argument("--source-bucket", default="", help="bucket of the snapshot, if it is another")
    parser.add_argument("--source", required=True, help="prefix below which it is looked for")
    parser.add_argument("--to", required=True, help="the fresh prefix")
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
        _refuse_others(there, snapshot, given.to)
        for pod in given.pod:
            _copy(bucket, source, snapshot, f"{given.to}/{pod}/", there)
        _verify(bucket, snapshot, given.to, given.pod)
        told = {"snapshot": snapshot.place, "bucket": source.name, "taken": snapshot.taken.isoformat()}
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
            root, name = item.key.removesuffix(RESTORED), told["snapshot"].rpartition("/")[2]
            copies |= {f"{root}{pod}/{name}" for pod in told["pods"]}
    return [
        snapshot
        for snapshot in snapshots(objects)
        if snapshot.place not in copies and not (leave_out and snapshot.directory.startswith(f"{leave_out}/"))
    ]


def _refuse_others(there: Mapping[str, Object], snapshot: Snapshot, to: str) -> None:
    own = {_name(file) for file in snapshot.files}
    if others := [item.key for item in there.values() if _name(item) not in own]:
        raise InUse(f"{to} is in use: it holds {others[0]}; a copy there could be taken for the newest. Name another")


def _copy(bucket: Bucket, source: Bucket, snapshot: Snapshot, to: str, there: Mapping[str, Object]) -> None:
    for file in snapshot.order():
        key = to + _name(file)
        # What is there stays: a second copy would be newer than what the server has saved since.
        if key not in there or there[key].size != file.size:
            bucket.copy(source, file, key)
            print(f"copied {key}")


def _verify(bucket: Bucket, snapshot: Snapshot, to: str, pods: Sequence[str]) -> None:
    sizes = {item.key: item.size for item in bucket.list(f"{to}/")}
    for pod in pods:
        for file in snapshot.files:
            key = f"{to}/{pod}/{_name(file)}"
            if sizes.get(key) != file.size:
                raise NoSuchSnapshot(f"{key} has {sizes.get(key, 'no')} bytes, the original {file.size}")


def _name(file: Object) -> str:
    return file.key.rpartition("/")[2]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
