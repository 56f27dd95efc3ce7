"""The tests' own control plane leaves nothing running, in whatever way a run ends."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.builds import CannotRun
from tests.cluster.binaries import binaries
from tests.e2e.clusters import wait_for

RUN = """
import signal, sys, time
from pathlib import Path
from tests.cluster.binaries import binaries
from tests.cluster.control_plane import control_plane

# A shell has what it runs in the background ignore it.
signal.signal(signal.SIGINT, signal.default_int_handler)
with control_plane(binaries(), Path(sys.argv[1])):
    print("ready", flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing ends a child with its parent")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=lambda how: how.name)
def test_a_run_that_is_ended_takes_the_control_plane_along(how: signal.Signals, tmp_path: Path) -> None:
    try:
        binaries()
    except CannotRun as reason:
        pytest.skip(str(reason))
    run = subprocess.Popen([sys.executable, "-c", RUN, tmp_path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        assert run.stdout
        assert run.stdout.readline() == b"ready\n"
        assert {Path(command[0]).name for command in commands_in(tmp_path)} >= {"etcd", "kube-apiserver"}
        run.send_signal(how)
        run.communicate(timeout=20)
        wait_for(lambda: not commands_in(tmp_path), "the control plane to end")
    finally:
        run.kill()
        run.communicate()


def commands_in(folder: Path) -> list[list[str]]:
    """The command lines of running processes that name a folder."""
    commands = (line.split("\0") for line in _command_lines() if str(folder) in line)
    return [command for command in commands if "python" not in command[0]]


def _command_lines() -> Iterator[str]:
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        # A process may end between the listing and the reading.
        with suppress(FileNotFoundError, ProcessLookupError):
            yield file.read_bytes().decode(errors="replace")
