"""The namespace that each object of a tree comes to be in, where its own manifest does not name it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from constructs_lib.checks.manifests import KUSTOMIZE_GROUP, Manifest
from constructs_lib.doctor.objects import lies_under
from constructs_lib.operator.arguments import CHART, OPERATOR_NAMESPACE
from constructs_lib.operator.helm_release import installs_operator
from constructs_lib.review.sides.trees import key_of
from constructs_lib.values.fields import text

DEFAULT_NAMESPACE = "cache"
"""Where an instance comes to be whose namespace nobody names: the default of `dragonfly_namespace`."""

OF_THE_CLUSTER = frozenset(
    {
        "ClusterIssuer",
        "ClusterRole",
        "ClusterRoleBinding",
        "ClusterSecretStore",
        "CiliumClusterwideNetworkPolicy",
        "CustomResourceDefinition",
        "Namespace",
        "PersistentVolume",
        "PriorityClass",
        "StorageClass",
    }
)
"""Kinds without a namespace, as far as they stand beside a cache."""


def with_namespaces(manifests: Sequence[Manifest], namespace: str | None) -> tuple[list[Manifest], list[Manifest]]:
    """Each object of a cluster in the namespace that it comes to be in, and those of them that do not name it.

    kustomize's own file names it, or Flux' Kustomization; else it is the one that was given. Of an object that stands
    there twice, in a base and in what changes it, the last counts.

    Args:
        manifests: what the files hold, kustomize's own files among it.
        namespace: for those of which nobody says it.
    """
    kustomize = {
        manifest.file.parent: text(manifest.object, "namespace")
        for manifest in manifests
        if manifest.group == KUSTOMIZE_GROUP
    }
    objects = [manifest for manifest in manifests if manifest.group != KUSTOMIZE_GROUP]
    targets = [
        (each, text(each.object, "spec", "targetNamespace"))
        for each in objects
        if each.kind == "Kustomization" and text(each.object, "spec", "targetNamespace")
    ]
    placed, unnamed = {}, {}
    for manifest in objects:
        if manifest.namespace or manifest.kind in OF_THE_CLUSTER:
            placed[key_of(manifest.object)] = manifest
            continue
        found = next((target for each, target in targets if lies_under(manifest, each)), "")
        found = found or _of_kustomize(manifest, kustomize) or namespace or _usual_namespace(manifest)
        metadata = {**manifest.metadata, "namespace": found}
        named = replace(manifest, object={**manifest.object, "metadata": metadata})
        placed[key_of(named.object)] = unnamed[key_of(named.object)] = named
    return list(placed.values()), list(unnamed.values())


def _of_kustomize(manifest: Manifest, namespaces: Mapping[Path, str]) -> str:
    folders = manifest.file.parents
    return next((namespaces[folder] for folder in folders if namespaces.get(folder)), "")


def _usual_namespace(manifest: Manifest) -> str:
    is_called_so = manifest.kind in ("HelmRelease", "HelmRepository", "OCIRepository") and manifest.name == CHART
    installs_it = manifest.kind == "HelmRelease" and installs_operator(manifest.object)
    return OPERATOR_NAMESPACE if is_called_so or installs_it else DEFAULT_NAMESPACE
