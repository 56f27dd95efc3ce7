"""Dashboards that Flux takes for templates of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from constructs_lib.checks.manifests import Manifest
from constructs_lib.doctor.model import ERROR, Check, Found, add
from constructs_lib.doctor.objects import Objects
from constructs_lib.flux.annotations import FLUX_SAFE
from constructs_lib.values.fields import mapping, pointer, text

DASHBOARD_SUBSTITUTED = Check(
    "dashboard-substituted",
    ERROR,
    ("ConfigMap", "GrafanaDashboard"),
    "Under `postBuild` Flux takes each `${…}` for a variable of its own. A dashboard is full of Grafana's: since "
    "kustomize-controller 1.9 one that is not set fails the whole Kustomization, and nothing is applied; before, it "
    "came out blank.",
    "docs/dragonfly.md#flux",
)

CHECKS = (DASHBOARD_SUBSTITUTED,)

_VARIABLE = re.compile(r"(?<!\$)\$\{([A-Za-z_][A-Za-z0-9_]*)")


def find(tree: Objects) -> Iterator[Found]:
    """Dashboards that a Kustomization with `postBuild` may apply."""
    ((key, off),) = FLUX_SAFE.items()
    for dashboard in tree.of_kind("ConfigMap", "GrafanaDashboard"):
        annotations = mapping(dashboard.metadata, "annotations")
        if annotations.get(key) == off or mapping(dashboard.metadata, "labels").get(key) == off:
            continue
        for where, content in _texts(dashboard):
            given = {
                name
                for kustomization in tree.appliers(dashboard)
                for name in mapping(kustomization.object, "spec", "postBuild", "substitute")
            }
            unset = [name for name in _VARIABLE.findall(content) if name not in given]
            if unset and any(mapping(each.object, "spec", "postBuild") for each in tree.appliers(dashboard)):
                what = f"${{{unset[0]}}} is Grafana's, and Flux takes it for its own"
                fix = f"annotate it {key}: {off}"
                patch = (
                    add(pointer("metadata", "annotations", key), off)
                    if annotations
                    else add("/metadata/annotations", {key: off})
                )
                yield DASHBOARD_SUBSTITUTED.found(dashboard, where, what, fix, patch)
                break


def _texts(dashboard: Manifest) -> Iterator[tuple[str, str]]:
    if dashboard.kind == "GrafanaDashboard":
        yield "/spec/json", text(dashboard.object, "spec", "json")
    for key in mapping(dashboard.object, "data"):
        if key.endswith(".json"):
            yield pointer("data", key), text(dashboard.object, "data", key)
