"""A real redis-server on a socket of its own, for what only Redis can say."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

import pytest

NEEDED = ("redis-server", "redis-cli")


@dataclass(frozen=True)
class RedisServer:
    """A server that runs."""

    socket: Path

    def ask(self, *commands: str) -> list[str]:
        """The lines that it answers to commands, one after the other."""
        asked = ["redis-cli", "-s", str(self.socket), "--no-auth-warning"]
        done = subprocess.run(asked, input="\n".join(commands), capture_output=True, text=True, check=False)
        return done.stdout.splitlines()


@contextmanager
def redis_server(*options: str) -> Iterator[RedisServer]:
    """Start one; a test without redis on its machine is skipped."""
    if any(which(program) is None for program in NEEDED):
        pytest.skip("needs redis-server and redis-cli (Debian: redis-server)")
    with TemporaryDirectory() as folder:
        server = RedisServer(Path(folder, "s"))
        command = ["redis-server", "--port", "0", "--unixsocket", str(server.socket), "--save", "", "--dir", folder]
        with Path(folder, "log").open("w") as log:
            process = subprocess.Popen([*command, *options], stdout=log, stderr=log)
        try:
            for _ in range(200):
                if server.ask("PING") == ["PONG"]:
                    break
                time.sleep(0.05)
            else:
                raise AssertionError(Path(folder, "log").read_text())
            yield server
        finally:
            process.terminate()
            process.wait()
