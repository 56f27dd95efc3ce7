"""The table of Kubernetes' own types is what tools/imports/make_core_v1.py makes of the installed cdk8s-plus-28."""

from __future__ import annotations

import json

from tools.imports import make_core_v1


def test_the_table_is_up_to_date() -> None:
    assert make_core_v1.TABLE.read_text() == make_core_v1.rendered()


def test_names_are_those_of_kubernetes() -> None:
    types = json.loads(make_core_v1.TABLE.read_text())["types"]
    assert "hostIP" in types["ContainerPort"]["fields"]
    assert "clusterIP" in types["ServiceSpec"]["fields"]
    assert "hostIp" not in types["ContainerPort"]["fields"]
