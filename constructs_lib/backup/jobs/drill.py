"""Count what the drill's own server has loaded, beside what the living cache holds, and report it.

The exit status says whether the snapshot was loaded and its number of keys is near enough; with a Pushgateway, so do
its metrics.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import ssl
import sys
import time
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

from .fetch import FETCHED


class Failed(Exception):
    """The drill found what must not be."""


def main(words: Sequence[str], environment: Mapping[str, str]) -> int:
    """What the drill's last container runs."""
    parser = argparse.ArgumentParser(prog="drill", description=__doc__)
    parser.add_argument("--directory", type=Path, required=True, help="where the snapshot's files are")
    parser.add_argument("--restored", default="127.0.0.1:6379", help="the drill's own server")
    parser.add_argument("--live", help="the living cache, if it is to be compared")
    parser.add_argument("--live-ca", help="the living cache speaks TLS, with a certificate of this CA")
    parser.add_argument("--live-tls", action="store_true", help="… with a certificate of a CA that everybody knows")
    parser.add_argument("--tolerance", type=float, default=0.2, help="how far the numbers of keys may be apart")
    parser.add_argument("--within", type=int, default=1800, help="seconds for loading")
    parser.add_argument("--pushgateway", help="where the metrics go, http://HOST:PORT")
    parser.add_argument("--grouping", default="", help="their labels, as a Pushgateway's path has them")
    given = parser.parse_args(words)
    began = time.time()
    metrics: dict[str, float] = {}
    fault = ""
    try:
        told = json.loads((given.directory / FETCHED).read_text("utf-8"))
        metrics["snapshot_timestamp_seconds"] = told["taken"]
        metrics["keys"] = restored = _loaded(given.restored, given.within)
        print(f"{told['snapshot']}: {restored} keys loaded in {time.time() - began:.0f} s")
        if given.live:
            metrics["live_keys"] = live = _live(given, environment.get("LIVE_PASSWORD", ""))
            _compare(restored, live, given.tolerance)
        metrics["last_success_timestamp_seconds"] = time.time()
    except (Failed, OSError, ValueError) as error:
        fault = str(error)
    metrics["success"] = 0.0 if fault else 1.0
    metrics["duration_seconds"] = time.time() - began
    if given.pushgateway:
        try:
            _push(f"{given.pushgateway.rstrip('/')}/metrics/job/dragonfly_restore_drill{given.grouping}", metrics)
        except OSError as error:
            fault = f"{fault}; the Pushgateway was not reached: {error}".removeprefix("; ")
    if fault:
        print(fault, file=sys.stderr)
        return 1
    print("good")
    return 0


def _loaded(address: str, within: int) -> int:
    """The number of keys, as soon as the server has loaded."""
    ends = time.monotonic() + within
    last = ""
    while time.monotonic() < ends:
        try:
            with _Connection(address) as server:
                if re.search(r"^loading:0", server.ask("INFO", "persistence"), re.M):
                    return _keys(server)
                last = "it is still loading"
        except OSError as error:
            last = str(error)
        time.sleep(1)
    raise Failed(f"the snapshot was not loaded within {within} s: {last}")


def _live(given: argparse.Namespace, password: str) -> int:
    tls = ssl.create_default_context(cafile=given.live_ca) if given.live_ca or given.live_tls else None
    try:
        with _Connection(given.live, tls) as server:
            if password:
                server.ask("AUTH", password)
            return _keys(server)
    except OSError as error:
        raise Failed(f"the living cache at {given.live} was not reached: {error}") from None


def _compare(restored: int, live: int, tolerance: float) -> None:
    apart = abs(restored - live)
    if apart > tolerance * max(restored, live):
        raise Failed(f"{restored} keys in the snapshot, {live} in the cache: further apart than {tolerance:.0%}")
    print(f"{live} keys in the living cache: within {tolerance:.0%}")


def _keys(server: _Connection) -> int:
    """Keys of all databases."""
    return sum(int(number) for number in re.findall(r"^db\d+:keys=(\d+)", server.ask("INFO", "keyspace"), re.M))


class _Connection:
    """A connection to a server that speaks RESP."""

    def __init__(self, address: str, tls: ssl.SSLContext | None = None) -> None:
        host, _, port = address.rpartition(":")
        connection = socket.create_connection((host, int(port)), timeout=30)
        if tls is not None:
            connection = tls.wrap_socket(connection, server_hostname=host)
        self._connection = connection
        self._file = connection.makefile("rb")

    def __enter__(self) -> _Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._connection.close()

    def ask(self, *words: str) -> str:
        """Send a command.

        Raises:
            Failed: the server refuses it; the words are not told, which may hold a password.
            OSError: it does not answer.
        """
        parts = [f"*{len(words)}\r\n".encode(), *(_bulk(word) for word in words)]
        self._connection.sendall(b"".join(parts))
        line = self._file.readline().rstrip(b"\r\n")
        if line.startswith(b"-LOADING"):
            raise ConnectionError("it is still loading")
        if line.startswith(b"-"):
            raise Failed(f"{words[0]} was refused: {line[1:].decode(errors='replace')}")
        if not line:
            raise ConnectionError("the connection was closed")
        if line.startswith(b"$"):
            return self._file.read(int(line[1:]) + 2).decode(errors="replace").replace("\r\n", "\n")
        return line[1:].decode(errors="replace")


def _bulk(word: str) -> bytes:
    content = word.encode()
    return b"$%d\r\n%s\r\n" % (len(content), content)


def _push(address: str, metrics: Mapping[str, float]) -> None:
    # POST leaves the metrics of before that are not among these: the last success is known after a failure too.
    lines = "".join(f"dragonfly_restore_drill_{name} {value}\n" for name, value in metrics.items())
    request = urllib.request.Request(
        address, data=lines.encode(), method="POST", headers={"Content-Type": "text/plain"}
    )
    with urllib.request.urlopen(request, timeout=30):
        pass


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
