"""The ways from one stack to another, and from one operator version to a later one, with nothing left behind."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from constructs_lib.checks.manifests import read_manifests
from tests.e2e.clusters import Cluster
from tests.e2e.flux import Flux, identity
from tests.e2e.stacks import STACKS, Stacks
from tests.operators import OPERATORS

UPGRADES = [*pairwise(OPERATORS), (OPERATORS[0], OPERATORS[-1])]


@pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.stem)
def test_the_way_to_every_other_stack_and_back_is_taken(stack: Path, operator: str, stacks: Stacks, flux: Flux) -> None:
    here = stacks.dist(stack, operator)
    others = {name: dist for name, dist in stacks.all(operator).items() if name > stack.stem}
    told = flux.reconcile(here)
    for name, there in others.items():
        told += [f"{stack.stem} to {name}: {text}" for text in flux.reconcile(there)]
        told += [f"{name} to {stack.stem}: {text}" for text in flux.reconcile(here)]
    assert told == []


def test_what_goes_out_of_the_manifests_goes_but_never_a_namespace(operator: str, stacks: Stacks, flux: Flux) -> None:
    """Stack by stack: what is there afterwards is what that stack writes; and in the end, switched off."""
    namespaces = set()
    for name, dist in [*stacks.all(operator).items(), ("off", stacks.off(operator))]:
        assert flux.reconcile(dist) == []
        written = {identity(manifest) for manifest in read_manifests(dist)}
        namespaces |= {each for each in written if each[1] == "Namespace"}
        assert flux.remaining() == written | namespaces, name
    assert namespaces


@pytest.mark.parametrize(("old", "new"), UPGRADES, ids=lambda version: version)
def test_an_upgrade_of_the_operator_is_taken(
    old: str, new: str, cluster: Cluster, stacks: Stacks, make_flux: Callable[[str], Flux]
) -> None:
    """The old version's manifests, then the new CRD over them, as the chart upgrades it, then the new manifests."""
    if not {old, new} <= {*cluster.operators}:
        pytest.skip("the cluster's CRD of Dragonfly is not the tests' to change")
    both = [name for name in stacks.all(new) if name in stacks.all(old)]
    # All stacks side by side: another CRD keeps an API server busy for a while.
    fluxes = {name: make_flux(f"-{number}") for number, name in enumerate(both)}
    told = []
    for operator in (old, new):
        cluster.use(operator)
        for name, flux in fluxes.items():
            told += [f"{name} with {operator}: {text}" for text in flux.reconcile(stacks.all(operator)[name])]
    assert told == []
    assert len(both) > len(STACKS) / 2


def test_stacks_differ_enough_to_prove_a_change(operator: str, stacks: Stacks) -> None:
    every = stacks.all(operator)
    assert all(_texts(first) != _texts(second) for first, second in combinations(every.values(), 2))


def _texts(dist: Path) -> list[str]:
    return [file.read_text(encoding="utf-8") for file in sorted(dist.rglob("*.yaml"))]
