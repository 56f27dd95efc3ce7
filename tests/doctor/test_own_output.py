"""What this project writes has none of the faults that it finds in others' manifests."""

from __future__ import annotations

from pathlib import Path

import pytest

from constructs_lib.checks.manifests import find_manifests
from constructs_lib.doctor.doctor import examine
from constructs_lib.doctor.objects import Objects
from tests.conftest import ROOT
from tests.doctor.test_fixtures import diagnose

REVIEWED = sorted(path for path in (ROOT / "tests" / "__snapshots__" / "test_stacks").iterdir() if path.is_dir())


@pytest.mark.parametrize("stack", [ROOT / "dist", *REVIEWED], ids=lambda path: path.name)
def test_nothing_is_found_in_what_we_write(stack: Path) -> None:
    assert [f"{found.check.name}: {found.what}" for found in diagnose(stack).findings] == []


@pytest.mark.parametrize("stack", [ROOT / "dist", *REVIEWED], ids=lambda path: path.name)
def test_a_port_that_cluster_yaml_leaves_open_is_the_one_thing_that_is_ignored(stack: Path) -> None:
    for found, reason in diagnose(stack).ignored:
        assert found.check.name == "admin-port-open"
        assert reason.endswith("in cluster.yaml")
    closes = any("enableDefaultDeny:\n    egress: true" in file.read_text() for file in stack.rglob("*NetworkPolicy.*"))
    closes |= any(stack.rglob("NetworkPolicy.*.yaml"))
    assert bool(diagnose(stack).ignored) is not closes


def test_the_same_stack_without_its_policy_is_open() -> None:
    stack = ROOT / "tests" / "__snapshots__" / "test_stacks" / "everything-on"
    manifests = [each for each in find_manifests(stack).manifests if each.kind != "CiliumNetworkPolicy"]
    tree = Objects(manifests, diagnose(stack).tree.operator)
    assert [found.check.name for found in examine(tree).findings] == ["admin-port-open"]
