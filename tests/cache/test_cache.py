"""`DragonflyCache`: what it writes for each operator, and what it tells other constructs."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
from cdk8s import ApiObject, Chart, JsonPatch
from cdk8s_plus_28 import k8s

from constructs_lib import DragonflyCache, DragonflyWarning, InvalidArguments, SecretKey
from tests.charts import manifests, new_chart, spec_of, synthesized


def test_a_cache_alone_is_a_whole_resource(chart: Chart) -> None:
    DragonflyCache(chart, "cache")
    assert manifests(chart) == {
        "Dragonfly": {
            "apiVersion": "dragonflydb.io/v1alpha1",
            "kind": "Dragonfly",
            "metadata": {"name": "dragonfly", "namespace": "cache"},
            "spec": {
                "replicas": 1,
                "image": "docker.dragonflydb.io/dragonflydb/dragonfly:v1.36.0",
                "args": [
                    "--maxmemory=819mb",
                    "--proactor_threads=2",
                    "--slowlog_log_slower_than=10000",
                    "--slowlog_max_len=128",
                    "--version_check=false",
                ],
                "resources": {"requests": {"cpu": "100m", "memory": "256Mi"}, "limits": {"memory": "1Gi"}},
                "authentication": {"passwordFromSecret": {"name": "dragonfly-auth", "key": "password"}},
            },
        }
    }


def test_every_simple_argument_is_a_field_of_its_own(chart: Chart) -> None:
    DragonflyCache(
        chart,
        "cache",
        operator_version="v1.6.1",
        replicas=2,
        image="registry.example.com/dragonfly:v1.36.0",
        image_pull_policy="Always",
        image_pull_secrets=["registry"],
        cpu_limit=2,
        service_account_name="dragonfly",
        priority_class_name="high",
        node_selector={"disk": "fast"},
        pdb_max_unavailable="50%",
        enable_replication_readiness_gate=True,
        labels={"team": "blue"},
        annotations={"note": "a"},
        pod_metadata_labels={"pod": "yes"},
        owned_objects_metadata_annotations={"owner": "blue"},
        custom_readiness_probe_config_map="probe",
        acl_from_secret=SecretKey(name="vault", key="acl.conf"),
        tls_secret_ref="tls",
        client_ca_cert_secret=SecretKey(name="ca", key="ca.crt"),
        skip_fs_group=True,
    )
    with pytest.warns(DragonflyWarning, match="port 9999"):
        spec = spec_of(chart)
    given = {
        "replicas": 2,
        "image": "registry.example.com/dragonfly:v1.36.0",
        "imagePullPolicy": "Always",
        "imagePullSecrets": [{"name": "registry"}],
        "serviceAccountName": "dragonfly",
        "priorityClassName": "high",
        "nodeSelector": {"disk": "fast"},
        "pdb": {"maxUnavailable": "50%"},
        "enableReplicationReadinessGate": True,
        "labels": {"team": "blue"},
        "annotations": {"note": "a"},
        "podMetadata": {"labels": {"pod": "yes"}},
        "ownedObjectsMetadata": {"annotations": {"owner": "blue"}},
        "customReadinessProbeConfigMap": {"name": "probe"},
        "aclFromSecret": {"name": "vault", "key": "acl.conf"},
        "tlsSecretRef": {"name": "tls"},
        "skipFSGroup": True,
    }
    assert {name: spec.get(name) for name in given} == given
    assert spec["resources"]["limits"] == {"cpu": "2", "memory": "1Gi"}
    assert spec["authentication"]["clientCaCertSecret"] == {"name": "ca", "key": "ca.crt"}


def test_without_authentication_no_secret_is_named(chart: Chart) -> None:
    with pytest.warns(DragonflyWarning, match="whoever reaches port 6379 owns the data"):
        DragonflyCache(chart, "cache", authentication=False)
    assert "authentication" not in spec_of(chart)


# Operators


@pytest.mark.parametrize(
    ("operator", "written"), [("v1.3.1", None), ("v1.4.0", None), ("v1.5.0", False), ("v1.6.1", False)]
)
def test_the_operators_own_network_policy_is_off_where_there_is_one(
    chart: Chart, operator: str, written: bool | None
) -> None:
    DragonflyCache(chart, "cache", operator_version=operator)
    assert spec_of(chart).get("networkPolicyEnabled") is written


def test_v1_7_has_no_field_for_a_network_policy_and_is_taken_with_a_warning(chart: Chart) -> None:
    with pytest.warns(DragonflyWarning, match=r"operator_version: v1\.7\.1 is newer than what was tried"):
        DragonflyCache(chart, "cache", operator_version="v1.7.1")
    assert "networkPolicyEnabled" not in spec_of(chart)


def test_the_operators_own_network_policy_is_on_for_who_wants_it(chart: Chart) -> None:
    with pytest.warns(DragonflyWarning, match="cuts off Prometheus"):
        DragonflyCache(chart, "cache", operator_version="v1.5.0", network_policy_enabled=True)
    assert spec_of(chart)["networkPolicyEnabled"] is True


def test_the_service_is_left_to_the_operator_where_nothing_differs(chart: Chart) -> None:
    DragonflyCache(chart, "cache", service_type="ClusterIP", service_name="dragonfly")
    assert "serviceSpec" not in spec_of(chart)


@pytest.mark.parametrize(("operator", "server"), [("v1.3.1", "v1.35.0"), ("v1.4.0", "v1.36.0"), ("v1.5.0", "v1.37.0")])
def test_up_to_v1_5_the_services_labels_are_written_out(chart: Chart, operator: str, server: str) -> None:
    DragonflyCache(chart, "cache", operator_version=operator, service_type="LoadBalancer", service_labels={"a": "b"})
    assert spec_of(chart)["serviceSpec"] == {
        "type": "LoadBalancer",
        "labels": {
            "app": "dragonfly",
            "app.kubernetes.io/name": "dragonfly",
            "app.kubernetes.io/instance": "dragonfly",
            "app.kubernetes.io/component": "dragonfly",
            "app.kubernetes.io/part-of": "dragonfly",
            "app.kubernetes.io/managed-by": "dragonfly-operator",
            "app.kubernetes.io/version": server,
            "a": "b",
        },
    }


def test_from_v1_6_the_services_labels_are_the_operators_business(chart: Chart) -> None:
    DragonflyCache(
        chart,
        "cache",
        operator_version="v1.6.1",
        service_type="NodePort",
        service_node_port=30079,
        service_annotations={"a": "b"},
    )
    assert spec_of(chart)["serviceSpec"] == {"type": "NodePort", "nodePort": 30079, "annotations": {"a": "b"}}


# Scheduling and security


def test_one_pod_has_no_neighbours_to_avoid(chart: Chart) -> None:
    DragonflyCache(chart, "cache")
    assert "affinity" not in spec_of(chart)


def test_more_pods_are_rather_not_on_one_node(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", replicas=2)
    (term,) = spec_of(chart)["affinity"]["podAntiAffinity"]["preferredDuringSchedulingIgnoredDuringExecution"]
    assert term["podAffinityTerm"] == {
        "labelSelector": {"matchLabels": cache.pod_labels},
        "topologyKey": "kubernetes.io/hostname",
    }


def test_an_affinity_of_ones_own_is_taken_instead(chart: Chart) -> None:
    DragonflyCache(chart, "cache", replicas=2, affinity={"podAntiAffinity": {}})
    assert spec_of(chart)["affinity"] == {"podAntiAffinity": {}}


def test_a_spread_without_a_selector_counts_the_instances_own_pods(chart: Chart) -> None:
    spread = {"maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "DoNotSchedule"}
    other = {**spread, "labelSelector": {"matchLabels": {"a": "b"}}}
    cache = DragonflyCache(chart, "cache", replicas=2, topology_spread_constraints=[spread, other])
    own = {**spread, "labelSelector": {"matchLabels": cache.pod_labels}}
    assert spec_of(chart)["topologySpreadConstraints"] == [own, other]


def test_control_plane_only_selects_and_tolerates_beside_what_was_given(chart: Chart) -> None:
    toleration = {"key": "dedicated", "operator": "Exists"}
    DragonflyCache(chart, "cache", control_plane_only=True, node_selector={"disk": "fast"}, tolerations=[toleration])
    spec = spec_of(chart)
    assert spec["nodeSelector"] == {"disk": "fast", "node-role.kubernetes.io/control-plane": ""}
    assert spec["tolerations"] == [
        toleration,
        {"key": "node-role.kubernetes.io/control-plane", "operator": "Exists", "effect": "NoSchedule"},
    ]


def test_restricted_sets_all_that_pod_security_asks_for(chart: Chart) -> None:
    DragonflyCache(chart, "cache", pod_security="restricted")
    spec = spec_of(chart)
    assert spec["podSecurityContext"] == {
        "runAsNonRoot": True,
        "runAsUser": 999,
        "runAsGroup": 999,
        "fsGroup": 999,
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    assert spec["containerSecurityContext"] == {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ({"runAsUser": 5}, {"runAsUser": 5, "fsGroup": 999}),
        ({"fsGroup": 5}, {"fsGroup": 5}),
        (k8s.PodSecurityContext(run_as_user=5), {"runAsUser": 5, "fsGroup": 999}),
    ],
)
def test_a_security_context_keeps_the_group_without_which_no_volume_is_writable(
    chart: Chart, given: Any, written: dict[str, Any]
) -> None:
    DragonflyCache(chart, "cache", pod_security_context=given)
    assert spec_of(chart)["podSecurityContext"] == written


def test_the_group_is_left_to_the_platform_where_asked_for(chart: Chart) -> None:
    DragonflyCache(chart, "cache", pod_security_context={"runAsUser": 5}, skip_fs_group=True)
    spec = spec_of(chart)
    assert (spec["podSecurityContext"], spec["skipFSGroup"]) == ({"runAsUser": 5}, True)


# What others need of it


def test_a_cache_tells_where_it_is(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", name="sessions", namespace="identity")
    assert (cache.name, cache.namespace, cache.port) == ("sessions", "identity", 6379)
    assert cache.host == "sessions.identity.svc.cluster.local"
    assert cache.url() == "redis://sessions.identity.svc.cluster.local:6379"
    assert cache.url(database=2) == "redis://sessions.identity.svc.cluster.local:6379/2"
    assert cache.pod_labels == {"app": "sessions", "app.kubernetes.io/name": "dragonfly"}
    assert cache.snapshots is None


def test_a_cache_with_tls_and_a_service_of_another_name_tells_so(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", service_name="redis", tls_secret_ref="tls")
    assert cache.url() == "rediss://redis.cache.svc.cluster.local:6379"


def test_two_caches_live_in_one_chart(chart: Chart) -> None:
    DragonflyCache(chart, "a", name="a")
    DragonflyCache(chart, "b", name="b")
    assert [manifest["metadata"]["name"] for manifest in synthesized(chart)] == ["a", "b"]


# What it does not foresee


@pytest.mark.parametrize(
    "path", ["/spec/fieldOfTomorrow", "/spec/resources/limits/nvidia.com~1gpu", "/metadata/labels"]
)
def test_a_json_patch_is_honoured_also_for_fields_that_the_binding_does_not_know(chart: Chart, path: str) -> None:
    cache = DragonflyCache(chart, "cache")
    cache.api_object.add_json_patch(JsonPatch.add(path, {"a": "1"}))
    written: Any = manifests(chart)["Dragonfly"]
    for step in path.removeprefix("/").split("/"):
        written = written[step.replace("~1", "/")]
    assert written == {"a": "1"}


def test_a_patch_may_take_away_what_we_wrote(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache")
    cache.api_object.add_json_patch(JsonPatch.remove("/spec/authentication"))
    cache.api_object.add_json_patch(JsonPatch.replace("/spec/replicas", 0))
    spec = spec_of(chart)
    assert "authentication" not in spec
    assert spec["replicas"] == 0


def test_the_resource_is_an_api_object_like_any_other(cache: DragonflyCache) -> None:
    assert isinstance(cache.api_object, ApiObject)
    assert cache.api_object.kind == "Dragonfly"
    assert cache.api_object.metadata.namespace == "cache"


# Errors and warnings


def test_a_namespace_that_nobody_gave_is_an_error_before_the_tree_is_touched() -> None:
    chart = new_chart(namespace=None)
    with pytest.raises(InvalidArguments) as error:
        DragonflyCache(chart, "cache")
    assert str(error.value) == (
        "DragonflyCache 'sessions/cache': namespace: neither the construct nor its chart has one; "
        "give namespace='…' to either"
    )
    assert chart.node.children == []


def test_a_wrong_argument_leaves_the_tree_as_it_was(chart: Chart) -> None:
    with pytest.raises(InvalidArguments):
        DragonflyCache(chart, "cache", replicas=0)
    assert chart.node.children == []
    DragonflyCache(chart, "cache", replicas=1)


def test_a_warning_points_at_the_line_that_made_the_cache(chart: Chart) -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        DragonflyCache(chart, "cache", memcached_port=11211)
    (warning,) = told
    assert warning.filename == __file__
    assert str(warning.message) == (
        "DragonflyCache 'sessions/cache': memcached_port: memcached clients need no password and heed no ACL; let a "
        "network policy say who may"
    )


def test_a_positional_argument_is_refused_instead_of_dropped(chart: Chart) -> None:
    with pytest.raises(TypeError, match="takes keyword arguments only after scope and id"):
        DragonflyCache(chart, "cache", "sessions")  # type: ignore[call-arg]


def test_the_same_arguments_give_the_same_bytes() -> None:
    written = []
    for labels in ({"a": "1", "b": "2"}, {"a": "1", "b": "2"}):
        chart = new_chart()
        DragonflyCache(chart, "cache", replicas=3, labels=labels, flags={"hz": 1, "tcp_backlog": 2})
        written.append(synthesized(chart))
    assert repr(written[0]) == repr(written[1])
