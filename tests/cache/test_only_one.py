"""What there may be one of: two objects of one name would be one file, and the later would replace the earlier."""

from __future__ import annotations

from pathlib import Path

import pytest
from cdk8s import App, Chart

from constructs_lib import (
    DragonflyBackup,
    DragonflyCache,
    DragonflyMonitoring,
    DragonflyNetworkPolicy,
    DragonflyRestoreDrill,
    DragonflySecrets,
    InvalidArguments,
)


def test_two_caches_of_one_namespace_have_two_names() -> None:
    app = App()
    for chart in ("a", "b"):
        DragonflyCache(Chart(app, chart, namespace="cache"), "cache", name="sessions")
    with pytest.raises(RuntimeError, match="'b/cache': name: 'sessions' in namespace cache is that of a/cache too"):
        app.synth()


def test_two_namespaces_may_have_a_cache_of_one_name(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path))
    for namespace in ("a", "b"):
        DragonflyCache(Chart(app, namespace, namespace=namespace), "cache", name="sessions")
    app.synth()


@pytest.mark.parametrize("construct", [DragonflyNetworkPolicy, DragonflyMonitoring, DragonflySecrets])
def test_a_cache_has_one_policy_one_monitoring_and_one_secret(
    construct: type[DragonflyNetworkPolicy] | type[DragonflyMonitoring] | type[DragonflySecrets],
) -> None:
    chart = Chart(App(), "c", namespace="cache")
    cache = DragonflyCache(chart, "cache")
    construct(chart, "one", cache=cache)
    with pytest.raises(InvalidArguments, match=f"cache: 'dragonfly' has a {construct.__name__} already"):
        construct(chart, "two", cache=cache)


def test_a_cache_has_one_restore_drill() -> None:
    chart = Chart(App(), "c", namespace="cache")
    backup = DragonflyBackup(chart, "backup", cache=DragonflyCache(chart, "cache"), bucket="backups")
    DragonflyRestoreDrill(chart, "one", backup=backup)
    with pytest.raises(InvalidArguments, match="backup: 'dragonfly' has a DragonflyRestoreDrill already"):
        DragonflyRestoreDrill(chart, "two", backup=backup)
