"""The guides' programs run as they stand, and their variables are such as a cluster.yaml may have."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cdk8s
import cdk8s_plus_28
import pytest
import yaml

import constructs_lib
from constructs_lib.config.load import load
from tests.charts import new_chart
from tests.conftest import ROOT

GUIDES = ("network", "certificate", "cache/connections", "cache/composition", "cache/cdk8s-objects")


def blocks(guide: str, language: str) -> Iterator[str]:
    yield from re.findall(rf"```{language}\n(.*?)```", (ROOT / "docs" / f"{guide}.md").read_text(), re.DOTALL)


@pytest.mark.parametrize("guide", GUIDES)
def test_the_programs_of_a_guide_run(guide: str) -> None:
    names = {name: getattr(constructs_lib, name) for name in constructs_lib.__all__}
    names |= {"kplus": cdk8s_plus_28, "JsonPatch": cdk8s.JsonPatch}
    kept: dict[str, object] = {}
    chart = new_chart()
    cache = constructs_lib.DragonflyCache(chart, "cache")
    for block in blocks(guide, "python"):
        if guide == "network":
            chart = new_chart()
            cache = constructs_lib.DragonflyCache(chart, "cache")
        exec(block, {**names, **kept, "chart": chart, "cache": cache}, kept)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", constructs_lib.DragonflyWarning)
            assert cdk8s.Testing.synth(chart)


@pytest.mark.parametrize("guide", GUIDES)
def test_the_variables_of_a_guide_are_taken(guide: str, tmp_path: Path) -> None:
    given: dict[str, Any] = {"dragonfly_enabled": True}
    for block in blocks(guide, "yaml"):
        given |= yaml.safe_load(block)
    if given.get("dragonfly_network_policy_provider") == "kubernetes":
        given["dragonfly_s3_egress"] = [way for way in given["dragonfly_s3_egress"] if "host" not in way]
    (tmp_path / "cluster.yaml").write_text(yaml.safe_dump(given))
    assert load(tmp_path / "cluster.yaml").switches.dragonfly_enabled
