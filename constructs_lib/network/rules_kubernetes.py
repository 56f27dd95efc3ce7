"""The rules of a NetworkPolicy of Kubernetes' own.

https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from constructs_lib.network.fields import Fields
from constructs_lib.network.peers import Addresses, Everybody, Peer, SelectedPods
from constructs_lib.network.rules import (
    ALL_PORTS,
    DIRECTIONS,
    EVERY_PORT,
    Direction,
    Manifest,
    NamedPeer,
    Ports,
    Rule,
    RulePorts,
    WrittenPolicy,
)
from constructs_lib.values.fields import pointer, text


def policies(manifest: Manifest) -> dict[str, WrittenPolicy]:
    """The policy, by the place of its spec; it drops what it does not allow for each type that it has."""
    fields = Fields()
    spec = fields.mapping(manifest, "spec")
    fields.know(spec, "podSelector", "policyTypes", *DIRECTIONS)
    namespace = text(manifest, "metadata", "namespace")
    types = [each for _, each in fields.texts(spec, "policyTypes")]
    types = types or ["Ingress", *(["Egress"] if spec.get("egress") else [])]
    enforced = frozenset(direction for direction in DIRECTIONS if direction.capitalize() in types)
    rules = [
        _rule(direction, rule, pointer("spec", direction, number), namespace, fields)
        for direction in DIRECTIONS
        if direction in enforced
        for number, rule in fields.mappings(spec, direction)
    ]
    pods = fields.selector(fields.mapping(spec, "podSelector"))
    return {"/spec": WrittenPolicy(namespace, pods, enforced, tuple(rules), tuple(fields.not_understood))}


def _rule(direction: Direction, rule: Mapping[str, Any], place: str, namespace: str, fields: Fields) -> Rule:
    side = "from" if direction == "ingress" else "to"
    fields.know(rule, side, "ports")
    peers = [
        NamedPeer(f"{place}{pointer(side, number)}", _peer(peer, namespace, fields))
        for number, peer in fields.mappings(rule, side)
    ]
    if not rule.get(side):
        peers = [NamedPeer(place, Everybody())]
    at = RulePorts(tuple(_ports(rule, fields))) if rule.get("ports") else ALL_PORTS
    return Rule(direction, denies=False, peers=tuple(peers), at=(at,))


def _ports(rule: Mapping[str, Any], fields: Fields) -> Iterator[tuple[str, Ports]]:
    for _, each in fields.mappings(rule, "ports"):
        fields.know(each, "port", "endPort", "protocol")
        port = each.get("port")
        if port is None:
            ports = EVERY_PORT
        elif isinstance(port, int):
            ports = Ports(port, fields.number(each, "endPort") or port)
        else:
            ports = Ports(0, 0, fields.text(each, "port"))
        yield fields.text(each, "protocol") or "TCP", ports


def _peer(peer: Mapping[str, Any], namespace: str, fields: Fields) -> Peer:
    fields.know(peer, "ipBlock", "namespaceSelector", "podSelector")
    if peer.get("ipBlock") is not None:
        block = fields.mapping(peer, "ipBlock")
        fields.know(block, "cidr", "except")
        return Addresses(fields.text(block, "cidr"), frozenset(cidr for _, cidr in fields.texts(block, "except")))
    labels = fields.selector(fields.mapping(peer, "podSelector"))
    if peer.get("namespaceSelector") is not None:
        return SelectedPods(fields.selector(fields.mapping(peer, "namespaceSelector")), labels)
    return SelectedPods.of_namespace(namespace, labels)
