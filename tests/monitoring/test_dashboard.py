"""The dashboard: what it holds, and that every query of it has an answer on a real Prometheus."""

from __future__ import annotations

import json
import math
import re
import time
from typing import Any

import pytest
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.cog.plugins import register_default_plugins
from grafana_foundation_sdk.models.dashboard import Dashboard

from constructs_lib.cache.arguments import CacheArguments
from constructs_lib.monitoring.arguments import ALERTS, MonitoringArguments
from constructs_lib.monitoring.dashboard.dashboard import ANNOTATIONS, dashboard_json, rows_of
from constructs_lib.monitoring.instance import MonitoredInstance
from constructs_lib.monitoring.objectives import AVAILABLE
from constructs_lib.monitoring.promql import expression_problems
from constructs_lib.monitoring.recording_rules import RECORDED
from constructs_lib.values.version import Version
from tests.monitoring.conftest import Watched
from tests.monitoring.manifests import monitored
from tests.monitoring.prometheus import Prometheus

RUNBOOKS = "https://example.org/runbooks"


def drawn(
    server: str = "v1.36.0", namespace: str = "cache", name: str = "sessions", **arguments: Any
) -> dict[str, Any]:
    instance = MonitoredInstance(CacheArguments(name=name, version=server), namespace, availability_objective=99.9)
    result: dict[str, Any] = json.loads(dashboard_json(MonitoringArguments(**arguments), instance))
    return result


def queries(dashboard: dict[str, Any]) -> dict[str, dict[str, Any]]:
    panels = {
        f"{panel['title']} {target['refId']}": target
        for panel in dashboard["panels"]
        for target in panel.get("targets", [])
    }
    marks = {mark["name"]: {"expr": mark["expr"], "range": True} for mark in dashboard["annotations"]["list"]}
    return panels | marks


def answer(prometheus: Prometheus, query: dict[str, Any]) -> list[float]:
    """The values that a panel would draw, once Grafana has put in its variables."""
    chosen = {"$namespace": "cache", "$app": "sessions|queue", "$__rate_interval": "5s"}
    expression = query["expr"]
    for variable, value in chosen.items():
        expression = expression.replace(variable, value)
    if query.get("range"):
        now = time.time()
        span = {"start": f"{now - 3}", "end": f"{now}", "step": "1"}
        result = prometheus.get("query_range", query=expression, **span)["result"]
        return [float(value) for series in result for _, value in series["values"]]
    return [float(series["value"][1]) for series in prometheus.query(expression)]


@pytest.mark.parametrize("name", queries(drawn()))
def test_query_has_an_answer(name: str, watched: Watched) -> None:
    [(_, text)] = watched.manifests["cache", "sessions"]["ConfigMap"]["data"].items()
    values = answer(watched.prometheus, queries(json.loads(text))[name])
    assert [value for value in values if not math.isnan(value)]


def test_dashboard_is_what_the_sdks_types_say() -> None:
    register_default_plugins()
    dashboard = drawn(runbook_url=RUNBOOKS)
    assert json.loads(JSONEncoder().encode(Dashboard.from_json(dashboard))) == dashboard


def test_panels_lie_side_by_side_and_never_on_each_other() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in drawn("v1.40.1")["panels"]:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert at["x"] + at["w"] <= 24, panel["title"]
        assert not cells & taken, panel["title"]
        taken |= cells


def test_rows_are_what_somebody_on_call_looks_for() -> None:
    assert [panel["title"] for panel in drawn()["panels"] if panel["type"] == "row"] == [
        "Overview",
        "Availability objective",
        "Memory",
        "Commands",
        "Connections and pipelines",
        "Replication",
        "Snapshots",
        "Keyspace and evictions",
        "Network",
    ]


def test_every_alert_but_the_operators_is_linked_from_a_panel() -> None:
    linked = {link["title"] for panel in drawn(runbook_url=RUNBOOKS)["panels"] for link in panel.get("links", [])}
    assert linked == ALERTS.keys() - {"DragonflyOperatorDown"}


def test_without_a_runbook_url_nothing_is_linked() -> None:
    assert "links" not in json.dumps(drawn()).replace('"links": []', "")


def test_variables_take_several_namespaces_and_instances() -> None:
    variables = {variable["name"]: variable for variable in drawn()["templating"]["list"]}
    assert list(variables) == ["datasource", "namespace", "app"]
    assert variables["namespace"]["multi"] is variables["app"]["multi"] is True
    assert (variables["namespace"]["current"]["value"], variables["app"]["current"]["value"]) == (
        ["cache"],
        ["sessions"],
    )


def test_every_query_reads_the_chosen_instances_alone() -> None:
    for name, query in queries(drawn()).items():
        selectors = re.findall(r"(?:dragonfly|up|ALERTS)[a-z0-9_:]*\{([^}]*)\}", query["expr"])
        assert selectors, name
        assert all('namespace=~"$namespace",app=~"$app"' in selector for selector in selectors), name


@pytest.mark.parametrize("objective", [None, 99.9])
@pytest.mark.parametrize("server", ["v1.36.0", "v1.38.0", "v1.40.1", "v1.50.0"])
def test_every_panel_reads_what_that_server_exports_or_a_rule_records(server: str, objective: float | None) -> None:
    rows = rows_of(Version.of(server), objective is not None)
    queries = [query for row in rows for panel in row.panels for query in panel.queries]
    for query in (*queries, *ANNOTATIONS.values()):
        known = RECORDED | ({AVAILABLE} if objective else set())
        assert list(expression_problems(query.promql(), Version.of(server), known)) == [], query.template


def test_what_only_a_newer_server_exports_is_drawn_for_that_server_alone() -> None:
    titles = {server: {panel["title"] for panel in drawn(server)["panels"]} for server in ("v1.36.0", "v1.40.1")}
    assert titles["v1.40.1"] - titles["v1.36.0"] == {"Link to the master", "Last word from the master"}


def test_long_names_still_give_each_cache_a_dashboard_of_its_own() -> None:
    uids = {drawn(namespace="n" * 60, name=f"{'c' * 40}{end}")["uid"] for end in "ab"}
    assert len(uids) == 2
    assert all(len(uid) <= 40 for uid in uids)


def test_configmap_is_for_the_sidecar_and_left_alone_by_flux() -> None:
    metadata = monitored()["ConfigMap"]["metadata"]
    assert metadata["labels"]["grafana_dashboard"] == "1"
    assert metadata["annotations"] == {
        "grafana_folder": "Dragonfly",
        "kustomize.toolkit.fluxcd.io/substitute": "disabled",
    }


def test_grafanas_operator_gets_a_resource_of_its_own() -> None:
    made = monitored(monitoring={"dashboard": "grafana-operator", "dashboard_folder": "Caches"})
    dashboard = made["GrafanaDashboard"]
    assert "ConfigMap" not in made
    assert dashboard["apiVersion"] == "grafana.integreatly.org/v1beta1"
    assert dashboard["spec"]["folder"] == "Caches"
    assert dashboard["spec"]["instanceSelector"] == {"matchLabels": {"dashboards": "grafana"}}
    assert json.loads(dashboard["spec"]["json"])["title"] == "Dragonfly cache/sessions"
    assert dashboard["metadata"]["annotations"]["kustomize.toolkit.fluxcd.io/substitute"] == "disabled"


def test_without_a_dashboard_nothing_is_drawn() -> None:
    assert monitored(monitoring={"dashboard": "none"}).keys() == {"Dragonfly", "PodMonitor", "PrometheusRule"}
