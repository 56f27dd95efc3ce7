"""What the tests on a real API server share: the cluster, the written stacks, a Flux of their own."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from constructs_lib.checks.api_server import NoCluster
from constructs_lib.checks.definitions import NoDefinitions
from tests.cluster.binaries import CannotRun
from tests.e2e.clusters import OPERATORS, Cluster, cluster_for_tests
from tests.e2e.flux import Flux
from tests.e2e.stacks import Stacks

HERE = Path(__file__).parent
APPLIED = pytest.StashKey[int]()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here runs through `make e2e` alone."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where the tests are spread over processes, each hands over its count."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["applied"] = session.config.stash.get(APPLIED, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Add up the counts (a hook of pytest-xdist)."""
    applied = getattr(node, "workeroutput", {}).get("applied", 0)
    node.config.stash[APPLIED] = node.config.stash.get(APPLIED, 0) + applied


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """How much was proven."""
    if config.stash.get(APPLIED, 0):
        terminalreporter.write_line(f"{config.stash[APPLIED]} times an object was applied")


@pytest.fixture(scope="session")
def run() -> str:
    """Prefix of this run's namespaces."""
    return f"e2e-{secrets.token_hex(3)}"


@pytest.fixture(scope="session")
def cluster(run: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """The cluster of `KUBECONFIG`, or a control plane that lives as long as the tests."""
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # kubectl is in .venv
    try:
        with cluster_for_tests(tmp_path_factory.mktemp("cluster"), run) as connected:
            for operator in OPERATORS:
                connected.definitions(operator)
            yield connected
    except CannotRun as reason:
        pytest.skip(str(reason))
    except (NoCluster, NoDefinitions) as reason:
        pytest.fail(f"{reason}; or for these tests: CRDS=FOLDER make e2e", pytrace=False)


@pytest.fixture(scope="session")
def stacks(run: str, tmp_path_factory: pytest.TempPathFactory) -> Stacks:
    """The test stacks, written in this run's namespaces."""
    return Stacks(tmp_path_factory.mktemp("stacks"), run)


@pytest.fixture(scope="session", params=OPERATORS)
def operator_version(request: pytest.FixtureRequest) -> str:
    """Each supported operator version; the tests of one run together."""
    return str(request.param)


@pytest.fixture
def operator(operator_version: str, cluster: Cluster) -> str:
    """The operator version whose CRD the cluster has during the test."""
    if operator_version not in cluster.operators:
        pytest.skip(f"the cluster has the CRD of {', '.join(cluster.operators) or 'no supported operator version'}")
    cluster.use(operator_version)
    return operator_version


@pytest.fixture
def make_flux(cluster: Cluster, request: pytest.FixtureRequest) -> Iterator[Callable[[str], Flux]]:
    """Makes a Flux whose namespaces have names of a suffix of their own, and which takes away what it has applied."""
    made: list[Flux] = []

    def make(suffix: str) -> Flux:
        made.append(Flux(cluster.server, cluster.neighbour, alone=cluster.own, suffix=suffix))
        return made[-1]

    yield make
    for each in made:
        each.remove()
        request.config.stash[APPLIED] = request.config.stash.get(APPLIED, 0) + each.requests


@pytest.fixture
def flux(make_flux: Callable[[str], Flux]) -> Flux:
    """A Flux that takes away what it has applied."""
    return make_flux("")
