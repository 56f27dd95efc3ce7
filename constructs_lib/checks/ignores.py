"""Annotations by which an object says that a fault is known, and why it stays.

    metadata:
      annotations:
        ignore-check.cdk8s-dragonfly/admin-port-open: "no network policy on this cluster"

As kube-linter's, one a check; without a reason it does not count.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from constructs_lib.checks.manifests import Manifest

IGNORE_PREFIX = "ignore-check.cdk8s-dragonfly/"


def ignored_checks(manifest: Manifest) -> Mapping[str, str]:
    """The checks that an object ignores, each with its reason, which may be empty."""
    annotations = manifest.metadata.get("annotations")
    if not isinstance(annotations, Mapping):
        return {}
    return {
        key.removeprefix(IGNORE_PREFIX): str(reason or "").strip()
        for key, reason in annotations.items()
        if isinstance(key, str) and key.startswith(IGNORE_PREFIX)
    }
