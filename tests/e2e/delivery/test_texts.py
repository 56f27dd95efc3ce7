"""What we write arrives as we wrote it: no `${…}` of a dashboard, a rule or a script is taken for Flux' own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from tests.e2e.delivery.delivery import Delivery

pytestmark = pytest.mark.xdist_group("flux-delivered")

FILLED_IN = {"v1 Secret"}
"""Kinds that Flux decrypts or fills in: test_secrets.py."""


@pytest.mark.parametrize("name", ["default", "everything-on", "restored", "external", "grafana-operator"])
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


def differences(written: Any, live: Any, where: str = "") -> list[str]:
    """Where a live object lacks what is written, or has something else there; what the server adds is no difference."""
    if isinstance(written, Mapping) and isinstance(live, Mapping):
        return [each for key, part in written.items() for each in differences(part, live.get(key), f"{where}.{key}")]
    if isinstance(written, list) and isinstance(live, list) and len(written) == len(live):
        return [
            each
            for index, (one, other) in enumerate(zip(written, live, strict=True))
            for each in differences(one, other, f"{where}[{index}]")
        ]
    return [] if written == live else [where]
