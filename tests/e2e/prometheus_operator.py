"""Prometheus' operator on the tests' API server, and the Prometheus that it sets up, on loopback.

Both are the real ones, each with the rights of its publisher's manifests. A stand-in is what a node does between them:
kubelet mounts the operator's Secret and ConfigMaps, the config reloader fills in the pod's name.
https://github.com/prometheus-operator/prometheus-operator/tree/main/example
"""

from __future__ import annotations

import base64
import gzip
import json
import random
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from constructs_lib.checks.api_server import ApiServer
from tests.cluster.binaries import PROMETHEUS_OPERATOR
from tests.cluster.processes import process
from tests.monitoring.exporter import Exporter
from tests.monitoring.prometheus import wait_for

TESTER = "cdk8s-dragonfly-tests"
NAMESPACE = "default"
"""Where the publisher's manifests have both ServiceAccounts."""
MANIFESTS = (
    "prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml",
    "prometheus-operator-crd/monitoring.coreos.com_probes.yaml",
    "prometheus-operator-crd/monitoring.coreos.com_prometheuses.yaml",
    "prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml",
    "prometheus-operator-crd/monitoring.coreos.com_scrapeconfigs.yaml",
    "prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml",
    "rbac/prometheus-operator/prometheus-operator-cluster-role.yaml",
    "rbac/prometheus-operator/prometheus-operator-cluster-role-binding.yaml",
    "rbac/prometheus-operator/prometheus-operator-service-account.yaml",
    "rbac/prometheus/prometheus-cluster-role.yaml",
    "rbac/prometheus/prometheus-cluster-role-binding.yaml",
    "rbac/prometheus/prometheus-service-account.yaml",
)
"""What the operator and Prometheus need, below the publisher's `example`."""
ADMIN_PORT = 9999
"""The port of an instance that serves its metrics."""


@contextmanager
def prometheus_operator(server: ApiServer, kubeconfig: Path, folder: Path) -> Iterator[None]:
    """Run the operator, as the ServiceAccount that its publisher's manifests make.

    Raises:
        CannotRun: it cannot be built here.
    """
    program = PROMETHEUS_OPERATOR.built() / "operator"
    for manifest in MANIFESTS:
        for made in yaml.load_all(
            Path(PROMETHEUS_OPERATOR.source(), "example", manifest).read_bytes(), yaml.CSafeLoader
        ):
            apply(server, made)
    with process(
        folder,
        str(program),
        f"--as=system:serviceaccount:{NAMESPACE}:prometheus-operator",
        "--web.listen-address=127.0.0.1:0",
        environment={"KUBECONFIG": str(kubeconfig)},
    ):
        yield


def apply(server: ApiServer, manifest: Mapping[str, Any]) -> None:
    """Apply an object; it goes into the namespace of the publisher's manifests where it names none."""
    answer = server.apply(manifest, field_manager=TESTER)
    assert answer.accepted, f"{manifest['kind']}: {answer.message}"


@dataclass(frozen=True)
class PrometheusObject:
    """A Prometheus object, and what the operator has made of it."""

    server: ApiServer
    kubeconfig: Path
    name: str
    folder: Path
    """Where what a node would mount is put."""

    def create(self, selected: Mapping[str, str]) -> None:
        """Ask the operator for a Prometheus that takes all PodMonitors and PrometheusRules with these labels."""
        cluster = json.loads(self.kubeconfig.read_text(encoding="utf-8"))["clusters"][0]["cluster"]
        authority, token = self.folder / "ca.crt", self.folder / "token"
        authority.write_bytes(base64.b64decode(cluster["certificate-authority-data"]))
        token.write_text(self._token(), encoding="utf-8")
        selector = {"matchLabels": dict(selected)}
        spec = {
            "serviceAccountName": "prometheus",
            "evaluationInterval": "1s",
            "podMonitorSelector": selector,
            "podMonitorNamespaceSelector": {},
            "ruleSelector": selector,
            "ruleNamespaceSelector": {},
            # On loopback no ServiceAccount's token is mounted, and no address of the API server in the environment.
            "apiserverConfig": {
                "host": cluster["server"],
                "authorization": {"credentialsFile": str(token)},
                "tlsConfig": {"caFile": str(authority)},
            },
        }
        metadata = {"name": self.name, "namespace": NAMESPACE}
        made = {"apiVersion": "monitoring.coreos.com/v1", "kind": "Prometheus", "metadata": metadata, "spec": spec}
        apply(self.server, made)

    def configuration(self) -> dict[str, Any]:
        """The configuration that the operator has generated; empty while there is none."""
        secret = self.server.get("v1", "Secret", NAMESPACE, f"prometheus-{self.name}")
        if not secret.accepted:
            return {}
        packed = base64.b64decode(secret.body["data"]["prometheus.yaml.gz"])
        configuration: dict[str, Any] = yaml.safe_load(gzip.decompress(packed)) or {}
        return configuration

    def rule_files(self) -> dict[str, str]:
        """The files with rules that the operator has made, by the path at which a node would mount them."""
        listed = self.server.request("GET", f"/api/v1/namespaces/{NAMESPACE}/configmaps")
        return {
            f"/etc/prometheus/rules/{each['metadata']['name']}/{file}": text
            for each in listed.body["items"]
            if re.fullmatch(rf"prometheus-{self.name}-rulefiles-\d+", each["metadata"]["name"])
            for file, text in (each.get("data") or {}).items()
        }

    def mounted(self) -> Path:
        """Do what kubelet and the config reloader do, below the folder; the configuration's file."""
        for path, text in self.rule_files().items():
            file = Path(f"{self.folder}{path}")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        text = yaml.safe_dump(self.configuration(), sort_keys=False)
        variables = {"$(POD_NAME)": f"prometheus-{self.name}-0", "$(SHARD)": "0"}
        for variable, value in {**variables, "/etc/prometheus/": f"{self.folder}/etc/prometheus/"}.items():
            text = text.replace(variable, value)
        file = self.folder / "prometheus.env.yaml"
        file.write_text(text, encoding="utf-8")
        return file

    def _token(self) -> str:
        """A token of Prometheus' ServiceAccount, as a pod of its would have."""
        path = f"/api/v1/namespaces/{NAMESPACE}/serviceaccounts/prometheus/token"
        request = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {}}
        answer = self.server.request("POST", path, request)
        assert answer.accepted, answer.message
        return str(answer.body["status"]["token"])


def run_pod(server: ApiServer, namespace: str, name: str, labels: Mapping[str, str], address: str) -> None:
    """A pod of an instance as it is when kubelet runs it at an address: ready, with its two ports."""
    ports = [{"name": "redis", "containerPort": 6379}, {"name": "admin", "containerPort": ADMIN_PORT}]
    container = {"name": "dragonfly", "image": "registry.example/dragonfly:v1.36.0", "ports": ports}
    metadata = {"name": name, "namespace": namespace, "labels": dict(labels)}
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": metadata}
    wait_for(lambda: server.get("v1", "ServiceAccount", namespace, "default").accepted, patience=60)
    apply(server, {**pod, "spec": {"containers": [container]}})
    status = {
        "phase": "Running",
        "podIP": address,
        "podIPs": [{"ip": address}],
        "conditions": [{"type": "Ready", "status": "True"}],
    }
    answer = server.request(
        "PATCH",
        f"/api/v1/namespaces/{namespace}/pods/{name}/status",
        {"status": status},
        content_type="application/merge-patch+json",
    )
    assert answer.accepted, answer.message


def exporter_at_an_address_of_its_own(text: str) -> Exporter:
    """A stand-in for a server on its port and, as every pod has one, at its own address: on Linux all of 127/8 is."""
    while True:
        host = f"127.{random.randrange(1, 255)}.{random.randrange(255)}.{random.randrange(1, 255)}"
        try:
            return Exporter(text, host, ADMIN_PORT)
        except OSError:  # another run has it
            continue
