"""The house's defaults are what was reviewed: `pytest --snapshot-update` accepts others."""

from collections.abc import Callable

import pytest
from cdk8s import App, Chart
from house import HouseCache
from syrupy.assertion import SnapshotAssertion

from constructs_lib import InvalidArguments
from constructs_lib.testing.snapshots import Manifests


def test_a_cache_of_the_house(dragonfly_manifests: Callable[[Chart], Manifests], snapshot: SnapshotAssertion) -> None:
    chart = Chart(App(), "chart", namespace="orders")
    HouseCache(chart, "cache", name="carts")
    assert dragonfly_manifests(chart) == snapshot


def test_what_a_team_gives_wins() -> None:
    chart = Chart(App(), "chart", namespace="orders")
    assert HouseCache(chart, "cache", replicas=5).arguments.replicas == 5


def test_an_error_names_the_class_of_the_house() -> None:
    chart = Chart(App(), "chart", namespace="orders")
    with pytest.raises(InvalidArguments, match=r"HouseCache.*memory_limit"):
        HouseCache(chart, "cache", memory_limit="lots")
