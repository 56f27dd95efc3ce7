"""A cluster's API server, spoken to through `kubectl proxy`.

kubectl takes whatever a kubeconfig says (exec plugins, OIDC, certificates, proxies) as the user's own kubectl does;
what passes through the proxy is Kubernetes' own HTTP interface, which outlives every client library.
"""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

FIELD_MANAGER = "kustomize-controller"
"""As whom Flux applies, so that a trial meets the conflicts that Flux would meet."""

ANSWERS_WITHIN = 60.0
"""Seconds that a request may take."""


class NoCluster(Exception):
    """There is no kubectl, no cluster, or it does not answer; the text says which and what to do."""


@dataclass(frozen=True)
class Answer:
    """What the API server said to one request."""

    status: int
    body: Mapping[str, Any]
    warnings: tuple[str, ...] = ()

    @property
    def accepted(self) -> bool:
        return self.status < 300

    @property
    def message(self) -> str:
        """Why it was refused, in the server's words."""
        return "" if self.accepted else str(self.body.get("message") or f"status {self.status}")


@dataclass(frozen=True)
class Resource:
    """Where the API server serves a kind."""

    path: str
    plural: str
    namespaced: bool

    def at(self, namespace: str, name: str = "", subresource: str = "") -> str:
        """The address of an object, or of a namespace's objects of the kind without a name."""
        scope = f"/namespaces/{quote(namespace)}" if self.namespaced and namespace else ""
        return "/".join(part for part in (f"{self.path}{scope}", self.plural, quote(name), subresource) if part)


class ApiServer:
    """Requests to one API server, over one connection."""

    def __init__(self, connection: HTTPConnection) -> None:
        self._connection = connection
        self._served: dict[str, dict[str, Resource]] = {}

    def request(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        content_type: str = "application/json",
        **query: str,
    ) -> Answer:
        """Send one request.

        Raises:
            NoCluster: nothing answers.
        """
        address = f"{path}?{urlencode(query)}" if query else path
        content = None if body is None else json.dumps(body).encode()
        headers = {"Accept": "application/json", "Content-Type": content_type}
        try:
            self._connection.request(method, address, content, headers)
            response = self._connection.getresponse()
            text = response.read()
        except (OSError, HTTPException) as error:
            self._connection.close()
            raise NoCluster(f"the cluster does not answer: {error}") from error
        warnings = tuple(_warning(header) for header in response.headers.get_all("Warning", []))
        return Answer(response.status, _as_mapping(text), warnings)

    def resource(self, api_version: str, kind: str) -> Resource | None:
        """Where the server serves a kind, or None where it knows no such kind."""
        if kind not in self._served.get(api_version, {}):  # asked anew: its CRD may have come since
            self._served[api_version] = self._serves(api_version)
        return self._served[api_version].get(kind)

    def apply(
        self,
        manifest: Mapping[str, Any],
        *,
        namespace: str = "",
        dry_run: bool = False,
        field_manager: str = FIELD_MANAGER,
    ) -> Answer:
        """Server-side apply with strict validation, taking over fields as Flux does.

        Args:
            manifest: the object.
            namespace: another namespace than the object's own.
            dry_run: let the server do everything but keep the result.
            field_manager: as whom.
        """
        api_version, kind = manifest["apiVersion"], manifest["kind"]
        resource = self.resource(api_version, kind)
        if resource is None:
            return Answer(404, {"reason": "UnknownKind", "message": f"the cluster knows no {kind} in {api_version}"})
        metadata = {**manifest.get("metadata", {})}
        if resource.namespaced:
            metadata["namespace"] = namespace or metadata.get("namespace") or "default"
        query = {"fieldManager": field_manager, "fieldValidation": "Strict", "force": "true"}
        return self.request(
            "PATCH",
            resource.at(metadata.get("namespace", ""), str(metadata.get("name", ""))),
            {**manifest, "metadata": metadata},
            content_type="application/apply-patch+yaml",
            **query,
            **({"dryRun": "All"} if dry_run else {}),
        )

    def get(self, api_version: str, kind: str, namespace: str, name: str) -> Answer:
        """One object."""
        resource = self.resource(api_version, kind)
        if resource is None:
            return Answer(404, {"reason": "UnknownKind", "message": f"the cluster knows no {kind} in {api_version}"})
        return self.request("GET", resource.at(namespace, name))

    def _serves(self, api_version: str) -> dict[str, Resource]:
        path = f"/apis/{api_version}" if "/" in api_version else f"/api/{api_version}"
        answer = self.request("GET", path)
        return {
            entry["kind"]: Resource(path, entry["name"], entry["namespaced"])
            for entry in answer.body.get("resources", [])
            if "/" not in entry["name"]
        }


@contextmanager
def current_cluster(kubeconfig: Path | None = None, context: str = "") -> Iterator[ApiServer]:
    """The API server of the current kubeconfig, as kubectl finds it.

    Args:
        kubeconfig: another file than `KUBECONFIG` names, or `~/.kube/config`.
        context: another context than the current one.

    Raises:
        NoCluster: there is no kubectl, or it cannot reach a cluster.
    """
    if shutil.which("kubectl") is None:
        raise NoCluster(
            "no kubectl on the PATH, which is how a cluster is reached: https://kubernetes.io/docs/tasks/tools"
        )
    with tempfile.TemporaryDirectory() as folder:  # no other user may use the proxy: the folder is this user's own
        address = Path(folder, "proxy")
        command = ["kubectl", "proxy", f"--unix-socket={address}"]
        command += [f"--kubeconfig={kubeconfig}"] if kubeconfig else []
        command += [f"--context={context}"] if context else []
        proxy = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        connection = _UnixConnection(address)
        try:
            if proxy.stdout is not None and not proxy.stdout.readline():  # it says so when it listens
                raise NoCluster(f"kubectl proxy: {proxy.communicate()[1].strip() or 'it ended'}")
            server = ApiServer(connection)
            version = server.request("GET", "/version")
            if version.status >= 500:  # kubectl proxy answers for a server that does not
                raise NoCluster(f"the cluster cannot be reached: {version.message}")
            if not version.accepted:
                raise NoCluster(f"the cluster does not let you in: {version.message}")
            yield server
        finally:
            connection.close()
            proxy.terminate()
            proxy.communicate()


class _UnixConnection(HTTPConnection):
    """HTTP over a Unix socket. `http.client` connects again by itself when the other side has hung up."""

    def __init__(self, address: Path) -> None:
        super().__init__("localhost", timeout=ANSWERS_WITHIN)
        self._address = str(address)

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._address)


def _warning(header: str) -> str:
    """The text of `299 - "text"` (RFC 7234, 5.5)."""
    found = re.match(r'\d{3} \S+ "(.*)"', header)
    return found[1].replace('\\"', '"') if found else header


def _as_mapping(text: bytes) -> Mapping[str, Any]:
    """A JSON answer; other text, a proxy's or `/readyz`', as a message."""
    try:
        body = json.loads(text)
    except ValueError:
        return {"message": text.decode(errors="replace").strip()}
    return body if isinstance(body, dict) else {"message": str(body)}
