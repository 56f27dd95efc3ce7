"""The constructs in other apps: below any scope, beside others, changed by visitors, taken out again."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsii
import pytest
import yaml
from cdk8s import ApiObject, App, Chart, Include, JsonPatch, YamlOutputType
from constructs import Construct, IConstruct, IMixin, IValidation, Node

from constructs_lib import (
    Client,
    DragonflyBackup,
    DragonflyBucket,
    DragonflyCache,
    DragonflyCertificate,
    DragonflyFleetDashboard,
    DragonflyMonitoring,
    DragonflyNetworkPolicy,
    DragonflyOperator,
    DragonflyRestoreDrill,
    DragonflySecrets,
    DragonflyWarning,
    FluxKustomization,
    InvalidArguments,
    Issuer,
    add_namespace,
    arguments_of,
)
from tests.charts import new_chart, synthesized
from tests.conftest import read_folder

Made = dict[str, Construct]
"""One of each construct, by the name of its class."""


def one_of_each(
    scope: Construct, name: str = "sessions", namespace: str = "cache", instead: Made | None = None
) -> Made:
    """Make one of each construct below a scope; `instead` names other scopes, by the class."""

    def below(construct: str) -> Construct:
        return (instead or {}).get(construct, scope)

    cache = DragonflyCache(below("DragonflyCache"), f"{name}-cache", name=name, namespace=namespace)
    monitoring = DragonflyMonitoring(below("DragonflyMonitoring"), f"{name}-monitoring", cache=cache)
    policy = DragonflyNetworkPolicy(
        below("DragonflyNetworkPolicy"), f"{name}-policy", cache=cache, prometheus_namespace="monitoring"
    )
    backup = DragonflyBackup(
        below("DragonflyBackup"), f"{name}-backup", cache=cache, bucket="backups", prefix=name, retention="14d"
    )
    made = [
        cache,
        monitoring,
        policy,
        backup,
        DragonflyRestoreDrill(below("DragonflyRestoreDrill"), f"{name}-drill", backup=backup, monitoring=monitoring),
        DragonflyFleetDashboard(
            below("DragonflyFleetDashboard"),
            f"{name}-dashboard",
            name=f"{name}-fleet",
            namespace=namespace,
            monitorings=[monitoring],
        ),
        DragonflyBucket(below("DragonflyBucket"), f"{name}-bucket", backup=backup, admin_secret="admin"),
        DragonflySecrets(below("DragonflySecrets"), f"{name}-secrets", cache=cache, source="substitute", version="1"),
        DragonflyCertificate(
            below("DragonflyCertificate"), f"{name}-certificate", cache=cache, issuer=Issuer(name="ca")
        ),
        DragonflyOperator(below("DragonflyOperator"), f"{name}-operator"),
        FluxKustomization(
            below("FluxKustomization"), f"{name}-flux", name=name, path="./dist/sessions", namespace=namespace
        ),
    ]
    return {type(construct).__name__: construct for construct in made}


def written(app: App) -> dict[tuple[str, str], dict[str, Any]]:
    """What an app writes, by kind and name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DragonflyWarning)
        manifests = list(yaml.safe_load_all(app.synth_yaml()))
    by_name = {(manifest["kind"], manifest["metadata"]["name"]): manifest for manifest in manifests}
    assert len(by_name) == len(manifests)
    return by_name


def usual() -> dict[tuple[str, str], dict[str, Any]]:
    """One of each in one chart."""
    app = App()
    one_of_each(Chart(app, "sessions", namespace="cache"))
    return written(app)


# Any scope


def test_below_a_construct_of_ones_own_the_same_is_written() -> None:
    app = App()
    one_of_each(Construct(Construct(Chart(app, "sessions", namespace="cache"), "platform"), "store"))
    assert written(app) == usual()


def test_below_a_chart_in_a_chart_the_same_is_written() -> None:
    app = App()
    one_of_each(Chart(Chart(app, "platform"), "sessions", namespace="cache"))
    assert written(app) == usual()


def test_each_construct_may_stand_in_a_chart_of_its_own() -> None:
    app = App()
    charts: Made = {name: Chart(app, name.lower(), namespace="elsewhere") for name in one_of_each(new_chart())}
    one_of_each(app, instead=charts)
    assert written(app) == usual()


def test_beside_manifests_of_others_both_are_written(tmp_path: Path) -> None:
    others = tmp_path / "others.yaml"
    others.write_text("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: theirs, namespace: cache}\n")
    app = App()
    chart = Chart(app, "sessions", namespace="cache")
    Include(chart, "theirs", url=str(others))
    one_of_each(chart)
    found = written(app)
    assert found.pop(("ConfigMap", "theirs"))["metadata"]["namespace"] == "cache"
    assert found == usual()


@pytest.mark.parametrize("scope", [App, lambda: Construct(App(), "own")], ids=["the app", "a construct in the app"])
def test_without_a_chart_above_it_says_what_is_missing_and_leaves_no_trace(scope: Callable[[], Construct]) -> None:
    below = scope()
    with pytest.raises(InvalidArguments, match="cache': scope: no chart above it, and cdk8s writes what is in charts"):
        DragonflyCache(below, "cache", namespace="cache")
    cache = DragonflyCache(new_chart(), "cache")
    with pytest.raises(InvalidArguments, match=r"'.*monitoring': scope: no chart above it"):
        DragonflyMonitoring(below, "monitoring", cache=cache)
    assert below.node.children == []
    assert cache.monitoring is None


# Several caches, several apps


def test_several_caches_stand_in_one_chart_each_with_all_that_is_made_for_it(tmp_path: Path) -> None:
    layout = YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE
    app = App(outdir=str(tmp_path), output_file_extension=".yaml", yaml_output_type=layout)
    chart = Chart(app, "stores", namespace="cache")
    for name in ("sessions", "queue"):
        # One operator serves them all.
        one_of_each(chart, name, instead={"DragonflyOperator": new_chart()})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DragonflyWarning)
        app.synth()
    files = read_folder(tmp_path)
    of_sessions = {path.replace("sessions", "NAME") for path in files if "sessions" in path}
    of_queue = {path.replace("queue", "NAME") for path in files if "queue" in path}
    # A Job is named after what it is told.
    same = {path for path in of_sessions if "/Job." not in path and "-bucket-" not in path}
    assert same == {path for path in of_queue if "/Job." not in path and "-bucket-" not in path}
    assert len(of_sessions) == len(of_queue) == len(files) / 2


def test_the_restores_of_two_caches_may_stand_in_one_chart() -> None:
    app = App()
    chart, first = Chart(app, "stores", namespace="cache"), Chart(app, "first", namespace="cache")
    for name in ("sessions", "queue"):
        cache = DragonflyCache(chart, name, name=name)
        DragonflyBackup(
            chart,
            f"{name}-backup",
            cache=cache,
            bucket="backups",
            prefix=name,
            restore_from="latest",
            restore_of="s3://backups/old",
            restore_scope=first,
        )
    restores = {manifest["metadata"]["name"].rpartition("-")[0] for manifest in synthesized(first)}
    assert restores == {"sessions-restore", "queue-restore"}


def test_a_name_that_was_left_out_twice_is_said_to_be() -> None:
    chart = new_chart()
    DragonflyCache(chart, "sessions")
    DragonflyCache(chart, "queue")
    expected = (
        r"'sessions/queue': name: 'dragonfly' in namespace cache is that of sessions/sessions too \(`name` was le"
    )
    with pytest.raises(RuntimeError, match=expected):
        synthesized(chart)


def test_apps_of_one_process_know_nothing_of_each_other() -> None:
    apps = [App() for _ in range(3)]
    charts = [Chart(app, "sessions", namespace="cache") for app in apps]
    caches = [DragonflyCache(chart, "cache", name="sessions") for chart in charts]
    caches[0].allow_from("shop")
    DragonflyNetworkPolicy(charts[1], "policy", cache=caches[1])
    caches[2].add_user("shop", keys=["shop:*"])
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        first, second, third = (app.synth_yaml() for app in apps)
    assert ("aclFromSecret" in first, "aclFromSecret" in second, "aclFromSecret" in third) == (False, False, True)
    assert ("kind: CiliumNetworkPolicy" in first, "kind: CiliumNetworkPolicy" in second) == (False, True)
    # Each app that restricts access with no policy is told so, once.
    assert len([each for each in caught if issubclass(each.category, DragonflyWarning)]) == 2


# Chart labels


def labels_of(manifests: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, str]]:
    """The labels of each object, by kind and name."""
    return {(each["kind"], each["metadata"]["name"]): each["metadata"].get("labels", {}) for each in manifests}


def test_a_charts_labels_are_on_every_object_and_ours_stay() -> None:
    given = {"team": "shop", "app.kubernetes.io/name": "theirs"}
    plain, labelled = App(), App()
    for app, labels in ((plain, {}), (labelled, given)):
        chart = Chart(app, "sessions", namespace="cache", labels=labels, disable_resource_name_hashes=bool(labels))
        one_of_each(chart)
        add_namespace(chart, "cache", "baseline")
    before, after = written(plain), written(labelled)
    assert labels_of(list(after.values())) == {
        key: {**given, **labels} for key, labels in labels_of(list(before.values())).items()
    }
    # Nothing else: neither pods nor what selects them.
    for manifests in (before, after):
        for manifest in manifests.values():
            del manifest["metadata"]
    assert after == before


# Visitors, mixins, validations, patches


def by_hand(chart: Chart) -> None:
    """What cdk8s' documentation has people do where the AWS CDK has Aspects."""
    for construct in chart.node.find_all():
        if isinstance(construct, ApiObject):
            label(construct)


def label(api_object: ApiObject) -> None:
    api_object.metadata.add_label("cost-centre", "7")
    api_object.metadata.add_annotation("contact", "shop")
    api_object.add_json_patch(JsonPatch.add("/metadata/finalizers", ["theirs"]))


@jsii.implements(IMixin)
class Label:
    def supports(self, construct: IConstruct) -> bool:
        return isinstance(construct, ApiObject)

    def apply_to(self, construct: IConstruct) -> None:
        assert isinstance(construct, ApiObject)
        label(construct)


@pytest.mark.parametrize("visit", [by_hand, lambda chart: chart.with_(Label())], ids=["find_all", "mixin"])
def test_a_visitor_changes_every_object_whatever_is_told_to_the_cache_later(visit: Callable[[Chart], object]) -> None:
    app, expected_app = App(), App()
    for each in (app, expected_app):
        chart = Chart(each, "sessions", namespace="cache")
        cache = one_of_each(chart)["DragonflyCache"]
        assert isinstance(cache, DragonflyCache)
        if each is app:
            visit(chart)
        cache.add_user("shop", keys=["shop:*"])
        cache.allow_from(Client(namespace="shop"))
    found, expected = written(app), written(expected_app)
    for manifest in expected.values():
        metadata = manifest["metadata"]
        metadata["finalizers"] = ["theirs"]
        metadata.setdefault("labels", {})["cost-centre"] = "7"
        metadata.setdefault("annotations", {})["contact"] = "shop"
    assert found == expected
    assert found["Dragonfly", "sessions"]["spec"]["aclFromSecret"]


def test_a_visitor_sees_every_object_of_a_chart_and_only_those(tmp_path: Path) -> None:
    chart = new_chart()
    one_of_each(chart)
    seen = {(each.kind, each.name) for each in chart.node.find_all() if isinstance(each, ApiObject)}
    assert seen == {(each["kind"], each["metadata"]["name"]) for each in synthesized_quietly(chart)}


def synthesized_quietly(chart: Chart) -> list[dict[str, Any]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DragonflyWarning)
        return synthesized(chart)


@jsii.implements(IValidation)
class Refusal:
    def __init__(self, text: str) -> None:
        self._text = text

    def validate(self) -> list[str]:
        return [self._text]


def test_a_users_validation_is_told_beside_ours() -> None:
    chart = new_chart()
    cache = DragonflyCache(chart, "cache")
    DragonflyCache(chart, "other")
    cache.node.add_validation(Refusal("no cache on a Friday"))
    with pytest.raises(RuntimeError) as error:
        synthesized(chart)
    assert "[sessions/cache] no cache on a Friday" in str(error.value)
    assert "'sessions/other': name: 'dragonfly' in namespace cache is that of" in str(error.value)


def test_every_operation_of_a_json_patch_is_honoured_on_what_is_rendered_late() -> None:
    chart = new_chart()
    cache = DragonflyCache(chart, "cache", replicas=3)
    cache.api_object.add_json_patch(
        JsonPatch.test("/spec/replicas", 3),
        JsonPatch.replace("/spec/args/0", "--first"),
        JsonPatch.remove("/spec/args/1"),
        JsonPatch.move("/spec/image", "/spec/moved"),
        JsonPatch.copy("/spec/replicas", "/spec/copied"),
        JsonPatch.add("/spec/args/1", "--second"),
        JsonPatch.add("/spec/args/-", "--last"),
    )
    (manifest,) = synthesized(chart)
    spec = manifest["spec"]
    assert [spec["args"][index] for index in (0, 1, -1)] == ["--first", "--second", "--last"]
    assert len(spec["args"]) == 6
    assert (spec["copied"], "image" in spec) == (3, False)
    assert spec["moved"].startswith("docker.dragonflydb.io/")


def test_a_test_that_fails_ends_the_synthesis_and_names_the_object() -> None:
    chart = new_chart()
    DragonflyCache(chart, "cache").api_object.add_json_patch(JsonPatch.test("/spec/replicas", 2))
    with pytest.raises(
        RuntimeError, match=r"Dragonfly 'sessions/cache/Resource': a JSON patch cannot be applied to it"
    ):
        synthesized(chart)


MAIN_OBJECTS = {
    "DragonflyCache": "Dragonfly",
    "DragonflyMonitoring": "PodMonitor",
    "DragonflyNetworkPolicy": "CiliumNetworkPolicy",
    "DragonflyRestoreDrill": "CronJob",
    "DragonflyFleetDashboard": "ConfigMap",
    "DragonflyBucket": "Job",
    "DragonflySecrets": "Secret",
    "DragonflyCertificate": "Certificate",
    "DragonflyOperator": "HelmRelease",
    "FluxKustomization": "Kustomization",
}


def test_cdk8s_finds_the_main_object_of_each_construct() -> None:
    made = one_of_each(new_chart())
    # A backup is a part of its cache's Dragonfly, and its Jobs are as many as there are volumes.
    del made["DragonflyBackup"]
    assert {name: ApiObject.of(construct).kind for name, construct in made.items()} == MAIN_OBJECTS
    for name, construct in made.items():
        own = construct.pod_monitor if isinstance(construct, DragonflyMonitoring) else construct.api_object  # type: ignore[attr-defined]
        assert ApiObject.of(construct) is own, name


# Out of the tree again


def test_a_cache_that_was_taken_out_of_the_tree_says_nothing(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path))
    DragonflyCache(Chart(app, "kept", namespace="cache"), "cache")
    gone = Chart(app, "gone", namespace="cache")
    cache = DragonflyCache(gone, "cache")
    cache.connection()
    cache.add_user("shop", keys=["shop:*"])
    assert app.node.try_remove_child("gone")
    app.synth()
    assert [path.name for path in tmp_path.iterdir()] == ["kept.k8s.yaml"]


def test_what_is_taken_out_after_a_synthesis_says_nothing_in_the_next() -> None:
    app = App()
    DragonflyCache(Chart(app, "kept", namespace="cache"), "cache")
    assert "kind: Dragonfly" in app.synth_yaml()
    later = DragonflyCache(Chart(app, "later", namespace="cache"), "cache")
    with pytest.raises(RuntimeError, match=f"'{later.node.path}': name"):
        app.synth_yaml()
    app.node.try_remove_child("later")
    assert "kind: Dragonfly" in app.synth_yaml()


def test_a_policy_that_was_taken_out_protects_nothing() -> None:
    chart = new_chart()
    cache = DragonflyCache(chart, "cache")
    cache.allow_from("shop")
    DragonflyNetworkPolicy(chart, "policy", cache=cache)
    chart.node.try_remove_child("policy")
    with pytest.warns(DragonflyWarning, match="'sessions/cache': no DragonflyNetworkPolicy: whoever reaches port 9999"):
        assert [manifest["kind"] for manifest in synthesized(chart)] == ["Dragonfly"]


def test_for_what_was_taken_out_another_may_be_made() -> None:
    chart = new_chart()
    cache = DragonflyCache(chart, "cache")
    DragonflyMonitoring(chart, "monitoring", cache=cache)
    chart.node.try_remove_child("monitoring")
    synthesized(chart)
    DragonflyMonitoring(chart, "monitoring", cache=cache, dashboard="none")
    assert [manifest["kind"] for manifest in synthesized(chart)] == ["Dragonfly", "PodMonitor", "PrometheusRule"]


def test_the_tree_is_asked_once_however_many_files_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer names every construct, so that asked for each file a fleet would cost its square."""
    asked: list[Node] = []
    find_all = Node.find_all

    def counted(node: Node) -> list[IConstruct]:
        asked.append(node)
        return find_all(node)

    monkeypatch.setattr(Node, "find_all", counted)
    app = App(outdir=str(tmp_path), yaml_output_type=YamlOutputType.FILE_PER_CHART)
    for name in ("a", "b", "c"):
        DragonflyCache(Chart(app, name, namespace=name), "cache")
    app.synth()
    assert (len(asked), len(list(tmp_path.iterdir()))) == (1, 3)


# House defaults

HOUSE: dict[str, Any] = {"replicas": 3, "memory_limit": "2Gi"}


class HouseCache(DragonflyCache):
    @arguments_of(DragonflyCache)
    def __init__(self, scope: Construct, id: str, **given: Any) -> None:
        super().__init__(scope, id, **(HOUSE | given))


def test_a_subclass_has_defaults_of_its_own_and_is_a_cache_everywhere() -> None:
    chart = new_chart()
    cache = HouseCache(chart, "cache", memory_limit="4Gi")
    DragonflyMonitoring(chart, "monitoring", cache=cache)
    spec = synthesized(chart)[0]["spec"]
    assert (spec["replicas"], spec["resources"]["limits"]["memory"]) == (3, "4Gi")


def test_an_error_names_the_subclass() -> None:
    chart = new_chart()
    with pytest.raises(InvalidArguments, match=r"^HouseCache 'sessions/cache': replica: no such argument; did you"):
        HouseCache(chart, "cache", replica=3)  # type: ignore[call-arg]
    HouseCache(chart, "one")
    HouseCache(chart, "two")
    with pytest.raises(
        RuntimeError, match="HouseCache 'sessions/two': name: 'dragonfly' in namespace cache is that of"
    ):
        synthesized(chart)
