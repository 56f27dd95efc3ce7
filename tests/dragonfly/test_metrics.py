"""The list of metrics: as recorded, by version, with a reason for each name that is not on it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from constructs_lib.dragonfly.metrics import server_metrics, unknown_metric
from constructs_lib.values.version import Version

DATA = Path(__file__).parent.parent / "data"
V1_36, V1_40 = Version.of("v1.36.0"), Version.of("v1.40.1")


@pytest.mark.parametrize("role", ["master", "replica"])
def test_list_has_every_metric_that_a_running_server_showed(role: str) -> None:
    redact = set(re.findall(r"^# TYPE (\w+) ", DATA.joinpath(f"exposition_{role}.txt").read_text(), re.MULTILINE))
    assert redact <= server_metrics(V1_36).keys()


def test_list_has_the_labels_that_a_running_server_showed() -> None:
    text = DATA.joinpath("exposition_master.txt").read_text()
    for name, labels in re.findall(r"^(\w+)\{(.*)\}", text, re.MULTILINE):
        assert set(re.findall(r"(\w+)=", labels)) <= server_metrics(V1_36)[name].labels, name


def test_between_two_known_versions_only_what_both_export_is_known() -> None:
    between = server_metrics(Version.of("v1.38.0")).keys()
    assert between == server_metrics(V1_36).keys() & server_metrics(V1_40).keys()


def test_misspelt_metric_is_told_its_right_name() -> None:
    assert unknown_metric("dragonfly_maxclients", V1_36) == (
        "dragonfly_maxclients is no metric of server v1.36.0; did you mean 'dragonfly_max_clients'?"
    )


def test_metric_of_another_version_is_told_of_it() -> None:
    assert unknown_metric("dragonfly_master_link_status", V1_36) == (
        "server v1.36.0 does not export dragonfly_master_link_status, which is known of v1.40.1"
    )


def test_metric_like_no_other_is_told_what_to_do() -> None:
    assert unknown_metric("node_load1", V1_36).endswith("if something else exports it, name it in known_metrics")


@pytest.mark.parametrize("name", ["dragonfly_memory_used_bytes", "up", "node_load1"])
def test_metric_that_somebody_exports_is_known(name: str) -> None:
    assert unknown_metric(name, V1_36, {"node_load1"}) == ""


def test_brief_errors_metrics_do_not_exist() -> None:
    assert not {"dragonfly_maxclients", "dragonfly_replication_lag_seconds"} & server_metrics(V1_40).keys()
