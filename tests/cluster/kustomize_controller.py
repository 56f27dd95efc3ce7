"""Flux' own kustomize-controller, as a process beside a control plane: with its CRD, its ServiceAccount and its roles.

What it reads of source-controller's are CRDs of a few lines, for source-controller itself is not here.
"""

from __future__ import annotations

import json
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from constructs_lib.checks.api_server import ApiServer
from tests.cluster.binaries import FLUX
from tests.cluster.go_module import CannotRun
from tests.cluster.processes import free_ports, process

NAMESPACE = "flux-system"
ACCOUNT = "default"
"""The ServiceAccount that config/rbac binds the roles to."""
PREFIX = "kustomize-"
"""As config/rbac/kustomization.yaml has it."""
SOURCES = {"buckets": "Bucket", "gitrepositories": "GitRepository", "ocirepositories": "OCIRepository"}
STARTING = 60
"""Seconds that it may take until it is ready; two to five are usual."""
REQUEUE_DEPENDENCY = "1s"
"""How often it looks whether what a Kustomization depends on is ready: 30 s if nothing is said."""


@contextmanager
def kustomize_controller(server: ApiServer, kubeconfig: Path, folder: Path) -> Iterator[Path]:
    """Install it on a control plane and run it; yields its log.

    Args:
        server: the control plane, as its administrator.
        kubeconfig: the administrator's, of which it takes the address.
        folder: where it writes.

    Raises:
        CannotRun: it cannot be built, or does not start.
    """
    program = FLUX.built() / "kustomize-controller"
    _install(server)
    own = folder / "kustomize-controller.kubeconfig"
    own.write_text(_kubeconfig_of(kubeconfig, _token(server)), encoding="utf-8")
    (health,) = free_ports(1)
    # As config/manager/deployment.yaml runs it, but for the last ones: there is one of it, and the tests do not wait.
    arguments = [
        "--watch-all-namespaces",
        "--log-level=info",
        "--log-encoding=json",
        f"--health-addr=127.0.0.1:{health}",
        "--metrics-addr=0",
        "--concurrent=50",  # one that waits for health keeps its place
        f"--requeue-dependency={REQUEUE_DEPENDENCY}",
        "--kube-api-qps=500",
        "--kube-api-burst=1000",
    ]
    environment = {"KUBECONFIG": str(own), "RUNTIME_NAMESPACE": NAMESPACE, "TMPDIR": str(folder)}
    log = folder / "kustomize-controller.log"
    with process(folder, str(program), *arguments, environment=environment) as running:
        _wait_until_ready(running, health, log)
        yield log


def _install(server: ApiServer) -> None:
    config = FLUX.source() / "config"
    manifests = [
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}},
        *_documents(config / "crd" / "bases"),
        *(_crd_of(plural, kind) for plural, kind in SOURCES.items()),
        *(_in_its_namespace(manifest) for manifest in _documents(config / "rbac") if _is_installed(manifest)),
    ]
    for manifest in manifests:
        answer = server.apply(manifest, field_manager="flux-install")
        assert answer.accepted, f"{manifest['kind']} {manifest['metadata']['name']}: {answer.message}"


def _documents(folder: Path) -> Iterator[dict[str, Any]]:
    for file in sorted(folder.glob("*.yaml")):
        yield from (each for each in yaml.safe_load_all(file.read_text(encoding="utf-8")) if each)


def _is_installed(manifest: Mapping[str, Any]) -> bool:
    """Whether config/rbac/kustomization.yaml lists it: not the roles for users, and not that file itself."""
    return "metadata" in manifest and not manifest["metadata"]["name"].startswith("kustomization-")


def _in_its_namespace(manifest: dict[str, Any]) -> dict[str, Any]:
    """What kustomize makes of one of its manifests: the prefix, and the namespace for `system`."""
    made: dict[str, Any] = json.loads(json.dumps(manifest))
    made["metadata"]["name"] = f"{PREFIX}{made['metadata']['name']}"
    if made["kind"] in {"Role", "RoleBinding"}:
        made["metadata"]["namespace"] = NAMESPACE
    for subject in made.get("subjects", ()):
        subject["namespace"] = NAMESPACE
    if made.get("roleRef", {}).get("name") not in {None, "cluster-admin"}:
        made["roleRef"]["name"] = f"{PREFIX}{made['roleRef']['name']}"
    return made


def _crd_of(plural: str, kind: str) -> dict[str, Any]:
    """One of source-controller's kinds, with whatever spec and status."""
    opened = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
    schema = {"type": "object", "properties": {"spec": opened, "status": opened}}
    version = {"name": "v1", "served": True, "storage": True, "subresources": {"status": {}}}
    group = "source.toolkit.fluxcd.io"
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{plural}.{group}"},
        "spec": {
            "group": group,
            "scope": "Namespaced",
            "names": {"kind": kind, "listKind": f"{kind}List", "plural": plural, "singular": kind.lower()},
            "versions": [{**version, "schema": {"openAPIV3Schema": schema}}],
        },
    }


def _token(server: ApiServer) -> str:
    path = f"/api/v1/namespaces/{NAMESPACE}/serviceaccounts/{ACCOUNT}"
    deadline = time.monotonic() + STARTING
    while not server.request("GET", path).accepted:  # made for each namespace, in a moment
        assert time.monotonic() < deadline, f"no ServiceAccount {ACCOUNT} in {NAMESPACE}"
        time.sleep(0.05)
    request = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {"expirationSeconds": 7200}}
    answer = server.request("POST", f"{path}/token", request)
    assert answer.accepted, answer.message
    return str(answer.body["status"]["token"])


def _kubeconfig_of(administrator: Path, token: str) -> str:
    config = json.loads(administrator.read_text(encoding="utf-8"))
    config["users"][0]["user"] = {"token": token}
    return json.dumps(config)


def _wait_until_ready(running: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline and running.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    told = log.read_text(encoding="utf-8", errors="replace")
    raise CannotRun(f"kustomize-controller is not ready after {STARTING} seconds; the end of its log:\n{told[-3000:]}")
