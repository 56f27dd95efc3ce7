"""What stands in every object's metadata: what Flux is told by annotations, and labels that only describe."""

from __future__ import annotations

from collections.abc import Mapping

from constructs_lib.flux.annotations import FLUX_GROUP
from constructs_lib.review.changes.differences import Difference
from constructs_lib.review.changes.model import Context, Effect, Manifest, Pair
from constructs_lib.review.changes.rows import Reading, Row, reading, row

FLUX = "https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources"
FLUX_PRUNE = "https://fluxcd.io/flux/components/kustomize/kustomizations/#prune"

LIVE, NONE, UNKNOWN, ORPHANED = ((effect,) for effect in (Effect.LIVE, Effect.NONE, Effect.UNKNOWN, Effect.ORPHANED))


def flux_is_told(manifest: Manifest, name: str, value: str = "disabled") -> bool:
    """Whether an object bears Flux' annotation or label `name` with that value; Flux reads both, in any case."""
    metadata = manifest.get("metadata") or {}
    given = (metadata.get(place) for place in ("annotations", "labels"))
    return any(
        isinstance(each, Mapping) and str(each.get(f"{FLUX_GROUP}/{name}", "")).lower() == value for each in given
    )


def has_variables(value: object) -> bool:
    """Whether a `${…}` that Flux' `postBuild` would take for its own stands in a value."""
    if isinstance(value, str):
        return "${" in value
    if isinstance(value, dict):
        return any(has_variables(key) or has_variables(each) for key, each in value.items())
    return isinstance(value, list) and any(map(has_variables, value))


def _prune(difference: Difference, pair: Pair, context: Context) -> Reading:
    kept = pair.new is not None and flux_is_told(pair.new, "prune")
    if kept:
        return LIVE, "From now on it stays on the cluster when it goes out of the files."
    return LIVE, "From now on Flux deletes it when it goes out of the files."


def _reconcile(difference: Difference, pair: Pair, context: Context) -> Reading:
    if pair.new is not None and flux_is_told(pair.new, "reconcile"):
        return ORPHANED, "Flux leaves it as it is on the cluster: this change, and every later one, is not applied."
    return LIVE, "Flux applies it again, with every change that was held back."


def _substitute(difference: Difference, pair: Pair, context: Context) -> Reading:
    data = {name: value for name, value in (pair.new or {}).items() if name != "metadata"}
    if not has_variables(data):
        return NONE, "Nothing in it is written as a variable of Flux."
    if pair.new is not None and flux_is_told(pair.new, "substitute"):
        return UNKNOWN, "Its `${…}` are no longer replaced by Flux, but applied as they are written."
    return (
        (Effect.STUCK,),
        "Flux takes its `${…}` for variables: one that is not set fails the whole Kustomization, and nothing of that "
        "folder is applied.",
    )


METADATA: tuple[Row, ...] = (
    *(
        entry
        for place in ("annotations", "labels")
        for entry in (
            reading(f"/metadata/{place}/{FLUX_GROUP}~1prune", _prune, FLUX_PRUNE),
            reading(f"/metadata/{place}/{FLUX_GROUP}~1reconcile", _reconcile, FLUX),
            reading(
                f"/metadata/{place}/{FLUX_GROUP}~1substitute", _substitute, "docs/dragonfly.md, Flux (seen running)"
            ),
            row(
                f"/metadata/{place}/{FLUX_GROUP}~1force",
                UNKNOWN,
                "Where a field cannot be changed, Flux deletes the object and makes it anew, or does no longer.",
                FLUX,
            ),
        )
    ),
    row(
        "/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration",
        NONE,
        "kubectl's own note of what it applied.",
        "https://kubernetes.io/docs/reference/labels-annotations-taints/",
    ),
)
"""The same for every kind; a label or annotation that is not here, nor in the kind's own table, is unknown."""

RECOMMENDED_LABELS: tuple[Row, ...] = tuple(
    row(
        f"/metadata/labels/app.kubernetes.io~1{name}",
        NONE,
        "It describes the object; nothing selects this kind by it.",
        "https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/",
    )
    for name in ("name", "instance", "version", "component", "part-of", "managed-by")
)
"""For kinds that nobody selects by label."""
