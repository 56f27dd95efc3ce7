"""A review of what a cluster runs: nothing after an apply, and what was changed by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from constructs_lib.checks.api_server import ApiServer
from constructs_lib.cli.app import app
from constructs_lib.review.review import review
from constructs_lib.review.sides.live import live_side
from constructs_lib.review.sides.trees import Reader, Side, files_of
from tests.e2e.clusters import Cluster
from tests.e2e.flux import Flux
from tests.e2e.stacks import STACKS, Stacks

EVERY_STACK = pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.stem)


def written(dist: Path) -> Side:
    return Reader().read(files_of(dist))


def drift(dist: Path, server: ApiServer) -> list[tuple[str, str]]:
    """The object and the field of each change from what is live to what is written."""
    new = written(dist)
    return [(each.object.kind, each.field) for each in review(live_side(new, server).tree, new.tree).changes]


@EVERY_STACK
def test_nothing_has_drifted_after_an_apply(
    stack: Path, operator: str, cluster: Cluster, stacks: Stacks, flux: Flux
) -> None:
    dist = stacks.dist(stack, operator)
    flux.reconcile(dist)
    assert drift(dist, cluster.server) == []


def test_before_the_first_apply_everything_is_new(operator: str, cluster: Cluster, stacks: Stacks) -> None:
    dist = stacks.write_as(stacks.folder / operator / "unapplied", operator, dragonfly_name="unapplied")
    new = written(dist)
    ours = [key for key in new.tree if key.kind == "Dragonfly"]
    live = live_side(new, cluster.server).tree
    assert ours
    assert not [key for key in ours if key in live]


def test_what_was_changed_by_hand_has_drifted(operator: str, cluster: Cluster, stacks: Stacks, flux: Flux) -> None:
    (stack,) = [stack for stack in STACKS if stack.stem == "default"]
    dist = stacks.dist(stack, operator)
    flux.reconcile(dist)
    (key,) = [key for key in written(dist).tree if key.kind == "Dragonfly"]
    by_hand = {
        "apiVersion": "dragonflydb.io/v1alpha1",
        "kind": "Dragonfly",
        "metadata": {"name": key.name, "namespace": key.namespace},
        "spec": {"replicas": 2, "priorityClassName": "low"},
    }
    assert cluster.server.apply(by_hand, field_manager="kubectl").accepted
    assert drift(dist, cluster.server) == [("Dragonfly", "/spec/priorityClassName"), ("Dragonfly", "/spec/replicas")]


@pytest.mark.parametrize("operator_version", ["v1.6.1"], indirect=True)
def test_the_command_finds_the_cluster_as_kubectl_does(
    operator: str, cluster: Cluster, stacks: Stacks, flux: Flux, monkeypatch: pytest.MonkeyPatch
) -> None:
    (stack,) = [stack for stack in STACKS if stack.stem == "everything-on"]
    dist = stacks.dist(stack, operator)
    flux.reconcile(dist)
    monkeypatch.setenv("KUBECONFIG", str(cluster.kubeconfig))
    result = CliRunner().invoke(app, ["review", "cluster", str(dist), "--fail-on", "warning"])
    assert (result.exit_code, result.stdout) == (0, f"operator {operator}: no change\n"), result.output
