"""Which HelmRelease installs the operator, as written manifests tell it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from constructs_lib.operator.arguments import CHART
from constructs_lib.values.fields import mapping, text

Manifest = Mapping[str, Any]


def installs_operator(release: Manifest, others: Iterable[Manifest] = ()) -> bool:
    """Whether a HelmRelease is the operator's: by its chart, and by its name only where nothing tells the chart.

    Args:
        release: the HelmRelease.
        others: the objects around it, with the source that its `chartRef` may name.
    """
    chart = text(release, "spec", "chart", "spec", "chart")
    if chart:
        return chart == CHART
    source = source_of(release, others)
    if source is not None:
        return is_operator_chart(text(source, "spec", "url"))
    return CHART in (text(release, "metadata", "name"), text(release, "spec", "chartRef", "name"))


def source_of(release: Manifest, others: Iterable[Manifest]) -> Manifest | None:
    """The object that a release's `chartRef` names, if it is there; a namespace that one of them lacks may be any."""
    reference = mapping(release, "spec", "chartRef")
    namespaces = (text(reference, "namespace") or text(release, "metadata", "namespace"), "")
    named = (text(reference, "kind"), text(reference, "name"))
    for each in others if reference else ():
        namespace = text(each, "metadata", "namespace")
        if (text(each, "kind"), text(each, "metadata", "name")) == named and (
            namespace in namespaces or not namespaces[0]
        ):
            return each
    return None


def is_operator_chart(address: str) -> bool:
    """Whether the chart at an address is the operator's, whichever registry it lies in."""
    return address.rstrip("/").endswith(f"/{CHART}")
