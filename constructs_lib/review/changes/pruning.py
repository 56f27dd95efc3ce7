"""What becomes of an object that is gone from the files: Flux deletes it, or leaves it where it is.

https://fluxcd.io/flux/components/kustomize/kustomizations/#prune
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from constructs_lib.flux.annotations import FLUX_GROUP
from constructs_lib.review.changes.fields import worst_first
from constructs_lib.review.changes.metadata import flux_is_told
from constructs_lib.review.changes.model import Change, Context, Effect, Manifest, ObjectKey, Pair


def gone(pair: Pair, context: Context, hangs: str = "", effects: tuple[Effect, ...] = ()) -> Change:
    """The change of an object that is gone.

    Args:
        pair: with nothing after.
        context: all the other objects.
        hangs: what happens with it, in one sentence, where it is deleted.
        effects: what that does, beside being pruned.
    """
    reason = kept_because(pair, context)
    if reason:
        what = f"It is gone from the files and stays on the cluster: {reason}."
        return Change(pair.key, "", pair.old, None, (Effect.ORPHANED,), what)
    what = " ".join(part for part in ("Flux deletes it.", hangs, _unsure(pair, context)) if part)
    return Change(pair.key, "", pair.old, None, worst_first((Effect.PRUNED, *effects)), what)


def kept_because(pair: Pair, context: Context) -> str:
    """Why Flux leaves an object that is gone from the files on the cluster; empty where it may delete it."""
    old = pair.old or {}
    for name in ("prune", "reconcile"):
        if flux_is_told(old, name):
            return f"it bears {FLUX_GROUP}/{name}: disabled"
    reasons = {_why_kept(kustomization, context) for kustomization in appliers(pair, context)}
    # Where several may apply it, the one that deletes is what must be reckoned with.
    return reasons.pop() if len(reasons) == 1 else ""


def is_pruned(key: ObjectKey, manifest: Manifest, context: Context) -> bool:
    """Whether Flux deletes an object that is gone from the files, as far as the files tell."""
    return not kept_because(Pair(key, manifest, None), context)


def appliers(pair: Pair, context: Context) -> list[Manifest]:
    """The Kustomizations that may apply an object: those of its folder, or all, where its folder is not known.

    As they are after the change, where they are still there: Flux applies them before it prunes.
    """
    folder = context.old_folders.get(pair.key)
    if folder is None and pair.key.kind in _APPLIED_FROM_ABOVE:
        return []
    found = _of_name(pair.key, context) if folder is None else _of_folder(folder, context)
    kustomizations = context.once(_kustomizations)
    return [kustomizations[key] for key in found if key != pair.key]


_APPLIED_FROM_ABOVE = frozenset({"Kustomization", "Namespace"})
"""What the cluster's own Kustomization applies, which is not among these files (docs/flux.md)."""


def _unsure(pair: Pair, context: Context) -> str:
    kept = [kustomization for kustomization in appliers(pair, context) if _why_kept(kustomization, context)]
    if not kept:
        return ""
    names = ", ".join(sorted(str(kustomization["metadata"]["name"]) for kustomization in kept))
    return f"It stays if it is Kustomization {names} that applies it."


def _why_kept(kustomization: Manifest, context: Context) -> str:
    """What keeps a Kustomization from deleting what it applied; one that is gone itself takes its own policy to it.

    https://fluxcd.io/flux/components/kustomize/kustomizations/#deletion-policy
    """
    spec = kustomization.get("spec") or {}
    name = (kustomization.get("metadata") or {}).get("name")
    if spec.get("suspend"):
        return f"Kustomization {name} is suspended"
    policy = spec.get("deletionPolicy", "MirrorPrune")
    if policy != "MirrorPrune" and not _stays(kustomization, context):
        return f"Kustomization {name} orphans what it applied" if policy == "Orphan" else ""
    return "" if spec.get("prune") else f"Kustomization {name} does not prune"


def _stays(kustomization: Manifest, context: Context) -> bool:
    return any(manifest is kustomization for manifest in context.new.values())


def _kustomizations(context: Context) -> Mapping[ObjectKey, Manifest]:
    return {key: context.new.get(key, manifest) for key, manifest in context.old.items() if _is_flux(manifest)}


def _of_name(key: ObjectKey, context: Context) -> Sequence[ObjectKey]:
    """As our own output is laid out, a folder is called like the cache in it; else those of the namespace, else all."""
    return (
        context.once(_keys_by_folder_name).get(key.name)
        or context.once(_keys_by_namespace).get(key.namespace)
        or list(context.once(_kustomizations))
    )


def _keys_by_namespace(context: Context) -> Mapping[str, Sequence[ObjectKey]]:
    found: dict[str, list[ObjectKey]] = {}
    for key in context.once(_kustomizations):
        target = (context.old[key].get("spec") or {}).get("targetNamespace")
        for namespace in dict.fromkeys((key.namespace, target)):
            if isinstance(namespace, str):
                found.setdefault(namespace, []).append(key)
    return found


def _keys_by_folder_name(context: Context) -> Mapping[str, list[ObjectKey]]:
    keys: dict[str, list[ObjectKey]] = {}
    for key in context.once(_kustomizations):
        keys.setdefault(_path(context.old[key]).name, []).append(key)
    return keys


def _of_folder(folder: str, context: Context) -> Sequence[ObjectKey]:
    """Those whose path leads furthest into the folder."""
    known = context.once(_keys_by_folder)
    if folder not in known:
        place = PurePosixPath(folder)
        depth = {key: _shared(_path(context.old[key]), place) for key in context.once(_kustomizations)}
        deepest = max(depth.values(), default=0)
        known[folder] = [key for key in depth if depth[key] == deepest > 0]
    return known[folder]


def _keys_by_folder(context: Context) -> dict[str, list[ObjectKey]]:
    """Filled folder by folder, as they are asked for."""
    return {}


def _is_flux(manifest: Manifest) -> bool:
    return manifest.get("kind") == "Kustomization" and str(manifest.get("apiVersion", "")).startswith(FLUX_GROUP)


def _path(kustomization: Mapping[str, object]) -> PurePosixPath:
    spec = kustomization.get("spec")
    path = spec.get("path", "") if isinstance(spec, Mapping) else ""
    return PurePosixPath(str(path).removeprefix("./"))


def _shared(path: PurePosixPath, folder: PurePosixPath) -> int:
    """How many steps of a Kustomization's path lead into a folder whose own path begins anywhere."""
    ends = (count for count in range(len(path.parts), 0, -1) if path.parts[-count:] in _runs(folder, count))
    return next(ends, 0)


def _runs(folder: PurePosixPath, count: int) -> set[tuple[str, ...]]:
    return {folder.parts[start : start + count] for start in range(len(folder.parts) - count + 1)}
