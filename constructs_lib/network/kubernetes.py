"""Flows as a NetworkPolicy of Kubernetes' own: by pods and addresses, for any network plugin that enforces them.

Written as it stands, without cdk8s-plus-28, which takes longer to load (0.14 s) than all of a small stack takes to be
written and has nothing to decide here; the tests hold what both write against each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cdk8s import ApiObject, ApiObjectMetadata, JsonPatch
from constructs import Construct

from constructs_lib.network.flows import Address, Flow, Pods

NAMESPACE_LABEL = "kubernetes.io/metadata.name"
"""Every namespace has it, with its name: Kubernetes 1.21,
https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name"""


def add_policy(scope: Construct, name: str, instance: Pods, flows: Sequence[Flow], enforces: bool) -> KubernetesPolicy:
    """Add a NetworkPolicy `NAME-access`. It always enforces."""
    return KubernetesPolicy(scope, name, instance, flows)


class KubernetesPolicy:
    """A NetworkPolicy that takes further flows."""

    def __init__(self, scope: Construct, name: str, instance: Pods, flows: Sequence[Flow]) -> None:
        self._api_object = ApiObject(
            scope,
            "NetworkPolicy",
            api_version="networking.k8s.io/v1",
            kind="NetworkPolicy",
            # Not the instance's own name: operators v1.5.0 to v1.6.1 remove a NetworkPolicy of that name.
            metadata=ApiObjectMetadata(name=f"{name}-access", namespace=instance.namespace),
        )
        spec = {
            "podSelector": {"matchLabels": instance.labels},
            "policyTypes": ["Ingress", "Egress"],
            "ingress": [_rule(flow) for flow in flows if flow.direction == "ingress"],
            "egress": [_rule(flow) for flow in flows if flow.direction == "egress"],
        }
        self._api_object.add_json_patch(JsonPatch.add("/spec", spec))

    @property
    def api_object(self) -> ApiObject:
        """The NetworkPolicy."""
        return self._api_object

    def allow(self, flow: Flow) -> None:
        """Let a further flow through."""
        self._api_object.add_json_patch(JsonPatch.add(f"/spec/{flow.direction}/-", _rule(flow)))


def _rule(flow: Flow) -> dict[str, Any]:
    """A rule; requests (`only_get`) are beyond it, so that the peer has the whole port."""
    ports = [{"port": port, "protocol": protocol} for port in flow.ports for protocol in flow.protocols]
    return {"from" if flow.direction == "ingress" else "to": [_peer(flow)], "ports": ports}


def _peer(flow: Flow) -> dict[str, Any]:
    peer = flow.peer
    if isinstance(peer, Address):
        return {"ipBlock": {"cidr": peer.cidr}}
    assert isinstance(peer, Pods), "refused before: values.flows.unsayable"
    labels = {"podSelector": {"matchLabels": peer.labels}} if peer.labels else {}
    return {"namespaceSelector": {"matchLabels": {NAMESPACE_LABEL: peer.namespace}}, **labels}
