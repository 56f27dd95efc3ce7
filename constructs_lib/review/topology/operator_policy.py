"""The NetworkPolicy that some versions of the operator make for an instance, as a manifest would have it.

Seen on running operators v1.5.0 and v1.6.1 (docs/dragonfly.md, "Versions"). That it opens memcached's port was seen
too, to whom was not: it is taken to be open to the same clients as Redis' protocol.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from constructs_lib.checks.manifests import Manifest
from constructs_lib.dragonfly.instance import own_labels
from constructs_lib.dragonfly.operator_versions import operator_release
from constructs_lib.dragonfly.ports import ADMIN_PORT
from constructs_lib.network.peers import NAMESPACE_NAME
from constructs_lib.operator.arguments import OPERATOR_POD_LABELS
from constructs_lib.review.topology.drawn_instance import DrawnInstance
from constructs_lib.values.version import Version

MADE_BY_OPERATOR = {"app.kubernetes.io/managed-by": "dragonfly-operator"}
"""The label by which such a policy is told from those of others."""


def policy_of_operator(instance: DrawnInstance, version: Version, namespace: str) -> Manifest | None:
    """The NetworkPolicy that the operator makes for an instance, or None where it makes none.

    Args:
        instance: for its pods.
        version: the operator's.
        namespace: where the operator runs.
    """
    release = operator_release(version)
    if not release.makes_network_policies or instance.spec.get("networkPolicyEnabled") is False:
        return None
    own = {"podSelector": {"matchLabels": own_labels(instance.name)}}
    operator = {
        "namespaceSelector": {"matchLabels": {NAMESPACE_NAME: namespace}},
        "podSelector": {"matchLabels": OPERATOR_POD_LABELS},
    }
    clients: Mapping[str, Any] = {"from": [{"podSelector": {}}]} if release.network_policies_close_namespaces else {}
    spec = {
        **own,
        "policyTypes": ["Ingress"],
        "ingress": [
            {**clients, "ports": [{"port": int(port)} for port in instance.client_ports if port.isdecimal()]},
            {"from": [operator, own], "ports": [{"port": ADMIN_PORT}]},
        ],
    }
    metadata = {"name": instance.name, "namespace": instance.namespace, "labels": MADE_BY_OPERATOR}
    policy = {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": metadata, "spec": spec}
    return Manifest(Path(), policy)
