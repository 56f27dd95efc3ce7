"""Switched off, everything goes but namespaces; switched on again, everything is back."""

from __future__ import annotations

from pathlib import Path

import pytest

from constructs_lib.checks.manifests import read_manifests
from tests.e2e.flux import ROOT, Flux, identity
from tests.e2e.stacks import STACKS, Stacks


@pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.stem)
def test_off_takes_everything_away_but_namespaces_and_on_brings_it_back(
    stack: Path, operator: str, stacks: Stacks, flux: Flux
) -> None:
    on, off = stacks.dist(stack, operator), stacks.off(operator)
    written = {identity(manifest) for manifest in read_manifests(on)}
    namespaces = {each for each in written if each[1] == "Namespace"}
    assert flux.reconcile(on) == []
    assert flux.reconcile(off) == []
    assert flux.remaining() == namespaces
    assert flux.reconcile(on) == []
    assert flux.remaining() == written


def test_off_is_one_folder_that_the_clusters_own_flux_still_finds(operator: str, stacks: Stacks) -> None:
    (folder,) = stacks.off(operator).iterdir()
    assert folder.name == ROOT


def test_a_cache_that_flux_may_not_prune_lives_on(operator: str, stacks: Stacks, flux: Flux, tmp_path: Path) -> None:
    """What the warning advises: `dragonfly_flux_prune: false`, applied before it is switched off."""
    kept = stacks.write_as(tmp_path, operator, dragonfly_flux_prune=False)
    assert flux.reconcile(kept) == []
    assert flux.reconcile(stacks.off(operator)) == []
    applied = {identity(manifest) for manifest in read_manifests(kept) if manifest.file.parent.name != ROOT}
    assert applied <= flux.remaining()
    assert ("dragonflydb.io/v1alpha1", "Dragonfly") in {each[:2] for each in applied}
