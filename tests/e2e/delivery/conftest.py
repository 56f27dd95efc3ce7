"""A control plane with Flux' own source-controller and kustomize-controller, and stacks that are delivered by it.

Both are the tests' own, also where `KUBECONFIG` names a cluster: a second Flux would meddle with that one's.
"""

from __future__ import annotations

import itertools
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from constructs_lib.checks.api_server import ApiServer, current_cluster
from constructs_lib.checks.definitions import NoDefinitions
from tests.builds import CannotRun
from tests.cluster.binaries import binaries
from tests.cluster.control_plane import control_plane
from tests.cluster.flux_controllers import flux_controllers
from tests.e2e.clusters import Cluster, wait_for
from tests.e2e.delivery import stacks
from tests.e2e.delivery.delivery import KUSTOMIZATION, Delivery, settle_all
from tests.e2e.delivery.git_server import GitServer, git_server
from tests.e2e.delivery.repository import Repository
from tests.operators import NEWEST

OPERATOR = NEWEST
"""The operator version whose CRD the cluster has. What Flux does is the same with each."""
NEIGHBOURS = {"coredns": "kube-system", "rustfs": "storage"}
"""Kustomizations of other components that ours wait for, by their namespaces."""

NewDelivery = Callable[..., Delivery]
_NUMBERS = itertools.count(1)


@dataclass
class FluxCluster:
    """A control plane that has Flux."""

    server: ApiServer
    git: GitServer


@pytest.fixture(scope="session")
def flux_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FluxCluster]:
    """A control plane with every CRD, Flux and the Kustomizations of other components."""
    if os.environ.get("KUBECONFIG"):
        pytest.skip("a Flux of the tests' own is not for a cluster that others use")
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # kubectl is in .venv
    folder = tmp_path_factory.mktemp("flux")
    try:
        with (
            control_plane(binaries(), folder) as kubeconfig,
            current_cluster(kubeconfig) as server,
            git_server(folder / "repositories") as git,
        ):
            Cluster(server, kubeconfig, "flux", own=True).use(OPERATOR)
            with flux_controllers(server, kubeconfig, folder):
                _add_neighbours(server, git, folder / "neighbours")
                yield FluxCluster(server, git)
    except CannotRun as reason:
        pytest.skip(str(reason))
    except NoDefinitions as reason:
        pytest.fail(f"{reason}; or for these tests: CRDS=FOLDER make e2e", pytrace=False)


@pytest.fixture(scope="session")
def new_delivery(flux_cluster: FluxCluster, tmp_path_factory: pytest.TempPathFactory) -> NewDelivery:
    """Makes a delivery by its name, with the variables of its `cluster-secrets`."""

    def new(name: str, **cluster_secrets: str) -> Delivery:
        repository = Repository(flux_cluster.server, flux_cluster.git, name)
        delivery = Delivery(flux_cluster.server, repository, tmp_path_factory.mktemp(name))
        delivery.secret("cluster-secrets", **(cluster_secrets or {"CLUSTER_DOMAIN": "example.com"}))
        return delivery

    return new


@pytest.fixture
def delivery(new_delivery: NewDelivery) -> Iterator[Delivery]:
    """A delivery with nothing in it yet, which is taken away after the test."""
    made = new_delivery(f"shop-{next(_NUMBERS)}")
    yield made
    made.remove()


@pytest.fixture(scope="session")
def pool() -> dict[str, Delivery]:
    """What was delivered so far, by the name of its stack."""
    return {}


@pytest.fixture(scope="module")
def delivered(
    pool: dict[str, Delivery], new_delivery: NewDelivery, age_key: Path, request: pytest.FixtureRequest
) -> Mapping[str, Delivery]:
    """The stacks of the test module's `USES`, by name: delivered side by side, for Flux takes its time."""
    lacking = {name: stacks.STACKS[name] for name in request.module.USES if name not in pool}
    for name, (variables, cluster_secrets) in lacking.items():
        pool[name] = new_delivery(name, **cluster_secrets)
        stacks.prepare(pool[name], variables, age_key)
        pool[name].push()
    settle_all(pool[name] for name in lacking)
    return pool


@pytest.fixture(scope="session")
def age_key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An age key of this run, private and public."""
    if shutil.which("age-keygen") is None:
        pytest.skip("no age-keygen here: apt-get install age")
    return stacks.new_age_key(tmp_path_factory.mktemp("age") / "key.txt")


def _add_neighbours(server: ApiServer, git: GitServer, folder: Path) -> None:
    """What ours depend on, delivered and ready before."""
    (folder / "none").mkdir(parents=True)
    (folder / "none" / "kustomization.yaml").write_text("resources: []\n", encoding="utf-8")
    repository = Repository(server, git, "neighbours")
    repository.push(folder)
    api_version, kind = KUSTOMIZATION
    source = {"kind": "GitRepository", "name": "neighbours", "namespace": "flux-system"}
    spec = {"interval": "1h", "path": "./none", "prune": True, "sourceRef": source}
    for name, namespace in NEIGHBOURS.items():
        server.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}})
        made = {"apiVersion": api_version, "kind": kind, "metadata": {"name": name, "namespace": namespace}}
        answer = server.apply({**made, "spec": spec}, field_manager="tests")
        assert answer.accepted, answer.message
    for name, namespace in NEIGHBOURS.items():
        wait_for(partial(_is_ready, server, name, namespace), f"{name} of {namespace}")


def _is_ready(server: ApiServer, name: str, namespace: str) -> bool:
    conditions = server.get(*KUSTOMIZATION, namespace, name).body.get("status", {}).get("conditions", [])
    return any(each["type"] == "Ready" and each["status"] == "True" for each in conditions)
