"""Arguments of a `DragonflyMonitoring`: how a cache is scraped, which alerts it has, and its dashboard."""

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, AliasChoices, Field

from constructs_lib.arguments.model import Meaning, rule
from constructs_lib.arguments.references import Reference
from constructs_lib.arguments.types import Labels, NamespaceName, PrometheusDuration, Text
from constructs_lib.errors import Finding
from constructs_lib.monitoring.alerts import CATALOGUE
from constructs_lib.monitoring.dashboard_arguments import DashboardArguments
from constructs_lib.monitoring.objectives import SLO_ALERTS, finest_objective
from constructs_lib.monitoring.promql import PromqlError, metric_names
from constructs_lib.operator.arguments import OPERATOR_NAMESPACE
from constructs_lib.values.duration import seconds_of
from constructs_lib.values.suggest import suggest

LONGEST_INTERVAL = 60
"""Seconds. The rules look at windows of 5 minutes and longer, which need four samples and may miss one."""


def _label_name(name: str) -> str:
    if re.fullmatch(r"[a-zA-Z_][a-zA-Z0-9_]*", name) and not name.startswith("__"):
        return name
    raise ValueError(f"{name!r} is no label of Prometheus; accepted: letters, digits and _, not beginning with a digit")


def _metric_name(name: str) -> str:
    if re.fullmatch(r"[a-zA-Z_:][a-zA-Z0-9_:]*", name):
        return name
    raise ValueError(f"{name!r} is no metric's name; accepted: letters, digits, _ and :")


def _expression(text: str) -> str:
    try:
        metric_names(text)
    except PromqlError as error:
        raise ValueError(str(error)) from None
    return text


SeriesLabels = dict[Annotated[str, AfterValidator(_label_name)], str]
MetricName = Annotated[str, AfterValidator(_metric_name)]
Expression = Annotated[str, AfterValidator(_expression)]

ALERTS = {row.name: row for row in (*CATALOGUE, *SLO_ALERTS.values())}
"""Every alert that there is, by name."""

_FOR = AliasChoices("for", "for_")


class Alert(Reference):
    """What is changed about an alert of the catalogue: `Alert(threshold=0.8, for_="10m", severity="critical")`."""

    enabled: bool = True
    threshold: float | None = None
    """In the alert's own unit: see its runbook."""
    for_: PrometheusDuration | None = Field(default=None, validation_alias=_FOR)
    """How long the expression must hold; `for` in a mapping."""
    severity: Text | None = None
    labels: SeriesLabels = Field(default_factory=dict)
    """Further labels, for the routing."""


class Rule(Reference):
    """A rule of the user's own, as a `PrometheusRule` has it: an `alert` or a `record`."""

    expr: Expression
    alert: Text | None = None
    record: MetricName | None = None
    for_: PrometheusDuration | None = Field(default=None, validation_alias=_FOR)
    """`for` in a mapping."""
    keep_firing_for: PrometheusDuration | None = None
    labels: SeriesLabels = Field(default_factory=dict)
    annotations: dict[Annotated[str, AfterValidator(_label_name)], str] = Field(default_factory=dict)


class MonitoringArguments(DashboardArguments):
    """A cache's metrics, alerts and dashboard."""

    interval: Annotated[PrometheusDuration, Meaning("Time between two scrapes; at most 1m.")] = "30s"
    scrape_timeout: Annotated[
        PrometheusDuration, Meaning("Time after which a scrape has failed; at most the interval.")
    ] = "10s"
    pod_target_labels: Annotated[
        list[Text],
        Meaning("Labels of the pods that every series shall have, beside `app`. Not `role`: it changes at a failover."),
    ] = Field(default_factory=list)
    pod_monitor_labels: Annotated[
        Labels, Meaning("Labels of the PodMonitor: those that Prometheus' `podMonitorSelector` asks for.")
    ] = Field(default_factory=dict)
    rule_labels: Annotated[
        Labels, Meaning("Labels of the PrometheusRule: those that Prometheus' `ruleSelector` asks for.")
    ] = Field(default_factory=lambda: {"prometheus": "kube-prometheus"})
    alerts: Annotated[
        dict[str, Annotated[Alert, Field(strict=False)]],
        Meaning("Changes to alerts, by name: threshold, for, severity, labels, or `enabled=False`."),
    ] = Field(default_factory=dict)
    alert_labels: Annotated[SeriesLabels, Meaning("Labels that every alert gets, for the routing.")] = Field(
        default_factory=dict
    )
    operator_metrics: Annotated[
        bool,
        Meaning(
            "Have an alert on the operator itself, whose metrics `DragonflyOperator(monitoring=True)` has scraped."
        ),
    ] = False
    operator_namespace: Annotated[NamespaceName, Meaning("Where the operator runs.")] = OPERATOR_NAMESPACE
    availability_objective: Annotated[
        float | None,
        Field(gt=0, lt=100),
        Meaning(
            "Share of time in which the cache shall be available: alerts on how fast the rest is used up.",
            unit="percent",
            default="no objective",
        ),
    ] = None
    extra_rules: Annotated[
        list[Annotated[Rule, Field(strict=False)]],
        Meaning("Further rules, as a PrometheusRule has them; their metrics are checked like ours."),
    ] = Field(default_factory=list)
    known_metrics: Annotated[list[MetricName], Meaning("Metrics of other exporters that the extra rules read.")] = (
        Field(default_factory=list)
    )

    def alert(self, name: str) -> Alert:
        """What is changed about an alert; nothing, as a rule."""
        return self.alerts.get(name) or Alert()

    @rule("interval")
    def _interval_fits_the_windows(self) -> Iterator[Finding]:
        if not 0 < seconds_of(self.interval) <= LONGEST_INTERVAL:
            yield Finding.error(
                "interval",
                f"{self.interval} is too long for rules that look at 5 minutes; accepted: up to {LONGEST_INTERVAL}s",
            )

    @rule("interval", "scrape_timeout")
    def _timeout_is_within_the_interval(self) -> Iterator[Finding]:
        if not 0 < seconds_of(self.scrape_timeout) <= seconds_of(self.interval):
            yield Finding.error(
                "scrape_timeout",
                f"{self.scrape_timeout} is more than the interval of {self.interval}, which Prometheus refuses; "
                "accepted: up to that",
            )

    @rule("alerts")
    def _alerts_exist(self) -> Iterator[Finding]:
        for name in self.alerts:
            if name not in ALERTS:
                yield Finding.error(
                    f"alerts.{name}", f"no such alert; {suggest(name, ALERTS) or 'accepted: ' + ', '.join(ALERTS)}"
                )

    @rule("alerts")
    def _thresholds_are_of_alerts_that_have_one(self) -> Iterator[Finding]:
        for name, change in self.alerts.items():
            if name in ALERTS and change.threshold is not None and ALERTS[name].threshold is None:
                yield Finding.error(f"alerts.{name}.threshold", "the alert has none; leave it out")

    @rule("availability_objective", "alerts")
    def _objectives_alerts_have_an_objective(self) -> Iterator[Finding]:
        for name in self.alerts:
            if name in SLO_ALERTS and self.availability_objective is None:
                yield Finding.warning(f"alerts.{name}", "without effect: give availability_objective with it")

    @rule("operator_metrics", "alerts")
    def _operators_alert_is_asked_for(self) -> Iterator[Finding]:
        if "DragonflyOperatorDown" in self.alerts and not self.operator_metrics:
            yield Finding.warning("alerts.DragonflyOperatorDown", "without effect: give operator_metrics=True with it")

    @rule("availability_objective", "interval")
    def _objective_can_be_seen(self) -> Iterator[Finding]:
        finest = finest_objective(seconds_of(self.interval))
        if self.availability_objective is not None and self.availability_objective > finest:
            yield Finding.warning(
                "availability_objective",
                f"{self.availability_objective:g} is finer than a scrape every {self.interval} can see: one missed "
                f"scrape sets off the fast alert; up to {finest:.2f} it takes two",
            )

    @rule("extra_rules")
    def _extra_rules_are_rules(self) -> Iterator[Finding]:
        for index, extra in enumerate(self.extra_rules):
            where = f"extra_rules[{index}]"
            if (extra.alert is None) == (extra.record is None):
                yield Finding.error(where, "neither or both of alert and record; accepted: one of the two")
            elif extra.record and (extra.for_ or extra.keep_firing_for or extra.annotations):
                yield Finding.error(
                    where, "for, keep_firing_for and annotations belong to an alert; leave them out of a record"
                )
