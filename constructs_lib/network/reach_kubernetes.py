"""What a NetworkPolicy of Kubernetes' own lets through.

https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from constructs_lib.network.peers import Addresses, Everybody, Peer, SelectedPods
from constructs_lib.network.reach import EVERY_PORT, PROTOCOLS, Direction, Manifest, Ports, Reach, Way
from constructs_lib.network.selectors import Selector


def reach(policy: Manifest) -> Reach:
    """Read the policy; it drops what it does not allow for each type that it has."""
    spec, namespace = policy["spec"], policy["metadata"].get("namespace", "")
    if unknown := spec.keys() - {"podSelector", "policyTypes", "ingress", "egress"}:
        raise ValueError(", ".join(sorted(unknown)))
    types = spec.get("policyTypes") or ["Ingress", *(["Egress"] if spec.get("egress") else [])]
    directions: tuple[Direction, ...] = ("ingress", "egress")
    enforced = frozenset(direction for direction in directions if direction.capitalize() in types)
    ways = [
        way for direction in enforced for rule in spec.get(direction) or () for way in _ways(direction, rule, namespace)
    ]
    return Reach(namespace, Selector.of(spec.get("podSelector")), enforced, tuple(ways))


def _ways(direction: Direction, rule: Mapping[str, Any], namespace: str) -> Iterator[Way]:
    side = "from" if direction == "ingress" else "to"
    if unknown := rule.keys() - {side, "ports"}:
        raise ValueError(", ".join(sorted(unknown)))
    peers: list[Peer] = [_peer(peer, namespace) for peer in rule.get(side) or ()] or [Everybody()]
    for peer in peers:
        for protocol, ports in _ports(rule):
            yield Way(direction, peer, protocol, ports)


def _ports(rule: Mapping[str, Any]) -> Iterator[tuple[str, Ports]]:
    if not rule.get("ports"):
        yield from ((protocol, EVERY_PORT) for protocol in PROTOCOLS)
    for each in rule.get("ports") or ():
        port = each.get("port")
        if port is None:
            ports = EVERY_PORT
        elif isinstance(port, int):
            ports = Ports(port, each.get("endPort", port))
        else:
            ports = Ports(0, 0, port)
        yield each.get("protocol", "TCP"), ports


def _peer(peer: Mapping[str, Any], namespace: str) -> Peer:
    if unknown := peer.keys() - {"ipBlock", "namespaceSelector", "podSelector"}:
        raise ValueError(", ".join(sorted(unknown)))
    if "ipBlock" in peer:
        return Addresses(peer["ipBlock"].get("cidr", ""), frozenset(peer["ipBlock"].get("except") or ()))
    labels = Selector.of(peer.get("podSelector"))
    if "namespaceSelector" in peer:
        return SelectedPods(Selector.of(peer["namespaceSelector"]), labels)
    return SelectedPods.of_namespace(namespace, labels)
