"""Rules over Dragonfly's metrics: whether they can ever fire, and whether they fire in time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from constructs_lib.checks.manifests import Manifest
from constructs_lib.doctor.checks.scraping import pod_monitors
from constructs_lib.doctor.model import ERROR, WARNING, Check, Found
from constructs_lib.doctor.objects import Objects
from constructs_lib.dragonfly.metrics import server_metrics, unknown_metric
from constructs_lib.dragonfly.operator_versions import operator_release
from constructs_lib.monitoring.promql import PromqlError, metric_names, selectors
from constructs_lib.values.fields import items, mapping, pointer, text
from constructs_lib.values.version import Version

if TYPE_CHECKING:
    from promql_parser import Expr, VectorSelector

KINDS = ("PrometheusRule", "VMRule", "ConfigMap")
"""What rules stand in: the operators' resources, and files of rules in a ConfigMap."""

ALERT_NEVER_FIRES = Check(
    "alert-never-fires",
    ERROR,
    KINDS,
    "The expression reads a metric that nobody exports, a job that nobody scrapes, or divides series whose labels "
    "never match: it returns nothing, whatever happens, and Prometheus says no word of it.",
    "docs/monitoring/README.md",
)
ALERT_UP_WITHOUT_ABSENT = Check(
    "alert-up-without-absent",
    WARNING,
    KINDS,
    "A pod that is gone has no `up` at all, so `up == 0` is silent when every pod is gone: `absent(up{…})` is needed "
    "beside it.",
    "https://prometheus.io/docs/prometheus/latest/querying/functions/#absent",
)
ALERT_MEMORY_IN_CACHE_MODE = Check(
    "alert-memory-in-cache-mode",
    WARNING,
    KINDS,
    "In cache mode the server evicts when it is full, so it is nearly full by design: the alert never ends. What tells "
    "something there are evictions and resident memory.",
    "docs/dragonfly.md#memory",
)
ALERT_MEMORY_WITHOUT_RSS = Check(
    "alert-memory-without-rss",
    WARNING,
    KINDS,
    "With replicas and large values a server refused writes and connections at 61 % of used to maximum: the "
    "replication backlog is resident, not used. An alert on used / max alone sleeps through it.",
    "docs/dragonfly.md#memory",
)

CHECKS = (ALERT_NEVER_FIRES, ALERT_UP_WITHOUT_ABSENT, ALERT_MEMORY_IN_CACHE_MODE, ALERT_MEMORY_WITHOUT_RSS)

INSTEAD = {
    "dragonfly_maxclients": "write dragonfly_max_clients",
    "dragonfly_replication_lag_seconds": "write dragonfly_connected_replica_lag_records, which the master exports: "
    "changes, not seconds",
}
"""Names that are often made up, and what the server exports instead."""

RESIDENT = re.compile(r"used_memory_rss|oom_errors")


@dataclass(frozen=True, slots=True)
class _Rule:
    manifest: Manifest
    field: str
    name: str
    """Of the alert; empty where it records."""
    record: str
    expression: str

    @property
    def is_alert(self) -> bool:
        return bool(self.name)


def find(tree: Objects) -> Iterator[Found]:
    """Every rule that reads anything of Dragonfly's."""
    every = list(_rules(tree))
    recorded = {rule.record for rule in every}
    jobs = [f"{monitor.namespace}/{monitor.name}" for monitor in pod_monitors(tree)]
    ours = [rule for rule in every if any(name in rule.expression for name in ("dragonfly", *jobs))]
    for rule in ours:
        yield from _never_fires(rule, tree, frozenset(recorded - {""}))
    yield from _without_absent(ours)
    yield from _memory(ours, tree)


def _never_fires(rule: _Rule, tree: Objects, recorded: frozenset[str]) -> Iterator[Found]:
    fix = "write what the server exports: docs/monitoring/README.md has the alerts"
    try:
        names = metric_names(rule.expression)
    except PromqlError as error:
        if "does not parse" in str(error):
            what = f"{rule.name or 'the rule'}: the expression does not parse"
            yield ALERT_NEVER_FIRES.found(rule.manifest, rule.field, what, "mend it")
        return
    for name in sorted(names):
        reasons = [unknown_metric(name, server, recorded) for server in _servers(tree)]
        if name.startswith("dragonfly_") and all(reasons):
            what, _, near = reasons[0].partition("; ")
            advice = INSTEAD.get(name) or (near if near.startswith("did you mean") else fix)
            yield ALERT_NEVER_FIRES.found(rule.manifest, rule.field, _says(rule, what), advice)
    for job in sorted({job for selector in selectors(rule.expression) if (job := _unscraped(selector, tree))}):
        what = f"no PodMonitor gives the job {job!r}; without a jobLabel it is NAMESPACE/NAME"
        advice = "select by that, or give the PodMonitor jobLabel: app"
        yield ALERT_NEVER_FIRES.found(rule.manifest, rule.field, _says(rule, what), advice)
    for pair in _unmatched(rule.expression, _servers(tree)[0]):
        what = f"{pair[0]} and {pair[1]} have different labels, so that no series of one matches one of the other"
        advice = "aggregate both to the labels that they share: sum by (namespace, pod) (…)"
        yield ALERT_NEVER_FIRES.found(rule.manifest, rule.field, _says(rule, what), advice)


def _unscraped(selector: VectorSelector, tree: Objects) -> str:
    """The job that an `up` of Dragonfly's asks for and that no monitor gives; empty where one may."""
    job = next(
        (each.value for each in selector.matchers.matchers if each.name == "job" and str(each.op).endswith("Equal")), ""
    )
    if selector.name != "up" or "dragonfly" not in job or "operator" in job:
        return ""
    for monitor in pod_monitors(tree):
        label = text(monitor.object, "spec", "jobLabel")
        values = (
            {instance.pod_labels.get(label) for instance in tree.instances} | {"dragonfly"}
            if label
            else {f"{monitor.namespace}/{monitor.name}"}
        )
        if job in values or (not label and job.endswith(f"/{monitor.name}") and not monitor.namespace):
            return ""
    return job if "/" not in job or any(True for _ in pod_monitors(tree)) else ""


def _unmatched(expression: str, server: Version) -> Iterator[tuple[str, str]]:
    """Pairs of bare metrics in one operation whose own labels differ, which Prometheus joins on all of them."""
    import promql_parser

    pairs: list[tuple[str, str]] = []

    def visit(part: Expr) -> None:
        if not isinstance(part, promql_parser.BinaryExpr) or (part.modifier and part.modifier.matching):
            return
        sides = [side for side in (part.lhs, part.rhs) if isinstance(side, promql_parser.VectorSelector)]
        known = [server_metrics(server).get(side.name or "") for side in sides]
        if len(sides) == 2 and all(known) and str(part.op) not in ("or", "unless"):
            left, right = (metric.labels for metric in known if metric)
            if left != right:
                pairs.append((str(sides[0].name), str(sides[1].name)))

    promql_parser.walk(promql_parser.parse(expression), visit)
    yield from pairs


def _without_absent(rules: list[_Rule]) -> Iterator[Found]:
    if any("absent" in rule.expression for rule in rules):
        return
    for rule in rules:
        if rule.is_alert and re.search(r"\bup\s*[{=)]", rule.expression):
            what = _says(rule, "silent when every pod is gone, since `up` is gone with them")
            fix = "add an alert on absent(up{…})"
            yield ALERT_UP_WITHOUT_ABSENT.found(rule.manifest, rule.field, what, fix)


def _memory(rules: list[_Rule], tree: Objects) -> Iterator[Found]:
    watches_resident = any(RESIDENT.search(rule.expression) for rule in rules)
    for rule in rules:
        reads_share = (
            "dragonfly_memory_used_bytes" in rule.expression and "dragonfly_memory_max_bytes" in rule.expression
        )
        if not rule.is_alert or not reads_share:
            continue
        evicting = [instance.name for instance in tree.instances if instance.evicts and _may_be_of(rule, instance.name)]
        if evicting:
            what = _says(rule, f"{evicting[0]!r} runs in cache mode, where memory is nearly full by design")
            fix = "watch evictions and resident memory there"
            yield ALERT_MEMORY_IN_CACHE_MODE.found(rule.manifest, rule.field, what, fix)
        if not watches_resident:
            what = _says(rule, "nothing watches resident memory, at which writes are refused")
            fix = "watch dragonfly_used_memory_rss_bytes against 1.25 × dragonfly_memory_max_bytes"
            yield ALERT_MEMORY_WITHOUT_RSS.found(rule.manifest, rule.field, what, fix)


def _may_be_of(rule: _Rule, instance: str) -> bool:
    """Whether a rule reads that instance: it says so, or it chooses none."""
    chosen = re.search(r'\b(?:app|service)\s*=~?\s*"([^"]*)"', rule.expression)
    return chosen is None or re.fullmatch(chosen[1], instance) is not None


def _rules(tree: Objects) -> Iterator[_Rule]:
    for manifest in tree.of_kind(*KINDS):
        for where, group in _groups(manifest):
            for number, rule in enumerate(items(group, "rules")):
                # Of a file in a ConfigMap no pointer leads further in than to the file.
                field = where if manifest.kind == "ConfigMap" else f"{where}{pointer('rules', number, 'expr')}"
                yield _Rule(manifest, field, text(rule, "alert"), text(rule, "record"), text(rule, "expr"))


def _groups(manifest: Manifest) -> Iterator[tuple[str, object]]:
    """The groups of rules in an object, each with its place."""
    if manifest.kind != "ConfigMap":
        for number, group in enumerate(items(manifest.object, "spec", "groups")):
            yield pointer("spec", "groups", number), group
        return
    for key in mapping(manifest.object, "data"):
        content = text(manifest.object, "data", key)
        if key.endswith((".yaml", ".yml", ".rules")) and "groups:" in content and "dragonfly" in content:
            with suppress(yaml.YAMLError):
                for group in items(yaml.safe_load(content), "groups"):
                    yield pointer("data", key), group


def _servers(tree: Objects) -> list[Version]:
    default = Version.of(operator_release(tree.operator).default_server)
    return sorted({instance.server for instance in tree.instances}) or [default]


def _says(rule: _Rule, what: str) -> str:
    return f"{rule.name}: {what}" if rule.name else what
