"""Charts of the construct tests: made, and their manifests read back by kind."""

from __future__ import annotations

from typing import Any

from cdk8s import Chart, Testing


def new_chart(namespace: str | None = "cache") -> Chart:
    """A chart of an app of its own."""
    return Chart(Testing.app(), "sessions", namespace=namespace)


def synthesized(chart: Chart) -> list[dict[str, Any]]:
    """A chart's manifests, in the order in which they are written."""
    return list(Testing.synth(chart))


def manifests(chart: Chart) -> dict[str, dict[str, Any]]:
    """A chart's manifests by kind, of which it has one each."""
    written = synthesized(chart)
    by_kind = {manifest["kind"]: manifest for manifest in written}
    assert len(by_kind) == len(written)
    return by_kind


def spec_of(chart: Chart, kind: str = "Dragonfly") -> dict[str, Any]:
    """The spec of a chart's one object of a kind."""
    spec: dict[str, Any] = manifests(chart)[kind]["spec"]
    return spec
