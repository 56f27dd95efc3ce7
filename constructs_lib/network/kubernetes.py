"""Flows as a NetworkPolicy of Kubernetes' own: by pods and addresses, for any network plugin that enforces them.

Written as it stands, without cdk8s-plus-28, which takes longer to load (0.14 s) than all of a small stack takes to be
written and has nothing to decide here; the tests hold what both write against each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from constructs_lib.errors import Finding, InvalidArguments
from constructs_lib.network.flows import Address, Flow, Pods, unsupported
from constructs_lib.network.peers import NAMESPACE_NAME

API_VERSION, KIND = "networking.k8s.io/v1", "NetworkPolicy"


def policy_name(instance: str) -> str:
    """Not the instance's own name: operators v1.5.0 to v1.6.1 remove a NetworkPolicy of that name."""
    return f"{instance}-access"


def policy_spec(pods: Pods, flows: Sequence[Flow], enforces: bool) -> dict[str, Any]:
    """The spec of the policy for those pods; it always enforces.

    Args:
        pods: whom it is for.
        flows: what it lets through.
        enforces: true; the arguments refuse anything else.
    """
    return {
        "podSelector": {"matchLabels": pods.labels},
        "policyTypes": ["Ingress", "Egress"],
        "ingress": [_rule(flow) for flow in flows if flow.direction == "ingress"],
        "egress": [_rule(flow) for flow in flows if flow.direction == "egress"],
    }


def _rule(flow: Flow) -> dict[str, Any]:
    """A rule; requests (`only_get`) are beyond it, so that the peer has the whole port."""
    ports = [{"port": port, "protocol": protocol} for port in flow.ports for protocol in flow.protocols]
    return {"from" if flow.direction == "ingress" else "to": [_peer(flow)], "ports": ports}


def _peer(flow: Flow) -> dict[str, Any]:
    peer = flow.peer
    if isinstance(peer, Address):
        return {"ipBlock": {"cidr": peer.cidr}}
    if not isinstance(peer, Pods):
        # A finding at synth; here it comes before that.
        raise InvalidArguments(KIND, [Finding.error("", str(unsupported(flow, "kubernetes")))])
    labels = {"podSelector": {"matchLabels": peer.labels}} if peer.labels else {}
    return {"namespaceSelector": {"matchLabels": {NAMESPACE_NAME: peer.namespace}}, **labels}
