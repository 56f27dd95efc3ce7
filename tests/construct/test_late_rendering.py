"""What is rendered at synth is what its user asked for: not what became of the user's objects, nor half of it."""

from __future__ import annotations

import copy
import warnings
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App, Chart, JsonPatch, YamlOutputType

from constructs_lib import (
    DragonflyBackup,
    DragonflyCache,
    DragonflyMonitoring,
    DragonflyNetworkPolicy,
    DragonflyRestoreDrill,
    DragonflyWarning,
    InvalidArguments,
    add_namespace,
)
from tests.charts import new_chart, spec_of, synthesized

PARTS: dict[str, Any] = {
    "affinity": {"nodeAffinity": {}},
    "tolerations": [{"key": "a", "operator": "Exists"}],
    "env": [{"name": "TZ", "value": "UTC"}],
    "node_selector": {"disk": "fast"},
    "annotations": {"team": "a"},
    "flags": {"hz": 50},
}


def test_what_a_user_does_to_an_argument_afterwards_changes_nothing(chart: Chart) -> None:
    given = copy.deepcopy(PARTS)
    DragonflyCache(chart, "cache", **given)
    before = spec_of(chart)
    for value in given.values():
        changed = value[0] if isinstance(value, list) else value
        changed["bogus"] = 3
    assert spec_of(chart) == before


def test_a_chart_may_be_called_as_the_validation_is(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path))
    for name in ("dragonfly-caches", "caches"):
        DragonflyCache(Chart(app, name, namespace=name), "cache")
    app.synth()
    assert len(list(tmp_path.iterdir())) == 2


def test_a_patch_that_cannot_be_applied_says_where(chart: Chart, cache: DragonflyCache) -> None:
    cache.api_object.add_json_patch(JsonPatch.replace("/spec/nothing/here", 1))
    with pytest.raises(RuntimeError, match="Dragonfly 'sessions/cache/Resource': a JSON patch cannot be applied"):
        synthesized(chart)


def test_what_is_no_patch_is_refused_where_it_is_given(cache: DragonflyCache) -> None:
    with pytest.raises(TypeError, match="str is no JSON patch"):
        cache.api_object.add_json_patch("/spec/replicas")  # type: ignore[arg-type]


def test_a_users_patch_of_any_field_is_honoured(chart: Chart, cache: DragonflyCache) -> None:
    cache.api_object.add_json_patch(JsonPatch.add("/extra", {"a": 1}), JsonPatch.add("/metadata/labels", {"b": "c"}))
    cache.api_object.metadata.add_annotation("late", "yes")
    (dragonfly,) = synthesized(chart)
    assert dragonfly["extra"] == {"a": 1}
    assert dragonfly["metadata"]["labels"] == {"b": "c"}
    assert dragonfly["metadata"]["annotations"] == {"late": "yes"}


def test_a_users_annotation_goes_before_one_of_ours(chart: Chart, cache: DragonflyCache) -> None:
    for name in ("ours", "both"):
        cache.api_object.annotate(name, "ours")
    for name in ("both", "late"):
        cache.api_object.metadata.add_annotation(name, "the user's")
    (dragonfly,) = synthesized(chart)
    assert dragonfly["metadata"]["annotations"] == {"both": "the user's", "late": "the user's", "ours": "ours"}


def test_a_namespace_is_in_none(chart: Chart) -> None:
    add_namespace(chart, "cache", "baseline")
    (namespace,) = synthesized(chart)
    assert "namespace" not in namespace["metadata"]


def test_a_connection_handed_out_before_its_user_was_closed_is_an_error(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", acl_default="closed")
    DragonflyNetworkPolicy(chart, "policy", cache=cache)
    cache.connection()
    cache.add_user("worker", keys=["jobs:*"])
    with pytest.raises(RuntimeError, match="'sessions/cache': user: 'default' is closed; accepted: worker"):
        synthesized(chart)


def test_a_drill_that_cannot_log_in_is_an_error(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", acl_default="closed")
    DragonflyNetworkPolicy(chart, "policy", cache=cache)
    DragonflyRestoreDrill(chart, "drill", backup=DragonflyBackup(chart, "backup", cache=cache, bucket="backups"))
    cache.add_user("worker", keys=["jobs:*"])
    with pytest.raises(RuntimeError, match="'sessions/drill': compare_with_live: true, while the user 'default' is cl"):
        synthesized(chart)


def test_a_drill_and_its_monitoring_are_of_one_cache(chart: Chart, cache: DragonflyCache) -> None:
    other = DragonflyCache(chart, "other", name="other")
    monitoring = DragonflyMonitoring(chart, "monitoring", cache=other)
    backup = DragonflyBackup(chart, "backup", cache=cache, bucket="backups")
    with pytest.raises(InvalidArguments, match="monitoring: that of 'other', while 'dragonfly' is drilled"):
        DragonflyRestoreDrill(chart, "drill", backup=backup, monitoring=monitoring)


def test_a_backup_that_is_refused_leaves_its_cache_as_it_was(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", name="a" * 50)
    with pytest.raises(InvalidArguments, match=r"retention: no CronJob can be named a+-retention"):
        DragonflyBackup(chart, "backup", cache=cache, bucket="backups", retention=3)
    DragonflyBackup(chart, "backup", cache=cache, bucket="backups")


def test_a_warning_is_given_once_however_many_files_are_written(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path), yaml_output_type=YamlOutputType.FILE_PER_CHART)
    for name in ("a", "b", "c"):
        DragonflyCache(Chart(app, name, namespace=name), "cache").add_user("worker", keys=["jobs:*"])
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        app.synth()
    texts = [str(each.message) for each in caught if issubclass(each.category, DragonflyWarning)]
    assert len(texts) == len(set(texts)) == 3
    assert {each.filename for each in caught} == {__file__}


def test_a_policy_that_cannot_be_written_says_so_before_synth_too() -> None:
    chart = new_chart()
    cache = DragonflyCache(chart, "cache")
    policy = DragonflyNetworkPolicy(chart, "policy", cache=cache, provider="kubernetes")
    DragonflyBackup(chart, "backup", cache=cache, bucket="backups", region="eu-central-1")
    with pytest.raises(InvalidArguments, match="a NetworkPolicy knows pods and addresses"):
        policy.api_object.to_json()
