"""What there may be one of: two objects of one name would be one file, and the later would replace the earlier."""

from __future__ import annotations

import pytest
from cdk8s import App, Chart

from constructs_lib import DragonflyCache, DragonflyMonitoring, DragonflyNetworkPolicy, InvalidArguments


def test_two_caches_of_one_namespace_have_two_names() -> None:
    app = App()
    DragonflyCache(Chart(app, "a", namespace="cache"), "cache", name="sessions")
    with pytest.raises(InvalidArguments, match="name: 'sessions' is another cache's in namespace cache"):
        DragonflyCache(Chart(app, "b", namespace="cache"), "cache", name="sessions")


def test_two_namespaces_may_have_a_cache_of_one_name() -> None:
    app = App()
    for namespace in ("a", "b"):
        DragonflyCache(Chart(app, namespace, namespace=namespace), "cache", name="sessions")


@pytest.mark.parametrize("construct", [DragonflyNetworkPolicy, DragonflyMonitoring])
def test_a_cache_has_one_policy_and_one_monitoring(
    construct: type[DragonflyNetworkPolicy] | type[DragonflyMonitoring],
) -> None:
    chart = Chart(App(), "c", namespace="cache")
    cache = DragonflyCache(chart, "cache")
    construct(chart, "one", cache=cache)
    with pytest.raises(InvalidArguments, match=f"cache: 'dragonfly' has a {construct.__name__} already"):
        construct(chart, "two", cache=cache)
