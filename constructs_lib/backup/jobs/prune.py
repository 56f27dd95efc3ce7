"""Delete old snapshots, in a bucket or on a volume: never the newest whole one of a directory.

A snapshot without a timestamp in its name was named by somebody, and stays. Leftovers of snapshots that were never
finished go when they are a day old and a newer whole snapshot is there.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

from .credentials import NoCredentials
from .s3 import Bucket, S3Error
from .snapshots import Snapshot, fault_of, files, snapshots

LEFTOVER = timedelta(days=1)
"""A snapshot that is not whole may still be being written for so long."""


def main(words: Sequence[str], environment: Mapping[str, str]) -> int:
    """What the CronJob runs."""
    parser = argparse.ArgumentParser(prog="prune", description=__doc__)
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("--prefix", help="in the bucket, below this prefix")
    place.add_argument("--directory", type=Path, help="on a volume that is mounted here")
    limit = parser.add_mutually_exclusive_group(required=True)
    limit.add_argument("--keep", type=int, help="how many whole snapshots each directory keeps")
    limit.add_argument("--hours", type=int, help="how long a snapshot is kept")
    given = parser.parse_args(words)
    try:
        if given.directory is not None:
            found = snapshots(files(given.directory))
            read: Callable[[str], bytes] = lambda key: Path(key).read_bytes()  # noqa: E731
            delete: Callable[[str], None] = lambda key: Path(key).unlink(missing_ok=True)  # noqa: E731
        else:
            bucket = Bucket.of_environment(environment)
            found = snapshots(bucket.list(f"{given.prefix}/" if given.prefix else ""))
            read, delete = bucket.get, bucket.delete
        hours = None if given.hours is None else timedelta(hours=given.hours)
        now = datetime.now(UTC)
        doomed = list(superfluous(found, lambda snapshot: fault_of(snapshot, read), given.keep, hours, now))
        for snapshot in doomed:
            # The summary first: what is left when this is interrupted is no snapshot to anybody.
            for file in reversed(snapshot.order()):
                delete(file.key)
            print(f"deleted {snapshot.place}")
    except (S3Error, NoCredentials, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(found) - len(doomed)} snapshots kept, {len(doomed)} deleted")
    return 0


def superfluous(
    found: Iterable[Snapshot],
    fault: Callable[[Snapshot], str],
    keep: int | None,
    age: timedelta | None,
    now: datetime,
) -> Iterator[Snapshot]:
    """The snapshots that may go.

    Args:
        found: all there are.
        fault: says why a snapshot is not whole.
        keep: how many whole ones each directory keeps, or
        age: how old they may be.
        now: the time.
    """
    by_directory = sorted(found, key=lambda snapshot: (snapshot.directory, snapshot.taken), reverse=True)
    for _, group in groupby(by_directory, key=lambda snapshot: snapshot.directory):
        whole = 0
        for snapshot in group:
            if not snapshot.has_timestamp:
                continue
            if fault(snapshot):
                if whole and now - snapshot.modified > LEFTOVER:
                    yield snapshot
                continue
            whole += 1
            if whole > 1 and ((keep and whole > keep) or (age and now - snapshot.taken > age)):
                yield snapshot


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
