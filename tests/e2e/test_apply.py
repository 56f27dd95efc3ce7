"""Every stack and example is taken as Flux delivers it, and settles."""

from __future__ import annotations

from pathlib import Path

import pytest

from constructs_lib.checks.findings import installed_operator_version
from constructs_lib.checks.manifests import read_manifests
from constructs_lib.dragonfly.operator_versions import OLDEST_SUPPORTED
from tests.e2e.clusters import Cluster
from tests.e2e.flux import Flux
from tests.e2e.stacks import EXAMPLES, STACKS, Stacks

EVERY_STACK = pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.stem)
EVERY_EXAMPLE = pytest.mark.parametrize("app", EXAMPLES, ids=lambda app: app.parent.name)


@EVERY_STACK
def test_every_object_is_taken_without_error_or_warning(stack: Path, operator: str, stacks: Stacks, flux: Flux) -> None:
    assert flux.reconcile(stacks.dist(stack, operator)) == []
    assert flux.objects


@EVERY_STACK
def test_a_second_apply_changes_nothing(stack: Path, operator: str, stacks: Stacks, flux: Flux) -> None:
    assert settles(flux, stacks.dist(stack, operator))


@EVERY_EXAMPLE
def test_every_object_of_an_example_is_taken_and_stays(app: Path, cluster: Cluster, stacks: Stacks, flux: Flux) -> None:
    if not cluster.own:
        pytest.skip("an example names its namespaces itself, and they may be in use here")
    dist = stacks.example(app)
    manifests = list(read_manifests(dist))
    cluster.use(str(installed_operator_version(manifests) or OLDEST_SUPPORTED))
    assert flux.reconcile(dist) == []
    assert settles(flux, dist)


def settles(flux: Flux, dist: Path) -> bool:
    """Whether a second apply leaves every object as it was, and a third one its resourceVersion as well.

    The second may raise it: what an apply creates, the server stores without the CRD's defaults, and with them from
    the first update on. They are there for whoever reads it from the beginning. Where controllers of others write a
    status, the resourceVersion says nothing.
    """
    flux.reconcile(dist)
    flux.reconcile(dist)
    changed, versions = flux.changed, flux.versions()
    flux.reconcile(dist)
    return not changed and not flux.changed and (versions == flux.versions() or not flux.alone)
