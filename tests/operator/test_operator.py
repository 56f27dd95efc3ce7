"""`DragonflyOperator`: the chart's source, the release, and values that the chart has."""

from __future__ import annotations

from typing import Any

import pytest
from cdk8s import Chart, JsonPatch

from constructs_lib import DragonflyOperator, DragonflyWarning, InvalidArguments
from tests.charts import manifests, spec_of
from tests.operators import NEWEST, NOT_KNOWN_YET

NAMESPACE = "dragonfly-operator-system"

VALUES_OF_THE_CHART = {
    "crds": {"install", "keep"},
    "replicaCount": None,
    "podSecurityContext": None,
    "manager": {"resources", "securityContext", "priorityClassName", "nodeSelector", "tolerations"},
    "serviceMonitor": {"enabled", "interval", "labels"},
    "rbacProxy": {"enabled"},
}
"""What the chart reads, of what we write; anything else it would silently ignore."""


def values(chart: Chart) -> dict[str, Any]:
    given: dict[str, Any] = spec_of(chart, "HelmRelease")["values"]
    return given


def test_the_chart_comes_from_a_helm_repository_under_its_exact_version(chart: Chart) -> None:
    operator = DragonflyOperator(chart, "operator", version="1.3.1")
    written = manifests(chart)
    assert written["HelmRepository"] == {
        "apiVersion": "source.toolkit.fluxcd.io/v1",
        "kind": "HelmRepository",
        "metadata": {"name": "dragonfly-operator", "namespace": NAMESPACE},
        "spec": {
            "type": "oci",
            "url": "oci://ghcr.io/dragonflydb/dragonfly-operator/helm",
            "interval": "1h",
        },
    }
    release = written["HelmRelease"]
    assert release["metadata"] == {"name": "dragonfly-operator", "namespace": NAMESPACE}
    assert release["spec"]["releaseName"] == "dragonfly-operator"
    assert release["spec"]["chart"]["spec"] == {
        "chart": "dragonfly-operator",
        "version": "v1.3.1",
        "sourceRef": {"kind": "HelmRepository", "name": "dragonfly-operator"},
    }
    assert operator.pod_labels == {
        "app.kubernetes.io/name": "dragonfly-operator",
        "control-plane": "controller-manager",
    }


def test_the_chart_comes_from_an_oci_repository_under_its_tag(chart: Chart) -> None:
    DragonflyOperator(chart, "operator", version="v1.6.1", source="OCIRepository")
    written = manifests(chart)
    assert written["OCIRepository"]["spec"] == {
        "url": "oci://ghcr.io/dragonflydb/dragonfly-operator/helm/dragonfly-operator",
        "interval": "1h",
        "ref": {"tag": "v1.6.1"},
    }
    release = written["HelmRelease"]["spec"]
    assert release["chartRef"] == {"kind": "OCIRepository", "name": "dragonfly-operator"}
    assert "chart" not in release


@pytest.mark.parametrize("source", ["HelmRepository", "OCIRepository"])
def test_the_release_keeps_the_name_that_facts_about_its_pods_hold_for(chart: Chart, source: Any) -> None:
    """With a target namespace the names of release and Deployment would change."""
    DragonflyOperator(chart, "operator", source=source, namespace="operators")
    release = manifests(chart)["HelmRelease"]
    assert release["metadata"]["namespace"] == "operators"
    assert "targetNamespace" not in release["spec"]


def test_every_value_is_one_that_the_chart_has(chart: Chart) -> None:
    DragonflyOperator(
        chart,
        "operator",
        replica_count=2,
        crds_keep=False,
        cpu_limit=1,
        priority_class_name="high",
        node_selector={"disk": "fast"},
        tolerations=[{"operator": "Exists"}],
        monitoring=True,
        monitoring_labels={"release": "prometheus"},
    )
    given = values(chart)
    for name, value in given.items():
        assert name in VALUES_OF_THE_CHART
        parts = VALUES_OF_THE_CHART[name]
        assert parts is None or set(value) <= parts
    assert (given["crds"], given["replicaCount"]) == ({"install": True, "keep": False}, 2)
    assert given["manager"]["resources"] == {
        "requests": {"cpu": "50m", "memory": "64Mi"},
        "limits": {"memory": "128Mi", "cpu": "1"},
    }
    assert given["manager"]["nodeSelector"] == {"disk": "fast"}
    assert given["manager"]["tolerations"] == [{"operator": "Exists"}]
    assert given["manager"]["priorityClassName"] == "high"


def test_monitoring_switches_off_the_proxy_behind_which_the_target_is_always_down(chart: Chart) -> None:
    DragonflyOperator(chart, "operator", monitoring=True, monitoring_interval="15s", monitoring_labels={"a": "b"})
    given = values(chart)
    assert given["serviceMonitor"] == {"enabled": True, "interval": "15s", "labels": {"a": "b"}}
    assert given["rbacProxy"] == {"enabled": False}


def test_without_monitoring_the_proxy_stays(chart: Chart) -> None:
    DragonflyOperator(chart, "operator")
    assert not {"serviceMonitor", "rbacProxy"} & set(values(chart))


def test_the_pods_pass_restricted(chart: Chart) -> None:
    DragonflyOperator(chart, "operator")
    given = values(chart)
    assert given["podSecurityContext"] == {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
    security = given["manager"]["securityContext"]
    assert security["allowPrivilegeEscalation"] is False
    assert security["capabilities"] == {"drop": ["ALL"]}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"version": ">=1.3.1"}, "version: '>=1.3.1' is no version; accepted: one exact version"),
        ({"version": "v1.6.0"}, "version: v1.6.0 does not work: its chart lacks a right that the operator needs"),
        ({"version": "v1.2.0"}, f"version: v1.2.0 is not supported; accepted: v1.3.1 to {NEWEST}"),
        ({"source": "GitRepository"}, "source: 'GitRepository' is not accepted; accepted: 'HelmRepository' or"),
        ({"interval": "1 hour"}, "interval: '1 hour' is no duration; accepted: numbers with ms, s, m or h"),
        ({"memory_request": "1Gi"}, "memory_request: 1Gi is more than the memory limit of 128Mi"),
        ({"cpu_limit": "10m"}, "cpu_request: 50m is more than the CPU limit of 10m"),
        ({"replica_count": 0}, "replica_count: 0 is not accepted; accepted: a number not below 1"),
        ({"tolerations": [{"kee": "a"}]}, "tolerations[0].kee: no field of Toleration; did you mean 'key'?"),
        ({"namespace": "Ops"}, "namespace: 'Ops' is not a valid name; accepted: a DNS-1123 label"),
    ],
)
def test_what_cannot_work_is_refused(chart: Chart, given: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidArguments) as error:
        DragonflyOperator(chart, "operator", **given)
    assert [str(error)[: len(message)] for error in error.value.errors] == [message]
    assert chart.node.children == []


def test_a_version_newer_than_the_catalogue_is_taken_with_a_warning(chart: Chart) -> None:
    with pytest.warns(DragonflyWarning, match=f"version: {NOT_KNOWN_YET} is newer than what was tried"):
        DragonflyOperator(chart, "operator", version=NOT_KNOWN_YET)
    assert spec_of(chart, "HelmRelease")["chart"]["spec"]["version"] == NOT_KNOWN_YET


def test_a_json_patch_on_release_and_source_is_honoured(chart: Chart) -> None:
    operator = DragonflyOperator(chart, "operator")
    operator.api_object.add_json_patch(JsonPatch.add("/spec/values/extra", 1))
    operator.api_object.add_json_patch(JsonPatch.add("/spec/fieldOfTomorrow", 1))
    operator.source.add_json_patch(JsonPatch.add("/spec/fieldOfTomorrow", 1))
    assert spec_of(chart, "HelmRelease")["values"]["extra"] == 1
    assert spec_of(chart, "HelmRelease")["fieldOfTomorrow"] == 1
    assert spec_of(chart, "HelmRepository")["fieldOfTomorrow"] == 1
