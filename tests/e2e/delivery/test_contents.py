"""What we write arrives as we wrote it and stays so: Flux takes no `${…}` of a dashboard or a script for its own."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
import yaml

from tests.e2e.delivery.delivery import Delivery, reconcile_all
from tests.e2e.delivery.differences import differences

LOOKED_AT = ("default", "everything-on", "encrypted", "substituted", "external", "restored", "grafana-operator")
USES = (*LOOKED_AT, "unannotated")
FILLED_IN = {"v1 Secret"}
"""Kinds that Flux decrypts or fills in: test_secrets.py."""


@pytest.mark.parametrize("name", LOOKED_AT)
def test_every_object_arrives_as_it_is_written(name: str, delivered: Mapping[str, Delivery]) -> None:
    delivery = delivered[name]
    differing = []
    for manifest in delivery.manifests:
        if f"{manifest.api_version} {manifest.kind}" in FILLED_IN:
            continue
        live = delivery.server.get(manifest.api_version, manifest.kind, manifest.namespace, manifest.name).body
        differing += [f"{manifest}: {where}" for where in differences(manifest.object, live)]
    assert differing == []


@pytest.mark.parametrize(
    ("name", "kind", "text"),
    [
        ("everything-on", "ConfigMap", "${datasource}"),
        ("grafana-operator", "GrafanaDashboard", "${datasource}"),
        ("everything-on", "PrometheusRule", "{{ $labels."),
    ],
)
def test_what_could_be_taken_for_a_variable_is_in_there(
    name: str, kind: str, text: str, delivered: Mapping[str, Delivery]
) -> None:
    """Else the test before proves nothing."""
    assert any(text in str(manifest.object) for manifest in delivered[name].manifests if manifest.kind == kind)


def test_a_second_reconciliation_of_the_same_files_changes_nothing(delivered: Mapping[str, Delivery]) -> None:
    before = {name: delivered[name].versions() for name in LOOKED_AT}
    reconcile_all(delivered[name] for name in LOOKED_AT)
    assert {name: delivered[name].versions() for name in LOOKED_AT} == before
    assert "gone" not in {version for versions in before.values() for version in versions.values()}


def test_a_dashboard_without_the_annotation_fails_its_part_and_names_the_variable(
    delivered: Mapping[str, Delivery],
) -> None:
    delivery = delivered["unannotated"]
    before = delivery.versions()
    (file,) = (manifest.file for manifest in delivery.manifests if manifest.kind == "ConfigMap")
    dashboard = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert dashboard["metadata"].pop("annotations")["kustomize.toolkit.fluxcd.io/substitute"] == "disabled"
    file.write_text(yaml.safe_dump(dashboard), encoding="utf-8")
    delivery.push()
    assert 'variable not set (strict mode): "datasource"' in delivery.fails("dragonfly")
    assert delivery.versions() == before
