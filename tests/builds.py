"""What the tests build once and keep in the user's cache folder: where that is, and who builds at a time."""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class CannotRun(Exception):
    """This machine lacks what a program needs; the text says what to install."""


def require(program: str, what: str) -> None:
    """Raises CannotRun unless the program is on the PATH."""
    if shutil.which(program) is None:
        raise CannotRun(f"no {program} on the PATH: these tests need {what}")


def cache_folder() -> Path:
    """Where built programs are kept, each in a folder of its own."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "cdk8s-dragonfly")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def lock(file: Path) -> Iterator[None]:
    """Two test runs that start together build once."""
    with file.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def say(line: str) -> None:
    """Tell how a build goes on."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
