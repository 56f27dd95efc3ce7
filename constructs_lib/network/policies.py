"""Written network policies of every kind, read into the same rules."""

from __future__ import annotations

from collections.abc import Mapping

from constructs_lib.network import rules_cilium, rules_kubernetes
from constructs_lib.network.rules import Manifest, WrittenPolicy

KINDS = ("CiliumNetworkPolicy", rules_cilium.OF_THE_CLUSTER, "NetworkPolicy")
"""The kinds that can be read."""


def policies_of(manifest: Manifest) -> Mapping[str, WrittenPolicy]:
    """The policies in an object of one of KINDS, by the place of their spec: Cilium's may hold several."""
    if manifest.get("kind") == "NetworkPolicy":
        return rules_kubernetes.policies(manifest)
    return rules_cilium.policies(manifest)
