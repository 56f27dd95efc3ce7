"""Which HelmRelease installs the operator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from constructs_lib.operator.helm_release import installs_operator

CHART = "dragonfly-operator"
FROM_SOURCE = {"chartRef": {"kind": "OCIRepository", "name": "source"}}
FROM_ELSEWHERE = {"chartRef": {"kind": "OCIRepository", "name": "source", "namespace": "sources"}}


def manifest(kind: str, name: str, namespace: str, spec: Mapping[str, Any]) -> dict[str, Any]:
    return {"kind": kind, "metadata": {"name": name, "namespace": namespace}, "spec": spec}


def chart(name: str) -> Mapping[str, Any]:
    return {"chart": {"spec": {"chart": name}}}


def source(url: str, namespace: str) -> dict[str, Any]:
    return manifest("OCIRepository", "source", namespace, {"url": url})


MIRROR = "oci://registry.example/mirror/dragonfly-operator/"


@pytest.mark.parametrize(
    ("name", "spec", "others", "installs"),
    [
        ("cache", chart(CHART), [], True),
        (CHART, chart("other"), [], False),
        ("cache", FROM_SOURCE, [source(MIRROR, "operators")], True),
        (CHART, FROM_SOURCE, [source("oci://registry.example/other", "operators")], False),
        ("cache", FROM_SOURCE, [source(MIRROR, "sources")], False),
        ("cache", FROM_SOURCE, [source(MIRROR, "")], True),
        ("cache", FROM_ELSEWHERE, [source(MIRROR, "sources")], True),
        (CHART, FROM_SOURCE, [], True),
        ("cache", FROM_SOURCE, [], False),
    ],
    ids=[
        "its chart under another name",
        "another chart under its name",
        "a source of its chart",
        "a source of another chart",
        "a source of that name in another namespace",
        "a source whose namespace nobody names",
        "a source that it names in another namespace",
        "its name, and no source there",
        "another name, and no source there",
    ],
)
def test_a_release_installs_the_operator_by_its_chart_and_where_that_is_not_told_by_its_name(
    name: str, spec: Mapping[str, Any], others: list[dict[str, Any]], installs: bool
) -> None:
    assert installs_operator(manifest("HelmRelease", name, "operators", spec), others) is installs
