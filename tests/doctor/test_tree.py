"""How objects belong together: which operator serves them, and what lies where Flux applies it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from constructs_lib.checks.manifests import Manifest
from constructs_lib.doctor.objects import Objects, installed_operator
from constructs_lib.values.version import Version


def manifest(
    kind: str, spec: Mapping[str, object], *, file: str = "all.yaml", api_version: str = "v1", name: str = "a"
) -> Manifest:
    return Manifest(Path(file), {"apiVersion": api_version, "kind": kind, "metadata": {"name": name}, "spec": spec})


RELEASE = {"chart": {"spec": {"chart": "dragonfly-operator", "version": "v1.5.0"}}}
SOURCE = {"url": "oci://registry.example/mirror/dragonfly-operator", "ref": {"tag": "v1.4.0"}}
DEPLOYMENT = {
    "template": {"spec": {"containers": [{"image": "registry.example:5000/dragonflydb/operator:v1.6.1@sha256:0"}]}}
}


@pytest.mark.parametrize(
    ("found", "version"),
    [
        (manifest("HelmRelease", RELEASE), "v1.5.0"),
        (manifest("OCIRepository", SOURCE), "v1.4.0"),
        (manifest("Deployment", DEPLOYMENT), "v1.6.1"),
        (manifest("Deployment", {}), "v1.3.1"),
        (manifest("HelmRelease", {"chart": {"spec": {"chart": "other", "version": "v1.5.0"}}}), "v1.3.1"),
    ],
)
def test_the_version_of_the_operator_is_the_one_that_is_installed(found: Manifest, version: str) -> None:
    assert installed_operator([found]) == Version.of(version)


def kustomization(path: str, name: str = "apps") -> Manifest:
    return manifest("Kustomization", {"path": path}, api_version="kustomize.toolkit.fluxcd.io/v1", name=name)


def test_a_kustomization_applies_what_lies_at_its_path() -> None:
    cache = manifest("Dragonfly", {}, file="repository/apps/cache/a.yaml", api_version="dragonflydb.io/v1alpha1")
    near, far = kustomization("./apps/cache"), kustomization("./apps/web", "dragonfly-web")
    elsewhere = manifest("ConfigMap", {}, file="repository/apps/web/b.yaml")
    tree = Objects([cache, elsewhere, near, far], Version.of("v1.3.1"))
    assert list(tree.appliers(cache)) == [near]
    assert list(tree.appliers(elsewhere)) == [far]


def test_a_kustomization_of_other_things_is_left_alone() -> None:
    cache = manifest("Dragonfly", {}, file="repository/apps/cache/a.yaml", api_version="dragonflydb.io/v1alpha1")
    tree = Objects([cache, kustomization("./apps/web"), kustomization("")], Version.of("v1.3.1"))
    assert tree.flux_kustomizations == ()
