"""Programs that run as long as a block of a test run, and no longer, in whatever way that run ends."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path


@contextmanager
def process(
    folder: Path, program: str, *arguments: str, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program until the block is left, or this process ends in whatever way; its log is in `folder`.

    Args:
        folder: where it runs.
        program: the program, by name or path.
        arguments: its arguments.
        environment: variables beside this process' own.
    """
    with (folder / f"{Path(program).name}.log").open("wb") as log:
        running = subprocess.Popen(
            [program, *arguments],
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # an interrupt at the terminal is for the tests, which then end it
            preexec_fn=_end_with_parent(),
        )
    try:
        yield running
    finally:
        running.kill()  # nothing of what it holds is worth an orderly end
        running.wait()


def free_ports(number: int) -> list[int]:
    """Ports of the loopback interface that nothing listens on."""
    with ExitStack() as opened:
        sockets = [opened.enter_context(socket.socket()) for _ in range(number)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def _end_with_parent() -> Callable[[], None] | None:
    """What makes a child end when a test run is killed: on Linux the kernel's word, elsewhere nothing."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    set_parent_death_signal = 1  # PR_SET_PDEATHSIG: https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html
    return lambda: library.prctl(set_parent_death_signal, signal.SIGKILL)
