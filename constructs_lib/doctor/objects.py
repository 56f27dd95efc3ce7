"""All objects that the doctor sees, and how they belong together: who selects, applies or contains whom.

A namespace that a manifest does not name comes from elsewhere (kustomize, Flux, `kubectl -n`), so it may be any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from constructs_lib.checks.findings import chart_versions
from constructs_lib.checks.manifests import Manifest
from constructs_lib.doctor.instance import Instance
from constructs_lib.dragonfly.instance import API_GROUP, KIND, image_tag
from constructs_lib.dragonfly.operator_versions import OLDEST_SUPPORTED
from constructs_lib.flux.annotations import FLUX_GROUP
from constructs_lib.operator.arguments import CHART, OPERATOR_NAMESPACE
from constructs_lib.operator.helm_release import installs_operator
from constructs_lib.values.fields import mappings, text
from constructs_lib.values.version import Version

OPERATOR_IMAGES = ("dragonflydb/operator", "dragonflydb/dragonfly-operator")
"""The operator's own image, as rendered manifests name it."""


@dataclass(frozen=True)
class Objects:
    """The objects of all paths, for one version of the operator."""

    manifests: Sequence[Manifest]
    operator: Version

    def of_kind(self, *kinds: str) -> Iterator[Manifest]:
        """The objects of those kinds, in the order of their files."""
        return (manifest for manifest in self.manifests if manifest.kind in kinds)

    @cached_property
    def instances(self) -> tuple[Instance, ...]:
        """The Dragonflies."""
        return tuple(
            Instance.of(manifest, self.operator) for manifest in self.of_kind(KIND) if manifest.group == API_GROUP
        )

    @cached_property
    def operator_releases(self) -> tuple[Manifest, ...]:
        """The HelmReleases that install the operator, or are called after it: of these a wrong chart is a fault."""
        objects = [manifest.object for manifest in self.manifests]
        return tuple(
            release
            for release in self.of_kind("HelmRelease")
            if release.name == CHART or installs_operator(release.object, objects)
        )

    @property
    def operator_namespaces(self) -> frozenset[str]:
        """Where the operator may run."""
        names = {
            text(release.object, "spec", "targetNamespace") or release.namespace for release in self.operator_releases
        }
        return frozenset(names - {""}) | {OPERATOR_NAMESPACE}

    @cached_property
    def flux_kustomizations(self) -> tuple[Manifest, ...]:
        """Flux' Kustomizations that have to do with Dragonfly: by what lies at their path, else by their name."""
        found = [manifest for manifest in self.of_kind("Kustomization") if manifest.group == FLUX_GROUP]
        ours = [instance.manifest for instance in self.instances] + list(self.operator_releases)
        return tuple(
            manifest
            for manifest in found
            if "dragonfly" in f"{manifest.name} {text(manifest.object, 'spec', 'path')}".lower()
            or any(lies_under(our, manifest) for our in ours)
        )

    def appliers(self, manifest: Manifest) -> Iterator[Manifest]:
        """The Kustomizations that may apply an object: those at whose path it lies, and those whose path is nowhere."""
        for kustomization in self.flux_kustomizations:
            if lies_under(manifest, kustomization) or not any(
                lies_under(other, kustomization) for other in self.manifests
            ):
                yield kustomization


def lies_under(manifest: Manifest, kustomization: Manifest) -> bool:
    """Whether an object's file lies in the folder that a Kustomization names, wherever the repository begins."""
    wanted = tuple(
        part for part in PurePath(text(kustomization.object, "spec", "path")).parts if part not in ("/", ".")
    )
    folders = manifest.file.absolute().parent.parts
    return bool(wanted) and any(
        folders[start : start + len(wanted)] == wanted for start in range(len(folders) - len(wanted) + 1)
    )


def may_be_same_namespace(one: str, other: str) -> bool:
    """Whether two namespaces may be the same, where one may not be named."""
    return one == other or not one or not other


def installed_operator(manifests: Sequence[Manifest]) -> Version:
    """The version of the operator that the objects install, by Helm, Flux or as a Deployment; else the library's."""
    for manifest in manifests:
        for version in _versions(manifest):
            with suppress(ValueError):
                return Version.of(version)
    return OLDEST_SUPPORTED


def _versions(manifest: Manifest) -> Iterator[str]:
    yield from chart_versions(manifest)
    if manifest.kind == "Deployment":
        for container in mappings(manifest.object, "spec", "template", "spec", "containers"):
            image = text(container, "image")
            if image.partition("@")[0].rpartition(":")[0].endswith(OPERATOR_IMAGES):
                yield image_tag(image)
