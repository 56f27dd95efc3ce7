"""Read the newest whole snapshot of a bucket or volume into a directory, under the name `drill`: what a drill loads."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from .credentials import NoCredentials
from .restore import originals
from .s3 import Bucket, S3Error
from .snapshots import NoSuchSnapshot, chosen, files, snapshots

FETCHED = "drill.json"
"""What says which snapshot it is."""


def main(words: Sequence[str], environment: Mapping[str, str]) -> int:
    """What the drill's first container runs."""
    parser = argparse.ArgumentParser(prog="fetch", description=__doc__)
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("--prefix", help="prefix in the bucket, below which the snapshots are")
    place.add_argument("--volume", type=Path, help="a volume that is mounted here, which is read alone")
    parser.add_argument("--snapshot", default="latest", help="`latest`, a time or a name")
    parser.add_argument("--directory", type=Path, required=True, help="where the files go")
    given = parser.parse_args(words)
    try:
        if given.volume is not None:
            snapshot = chosen(snapshots(files(given.volume)), given.snapshot, lambda key: Path(key).read_bytes())
            copy: Callable[[str, Path], object] = shutil.copyfile
        else:
            bucket = Bucket.of_environment(environment)
            snapshot = chosen(originals(bucket, given.prefix), given.snapshot, bucket.get)
            copy = bucket.download
        for file in snapshot.order():
            name = file.key.rpartition("/")[2].removeprefix(snapshot.name)
            copy(file.key, given.directory / f"drill{name}")
        told = {"snapshot": snapshot.place, "taken": snapshot.taken.timestamp(), "bytes": snapshot.size}
        (given.directory / FETCHED).write_text(json.dumps(told), "utf-8")
    except (S3Error, NoCredentials, NoSuchSnapshot, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{snapshot.place}: {len(snapshot.files)} files, {snapshot.size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
