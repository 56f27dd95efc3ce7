"""Annotations by which Flux is told what to do with an object."""

FLUX_SAFE = {"kustomize.toolkit.fluxcd.io/substitute": "disabled"}
"""Flux' `postBuild` would take an object's own `${…}` for its variables, and fail the whole Kustomization."""
