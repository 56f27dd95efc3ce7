"""Whether Flux deletes an object and makes it anew where the API server refuses to change it.

It does so for whatever is refused as invalid, and the annotation counts on either side:
https://fluxcd.io/flux/components/kustomize/kustomizations/#force, and `IsImmutableError` of https://github.com/fluxcd/pkg
"""

from __future__ import annotations

from constructs_lib.review.changes.metadata import flux_is_told
from constructs_lib.review.changes.model import Context, Pair
from constructs_lib.review.changes.pruning import appliers


def is_forced(pair: Pair, context: Context) -> bool:
    """Whether it is told to, by the object or by the Kustomization that applies it."""
    told = any(side is not None and flux_is_told(side, "force", "enabled") for side in (pair.old, pair.new))
    kustomizations = appliers(pair, context)
    return told or (bool(kustomizations) and all((each.get("spec") or {}).get("force") for each in kustomizations))
