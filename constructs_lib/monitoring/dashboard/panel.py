"""What a panel is, apart from how Grafana writes it: a title, queries, a unit, and the alerts that it explains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["graph", "stat", "gauge", "names", "table"]
"""`graph`: lines over time. `stat`: the value now. `gauge`: a share now. `names`: the series' names, not their values.
`table`: the series now, one a line."""

SELECTED = 'namespace=~"$namespace",app=~"$app"'
"""The instances that are chosen on the dashboard."""


INSTANCE = "{{namespace}}/{{app}}"
POD = "{{namespace}}/{{pod}}"
"""Legends, in Grafana's own templates."""

GOOD, WARNING, BAD = "green", "orange", "red"


@dataclass(frozen=True, slots=True)
class Query:
    """PromQL, with `<pods>` for the matchers of the chosen instances, `<by_instance>` and `<by_pod>` for the labels to
    keep, `<window>` for Grafana's rate interval and `<budget>` for the share of time that an objective leaves."""

    template: str
    legend: str = ""

    @property
    def has_budget(self) -> bool:
        """Whether it depends on how high an objective is."""
        return "<budget>" in self.template

    def expression(self, budget: str = "") -> str:
        """As the panel has it, with Grafana's variables."""
        return self._filled(SELECTED, "$__rate_interval", budget)

    def promql(self, budget: str = "1") -> str:
        """As Prometheus takes it, with something in place of Grafana's variables."""
        return self._filled('namespace=~".+",app=~".+"', "5m", budget)

    def _filled(self, pods: str, window: str, budget: str) -> str:
        marks = {
            "<pods>": pods,
            "<by_instance>": "by (namespace, app)",
            "<by_pod>": "by (namespace, pod)",
            "<window>": window,
            "<budget>": budget,
        }
        filled = self.template
        for mark, text in marks.items():
            filled = filled.replace(mark, text)
        return filled


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel."""

    title: str
    queries: tuple[Query, ...]
    description: str
    unit: str = "short"
    kind: Kind = "graph"
    width: int = 8
    """Of 24 columns."""
    height: int | None = None
    """In Grafana's lines; left out, what suits the kind."""
    stacked: bool = False
    bounds: tuple[tuple[float | None, str], ...] = ()
    """Colours, each from its value on; the first has none."""
    alerts: tuple[str, ...] = ()
    """Alerts whose runbooks the panel links to."""
    since: str = ""
    """The first server version that exports what it reads."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of panels under a title."""

    title: str
    panels: tuple[Panel, ...]
    objective: bool = False
    """Only with an availability objective."""
