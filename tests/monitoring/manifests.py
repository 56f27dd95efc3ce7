"""What a `DragonflyMonitoring` writes, and Prometheus' own tools to ask about it."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App, Chart, Testing

from constructs_lib import DragonflyBackup, DragonflyCache, DragonflyMonitoring
from constructs_lib.backup.drill import DragonflyRestoreDrill
from constructs_lib.monitoring.promql import metric_names
from tests.monitoring.targets import Targets

PLAIN: dict[str, Any] = {"replicas": 3}
CACHE_MODE: dict[str, Any] = {"replicas": 3, "profile": "cache"}


def monitored(
    cache: dict[str, Any] | None = None,
    monitoring: dict[str, Any] | None = None,
    schedule: str | None = None,
    drill: str | None = None,
    namespace: str = "cache",
    name: str = "sessions",
) -> dict[str, dict[str, Any]]:
    """The manifests of a monitored cache, by kind."""
    chart = Chart(App(), "sessions", namespace=namespace)
    instance = DragonflyCache(chart, "cache", name=name, **(PLAIN if cache is None else cache))
    watched = DragonflyMonitoring(chart, "monitoring", cache=instance, **(monitoring or {}))
    if schedule:
        backup = DragonflyBackup(chart, "backup", cache=instance, bucket="backups", schedule=schedule)
        if drill:
            DragonflyRestoreDrill(
                chart, "drill", backup=backup, schedule=drill, compare_with_live=False, monitoring=watched
            )
    return by_kind(chart)


def by_kind(chart: Chart) -> dict[str, dict[str, Any]]:
    """What a chart gives, by kind."""
    return {manifest["kind"]: manifest for manifest in Testing.synth(chart)}


@cache
def rules_of(
    cache: str = "{}", monitoring: str = "{}", schedule: str | None = None, drill: str | None = None
) -> dict[str, Any]:
    """The spec of the PrometheusRule, made once for the same arguments (which are JSON, to be told apart)."""
    manifests = monitored(json.loads(cache), json.loads(monitoring), schedule, drill)
    spec: dict[str, Any] = manifests["PrometheusRule"]["spec"]
    return spec


def tool(name: str) -> str:
    """A program of the Debian package `prometheus`; the test is skipped where it is not installed."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed: apt-get install prometheus")
    return path


def promtool(*arguments: str | Path, advice: str = "") -> str:
    """Run promtool, and return what it says; the test fails where promtool finds something."""
    done = subprocess.run([tool("promtool"), *arguments], capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr + advice
    return done.stdout


UNCHANGED = (
    "What no fault changes is as HEALTHY in tests/monitoring/targets.py says; a counter that is not there rises by 60 "
    "a minute: if an alert reads one, give it a row."
)


def play(
    rules: dict[str, Any], targets: Targets, folder: Path, evaluation: str = "30s", **checks: list[dict[str, Any]]
) -> None:
    """Let Prometheus' engine evaluate the rules over the targets' series, and check what comes of it."""
    (folder / "rules.json").write_text(json.dumps(rules))
    read = {name for group in rules["groups"] for rule in group["rules"] for name in metric_names(rule["expr"])}
    played = {"interval": "30s", "input_series": targets.rendered(read), **checks}
    test = {"rule_files": ["rules.json"], "evaluation_interval": evaluation, "tests": [played]}
    (folder / "test.json").write_text(json.dumps(test))
    promtool("test", "rules", folder / "test.json", advice=UNCHANGED)
