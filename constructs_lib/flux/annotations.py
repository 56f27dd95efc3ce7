"""Flux' own API group for Kustomizations, and annotations in it by which Flux is told what to do with an object."""

FLUX_GROUP = "kustomize.toolkit.fluxcd.io"

FLUX_SAFE = {f"{FLUX_GROUP}/substitute": "disabled"}
"""Flux' `postBuild` would take an object's own `${…}` for its variables, and fail the whole Kustomization."""

FLUX_FORCE = {f"{FLUX_GROUP}/force": "enabled"}
"""Flux deletes the object and makes it anew where a change cannot be applied, as none can to a Job's pod: without this
the whole Kustomization fails (`field is immutable`), and all that waits for it waits (seen running)."""
