"""Which module knows what a change of a kind does: each has `changes(pair, context)`, loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import cast

from constructs_lib.review.changes.model import Change, Context, Pair

Changes = Callable[[Pair, Context], Iterator[Change]]

KINDS = {
    "Certificate": "objects.certificates",
    "CiliumNetworkPolicy": "objects.network_policies",
    "ConfigMap": "objects.config_maps",
    "CronJob": "objects.jobs",
    "Dragonfly": "dragonfly.dragonfly",
    "ExternalSecret": "secrets.secrets",
    "GrafanaDashboard": "monitoring.monitoring",
    "HelmRelease": "objects.helm_releases",
    "HelmRepository": "objects.helm_releases",
    "Job": "objects.jobs",
    "Kustomization": "objects.kustomizations",
    "Namespace": "objects.namespaces",
    "NetworkPolicy": "objects.network_policies",
    "OCIRepository": "objects.helm_releases",
    "PodMonitor": "monitoring.monitoring",
    "PrometheusRule": "monitoring.monitoring",
    "Secret": "secrets.secrets",
}
"""Modules of this folder, by the kinds that they know; `others` knows that it knows nothing."""


def changes_of(kind: str) -> Changes:
    """The function that says what differences between two objects of that kind do."""
    module = import_module(f"constructs_lib.review.{KINDS.get(kind, 'changes.others')}")
    return cast("Changes", module.changes)
