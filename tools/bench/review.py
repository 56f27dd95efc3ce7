"""A review of two folders, beside reading both: what `bench.py` runs, a process a measurement.

    python tools/bench/review.py OLD NEW

Printed as JSON: the seconds of each, and how many changes were found. The review is read, judged and written as JSON.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import yaml

from constructs_lib.review.outputs.document import document
from constructs_lib.review.outputs.summary import summary
from constructs_lib.review.review import review
from constructs_lib.review.sides.trees import Reader, files_of

Result = TypeVar("Result")


def main() -> int:
    """Measure both, the modules of all kinds being loaded: that is start-up."""
    old, new = map(Path, sys.argv[1:])
    _reviewed(old, new)
    read, _ = _timed(lambda: [_read(old), _read(new)])
    reviewed, changes = _timed(lambda: _reviewed(old, new))
    print(json.dumps({"read": read, "reviewed": reviewed, "changes": changes}))
    return 0


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    gc.collect()
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def _read(folder: Path) -> list[list[object]]:
    return [list(yaml.load_all(path.read_bytes(), yaml.CSafeLoader)) for path in sorted(folder.rglob("*.yaml"))]


def _reviewed(old: Path, new: Path) -> int:
    reader = Reader()
    before, after = reader.read(files_of(old)).tree, reader.read(files_of(new)).tree
    found = review(before, after)
    summary(found, before, after)
    return len(json.loads(json.dumps(document(found)))["changes"])


if __name__ == "__main__":
    sys.exit(main())
