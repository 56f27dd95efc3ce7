"""From rows of panels to Grafana's dashboard, with the builders of Grafana's own foundation SDK."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from grafana_foundation_sdk.builders.common import (
    ReduceDataOptions,
    StackingConfig,
    TableFooterOptions,
    VizLegendOptions,
    VizTooltipOptions,
)
from grafana_foundation_sdk.builders.dashboard import (
    AnnotationQuery,
    Dashboard,
    DashboardLink,
    DatasourceVariable,
    QueryVariable,
    ThresholdsConfig,
)
from grafana_foundation_sdk.builders.dashboard import Row as RowBuilder
from grafana_foundation_sdk.builders.gauge import Panel as Gauge
from grafana_foundation_sdk.builders.prometheus import Dataquery
from grafana_foundation_sdk.builders.stat import Panel as Stat
from grafana_foundation_sdk.builders.table import Panel as Table
from grafana_foundation_sdk.builders.timeseries import Panel as Graph
from grafana_foundation_sdk.models import common
from grafana_foundation_sdk.models import dashboard as models
from grafana_foundation_sdk.models.prometheus import PromQueryFormat

from constructs_lib.monitoring.dashboard.panel import Kind, Panel, Query, Row

DATASOURCE = models.DataSourceRef(type_val="prometheus", uid="${datasource}")

STAT_HEIGHT, GAUGE_HEIGHT, GRAPH_HEIGHT = 4, 6, 8


@dataclass(frozen=True, slots=True)
class Look:
    """What a dashboard is preset to."""

    uid: str
    title: str
    description: str
    chosen: Mapping[str, str]
    """The value of each variable, by its name; all of them where there is none."""
    budget: str
    runbook_url: str | None


def dashboard(rows: Iterable[Row], annotations: Mapping[str, Query], look: Look) -> models.Dashboard:
    """The dashboard, built."""
    drawn = (
        Dashboard(look.title)
        .uid(look.uid)
        .description(look.description)
        .tags(["dragonfly"])
        .readonly()
        .tooltip(models.DashboardCursorSync.CROSSHAIR)
        .time("now-3h", "now")
        .refresh("1m")
        .timezone("browser")
        .variables(_variables(look))
        .annotations([_annotation(name, query) for name, query in annotations.items()])
    )
    if look.runbook_url:
        link = DashboardLink("Runbooks").type(models.DashboardLinkType.LINK).url(look.runbook_url).target_blank(True)
        drawn.link(link.icon("doc"))
    number = 0
    for row in rows:
        number += 1
        drawn.with_row(RowBuilder(row.title).id(number))
        for panel in row.panels:
            number += 1
            drawn.with_panel(_panel(panel, look).id(number))
    return drawn.build()


def _variables(look: Look) -> list[Any]:
    return [
        DatasourceVariable("datasource").label("Data source").type("prometheus"),
        _chosen("namespace", "Namespace", "label_values(dragonfly_version, namespace)", look),
        _chosen("app", "Instance", 'label_values(dragonfly_version{namespace=~"$namespace"}, app)', look),
    ]


def _chosen(name: str, label: str, query: str, look: Look) -> QueryVariable:
    """A variable that takes several values, preset to one or to all of them."""
    value = look.chosen.get(name)
    preset = models.VariableOption(selected=True, text=[value or "All"], value=[value or "$__all"])
    return (
        QueryVariable(name)
        .label(label)
        .datasource(DATASOURCE)
        .query(query)
        .refresh(models.VariableRefresh.ON_TIME_RANGE_CHANGED)
        .sort(models.VariableSort.ALPHABETICAL_ASC)
        .multi(True)
        .include_all(True)
        .current(preset)
    )


def _annotation(name: str, query: Query) -> AnnotationQuery:
    return (
        AnnotationQuery().name(name).datasource(DATASOURCE).enable(True).icon_color("orange").expr(query.expression())
    )


def _panel(panel: Panel, look: Look) -> Any:
    builder = _KINDS[panel.kind](panel)
    builder.title(panel.title).description(panel.description).datasource(DATASOURCE).span(panel.width)
    builder.targets([_target(panel, query, index, look) for index, query in enumerate(panel.queries)])
    if panel.height:
        builder.height(panel.height)
    if panel.bounds:
        steps = [models.Threshold(value=value, color=color) for value, color in panel.bounds]
        builder.thresholds(ThresholdsConfig().mode(models.ThresholdsMode.ABSOLUTE).steps(steps))
    if look.runbook_url:
        builder.links([_runbook(alert, f"{look.runbook_url}/{alert}.md") for alert in panel.alerts])
        if panel.kind == "table":
            builder.data_links([_runbook("Runbook", look.runbook_url + "/${__data.fields.alertname}.md")])
    return builder


def _runbook(title: str, url: str) -> DashboardLink:
    return DashboardLink(title).type(models.DashboardLinkType.LINK).url(url).target_blank(True)


def _target(panel: Panel, query: Query, index: int, look: Look) -> Dataquery:
    target = Dataquery().expr(query.expression(look.budget)).ref_id(chr(ord("A") + index)).legend_format(query.legend)
    if panel.kind == "graph":
        return target.range()
    return target.instant().format(PromQueryFormat.TABLE) if panel.kind == "table" else target.instant()


def _graph(panel: Panel) -> Graph:
    legend = VizLegendOptions().show_legend(True).display_mode(common.LegendDisplayMode.LIST)
    graph = (
        Graph()
        .height(GRAPH_HEIGHT)
        .unit(panel.unit)
        .min(0)
        .fill_opacity(30 if panel.stacked else 5)
        .show_points(common.VisibilityMode.NEVER)
        .legend(legend.placement(common.LegendPlacement.BOTTOM))
        .tooltip(VizTooltipOptions().mode(common.TooltipDisplayMode.MULTI).sort(common.SortOrder.DESCENDING))
    )
    return graph.stacking(StackingConfig().mode(common.StackingMode.NORMAL)) if panel.stacked else graph


def _stat(panel: Panel) -> Stat:
    stat = Stat().height(STAT_HEIGHT).unit(panel.unit).graph_mode(common.BigValueGraphMode.NONE).no_value("none")
    stat.reduce_options(ReduceDataOptions().calcs(["lastNotNull"]))
    if panel.bounds:
        return stat.color_mode(common.BigValueColorMode.BACKGROUND)
    return stat.color_mode(common.BigValueColorMode.NONE)


def _names(panel: Panel) -> Stat:
    return _stat(panel).text_mode(common.BigValueTextMode.NAME)


def _gauge(panel: Panel) -> Gauge:
    gauge = Gauge().height(GAUGE_HEIGHT).unit(panel.unit).min(0).max(1)
    return gauge.reduce_options(ReduceDataOptions().calcs(["lastNotNull"]))


def _table(panel: Panel) -> Table:
    hidden = models.DataTransformerConfig(
        id_val="organize",
        options={
            "excludeByName": {"Time": True, "Value": True, "__name__": True, "alertstate": True, "namespace": False},
            "indexByName": {"alertname": 0, "severity": 1, "namespace": 2, "app": 3},
        },
    )
    footer = TableFooterOptions().show(False)
    table = Table().height(GAUGE_HEIGHT).no_value("nothing fires").footer(footer).with_transformation(hidden)
    return table.align(common.FieldTextAlignment.AUTO)


_KINDS: dict[Kind, Callable[[Panel], Any]] = {
    "graph": _graph,
    "stat": _stat,
    "names": _names,
    "gauge": _gauge,
    "table": _table,
}
