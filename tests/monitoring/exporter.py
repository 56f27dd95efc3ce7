"""A stand-in for a server's `/metrics`: the text that a real one said, with counters that go on counting."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
MASTER = DATA.joinpath("exposition_master.txt").read_text()
REPLICA = DATA.joinpath("exposition_replica.txt").read_text()

CONTENT_TYPE = "text/plain; version=0.0.4"

_SAMPLE = re.compile(r"(?P<series>\w+(?:\{[^}]*\})?) (?P<value>\S+)")
_TYPE = re.compile(r"# TYPE (?P<name>\w+) (?P<type>\w+)")


class Exporter:
    """One pod's server on loopback, by default on a port of its own."""

    def __init__(self, text: str, host: str = "127.0.0.1", port: int = 0) -> None:
        self.text = text
        self.host = host
        self._started = time.monotonic()
        self._server = ThreadingHTTPServer((host, port), self._handler())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"{self.host}:{self._server.server_address[1]}"

    def become(self, text: str) -> None:
        """Say something else from now on: a replica that becomes master, say."""
        self.text = text

    def kill(self) -> None:
        """Stop answering at once."""
        self._server.shutdown()
        self._server.server_close()

    def exposition(self) -> str:
        """The text, with each counter as if it had counted a while."""
        return "".join(_counting(self.text, time.monotonic() - self._started))

    def _handler(exporter) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = exporter.exposition().encode() if self.path == "/metrics" else b""
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", CONTENT_TYPE)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler


def with_series(text: str, metric: str, *samples: str) -> str:
    """A text with further series of a metric, below the line with its type, where servers write them."""
    header = next(line for line in text.splitlines() if re.match(rf"# TYPE {metric} ", line))
    return text.replace(f"{header}\n", "\n".join((header, *(f"{metric}{sample}" for sample in samples))) + "\n", 1)


def _counting(text: str, seconds: float) -> Iterator[str]:
    """Counters grow by half their value a second; what never counted does not begin to."""
    counters = {match["name"] for match in _TYPE.finditer(text) if match["type"] in ("counter", "histogram")}
    for line in text.splitlines(keepends=True):
        match = _SAMPLE.match(line)
        if match and match["series"].split("{")[0] in counters:
            yield f"{match['series']} {float(match['value']) * (1 + seconds / 2):.15g}\n"
        else:
            yield line
