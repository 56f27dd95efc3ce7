"""A pytest plugin: where a snapshot of manifests fails, what the change does stands above syrupy's diff.

Nothing is loaded before something fails or asks for the fixture: pytest loads this in every run.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cdk8s import Chart

    from constructs_lib.testing.snapshots import Manifests


@pytest.fixture
def dragonfly_manifests() -> Callable[[Chart], Manifests]:
    """A chart's manifests, to be compared with a snapshot of one file a resource.

        def test_sessions(dragonfly_manifests, snapshot):
            assert dragonfly_manifests(chart) == snapshot

    `pytest --snapshot-update` accepts them: `__snapshots__/test_file/test_sessions[Kind.name].yaml`.
    """
    from constructs_lib.testing.snapshots import Manifests

    return Manifests.of


_EXPLAINED = pytest.StashKey[list[str]]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_assertrepr_compare(config: pytest.Config, op: str, left: Any, right: Any) -> Generator[None, Any, Any]:
    """Keep the review of a failed snapshot, with what syrupy says of it, for the test's report.

    pytest cuts the explanation of an assertion to eight lines, and a section of the report not at all.
    """
    try:
        said = yield
    except KeyError:
        # Of the fixture's manifests syrupy knows no comparison: each of them was compared by itself.
        said = []
    if type(right).__name__ != "SnapshotAssertion" or op != "==":
        return said
    from constructs_lib.testing.readings import explanation

    of_syrupy: list[str] = next((lines for lines in said if lines), [])
    explained = explanation(left, right, of_syrupy)
    if not explained:
        return said
    config.stash[_EXPLAINED] = explained
    return [explained[:1]]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Put what was kept into the report of the test that failed."""
    report = yield
    explained = item.config.stash.get(_EXPLAINED, None)
    if explained:
        report.sections.append(("What the change does", "\n".join(explained)))
        del item.config.stash[_EXPLAINED]
    return report
