"""The HelmRelease that installs the operator, and where its chart comes from."""

from __future__ import annotations

from typing import Any

from constructs_lib.adoption.model import Carried, Origin, Setting
from constructs_lib.adoption.surroundings import Surroundings
from constructs_lib.values.fields import text, value

VALUES = {
    "crds/keep": "crds_keep",
    "replicaCount": "replica_count",
    "manager/resources/requests/cpu": "cpu_request",
    "manager/resources/requests/memory": "memory_request",
    "manager/resources/limits/cpu": "cpu_limit",
    "manager/resources/limits/memory": "memory_limit",
    "manager/priorityClassName": "priority_class_name",
    "manager/nodeSelector": "node_selector",
    "manager/tolerations": "tolerations",
    "serviceMonitor/enabled": "monitoring",
    "serviceMonitor/interval": "monitoring_interval",
    "serviceMonitor/labels": "monitoring_labels",
}
"""Values of the chart (docs/dragonfly.md, "The operator's Helm chart"), and the arguments that they are."""


def read_operator(around: Surroundings) -> Carried:
    """The arguments of the operator; nothing where the tree does not install it."""
    release, source = around.release, around.source
    if release is None:
        return
    version = Origin.of(release, "/spec/chart/spec/version")
    yield Setting("operator", "version", str(around.operator), version)
    yield Setting("operator", "namespace", release.namespace, Origin.of(release, "/metadata/namespace"))
    if source is not None:
        yield Setting("operator", "source", source.kind, Origin.of(source))
    if interval := text(release.object, "spec", "interval"):
        yield Setting("operator", "interval", interval, Origin.of(release, "/spec/interval"))
    for path, argument in VALUES.items():
        found: Any = value(release.object, "spec", "values", *path.split("/"))
        if found not in (None, {}, []):
            yield Setting("operator", argument, found, Origin.of(release, f"/spec/values/{path}"))
