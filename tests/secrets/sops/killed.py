"""Replace a file again and again, each time killed with -9 one line later, until one is not: how many lines it took.

    python killed.py PATH

A process of its own, since it forks and its children die.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from constructs_lib.secrets.sops.secret_file import replace_file

OLD, NEW = b"old " * 20_000, b"new " * 30_000


def main(path: Path) -> int:
    """The number of lines that were survived."""
    for line in range(1, 200):
        path.write_bytes(OLD)
        child = os.fork()
        if child == 0:
            sys.settrace(killing_at(line))
            replace_file(path, NEW)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if path.read_bytes() not in (OLD, NEW):
            raise SystemExit(f"torn before line {line}")
        if os.WIFEXITED(status):
            if path.read_bytes() != NEW:
                raise SystemExit("not replaced")
            return line
    raise SystemExit("never came to its end")


def killing_at(line: int) -> Callable[[FrameType, str, Any], Any]:
    """A trace function that kills its process before that many lines of `replace_file`."""
    left = line

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal left
        if frame.f_code is not replace_file.__code__:
            return None
        if event == "line":
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    return trace


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))
