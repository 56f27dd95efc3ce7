"""Flux' own controllers, as processes beside a control plane: each with its CRDs, its ServiceAccount and its roles."""

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
from tests.builds import CannotRun
from tests.cluster.binaries import KUSTOMIZE_CONTROLLER, SOURCE_CONTROLLER
from tests.cluster.go_module import GoModule
from tests.cluster.processes import free_ports, process

NAMESPACE = "flux-system"
ACCOUNT = "default"
"""The ServiceAccount that config/rbac binds the roles to."""
STARTING = 60
"""Seconds that one may take until it is ready; two to five are usual."""
REQUEUE_DEPENDENCY = "1s"
"""How often a Kustomization looks whether what it depends on is ready: 30 s if nothing is said."""

# As config/manager/deployment.yaml runs them, but for the last ones: there is one of each, and the tests do not wait.
COMMON = (
    "--watch-all-namespaces",
    "--log-level=info",
    "--log-encoding=json",
    "--metrics-addr=0",
    "--concurrent=50",  # one that waits keeps its place
    "--kube-api-qps=500",
    "--kube-api-burst=1000",
)
NO_WAY_OUT = {f"{scheme}_PROXY": "http://127.0.0.1:9" for scheme in ("HTTP", "HTTPS")} | {"NO_PROXY": "127.0.0.1"}
"""Nothing of it leaves this machine: the discard port, where nobody listens, is its way to everywhere else."""


@contextmanager
def flux_controllers(server: ApiServer, kubeconfig: Path, folder: Path) -> Iterator[None]:
    """Install source-controller and kustomize-controller on a control plane and run them.

    Args:
        server: the control plane, as its administrator.
        kubeconfig: the administrator's, of which they take the address.
        folder: where they write, their logs as well.

    Raises:
        CannotRun: one cannot be built, or does not start.
    """
    namespace = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}}
    _apply(server, namespace)
    own = folder / "flux.kubeconfig"
    own.write_text(_kubeconfig_of(kubeconfig, _token(server)), encoding="utf-8")
    (storage,) = free_ports(1)
    data = folder / "artifacts"
    data.mkdir()
    source_arguments = (
        f"--storage-path={data}",
        f"--storage-addr=127.0.0.1:{storage}",
        f"--storage-adv-addr=127.0.0.1:{storage}",
    )
    with (
        _controller(server, SOURCE_CONTROLLER, own, folder, *source_arguments),
        _controller(server, KUSTOMIZE_CONTROLLER, own, folder, f"--requeue-dependency={REQUEUE_DEPENDENCY}"),
    ):
        yield


@contextmanager
def _controller(server: ApiServer, module: GoModule, kubeconfig: Path, folder: Path, *arguments: str) -> Iterator[None]:
    (name,) = module.programs
    program = module.built() / name
    for manifest in _manifests(module):
        _apply(server, manifest)
    (health,) = free_ports(1)
    environment = {
        "KUBECONFIG": str(kubeconfig),
        "RUNTIME_NAMESPACE": NAMESPACE,
        "TMPDIR": str(folder),
        "TUF_ROOT": str(folder / "sigstore"),
        **NO_WAY_OUT,
    }
    health_address = f"--health-addr=127.0.0.1:{health}"
    with process(folder, str(program), *COMMON, health_address, *arguments, environment=environment) as running:
        _wait_until_ready(running, name, health, folder / f"{name}.log")
        yield


def _manifests(module: GoModule) -> Iterator[dict[str, Any]]:
    """Its CRDs, and its roles as its own kustomization.yaml lists them: those for users are not among them."""
    config = module.source() / "config"
    for file in sorted((config / "crd" / "bases").glob("*.yaml")):
        yield from _documents(file)
    (kustomization,) = _documents(config / "rbac" / "kustomization.yaml")
    for name in kustomization["resources"]:
        for manifest in _documents(config / "rbac" / name):
            yield _in_its_namespace(manifest, kustomization["namePrefix"])


def _documents(file: Path) -> Iterator[dict[str, Any]]:
    yield from (each for each in yaml.safe_load_all(file.read_text(encoding="utf-8")) if each)


def _in_its_namespace(manifest: dict[str, Any], prefix: str) -> dict[str, Any]:
    """What kustomize makes of one of its manifests: the prefix, and the namespace for `system`."""
    made: dict[str, Any] = json.loads(json.dumps(manifest))
    made["metadata"]["name"] = f"{prefix}{made['metadata']['name']}"
    if made["kind"] in {"Role", "RoleBinding"}:
        made["metadata"]["namespace"] = NAMESPACE
    for subject in made.get("subjects", ()):
        subject["namespace"] = NAMESPACE
    if made.get("roleRef", {}).get("name") not in {None, "cluster-admin"}:
        made["roleRef"]["name"] = f"{prefix}{made['roleRef']['name']}"
    return made


def _apply(server: ApiServer, manifest: Mapping[str, Any]) -> None:
    answer = server.apply(manifest, field_manager="flux-install")
    assert answer.accepted, f"{manifest['kind']} {manifest['metadata']['name']}: {answer.message}"


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


def _wait_until_ready(running: subprocess.Popen[bytes], name: str, port: int, log: Path) -> None:
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline and running.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    told = log.read_text(encoding="utf-8", errors="replace")
    raise CannotRun(f"{name} is not ready after {STARTING} seconds; the end of its log:\n{told[-3000:]}")
