"""How an instance is watched: what its PodMonitor, its rules and its dashboard say, held against those of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from constructs_lib.adoption.model import Carried, Origin, Setting
from constructs_lib.adoption.surroundings import Surroundings
from constructs_lib.cache.arguments import CacheArguments
from constructs_lib.checks.manifests import Manifest
from constructs_lib.monitoring.alert_rule import AlertRule
from constructs_lib.monitoring.alerts import CATALOGUE, alerts_of
from constructs_lib.monitoring.arguments import ALERTS
from constructs_lib.monitoring.instance import MonitoredInstance
from constructs_lib.monitoring.objectives import AVAILABLE, SLO_ALERTS
from constructs_lib.monitoring.recording_rules import RECORDED
from constructs_lib.operator.arguments import OPERATOR_NAMESPACE
from constructs_lib.values.cron import Cron
from constructs_lib.values.fields import items, mapping, text, value

OWN_LABEL = "app.kubernetes.io/name"
OPERATORS_ALERT = "DragonflyOperatorDown"

_NUMBER = r"(\d+(?:\.\d+)?)"


def read_monitoring(around: Surroundings) -> Carried:
    """The arguments of the monitoring; nothing where nothing scrapes the instance and nothing alerts on it."""
    if around.pod_monitor is not None:
        yield from _pod_monitor(around.pod_monitor)
    if around.prometheus_rule is not None:
        yield from _rules(around, around.prometheus_rule)
    if around.pod_monitor is not None or around.prometheus_rule is not None:
        yield from _dashboard(around)


def _pod_monitor(manifest: Manifest) -> Carried:
    endpoint = value(manifest.object, "spec", "podMetricsEndpoints", 0)
    place = "/spec/podMetricsEndpoints/0"
    for field, argument in (("interval", "interval"), ("scrapeTimeout", "scrape_timeout")):
        if found := text(endpoint, field):
            yield Setting("monitoring", argument, found, Origin.of(manifest, f"{place}/{field}"))
    labels = [label for label in items(manifest.object, "spec", "podTargetLabels") if label != "app"]
    yield Setting("monitoring", "pod_target_labels", labels, Origin.of(manifest, "/spec/podTargetLabels"))
    yield Setting("monitoring", "pod_monitor_labels", _labels(manifest), Origin.of(manifest, "/metadata/labels"))


def _rules(around: Surroundings, manifest: Manifest) -> Carried:
    origin = Origin.of(manifest, "/spec/groups")
    yield Setting("monitoring", "rule_labels", _labels(manifest), Origin.of(manifest, "/metadata/labels"))
    placed = list(_placed(manifest))
    known = {text(rule, "alert"): rule for rule, _ in placed if text(rule, "alert") in ALERTS and _is_ours(rule)}
    yield Setting("monitoring", "operator_metrics", OPERATORS_ALERT in known, origin)
    if budget := _budget(known):
        yield Setting("monitoring", "availability_objective", budget, origin)
    if url := next(filter(None, (text(rule, "annotations", "runbook_url") for rule in known.values())), ""):
        yield Setting("monitoring", "runbook_url", url.rpartition("/")[0], origin)
    # Of rules that are not ours at all, none says that it has switched one of ours off.
    if known:
        wanted = [*alerts_of(_instance(around, known)), *known]
        rows = {row.name: row for row in CATALOGUE if row in wanted or row.name in wanted}
        changed = {name: change for name, row in rows.items() if (change := _change(row, known.get(name)))}
        yield Setting("monitoring", "alerts", changed, origin)
    extra = [(_extra(rule), place) for rule, place in placed if _is_extra(rule)]
    yield Setting("monitoring", "extra_rules", [rule for rule, _ in extra], origin, tuple(extra))


def _placed(manifest: Manifest) -> Iterator[tuple[Mapping[str, Any], Origin]]:
    """Every rule, and where it stands."""
    for group, found in enumerate(items(manifest.object, "spec", "groups")):
        for number, rule in enumerate(items(found, "rules")):
            yield rule, Origin.of(manifest, f"/spec/groups/{group}/rules/{number}")


def _instance(around: Surroundings, known: Mapping[str, Any]) -> MonitoredInstance:
    """The instance, as far as it decides which alerts there are."""
    drill = around.job("drill")
    return MonitoredInstance(
        arguments=CacheArguments(replicas=max(around.instance.replicas, 1), cache_mode=around.instance.evicts),
        namespace=around.instance.namespace,
        operator_namespace=OPERATOR_NAMESPACE if OPERATORS_ALERT in known else None,
        schedule=_schedule(text(around.instance.snapshot, "cron")),
        drill_schedule=_schedule(text(drill.object, "spec", "schedule")) if drill else None,
    )


def _schedule(written: str) -> Cron | None:
    try:
        return Cron.of(written)
    except ValueError:
        return None


def _change(row: AlertRule, rule: Mapping[str, Any] | None) -> dict[str, Any]:
    """What is said of an alert otherwise than its row says it."""
    if rule is None:
        return {"enabled": False}
    changed: dict[str, Any] = {}
    if text(rule, "for") != row.duration:
        changed["for"] = text(rule, "for") or "0s"
    severity = text(rule, "labels", "severity")
    if severity and severity != row.severity:
        changed["severity"] = severity
    if labels := {name: each for name, each in mapping(rule, "labels").items() if name != "severity"}:
        changed["labels"] = labels
    threshold = _threshold(row, text(rule, "expr"))
    if threshold is not None and not callable(row.threshold) and threshold != row.threshold:
        changed["threshold"] = threshold
    return changed


def _threshold(row: AlertRule, expression: str) -> float | None:
    return _marked(row, expression, "<threshold>")


def _budget(known: Mapping[str, Mapping[str, Any]]) -> float | None:
    """The objective, in percent, of the alerts on how fast the rest is used up."""
    for name, row in SLO_ALERTS.items():
        budget = _marked(row, text(known.get(name), "expr"), "<budget>")
        if budget is not None:
            return round(100 - 100 * budget, 6)
    return None


def _marked(row: AlertRule, expression: str, mark: str) -> float | None:
    """The number in the place of a template's mark; every other mark stands for anything."""
    before, found, after = row.template.partition(mark)
    if not found:
        return None
    open_ = [
        re.sub(r"<\w+>", ".*?", re.escape(part).replace(r"\<", "<").replace(r"\>", ">")) for part in (before, after)
    ]
    match = re.fullmatch(f"{open_[0]}{_NUMBER}{open_[1]}(?: or .*)?", expression, re.DOTALL)
    return float(match[1]) if match else None


def _is_ours(rule: Mapping[str, Any]) -> bool:
    """Whether a rule with the name of one of ours has its text as well."""
    row = ALERTS[text(rule, "alert")]
    return text(rule, "annotations", "summary") == row.summary


def _is_extra(rule: Mapping[str, Any]) -> bool:
    """Whether it is none of ours, nor one that ours take the place of."""
    alert, record = text(rule, "alert"), text(rule, "record")
    return (bool(alert) and alert not in ALERTS) or (bool(record) and record not in (*RECORDED, AVAILABLE))


def _extra(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {name: rule[name] for name in _RULE if name in rule}


_RULE = ("alert", "record", "expr", "for", "keep_firing_for", "labels", "annotations")


def _dashboard(around: Surroundings) -> Carried:
    manifest = around.dashboard
    if manifest is None:
        yield Setting("monitoring", "dashboard", "none", Origin.of(around.instance.manifest))
        return
    is_config_map = manifest.kind == "ConfigMap"
    kind = "configmap" if is_config_map else "grafana-operator"
    yield Setting("monitoring", "dashboard", kind, Origin.of(manifest))
    yield Setting("monitoring", "dashboard_labels", _labels(manifest), Origin.of(manifest, "/metadata/labels"))
    folder = ("metadata", "annotations", "grafana_folder") if is_config_map else ("spec", "folder")
    if found := text(manifest.object, *folder):
        yield Setting("monitoring", "dashboard_folder", found, Origin.of(manifest, f"/{'/'.join(folder)}"))
    if selector := mapping(manifest.object, "spec", "instanceSelector", "matchLabels"):
        origin = Origin.of(manifest, "/spec/instanceSelector")
        yield Setting("monitoring", "dashboard_instance_selector", dict(selector), origin)


def _labels(manifest: Manifest) -> dict[str, str]:
    """Labels beside the one that we write on everything that watches."""
    return {name: each for name, each in mapping(manifest.metadata, "labels").items() if name != OWN_LABEL}
