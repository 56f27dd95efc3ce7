"""`FluxKustomization` and the namespaces beside it."""

from __future__ import annotations

from typing import Any

import pytest
from cdk8s import Chart, JsonPatch

from constructs_lib import (
    DRAGONFLY_IS_READY,
    Dependency,
    DragonflyWarning,
    FluxKustomization,
    InvalidArguments,
    SourceReference,
    SubstituteFrom,
    add_namespace,
)
from tests.charts import manifests, new_chart, spec_of

READY = "has(status.phase) && status.phase in ['Ready', 'ready']"


def test_a_kustomization_waits_prunes_and_comes_from_the_clusters_own_repository(chart: Chart) -> None:
    FluxKustomization(chart, "flux", name="sessions", path="./dist/sessions")
    assert manifests(chart)["Kustomization"] == {
        "apiVersion": "kustomize.toolkit.fluxcd.io/v1",
        "kind": "Kustomization",
        "metadata": {"name": "sessions", "namespace": "cache"},
        "spec": {
            "path": "./dist/sessions",
            "sourceRef": {"kind": "GitRepository", "name": "flux-system", "namespace": "flux-system"},
            "interval": "1h",
            "retryInterval": "30s",
            "timeout": "10m",
            "prune": True,
            "wait": True,
        },
    }


def test_everything_of_it_is_configurable(chart: Chart) -> None:
    FluxKustomization(
        chart,
        "flux",
        name="sessions",
        namespace="flux-system",
        path="./dist/sessions",
        source_ref=SourceReference(kind="OCIRepository", name="artifacts", namespace="flux"),
        depends_on=[Dependency(name="dragonfly-operator"), Dependency(name="rustfs", namespace="storage")],
        interval="10m",
        retry_interval="1m30s",
        timeout="5m",
        prune=False,
        wait=False,
        suspend=True,
        substitute_from=[SubstituteFrom(name="secrets"), SubstituteFrom(kind="ConfigMap", name="a", optional=True)],
        decryption_secret="sops-age",
        health_check_exprs=[DRAGONFLY_IS_READY],
        service_account_name="deployer",
    )
    written = manifests(chart)["Kustomization"]
    assert written["metadata"]["namespace"] == "flux-system"
    assert written["spec"] == {
        "path": "./dist/sessions",
        "sourceRef": {"kind": "OCIRepository", "name": "artifacts", "namespace": "flux"},
        "dependsOn": [{"name": "dragonfly-operator"}, {"name": "rustfs", "namespace": "storage"}],
        "interval": "10m",
        "retryInterval": "1m30s",
        "timeout": "5m",
        "prune": False,
        "wait": False,
        "suspend": True,
        "postBuild": {
            "substituteFrom": [
                {"kind": "Secret", "name": "secrets"},
                {"kind": "ConfigMap", "name": "a", "optional": True},
            ]
        },
        "decryption": {"provider": "sops", "secretRef": {"name": "sops-age"}},
        "healthCheckExprs": [
            {
                "apiVersion": "dragonflydb.io/v1alpha1",
                "kind": "Dragonfly",
                "current": READY,
                "inProgress": f"!({READY})",
            }
        ],
        "serviceAccountName": "deployer",
    }


@pytest.mark.parametrize("kind", ["GitRepository", "OCIRepository", "Bucket"])
def test_each_kind_of_source_is_written_under_its_own_name(chart: Chart, kind: Any) -> None:
    FluxKustomization(chart, "flux", name="a", path="./a", source_ref=SourceReference(kind=kind))
    assert spec_of(chart, "Kustomization")["sourceRef"]["kind"] == kind


def test_references_may_be_mappings(chart: Chart) -> None:
    given: dict[str, Any] = {"depends_on": [{"name": "b"}], "source_ref": {"name": "c"}}
    FluxKustomization(chart, "flux", name="a", path="./a", **given)
    spec = spec_of(chart, "Kustomization")
    assert (spec["dependsOn"], spec["sourceRef"]["name"]) == ([{"name": "b"}], "c")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"interval": "1 hour"}, "interval: '1 hour' is no duration; accepted: numbers with ms, s, m or h"),
        ({"timeout": 60}, "timeout: 60 is no duration; accepted: numbers with ms, s, m or h"),
        ({"depends_on": ["b"]}, "depends_on[0]: a text is not accepted; accepted: a Dependency, or a mapping"),
        ({"depends_on": [{"nam": "b"}]}, "depends_on[0].name: missing"),
        ({"source_ref": {"kind": "HelmRepository"}}, "source_ref.kind: 'HelmRepository' is not accepted; accepted:"),
        ({"path": ""}, "path: '' is not accepted; accepted: a text that is not empty"),
        ({"prune": "yes"}, "prune: 'yes' is not accepted; accepted: true or false"),
        ({"name": "A"}, "name: 'A' is no name of an object; accepted: a DNS-1123 subdomain"),
    ],
)
def test_what_cannot_work_is_refused(chart: Chart, given: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidArguments) as error:
        FluxKustomization(chart, "flux", **({"name": "a", "path": "./a"} | given))
    assert str(error.value.errors[0]).startswith(message)
    assert chart.node.children == []


def test_name_and_path_have_no_default(chart: Chart) -> None:
    with pytest.raises(InvalidArguments) as error:
        FluxKustomization(chart, "flux")  # type: ignore[call-arg]
    assert [str(error) for error in error.value.errors] == [
        "name: missing; it has no default",
        "path: missing; it has no default",
    ]


def test_a_namespace_that_nobody_gave_is_an_error_before_the_tree_is_touched() -> None:
    chart = new_chart(namespace=None)
    with pytest.raises(InvalidArguments, match="FluxKustomization 'sessions/flux': namespace: neither the construct"):
        FluxKustomization(chart, "flux", name="a", path="./a")
    assert chart.node.children == []


def test_a_json_patch_is_honoured_also_for_fields_that_the_binding_does_not_know(chart: Chart) -> None:
    flux = FluxKustomization(chart, "flux", name="a", path="./a")
    flux.api_object.add_json_patch(JsonPatch.add("/spec/fieldOfTomorrow", True))
    assert spec_of(chart, "Kustomization")["fieldOfTomorrow"] is True


@pytest.mark.parametrize("of_the_chart", ["cache", None])
def test_a_namespace_is_in_no_namespace_and_outlives_its_folder(of_the_chart: str | None) -> None:
    chart = new_chart(of_the_chart)
    add_namespace(chart, "cache", "baseline")
    assert manifests(chart)["Namespace"] == {
        "apiVersion": "v1",
        "kind": "Namespace",
        "metadata": {
            "name": "cache",
            "labels": {
                "kustomize.toolkit.fluxcd.io/prune": "disabled",
                "pod-security.kubernetes.io/audit": "baseline",
                "pod-security.kubernetes.io/enforce": "baseline",
                "pod-security.kubernetes.io/warn": "baseline",
            },
        },
    }


def test_a_timeout_that_flux_takes_for_a_longer_one_is_warned_of(chart: Chart) -> None:
    with pytest.warns(DragonflyWarning, match="timeout: 29s: Flux takes it for 30s"):
        FluxKustomization(chart, "short", name="short", path="./dist/short", timeout="29s")


def test_flux_own_shortest_timeout_is_taken_as_it_is(chart: Chart, recwarn: pytest.WarningsRecorder) -> None:
    FluxKustomization(chart, "shortest", name="shortest", path="./dist/shortest", timeout="0.5m")
    assert not recwarn.list
