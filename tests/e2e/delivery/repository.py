"""A repository that Flux reads: a Git repository on the loopback interface, which source-controller fetches."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from constructs_lib.checks.api_server import ApiServer
from tests.e2e.delivery.git_server import GitServer

GIT_REPOSITORY = ("source.toolkit.fluxcd.io/v1", "GitRepository")
NAMESPACE = "flux-system"
FETCHING = 60.0
"""Seconds that source-controller may take to fetch a commit."""


class Repository:
    """One GitRepository in `flux-system`."""

    def __init__(self, server: ApiServer, git: GitServer, name: str) -> None:
        self._server = server
        self._git = git
        self.name = name
        self.revision = ""

    def push(self, folder: Path) -> str:
        """Make a folder's files the newest commit, and wait until Flux has fetched it; gives its revision."""
        commit = self._git.commit(self.name, folder)
        self.revision = f"main@sha1:{commit}"
        api_version, kind = GIT_REPOSITORY
        # What `flux reconcile source git` does: at once, and not when the interval is over.
        asked = {"reconcile.fluxcd.io/requestedAt": commit}
        metadata = {"name": self.name, "namespace": NAMESPACE, "annotations": asked}
        spec = {"interval": "1h", "url": self._git.address_of(self.name), "ref": {"branch": "main"}}
        made = {"apiVersion": api_version, "kind": kind, "metadata": metadata, "spec": spec}
        answer = self._server.apply(made, field_manager="tests")
        assert answer.accepted, answer.message
        self._wait_until_fetched()
        return self.revision

    def _wait_until_fetched(self) -> None:
        deadline = time.monotonic() + FETCHING
        while (status := self._status()).get("artifact", {}).get("revision") != self.revision:
            told = [each.get("message") for each in status.get("conditions", ())]
            assert time.monotonic() < deadline, f"source-controller has not fetched {self.name}: {told}"
            time.sleep(0.1)

    def _status(self) -> Mapping[str, Any]:
        status: Mapping[str, Any] = self._server.get(*GIT_REPOSITORY, NAMESPACE, self.name).body.get("status", {})
        return status
