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
from tests.builds import CannotRun
from tests.e2e.clusters import Cluster, cluster_for_tests
from tests.e2e.flux import Flux
from tests.e2e.stacks import Stacks
from tests.operators import OPERATORS

HERE = Path(__file__).parent
APPLIED = pytest.StashKey[int]()
UNPROVEN = pytest.StashKey[set[str]]()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here runs through `make e2e` alone."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where the tests are spread over processes, each hands over what it tells in the end."""
    stash = session.config.stash
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["applied"] = stash.get(APPLIED, 0)
        unproven = stash.get(UNPROVEN, None) or set()
        session.config.workeroutput["unproven"] = sorted(unproven)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Add up what the processes hand over (a hook of pytest-xdist)."""
    stash, output = node.config.stash, getattr(node, "workeroutput", {})
    stash[APPLIED] = stash.get(APPLIED, 0) + output.get("applied", 0)
    stash.setdefault(UNPROVEN, set()).update(output.get("unproven", ()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """How much was proven, and what was not."""
    if applied := config.stash.get(APPLIED, 0):
        terminalreporter.write_line(f"{applied} times an object was applied")
    if unproven := config.stash.get(UNPROVEN, None):
        terminalreporter.write_line(f"not proven, for their CRDs are not here: {', '.join(sorted(unproven))}")


@pytest.fixture(scope="session")
def run() -> str:
    """Prefix of this run's namespaces."""
    return f"e2e-{secrets.token_hex(3)}"


@pytest.fixture(scope="session")
def kubectl() -> None:
    """kubectl is on the PATH: it is in .venv."""
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


@pytest.fixture(scope="session")
def cluster(kubectl: None, run: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """The cluster of `KUBECONFIG`, or a control plane that lives as long as the tests."""
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
def stacks(
    run: str, cluster: Cluster, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Stacks:
    """The test stacks, written in this run's namespaces."""
    made = Stacks(tmp_path_factory.mktemp("stacks"), run, cluster.definitions)
    request.config.stash[UNPROVEN] = made.unproven
    return made


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
