"""The topology of a tree of manifests: a function a kind of object says what it adds to the picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from constructs_lib.checks.manifests import Manifest
from constructs_lib.dragonfly.ports import PORTS_BY_NAME
from constructs_lib.flux.annotations import FLUX_GROUP
from constructs_lib.monitoring.promql import PromqlError, selectors
from constructs_lib.network.selectors import selector_of
from constructs_lib.review.topology.drawn_instance import DrawnInstance, bucket_at
from constructs_lib.review.topology.nodes import (
    instance_key,
    job_node,
    object_node,
    operator_node,
    pods_key,
    pods_node,
    service_key,
    store_node,
)
from constructs_lib.review.topology.of_policies import policies_drawn
from constructs_lib.review.topology.topology import Edge, EdgeKind, Node, NodeKey, NodeKind, Topology
from constructs_lib.review.topology.written_stack import WrittenStack
from constructs_lib.values.fields import items, mapping, mappings, text, text_or_number

Parts = Iterator[Node | Edge]


def topology_of(manifests: Sequence[Manifest], tree: Path) -> Topology:
    """The picture of what those manifests describe.

    Args:
        manifests: as they were read.
        tree: the folder that they were read from: what a Kustomization applies is told by the folders in it.
    """
    stack = WrittenStack(tuple(sorted(manifests, key=lambda each: (each.kind, each.namespace, each.name))), tree)
    readers = (_operators, _instances, policies_drawn, _monitors, _rules, _jobs, _kustomizations)
    parts = [part for reader in readers for part in reader(stack)]
    nodes = (part for part in parts if isinstance(part, Node))
    return Topology.of(nodes, (part for part in parts if isinstance(part, Edge)))


def _operators(stack: WrittenStack) -> Parts:
    for operator in stack.operators:
        node = operator_node(operator)
        yield node
        for instance in stack.instances:
            yield Edge(node.key, instance_key(instance), EdgeKind.MAKES, ("runs",))


def _instances(stack: WrittenStack) -> Parts:
    for instance in stack.instances:
        key, service, pods = instance_key(instance), service_key(instance), pods_key(instance)
        title = tuple(line for line in (f"Dragonfly {instance.name}", instance.server) if line)
        yield Node(NodeKind.INSTANCE, instance.id, title, instance.namespace)
        title = (f"Service {instance.service}", instance.service_type)
        yield Node(NodeKind.SERVICE, service[1], title, instance.namespace)
        yield pods_node(instance, stack)
        yield Edge(key, service, EdgeKind.MAKES)
        yield Edge(key, pods, EdgeKind.MAKES)
        yield Edge(service, pods, EdgeKind.REACHES, (", ".join(instance.client_ports), "to the master"))
        if saved_to := instance.saved_to:
            store = store_node(saved_to)
            yield store
            when = f"saves at {instance.cron}" if instance.cron else "saves when it ends"
            below = [f"below {saved_to.prefix}"] if saved_to.prefix else []
            yield Edge(pods, store.key, EdgeKind.SAVES, (when, *below))


def _monitors(stack: WrittenStack) -> Parts:
    for monitor, spec in stack.of_kind("PodMonitor"):
        node = object_node(NodeKind.WATCH, monitor)
        for instance in stack.instances:
            if _is_scraped(instance, monitor, spec):
                yield node
                for endpoint in mappings(spec, "podMetricsEndpoints"):
                    yield Edge(node.key, pods_key(instance), EdgeKind.WATCHES, tuple(_scrape(endpoint)))


def _is_scraped(instance: DrawnInstance, monitor: Manifest, spec: Mapping[str, Any]) -> bool:
    namespaces = mapping(spec, "namespaceSelector")
    named = items(namespaces, "matchNames") or [monitor.namespace]
    there = namespaces.get("any") is True or instance.namespace in named
    return there and instance.is_selected_by(selector_of(mapping(spec, "selector")))


def _scrape(endpoint: Mapping[str, Any]) -> Iterator[str]:
    port = (
        text_or_number(endpoint, "port")
        or text_or_number(endpoint, "portNumber")
        or text_or_number(endpoint, "targetPort")
    )
    yield f"scrapes {PORTS_BY_NAME.get(port, port)} {text(endpoint, 'path') or '/metrics'}"
    if interval := text(endpoint, "interval"):
        yield f"every {interval}"


def _rules(stack: WrittenStack) -> Parts:
    for rules, spec in stack.of_kind("PrometheusRule"):
        node = object_node(NodeKind.WATCH, rules)
        every = [rule for group in mappings(spec, "groups") for rule in mappings(group, "rules")]
        # Most alerts of a file ask for the same instances: each answer is looked at once.
        asked = Counter(_asked_for(text(rule, "expr")) for rule in every if "alert" in rule)
        for instance in stack.instances:
            alerts = sum(number for asking, number in asked.items() if _is_asked_for(instance, asking))
            if alerts:
                yield node
                words = f"{alerts} alert{'' if alerts == 1 else 's'}"
                yield Edge(node.key, instance_key(instance), EdgeKind.WATCHES, (words,))


def _asked_for(expression: str) -> frozenset[tuple[str | None, str | None]]:
    """The namespaces and names of instances that an expression asks for, None for any; nothing if it does not parse."""
    from promql_parser import MatchOp

    try:
        found = selectors(expression)
    except PromqlError:
        return frozenset()
    asked = set()
    for series in found:
        equal = {each.name: each.value for each in series.matchers.matchers if each.op == MatchOp.Equal}
        if "dragonfly" in (series.name or "") or "app" in equal:
            asked.add((equal.get("namespace"), equal.get("app")))
    return frozenset(asked)


def _is_asked_for(instance: DrawnInstance, asking: frozenset[tuple[str | None, str | None]]) -> bool:
    return any(namespace in (None, instance.namespace) and name in (None, instance.name) for namespace, name in asking)


def _jobs(stack: WrittenStack) -> Parts:
    instances = {instance.id: instance for instance in stack.instances}
    for job in stack.jobs:
        node = job_node(job)
        yield node
        instance = instances.get(job.instance)
        if bucket := job.environment.get("S3_BUCKET"):
            store = store_node(bucket_at(job.environment.get("S3_ENDPOINT", ""), bucket))
        elif instance and instance.saved_to:
            store = store_node(instance.saved_to)
        else:
            continue
        yield store
        yield Edge(node.key, store.key, EdgeKind.SAVES, (job.does,))


def _kustomizations(stack: WrittenStack) -> Parts:
    found = {
        (each.namespace, each.name): (each, spec)
        for each, spec in stack.of_kind("Kustomization")
        if each.group == FLUX_GROUP
    }
    applied = list(_applied(stack))
    for (namespace, name), (_, spec) in found.items():
        path = text(spec, "path")
        waits_for = [
            (text(other, "namespace") or namespace, text(other, "name")) for other in mappings(spec, "dependsOn")
        ]
        outside = [f"after {'/'.join(other)}, not drawn" for other in waits_for if other not in found]
        node = Node(NodeKind.KUSTOMIZATION, f"{namespace}/{name}", (f"Kustomization {name}", path, *outside))
        yield node
        for other in waits_for:
            if other in found:
                before = (NodeKind.KUSTOMIZATION.value, "/".join(other))
                yield Edge(before, node.key, EdgeKind.BEFORE, ("before",))
        for manifest, key in applied:
            if stack.is_in(manifest, path):
                yield Edge(node.key, key, EdgeKind.APPLIES, ("applies",))


def _applied(stack: WrittenStack) -> Iterator[tuple[Manifest, NodeKey]]:
    """What is drawn as applied by Flux: all that runs. What watches it would be an arrow each and say no more."""
    for manifest, spec in stack.of_kind("Dragonfly"):
        yield manifest, instance_key(DrawnInstance(manifest.name, manifest.namespace, spec))
    for operator in stack.operators:
        yield operator.release, operator_node(operator).key
    for job in stack.jobs:
        yield job.manifest, job_node(job).key
