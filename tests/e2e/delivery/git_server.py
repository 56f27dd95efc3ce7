"""A Git server on the loopback interface: bare repositories, read by the smart HTTP protocol.

https://git-scm.com/docs/http-protocol: `git upload-pack` does the work, a request each.
"""

from __future__ import annotations

import gzip
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in {"NAME": "tests", "EMAIL": "tests@example.com", "DATE": "2026-01-01T00:00:00Z"}.items()
}
_ENVIRONMENT = {**os.environ, **_IDENTITY, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


class GitServer:
    """The repositories of a folder, each at `ADDRESS/NAME.git`."""

    def __init__(self, folder: Path, address: str) -> None:
        self._folder = folder
        self._address = address

    def address_of(self, name: str) -> str:
        """Where a repository is read."""
        return f"{self._address}/{name}.git"

    def commit(self, name: str, files: Path) -> str:
        """Make a folder's files the newest commit of `main`, the repository made if need be; gives its hash."""
        repository = self._folder / f"{name}.git"
        if not repository.exists():
            _git("init", "--quiet", "--bare", "--initial-branch=main", str(repository))
        of = (f"--git-dir={repository}", f"--work-tree={files}")
        _git(*of, "add", "--all", "--force")
        _git(*of, "commit", "--quiet", "--allow-empty", "--message=as the tests have it")
        return _git(*of, "rev-parse", "HEAD").strip()


@contextmanager
def git_server(folder: Path) -> Iterator[GitServer]:
    """Serve the repositories of a folder until the block is left."""
    folder.mkdir()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, _, query = self.path.partition("?")
            if not path.endswith("/info/refs") or query != "service=git-upload-pack":
                self.send_error(404)
                return
            told = self._upload_pack(path.removesuffix("/info/refs"), "--advertise-refs")
            self._answer("advertisement", b"001e# service=git-upload-pack\n0000" + told)

        def do_POST(self) -> None:
            request = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                request = gzip.decompress(request)
            self._answer("result", self._upload_pack(self.path.removesuffix("/git-upload-pack"), request=request))

        def _upload_pack(self, path: str, *arguments: str, request: bytes = b"") -> bytes:
            repository = folder / Path(path).name
            command = ["git", "upload-pack", "--stateless-rpc", *arguments, str(repository)]
            return subprocess.run(command, input=request, capture_output=True, check=False, env=_ENVIRONMENT).stdout

        def _answer(self, what: str, content: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", f"application/x-git-upload-pack-{what}")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing of it is for the tests' output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield GitServer(folder, f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        server.server_close()


def _git(*arguments: str) -> str:
    run = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False, env=_ENVIRONMENT)
    assert run.returncode == 0, run.stderr
    return run.stdout
