"""Whether Flux deletes an object that is gone from the files, or leaves it where it is.

https://fluxcd.io/flux/components/kustomize/kustomizations/#prune
"""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.review.instance import mapping
from constructs_lib.review.model import Context, Manifest, ObjectKey, Tree

FLUX = "kustomize.toolkit.fluxcd.io"
"""The API group of Flux' Kustomizations, and the prefix of the labels and annotations that they heed."""


def is_pruned(key: ObjectKey, manifest: Manifest, context: Context) -> bool:
    """Whether Flux deletes an object: not one that is kept from it, nor where its Kustomization does not prune.

    Manifests do not say which Kustomization applies them: it is the one that is called like the object or whose path
    ends so, else any of its namespace, else any. Where none is known, Flux is taken to prune.
    """
    if _is_kept(manifest):
        return False
    kustomizations = list(_kustomizations_of(key, context.old))
    return not kustomizations or any(_prunes(kustomization, context) for kustomization in kustomizations)


def _is_kept(manifest: Manifest) -> bool:
    """By a label or an annotation of its own."""
    metadata = mapping(manifest.get("metadata"))
    marks = {**mapping(metadata.get("labels")), **mapping(metadata.get("annotations"))}
    return any(marks.get(f"{FLUX}/{name}") == "disabled" for name in ("prune", "reconcile"))


def _kustomizations_of(key: ObjectKey, tree: Tree) -> Iterator[ObjectKey]:
    kustomizations = {
        candidate: mapping(manifest.get("spec"))
        for candidate, manifest in tree.items()
        if candidate.kind == "Kustomization" and str(manifest.get("apiVersion", "")).startswith(FLUX)
    }
    called_alike = [
        candidate
        for candidate, spec in kustomizations.items()
        if key.name in (candidate.name, str(spec.get("path", "")).rstrip("/").rpartition("/")[2])
    ]
    of_namespace = [
        candidate
        for candidate, spec in kustomizations.items()
        if key.namespace in (spec.get("targetNamespace"), candidate.namespace)
    ]
    yield from called_alike or of_namespace or kustomizations


def _prunes(kustomization: ObjectKey, context: Context) -> bool:
    """What a Kustomization does with what it no longer finds; one that goes itself, with all that it applied."""
    stays = kustomization in context.new
    spec = mapping((context.new if stays else context.old)[kustomization].get("spec"))
    policy = spec.get("deletionPolicy", "MirrorPrune")
    if not stays and policy != "MirrorPrune":
        return bool(policy != "Orphan")
    return bool(spec.get("prune"))
