"""A real Prometheus, scraping as Prometheus' operator makes it scrape for our PodMonitors."""

from __future__ import annotations

import json
import re
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socket import socket
from typing import Any

from tests.monitoring.exporter import Exporter
from tests.monitoring.manifests import tool

PATIENCE = 60
"""Seconds."""


@dataclass(frozen=True)
class Pod:
    """A pod as Kubernetes' service discovery tells of it; `address` stands for its IP and one of its ports."""

    name: str
    address: str
    namespace: str = "cache"
    labels: dict[str, str] = field(default_factory=dict)
    port: str = "admin"

    def discovered(self) -> dict[str, str]:
        """The labels that discovery gives the target, before any relabelling."""
        about = "__meta_kubernetes_pod"
        labels = {
            "__meta_kubernetes_namespace": self.namespace,
            f"{about}_name": self.name,
            f"{about}_container_name": "dragonfly",
            f"{about}_container_port_name": self.port,
            f"{about}_phase": "Running",
        }
        for name, value in self.labels.items():
            labels[f"{about}_label_{_sanitized(name)}"] = value
            labels[f"{about}_labelpresent_{_sanitized(name)}"] = "true"
        return labels


def pods_of(namespace: str, name: str, exporters: list[Exporter]) -> list[Pod]:
    """The pods of a cache, with the labels that the operator puts on them."""
    labels = {"app": name, "app.kubernetes.io/name": "dragonfly", "app.kubernetes.io/part-of": "dragonfly"}
    return [
        Pod(f"{name}-{number}", exporter.address, namespace, {**labels, "role": "replica" if number else "master"})
        for number, exporter in enumerate(exporters)
    ]


def scrape_config(pod_monitor: dict[str, Any], pods: Iterable[Pod]) -> list[dict[str, Any]]:
    """What Prometheus' operator makes of a PodMonitor, with the discovered pods written out.

    https://github.com/prometheus-operator/prometheus-operator/blob/main/pkg/prometheus/promcfg.go
    """
    metadata, spec = pod_monitor["metadata"], pod_monitor["spec"]
    namespaces = spec["namespaceSelector"]["matchNames"]
    configs = []
    for index, endpoint in enumerate(spec["podMetricsEndpoints"]):
        configs.append(
            {
                "job_name": f"podMonitor/{metadata['namespace']}/{metadata['name']}/{index}",
                "scrape_interval": endpoint["interval"],
                "scrape_timeout": endpoint["scrapeTimeout"],
                "metrics_path": endpoint["path"],
                "relabel_configs": list(_relabelings(metadata, spec, endpoint)),
                "static_configs": [
                    {"targets": [pod.address], "labels": pod.discovered()}
                    for pod in pods
                    if pod.namespace in namespaces
                ],
            }
        )
    return configs


def _relabelings(metadata: dict[str, Any], spec: dict[str, Any], endpoint: dict[str, Any]) -> Iterator[dict[str, Any]]:
    about = "__meta_kubernetes_pod"
    yield {"source_labels": [f"{about}_phase"], "regex": "(Failed|Succeeded)", "action": "drop"}
    for name, value in spec["selector"]["matchLabels"].items():
        sources = [f"{about}_label_{_sanitized(name)}", f"{about}_labelpresent_{_sanitized(name)}"]
        yield {"source_labels": sources, "regex": f"({re.escape(value)});true", "action": "keep"}
    yield {"source_labels": [f"{about}_container_port_name"], "regex": re.escape(endpoint["port"]), "action": "keep"}
    yield {"source_labels": ["__meta_kubernetes_namespace"], "target_label": "namespace"}
    yield {"source_labels": [f"{about}_container_name"], "target_label": "container"}
    yield {"source_labels": [f"{about}_name"], "target_label": "pod"}
    for name in spec.get("podTargetLabels", []):
        source = f"{about}_label_{_sanitized(name)}"
        yield {"source_labels": [source], "target_label": _sanitized(name), "regex": "(.+)", "replacement": "${1}"}
    yield {"target_label": "job", "replacement": f"{metadata['namespace']}/{metadata['name']}"}
    if spec.get("jobLabel"):
        source = f"{about}_label_{_sanitized(spec['jobLabel'])}"
        yield {"source_labels": [source], "target_label": "job", "regex": "(.+)", "replacement": "${1}"}
    yield {"target_label": "endpoint", "replacement": endpoint["port"]}


def _sanitized(label: str) -> str:
    return re.sub(r"[^a-zA-Z0-9_]", "_", label)


class Prometheus:
    """A running one, asked through its own API."""

    def __init__(self, url: str) -> None:
        self.url = url

    def get(self, path: str, **parameters: str) -> Any:
        """The data of an answer; an error of Prometheus' is raised with what it says."""
        query = f"?{urllib.parse.urlencode(parameters)}" if parameters else ""
        try:
            with urllib.request.urlopen(f"{self.url}/api/v1/{path}{query}", timeout=PATIENCE) as response:
                return json.load(response)["data"]
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{parameters}: {error.read().decode()}") from None

    def query(self, expression: str) -> list[dict[str, Any]]:
        """The series that an expression gives now."""
        result: list[dict[str, Any]] = self.get("query", query=expression)["result"]
        return result

    def firing(self) -> dict[str, dict[str, Any]]:
        """The alerts that fire, by name."""
        alerts = self.get("alerts")["alerts"]
        return {alert["labels"]["alertname"]: alert for alert in alerts if alert["state"] == "firing"}


def wait_for(condition: Callable[[], Any], patience: float = PATIENCE) -> Any:
    """What a condition gives once it gives something; the test fails when its patience is over."""
    end = time.monotonic() + patience
    while True:
        result = condition()
        if result:
            return result
        assert time.monotonic() < end, f"waited {patience} s in vain; at last: {result!r}"
        time.sleep(0.1)


@contextmanager
def prometheus(
    folder: Path, scrape_configs: list[dict[str, Any]], rules: Iterable[dict[str, Any]] = ()
) -> Iterator[Prometheus]:
    """Start Prometheus for such targets and rules, and end it again."""
    names = []
    for index, spec in enumerate(rules):
        names.append(f"rules{index}.json")
        (folder / names[-1]).write_text(json.dumps(spec))
    config = {
        "global": {"evaluation_interval": "1s"},
        "rule_files": names,
        "scrape_configs": scrape_configs,
    }
    (folder / "prometheus.yml").write_text(json.dumps(config))
    with prometheus_of(folder / "prometheus.yml") as running:
        yield running


@contextmanager
def prometheus_of(config: Path, program: Path | None = None) -> Iterator[Prometheus]:
    """Start Prometheus with a configuration on a free port of loopback, and end it again.

    Args:
        config: its file; data and log are kept beside it.
        program: another Prometheus than the one that is installed.
    """
    folder, port = config.parent, _free_port()
    arguments = [
        program or tool("prometheus"),
        f"--config.file={config}",
        f"--storage.tsdb.path={folder / 'data'}",
        f"--web.listen-address=127.0.0.1:{port}",
        "--log.level=warn",
    ]
    with (folder / "log").open("w") as log, subprocess.Popen(arguments, stdout=log, stderr=log) as process:
        try:
            wait_for(lambda: process.poll() is not None or _is_ready(port))
            assert process.poll() is None, (folder / "log").read_text()
            yield Prometheus(f"http://127.0.0.1:{port}")
        finally:
            process.kill()


def _free_port() -> int:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/-/ready", timeout=1):
            return True
    except OSError:
        return False
