"""Ask a real Prometheus every query of the dashboard, over carried-on recordings: tests/data/dashboard.json.

    python -m tools.docs.record_dashboard

It needs Debian's package `prometheus`. The picture is drawn from that file, so that who draws it needs no Prometheus.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any

from constructs_lib.cache.arguments import CacheArguments
from constructs_lib.monitoring.arguments import MonitoringArguments
from constructs_lib.monitoring.dashboard.dashboard import dashboard_json
from constructs_lib.monitoring.instance import MonitoredInstance
from constructs_lib.monitoring.promql import metric_names
from constructs_lib.monitoring.rule_groups import rule_groups
from tests.monitoring.prometheus import Prometheus, prometheus_of
from tools.docs.recorded_metrics import APP, BEGIN, NAMESPACE, SECONDS, open_metrics

VALUES = Path(__file__).resolve().parents[2] / "tests" / "data" / "dashboard.json"

INSTANCE = MonitoredInstance(
    CacheArguments(name=APP, version="v1.36.0", replicas=3), NAMESPACE, availability_objective=99.9
)
"""At the version whose metrics are recorded."""

END = BEGIN + SECONDS
START = END - 3 * 3600
"""What the dashboard shows unless told otherwise: three hours."""

STEP = 120

MONTHLY = "--max-block-duration=744h"
"""A month in few files: by default each has two hours."""

CHOSEN = {"$namespace": NAMESPACE, "$app": APP, "$__rate_interval": f"{STEP + 30}s"}
"""What Grafana puts for its variables. https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/"""


def main() -> None:
    """Write the file; without Prometheus it stays as it is."""
    if which("prometheus") is None or which("promtool") is None:
        print(
            "prometheus is not there (Debian: prometheus), so tests/data/dashboard.json stays as it is", file=sys.stderr
        )
        return
    lines = (f"{json.dumps(key)}: {json.dumps(value)}" for key, value in answers().items())
    VALUES.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def dashboard() -> dict[str, Any]:
    """The dashboard that is asked and drawn."""
    made: dict[str, Any] = json.loads(dashboard_json(MonitoringArguments(), INSTANCE))
    return made


def answers() -> dict[str, Any]:
    """By query, each series of its answer: its labels, and its values, one a step where the panel shows a span."""
    with TemporaryDirectory() as folder:
        _fill(Path(folder))
        with prometheus_of(Path(folder, "prometheus.json")) as running:
            return {key: _answer(running, query) for key, query in queries(dashboard()).items()}


def queries(made: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Every query: those of the panels by the panel's number and their own letter, marks by their name."""
    panels = {
        f"{panel['id']}{target['refId']}": target for panel in made["panels"] for target in panel.get("targets", ())
    }
    marks = {mark["name"]: {"expr": mark["expr"], "range": True} for mark in made["annotations"]["list"]}
    return panels | marks


def _fill(folder: Path) -> None:
    """Write Prometheus' files, with the samples and with what the rules record of them."""
    rules = [
        {"name": group["name"], "rules": [rule for rule in group["rules"] if "record" in rule]}
        for group in rule_groups(MonitoringArguments(), INSTANCE)
    ]
    expressions = [rule["expr"] for group in rules for rule in group["rules"]]
    expressions += [_expression(query) for query in queries(dashboard()).values()]
    (folder / "metrics.txt").write_text(
        "\n".join(open_metrics(name for each in expressions for name in metric_names(each))) + "\n"
    )
    _promtool(folder, "create-blocks-from", MONTHLY, "openmetrics", "metrics.txt", "data")
    (folder / "rules.json").write_text(json.dumps({"groups": rules}))
    (folder / "prometheus.json").write_text("{}")
    with prometheus_of(folder / "prometheus.json") as running:
        span = (f"--start={BEGIN}", f"--end={END}", "--eval-interval=30s")
        url = f"--url={running.url}"
        _promtool(folder, "create-blocks-from", "rules", url, *span, "--output-dir=recorded", "rules.json")
    for block in (folder / "recorded").iterdir():
        block.rename(folder / "data" / block.name)


def _promtool(folder: Path, *arguments: str) -> None:
    """Run it with files named as the folder has them.

    When within an interval a group is evaluated is a hash of its file's name as given: by the path of a folder for a
    moment it would be another one each time. https://github.com/prometheus/prometheus/blob/main/rules/group.go
    """
    subprocess.run(["promtool", "tsdb", *arguments], cwd=folder, check=True, capture_output=True)


def _expression(query: dict[str, Any]) -> str:
    variables = re.compile("|".join(map(re.escape, CHOSEN)))
    return variables.sub(lambda found: CHOSEN[found[0]], query["expr"])


def _answer(prometheus: Prometheus, query: dict[str, Any]) -> list[dict[str, Any]]:
    if query["range"]:
        span = {"start": f"{START}", "end": f"{END}", "step": f"{STEP}"}
        result = prometheus.get("query_range", query=_expression(query), **span)["result"]
    else:
        result = prometheus.get("query", query=_expression(query), time=f"{END}")["result"]
    return sorted(map(_series, result), key=lambda each: json.dumps(each["labels"]))


def _series(found: dict[str, Any]) -> dict[str, Any]:
    if "value" in found:
        return {"labels": found["metric"], "value": _number(found["value"][1])}
    values = {int(at): _number(value) for at, value in found["values"]}
    return {"labels": found["metric"], "values": [values.get(at) for at in range(START, END + 1, STEP)]}


def _number(text: str) -> float | None:
    """A value as far as it is seen in a picture; what is no number is not drawn."""
    value = float(f"{float(text):.4g}")
    return None if value != value else int(value) if value.is_integer() else value


if __name__ == "__main__":
    main()
