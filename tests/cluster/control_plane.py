"""A Kubernetes control plane on the loopback interface: etcd, the API server and the controllers, no node.

Pods are made and admitted, and stay Pending. RBAC and Pod Security admission are on, as in a real cluster.
"""

from __future__ import annotations

import base64
import json
import secrets
import ssl
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.builds import CannotRun
from tests.cluster.processes import free_ports, process

CONTROLLERS = (
    "cronjob-controller",
    "garbage-collector-controller",
    "job-controller",
    "namespace-controller",
    "serviceaccount-controller",  # a pod is only admitted where its ServiceAccount exists, `default` too
    "statefulset-controller",
)
STARTING = 60
"""Seconds that the API server may take until it is ready; two to five are usual."""


@contextmanager
def control_plane(binaries: Path, folder: Path) -> Iterator[Path]:
    """Start a control plane that keeps its state in `folder`; yields the kubeconfig of its administrator."""
    etcd_client, etcd_peer, api, controllers = free_ports(4)
    certificates = folder / "certificates"
    token = secrets.token_urlsafe()
    (folder / "tokens.csv").write_text(f"{token},administrator,administrator,system:masters\n", encoding="utf-8")
    kubeconfig = folder / "kubeconfig"
    with ExitStack() as running:
        running.enter_context(
            process(
                folder,
                "etcd",
                f"--data-dir={folder / 'etcd'}",
                f"--listen-client-urls=http://127.0.0.1:{etcd_client}",
                f"--advertise-client-urls=http://127.0.0.1:{etcd_client}",
                f"--listen-peer-urls=http://127.0.0.1:{etcd_peer}",
            )
        )
        server = running.enter_context(
            process(
                folder,
                str(binaries / "kube-apiserver"),
                f"--etcd-servers=http://127.0.0.1:{etcd_client}",
                "--bind-address=127.0.0.1",
                f"--secure-port={api}",
                f"--cert-dir={certificates}",
                f"--token-auth-file={folder / 'tokens.csv'}",
                "--authorization-mode=RBAC",
                "--service-account-issuer=https://kubernetes.default.svc",
                # Written by the server itself, with its certificate, before it reads them as keys.
                f"--service-account-key-file={certificates / 'apiserver.crt'}",
                f"--service-account-signing-key-file={certificates / 'apiserver.key'}",
                "--service-cluster-ip-range=10.96.0.0/16",
                "--allow-privileged",
                "--profiling=false",
            )
        )
        _wait_until_ready(server, api, certificates / "apiserver.crt", token, folder)
        kubeconfig.write_text(_kubeconfig(api, certificates / "apiserver.crt", token), encoding="utf-8")
        running.enter_context(
            process(
                folder,
                str(binaries / "kube-controller-manager"),
                f"--kubeconfig={kubeconfig}",
                f"--controllers={','.join(CONTROLLERS)}",
                "--bind-address=127.0.0.1",
                f"--secure-port={controllers}",
                "--leader-elect=false",
                "--kube-api-qps=500",
                "--kube-api-burst=500",
                "--profiling=false",
            )
        )
        yield kubeconfig


def _wait_until_ready(server: subprocess.Popen[bytes], port: int, authority: Path, token: str, folder: Path) -> None:
    request = urllib.request.Request(f"https://127.0.0.1:{port}/readyz", headers={"Authorization": f"Bearer {token}"})
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline and server.poll() is None:
        try:
            context = ssl.create_default_context(cafile=str(authority))
            with urllib.request.urlopen(request, timeout=5, context=context):
                return
        except OSError:  # not listening yet, or not ready yet (an HTTPError)
            time.sleep(0.1)
    log = (folder / "kube-apiserver.log").read_text(encoding="utf-8", errors="replace")
    raise CannotRun(f"the API server is not ready after {STARTING} seconds; the end of its log:\n{log[-3000:]}")


def _kubeconfig(port: int, authority: Path, token: str) -> str:
    """YAML, as JSON."""
    cluster = {
        "server": f"https://127.0.0.1:{port}",
        "certificate-authority-data": base64.b64encode(authority.read_bytes()).decode("ascii"),
    }
    return json.dumps(
        {
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [{"name": "tests", "cluster": cluster}],
            "users": [{"name": "administrator", "user": {"token": token}}],
            "contexts": [{"name": "tests", "context": {"cluster": "tests", "user": "administrator"}}],
            "current-context": "tests",
        }
    )
