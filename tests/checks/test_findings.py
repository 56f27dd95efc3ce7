"""A whole folder's findings: custom resources, Kubernetes' own objects, doubles."""

from __future__ import annotations

from pathlib import Path

import pytest

from constructs_lib.checks.definitions import Definitions
from constructs_lib.checks.findings import check_manifests, installed_operator_version
from constructs_lib.checks.manifests import UnreadableManifest, read_manifests
from constructs_lib.values.version import Version
from tests.checks.test_definitions import crd

KNOWN = Definitions([crd("example.org", "Widget")])
SECRET_VALUE = "47110815"


def write(folder: Path, text: str, name: str = "manifests.yaml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def errors(folder: Path, text: str) -> list[str]:
    file = write(folder, text)
    return [error.removeprefix(f"{file}: ") for error in check_manifests(read_manifests(file), KNOWN).errors]


def test_an_error_names_file_object_and_field(tmp_path: Path) -> None:
    file = write(tmp_path, "{apiVersion: example.org/v1, kind: Widget, metadata: {name: a}, spec: {replicas: '1'}}")
    (error,) = check_manifests(read_manifests(tmp_path), KNOWN).errors
    assert error.startswith(f"{file}: Widget a: spec.replicas: a text is not accepted")


def test_objects_of_kubernetes_own_are_checked_by_their_types(tmp_path: Path) -> None:
    job = "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {template: {spec: {containers: [{nam: a}]}}}}"
    assert errors(tmp_path, job) == [
        "Job a: spec.template.spec.containers[0].nam: no field of Container; did you mean 'name'?",
        "Job a: spec.template.spec.containers[0]: Container has no name; it is required",
    ]


def test_an_object_needs_a_name(tmp_path: Path) -> None:
    assert errors(tmp_path, "{apiVersion: v1, kind: ConfigMap}") == [
        "ConfigMap: metadata.name: missing; it is required"
    ]


def test_a_kind_that_its_group_lacks_is_an_error(tmp_path: Path) -> None:
    told = "Widgets a: the CRDs know no Widgets in example.org/v1"
    assert errors(tmp_path, "{apiVersion: example.org/v1, kind: Widgets, metadata: {name: a}}") == [told]


@pytest.mark.parametrize(
    ("group", "kind"),
    [
        ("source.toolkit.fluxcd.io", "GitRepository"),
        ("monitoring.coreos.com", "Probe"),
        ("external-secrets.io", "SecretStore"),
        ("grafana.integreatly.org", "GrafanaFolder"),
    ],
)
def test_a_further_kind_of_a_group_that_is_known_in_part_is_counted_not_passed(
    group: str, kind: str, tmp_path: Path
) -> None:
    write(tmp_path, f"{{apiVersion: {group}/v1, kind: {kind}, metadata: {{name: a}}}}")
    findings = check_manifests(read_manifests(tmp_path), Definitions([crd(group, "Known")]))
    assert (findings.errors, findings.unknown) == ([], {f"{group}/v1 {kind}": 1})


def test_a_kind_that_is_known_in_another_version_is_an_error_in_any_group(tmp_path: Path) -> None:
    file = write(tmp_path, "{apiVersion: external-secrets.io/v1beta1, kind: ExternalSecret, metadata: {name: a}}")
    (error,) = check_manifests(read_manifests(file), Definitions([crd("external-secrets.io", "ExternalSecret")])).errors
    assert error.endswith("the CRDs know no ExternalSecret in external-secrets.io/v1beta1")


def test_a_kind_of_an_unknown_group_is_counted_not_passed(tmp_path: Path) -> None:
    write(tmp_path, "{apiVersion: example.com/v1, kind: Gadget, metadata: {name: a}}")
    findings = check_manifests(read_manifests(tmp_path), KNOWN)
    assert (findings.checked, findings.unknown) == (0, {"example.com/v1 Gadget": 1})


def test_an_object_that_two_files_hold_is_an_error(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        write(tmp_path, "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: b}}", name)
    findings = check_manifests(read_manifests(tmp_path), KNOWN)
    assert findings.errors == [
        f"{tmp_path / 'b.yaml'}: ConfigMap a: it is in {tmp_path / 'a.yaml'} too; accepted: once"
    ]


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (f"stringData: {{password: {SECRET_VALUE}}}", "stringData.password: no text"),
        (f"data: {{password: {SECRET_VALUE}}}", "data.password: no text"),
        (f"data: {{password: '{SECRET_VALUE}!'}}", "data.password: not in base64"),
        (f"data: [{SECRET_VALUE}]", "data: no mapping"),
    ],
)
def test_an_error_in_a_secret_never_shows_the_value(tmp_path: Path, part: str, told: str) -> None:
    (error,) = errors(tmp_path, f"{{apiVersion: v1, kind: Secret, metadata: {{name: a}}, {part}}}")
    assert told in error
    assert SECRET_VALUE not in error


def test_an_error_in_an_environment_variable_never_shows_the_value(tmp_path: Path) -> None:
    pod = f"{{containers: [{{name: a, env: [{{name: PASSWORD, value: {SECRET_VALUE}}}]}}], restartPolicy: Never}}"
    job = f"{{apiVersion: batch/v1, kind: Job, metadata: {{name: a}}, spec: {{template: {{spec: {pod}}}}}}}"
    (error,) = errors(tmp_path, job)
    assert SECRET_VALUE not in error


def test_a_secret_that_sops_encrypted_is_as_it_should_be(tmp_path: Path) -> None:
    encrypted = "data: {password: 'ENC[AES256_GCM,data:x]'}, sops: {mac: x}"
    assert errors(tmp_path, f"{{apiVersion: v1, kind: Secret, metadata: {{name: a}}, {encrypted}}}") == []


def test_kustomize_files_are_no_objects(tmp_path: Path) -> None:
    write(tmp_path, "{apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, resources: []}")
    assert list(read_manifests(tmp_path)) == []


def test_yaml_is_read_as_kubernetes_reads_it(tmp_path: Path) -> None:
    told = "ConfigMap a: data.enabled: a boolean is not accepted; accepted: a text"
    assert errors(tmp_path, "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {enabled: on}}") == [told]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"password: {SECRET_VALUE}\n  : [", "line 2"),
        (f"password: {SECRET_VALUE}\n", "no Kubernetes object"),
        (f"- {SECRET_VALUE}\n", "no Kubernetes object"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_without_its_content(tmp_path: Path, text: str, told: str) -> None:
    write(tmp_path, text)
    with pytest.raises(UnreadableManifest, match=told) as error:
        list(read_manifests(tmp_path))
    assert SECRET_VALUE not in str(error.value)


@pytest.mark.parametrize(
    "operator",
    [
        "kind: HelmRelease, spec: {chart: {spec: {chart: dragonfly-operator, version: v1.5.0}}}",
        "kind: OCIRepository, spec: {url: 'oci://registry.example/helm/dragonfly-operator', ref: {tag: v1.5.0}}",
    ],
)
def test_the_operator_version_is_the_one_that_the_manifests_install(tmp_path: Path, operator: str) -> None:
    write(
        tmp_path,
        "{apiVersion: v1, kind: HelmRelease, spec: {chart: {spec: {chart: other, version: v9.0.0}}}}",
        "a.yaml",
    )
    write(tmp_path, f"{{apiVersion: v1, {operator}}}", "b.yaml")
    assert installed_operator_version(list(read_manifests(tmp_path))) == Version.of("v1.5.0")
