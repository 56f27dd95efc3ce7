"""A repository that Flux reads: the stand-in for source-controller and for the Git server behind it.

A folder is packed as source-controller packs it, served on the loopback interface, and told of in the status of a
GitRepository, which is all that kustomize-controller sees of it: https://fluxcd.io/flux/components/source/gitrepositories/
"""

from __future__ import annotations

import gzip
import hashlib
import io
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from constructs_lib.checks.api_server import ApiServer

API_VERSION = "source.toolkit.fluxcd.io/v1"
NAMESPACE = "flux-system"


class Artifacts:
    """What is served, by its path."""

    def __init__(self) -> None:
        self.content: dict[str, bytes] = {}
        self.address = ""


@contextmanager
def artifact_server() -> Iterator[Artifacts]:
    """Serve artifacts on the loopback interface until the block is left."""
    artifacts = Artifacts()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = artifacts.content.get(self.path.lstrip("/"))
            self.send_response(404 if content is None else 200)
            self.send_header("Content-Length", str(len(content or b"")))
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, format: str, *args: object) -> None:
            """Nothing of it is for the tests' output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    artifacts.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield artifacts
    finally:
        server.shutdown()
        server.server_close()


class Repository:
    """One GitRepository in `flux-system`."""

    def __init__(self, server: ApiServer, artifacts: Artifacts, name: str) -> None:
        self._server = server
        self._artifacts = artifacts
        self.name = name
        self.revision = ""

    def push(self, folder: Path) -> str:
        """Make a folder's files the newest commit; gives its revision."""
        packed = _packed(folder)
        digest = hashlib.sha256(packed).hexdigest()
        self.revision = f"main@sha1:{digest[:40]}"
        path = f"gitrepository/{NAMESPACE}/{self.name}/{digest[:40]}.tar.gz"
        self._artifacts.content[path] = packed
        artifact = {
            "digest": f"sha256:{digest}",
            "lastUpdateTime": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "path": path,
            "revision": self.revision,
            "size": len(packed),
            "url": f"{self._artifacts.address}/{path}",
        }
        metadata = {"name": self.name, "namespace": NAMESPACE}
        made = {"apiVersion": API_VERSION, "kind": "GitRepository", "metadata": metadata, "spec": {"interval": "1m"}}
        answer = self._server.apply(made, field_manager="tests")
        assert answer.accepted, answer.message
        status = {"observedGeneration": 1, "artifact": artifact}
        told = self._server.request(
            "PATCH",
            f"/apis/{API_VERSION}/namespaces/{NAMESPACE}/gitrepositories/{self.name}/status",
            {"status": status},
            content_type="application/merge-patch+json",
        )
        assert told.accepted, told.message
        return self.revision


def _packed(folder: Path) -> bytes:
    """The same bytes for the same files."""
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            member = tarfile.TarInfo(str(file.relative_to(folder)))
            content = file.read_bytes()
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return gzip.compress(tar.getvalue(), mtime=0)
