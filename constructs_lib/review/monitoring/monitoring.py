"""What a change of what watches a cache does: scraping, rules and dashboards. None of it restarts a pod.

https://prometheus-operator.dev/docs/api-reference/api/ and the CRDs' own rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.network.selectors import Selector
from constructs_lib.review.changes.differences import Difference
from constructs_lib.review.changes.fields import field_changes, of_group
from constructs_lib.review.changes.model import Change, Context, Effect, Pair
from constructs_lib.review.changes.pruning import gone
from constructs_lib.review.changes.rows import Reading, Row, reading, row
from constructs_lib.review.monitoring.prometheus_rules import rule_changes
from constructs_lib.review.monitoring.scraping import endpoint_changes

_API = "https://prometheus-operator.dev/docs/api-reference/api/"
_GRAFANA = "https://grafana.github.io/grafana-operator/docs/api/#grafanadashboardspec and the CRD's own rules"

_WHAT = {
    "GrafanaDashboard": "goes the dashboard",
    "PodMonitor": "goes the scraping of its pods, and every alert on what they say",
    "PrometheusRule": "go its alerts and recordings",
}


@of_group("monitoring.coreos.com", "grafana.integreatly.org")
def changes(pair: Pair, context: Context) -> Iterator[Change]:
    """What each difference between two versions of a PodMonitor, PrometheusRule or GrafanaDashboard does."""
    kind = pair.key.kind
    if pair.new is None:
        yield gone(pair, context, f"With it {_WHAT[kind]}.", (Effect.UNWATCHED,))
    elif pair.old is None:
        yield Change(pair.key, "", None, pair.new, (Effect.CREATED,), f"A new {kind}.")
    elif kind == "PrometheusRule":
        yield from field_changes(pair, context, SELECTED_BY_PROMETHEUS, leave_out=("/spec/groups",))
        yield from rule_changes(pair, context)
    elif kind == "PodMonitor":
        rows = (*SELECTED_BY_PROMETHEUS, *POD_MONITOR_ROWS)
        yield from field_changes(pair, context, rows, leave_out=("/spec/podMetricsEndpoints",))
        yield from endpoint_changes(pair)
    else:
        yield from field_changes(pair, context, DASHBOARD_ROWS)


def _selector(difference: Difference, pair: Pair, context: Context) -> Reading | None:
    try:
        old, new = (Selector.of(((side or {}).get("spec") or {}).get("selector")) for side in (pair.old, pair.new))
    except ValueError:
        return None
    if new == old:
        return (Effect.NONE,), "The same pods, selected in other words."
    if new.covers(old):
        return (Effect.LIVE,), "Prometheus scrapes more pods."
    return (Effect.UNWATCHED,), "Prometheus no longer scrapes some pods, or all of them."


def _namespaces(difference: Difference, pair: Pair, context: Context) -> Reading | None:
    old, new = (((side or {}).get("spec") or {}).get("namespaceSelector") or {} for side in (pair.old, pair.new))
    own = [pair.key.namespace]
    if (old.keys() | new.keys()) - {"any", "matchNames"}:
        return None
    if (bool(old.get("any")), set(old.get("matchNames") or own)) == (
        bool(new.get("any")),
        set(new.get("matchNames") or own),
    ):
        return (Effect.NONE,), "The same namespaces, written otherwise."
    if new.get("any") or (
        not old.get("any") and set(new.get("matchNames") or own) >= set(old.get("matchNames") or own)
    ):
        return (Effect.LIVE,), "Prometheus scrapes the pods of more namespaces."
    return (Effect.UNWATCHED,), "Prometheus no longer scrapes the pods of some namespace."


def _target_labels(difference: Difference, pair: Pair, context: Context) -> Reading:
    lost = sorted(set(difference.before or ()) - set(difference.after or ()))
    if lost:
        return (Effect.UNWATCHED,), (
            f"Series no longer bear the label {', '.join(lost)}: alerts, recordings and dashboards that ask for "
            "it find none."
        )
    return (Effect.LIVE,), "Series bear more labels."


def _cross_namespaces(difference: Difference, pair: Pair, context: Context) -> Reading:
    if difference.before and not difference.after:
        return (Effect.UNWATCHED,), "Instances of Grafana in other namespaces show it no longer."
    return (Effect.LIVE,), "Instances of Grafana in other namespaces show it too."


def _suspend(difference: Difference, pair: Pair, context: Context) -> Reading:
    if difference.after:
        return (Effect.UNWATCHED,), "Grafana's operator leaves the dashboard as it is, and does not mend it."
    return (Effect.LIVE,), "Grafana's operator keeps the dashboard up to date."


SELECTED_BY_PROMETHEUS: tuple[Row, ...] = (
    row(
        "/metadata/labels/**",
        Effect.UNWATCHED,
        "Prometheus selects these objects by label: it may no longer take this one.",
        f"{_API}#monitoring.coreos.com/v1.PrometheusSpec (podMonitorSelector, ruleSelector)",
    ),
)

POD_MONITOR_ROWS: tuple[Row, ...] = (
    reading("/spec/selector/**", _selector, f"{_API}#monitoring.coreos.com/v1.PodMonitorSpec"),
    reading("/spec/namespaceSelector/**", _namespaces, f"{_API}#monitoring.coreos.com/v1.NamespaceSelector"),
    reading("/spec/podTargetLabels", _target_labels, "docs/monitoring: alerts, recordings and dashboard ask for `app`"),
    row(
        "/spec/jobLabel",
        Effect.UNWATCHED,
        "Series bear another `job`: alerts that ask for the old one find none.",
        f"{_API}#monitoring.coreos.com/v1.PodMonitorSpec",
    ),
)

DASHBOARD_ROWS: tuple[Row, ...] = (
    row("/spec/json", Effect.LIVE, "The dashboard shows something else.", _GRAFANA),
    row("/spec/folder", Effect.LIVE, "The dashboard stands in another folder.", _GRAFANA),
    row("/spec/resyncPeriod", Effect.LIVE, "Grafana's operator looks at it at other times.", _GRAFANA),
    reading("/spec/suspend", _suspend, _GRAFANA),
    reading("/spec/allowCrossNamespaceImport", _cross_namespaces, _GRAFANA),
    row("/spec/instanceSelector/**", Effect.UNWATCHED, "Other instances of Grafana show it.", _GRAFANA),
    row("/spec/uid", Effect.ADDRESS_CHANGED, "The dashboard has another address in Grafana.", _GRAFANA),
)
