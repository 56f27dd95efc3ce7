"""Which module knows what a change of a kind does: each has `changes(pair, context)`, loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import cast

from constructs_lib.review.model import Change, Context, Pair

Changes = Callable[[Pair, Context], Iterator[Change]]

KINDS = {
    "Certificate": "certificates",
    "CiliumNetworkPolicy": "network_policies",
    "ConfigMap": "config_maps",
    "CronJob": "jobs",
    "Dragonfly": "dragonfly",
    "ExternalSecret": "secrets",
    "GrafanaDashboard": "monitoring",
    "HelmRelease": "helm_releases",
    "HelmRepository": "helm_releases",
    "Job": "jobs",
    "Kustomization": "kustomizations",
    "Namespace": "namespaces",
    "NetworkPolicy": "network_policies",
    "OCIRepository": "helm_releases",
    "PodMonitor": "monitoring",
    "PrometheusRule": "monitoring",
    "Secret": "secrets",
}
"""Modules of this folder, by the kinds that they know; `others` knows that it knows nothing."""


def changes_of(kind: str) -> Changes:
    """The function that says what differences between two objects of that kind do."""
    module = import_module(f"constructs_lib.review.{KINDS.get(kind, 'others')}")
    return cast("Changes", module.changes)
