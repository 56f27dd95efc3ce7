"""Flows as a CiliumNetworkPolicy: by pods, addresses, host names and entities, and by HTTP request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from constructs_lib.network.flows import Address, Entities, Flow, Hosts, Pods

API_VERSION, KIND = "cilium.io/v2", "CiliumNetworkPolicy"

NAMESPACE_LABEL = "io.kubernetes.pod.namespace"


def policy_name(instance: str) -> str:
    """The instance's own name."""
    return instance


def policy_spec(pods: Pods, flows: Sequence[Flow], enforces: bool) -> dict[str, Any]:
    """The spec of the policy for those pods.

    Args:
        pods: whom it is for.
        flows: what it lets through.
        enforces: it drops everything else.
    """
    resolves_hosts = any(isinstance(flow.peer, Hosts) for flow in flows)
    rules = [(flow.direction, _rule(flow, enforces, resolves_hosts)) for flow in flows]
    return {
        "endpointSelector": {"matchLabels": pods.labels},
        "enableDefaultDeny": {"ingress": enforces, "egress": enforces},
        "ingress": [rule for direction, rule in rules if direction == "ingress"],
        "egress": [rule for direction, rule in rules if direction == "egress"],
    }


def _rule(flow: Flow, enforces: bool, resolves_hosts: bool) -> dict[str, Any]:
    ports = [{"port": str(port), "protocol": protocol} for port in flow.ports for protocol in flow.protocols]
    to_ports: dict[str, Any] = {"ports": ports}
    if flow.only_get and enforces:
        # A rule on layer 7 drops what it does not name even where nothing else is dropped, with Cilium v1.16 and v1.17:
        # not while auditing. https://github.com/cilium/cilium/issues/38676
        to_ports["rules"] = {"http": [{"method": "GET", "path": flow.only_get}]}
    if flow.resolves_names and resolves_hosts:
        # Cilium learns the addresses behind `toFQDNs` from the answers that pass its DNS proxy.
        to_ports["rules"] = {"dns": [{"matchPattern": "*"}]}
    return {**_peer(flow), "toPorts": [to_ports]}


def _peer(flow: Flow) -> dict[str, Any]:
    peer, way = flow.peer, "from" if flow.direction == "ingress" else "to"
    if isinstance(peer, Hosts):
        hosts = [{"matchPattern": host} if "*" in host else {"matchName": host} for host in peer.patterns]
        return {f"{way}FQDNs": hosts}
    if isinstance(peer, Address):
        return {f"{way}CIDR": [peer.cidr]}
    if isinstance(peer, Entities):
        return {f"{way}Entities": list(peer.names)}
    return {f"{way}Endpoints": [{"matchLabels": {NAMESPACE_LABEL: peer.namespace, **peer.labels}}]}
