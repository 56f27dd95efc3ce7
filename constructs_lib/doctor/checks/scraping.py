"""Monitors that Prometheus reads: whether what they say leads to a Dragonfly's metrics."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.checks.manifests import Manifest
from constructs_lib.doctor.model import ERROR, WARNING, Check, Found, add
from constructs_lib.doctor.objects import Objects, may_be_same_namespace
from constructs_lib.network.selectors import selector_of
from constructs_lib.values.fields import items, mapping, pointer, value

MONITOR_WITHOUT_APP = Check(
    "monitor-without-app-label",
    WARNING,
    ("PodMonitor",),
    "Without `podTargetLabels: [app]` no series says which instance it is of: dashboards that choose by `app` stay "
    "empty, and alerts cannot tell two caches apart.",
    "https://github.com/dragonflydb/dragonfly-operator/tree/main/monitoring",
)
METRICS_ON_CLIENT_PORT = Check(
    "metrics-on-client-port",
    ERROR,
    ("PodMonitor", "ServiceMonitor"),
    "The operator switches HTTP off on port 6379, and the Service has no other port: `/metrics` is on port 9999 of the "
    "pods alone, by a PodMonitor. The target is always down.",
    "docs/dragonfly.md#port-9999",
)

MONITOR_ELSEWHERE = Check(
    "monitor-of-another-namespace",
    ERROR,
    ("PodMonitor",),
    "Without a `namespaceSelector` a PodMonitor finds pods of its own namespace alone: it has no target, and no alert "
    "says so.",
    "https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMonitorSpec",
)

CHECKS = (MONITOR_WITHOUT_APP, METRICS_ON_CLIENT_PORT, MONITOR_ELSEWHERE)

_CLIENT_PORTS = ("redis", 6379, "6379")


def find(tree: Objects) -> Iterator[Found]:
    """PodMonitors of Dragonfly's pods, and ServiceMonitors of its Services."""
    for monitor in pod_monitors(tree):
        if "app" not in items(monitor.object, "spec", "podTargetLabels"):
            labels = items(monitor.object, "spec", "podTargetLabels")
            what = "its series do not say which instance they are of"
            patch = add("/spec/podTargetLabels", [*labels, "app"])
            fix = "add podTargetLabels: [app]"
            yield MONITOR_WITHOUT_APP.found(monitor, "/spec/podTargetLabels", what, fix, patch)
        yield from _ports(monitor, "podMetricsEndpoints")
        yield from _namespace(monitor, tree)
    for monitor in tree.of_kind("ServiceMonitor"):
        if any(_selects(monitor, labels) for labels in _service_labels(tree)):
            yield from _ports(monitor, "endpoints")


def pod_monitors(tree: Objects) -> Iterator[Manifest]:
    """The PodMonitors that are for pods of Dragonfly: of an instance that is there, or by Dragonfly's own label."""
    for monitor in tree.of_kind("PodMonitor"):
        named = mapping(monitor.object, "spec", "selector", "matchLabels")
        is_named = "dragonfly" in (named.get("app"), named.get("app.kubernetes.io/name"))
        if is_named or any(_selects(monitor, {**pod.pod_labels, "role": "master"}) for pod in tree.instances):
            yield monitor


def _namespace(monitor: Manifest, tree: Objects) -> Iterator[Found]:
    wanted = mapping(monitor.object, "spec", "namespaceSelector")
    namespaces = items(wanted, "matchNames") or [monitor.namespace]
    selector = selector_of(mapping(monitor.object, "spec", "selector"))
    of = [each for each in tree.instances if selector.selects({**each.pod_labels, "role": "master"})]
    reached = any(may_be_same_namespace(str(name), instance.namespace) for name in namespaces for instance in of)
    if of and not reached and wanted.get("any") is not True:
        what = f"it looks in namespace {namespaces[0]}, and {of[0].name!r} is in {of[0].namespace}"
        fix = f"give namespaceSelector: {{matchNames: [{of[0].namespace}]}}"
        patch = add("/spec/namespaceSelector", {"matchNames": sorted({instance.namespace for instance in of})})
        yield MONITOR_ELSEWHERE.found(monitor, "/spec/namespaceSelector", what, fix, patch)


def _ports(monitor: Manifest, field: str) -> Iterator[Found]:
    for number, endpoint in enumerate(items(monitor.object, "spec", field)):
        for name in ("port", "targetPort", "portNumber"):
            if value(endpoint, name) in _CLIENT_PORTS:
                where = pointer("spec", field, number, name)
                what = "port 6379 answers no /metrics"
                fix = "scrape port admin (9999) of the pods, by a PodMonitor"
                yield METRICS_ON_CLIENT_PORT.found(monitor, where, what, fix)


def _service_labels(tree: Objects) -> Iterator[dict[str, str]]:
    for instance in tree.instances:
        own = {"app.kubernetes.io/instance": instance.name, "app.kubernetes.io/component": "dragonfly"}
        yield {**instance.pod_labels, **own, "app.kubernetes.io/managed-by": "dragonfly-operator"}


def _selects(monitor: Manifest, labels: dict[str, str]) -> bool:
    selector = mapping(monitor.object, "spec", "selector")
    return bool(selector) and selector_of(selector).selects(labels)
