"""The rules of a policy of Cilium's, as far as it says them by pods, addresses, names, entities and requests.

https://docs.cilium.io/en/stable/security/policy/language/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from constructs_lib.network.cilium import NAMESPACE_LABEL
from constructs_lib.network.fields import Fields
from constructs_lib.network.peers import NAMESPACE_NAME, Addresses, Entity, Everybody, HostName, Peer, SelectedPods
from constructs_lib.network.rules import (
    ALL_PORTS,
    DIRECTIONS,
    EVERY_PORT,
    PROTOCOLS,
    Direction,
    Manifest,
    NamedPeer,
    Ports,
    Request,
    Rule,
    RulePorts,
    WrittenPolicy,
)
from constructs_lib.network.selectors import NOTHING, Selector
from constructs_lib.values.fields import items, pointer, text

OF_THE_CLUSTER = "CiliumClusterwideNetworkPolicy"

_NAMESPACE_LABELS = "io.cilium.k8s.namespace.labels."
"""Labels of the pod's namespace, among its own: https://docs.cilium.io/en/stable/network/kubernetes/policy/"""

_LABEL_SOURCES = ("k8s:", "k8s.", "any:", "any.")
"""Where a label comes from; without one, from anywhere."""

_SAYS_NOTHING = ("description", "labels", "log")


def policies(manifest: Manifest) -> dict[str, WrittenPolicy]:
    """Every policy of the object, by the place of its spec."""
    fields = Fields()
    namespace = None if manifest.get("kind") == OF_THE_CLUSTER else text(manifest, "metadata", "namespace")
    specs = {pointer("specs", number): spec for number, spec in fields.mappings(manifest, "specs")}
    if "spec" in manifest:
        specs["/spec"] = fields.mapping(manifest, "spec")
    unread = tuple(fields.not_understood)
    return {place: _policy(spec, place, namespace, unread) for place, spec in sorted(specs.items())}


def _policy(spec: Mapping[str, Any], place: str, namespace: str | None, unread: tuple[str, ...]) -> WrittenPolicy:
    """It drops where it has rules, unless `enableDefaultDeny` says that it does not.

    Without a rule it drops nothing, whatever `enableDefaultDeny` says (seen with the policy engine of Cilium v1.20.2).
    """
    fields = Fields([*unread])
    kinds = {f"{direction}{suffix}": direction for suffix in ("", "Deny") for direction in DIRECTIONS}
    fields.know(spec, "endpointSelector", "enableDefaultDeny", *kinds, *_SAYS_NOTHING)
    if "endpointSelector" not in spec:
        fields.not_understood.append("no endpointSelector")
    denies = fields.mapping(spec, "enableDefaultDeny")
    fields.know(denies, *DIRECTIONS)
    rules = [
        _rule(direction, rule, f"{place}{pointer(kind, number)}", namespace, fields, denies=kind != direction)
        for kind, direction in kinds.items()
        for number, rule in fields.mappings(spec, kind)
    ]
    ruled = {rule.direction for rule in rules}
    enforced = frozenset(each for each in DIRECTIONS if each in ruled and denies.get(each) is not False)
    pods = NOTHING if "nodeSelector" in spec else _selector(fields.mapping(spec, "endpointSelector"), fields)
    return WrittenPolicy(namespace or "", pods, enforced, tuple(rules), tuple(fields.not_understood))


def _rule(
    direction: Direction, rule: Mapping[str, Any], place: str, namespace: str | None, fields: Fields, *, denies: bool
) -> Rule:
    side = "from" if direction == "ingress" else "to"
    known = [f"{side}{suffix}" for suffix in ("Endpoints", "CIDR", "CIDRSet", "Entities")]
    known += ["toFQDNs"] if direction == "egress" else []
    fields.know(rule, "toPorts", *known)
    named = {str(name) for name in rule if rule[name] is not None and str(name).startswith(side)} - {"toPorts"}
    peers: dict[str, Peer | None] = {}
    if _is_for_everybody(rule, named):
        peers[place] = Everybody()
    for name in known:
        peers |= {f"{place}{step}": peer for step, peer in _peers(rule, name, namespace, fields)}
    unknown = sorted(named - {*known})
    further = [f"{place}{pointer(name, number)}" for name in unknown for number in range(len(items(rule, name)))]
    ports = [each for _, each in fields.mappings(rule, "toPorts")]
    return Rule(
        direction,
        denies,
        tuple(NamedPeer(step, peer) for step, peer in peers.items() if peer is not None),
        tuple(_at(each, fields) for each in ports) or (() if "icmps" in rule else (ALL_PORTS,)),
        (*(step for step, peer in peers.items() if peer is None), *further),
        tuple(_names(ports, fields)) if direction == "egress" and peers else (),
    )


def _is_for_everybody(rule: Mapping[str, Any], named: set[str]) -> bool:
    """Whether a rule that names no peers is for all of them, all as seen with the policy engine of Cilium v1.20.2.

    Without peers and ports it is for nobody. An empty list of peers is for nobody, but one of names as good as none.
    """
    return bool(rule.get("toPorts")) and not named - ({"toFQDNs"} if not rule.get("toFQDNs") else set())


def _peers(
    rule: Mapping[str, Any], name: str, namespace: str | None, fields: Fields
) -> Iterator[tuple[str, Peer | None]]:
    """Who is named in one list, by its place; None for somebody that is not understood."""
    if name.endswith("Endpoints"):
        for number, selector in fields.mappings(rule, name):
            yield pointer(name, number), _pods(selector, namespace, fields)
    elif name.endswith("CIDRSet"):
        for number, cidrs in fields.mappings(rule, name):
            fields.know(cidrs, "cidr", "except")
            excepted = frozenset(cidr for _, cidr in fields.texts(cidrs, "except"))
            yield pointer(name, number), Addresses(fields.text(cidrs, "cidr"), excepted)
    elif name.endswith("FQDNs"):
        for number, host in fields.mappings(rule, name):
            yield pointer(name, number), HostName(_name(host, fields))
    else:
        kind = Entity if name.endswith("Entities") else Addresses
        yield from ((pointer(name, number), kind(each)) for number, each in fields.texts(rule, name))


def _pods(selector: Mapping[str, Any], namespace: str | None, fields: Fields) -> SelectedPods | None:
    """Pods of the policy's own namespace, where the selector names none."""
    own, theirs = [], []
    for requirement in _selector(selector, fields).requirements:
        if requirement.key == NAMESPACE_LABEL:
            theirs.append(replace(requirement, key=NAMESPACE_NAME))
        elif requirement.key.startswith(_NAMESPACE_LABELS):
            theirs.append(replace(requirement, key=requirement.key.removeprefix(_NAMESPACE_LABELS)))
        elif requirement.key.startswith("reserved"):
            fields.not_understood.append(f"the label {requirement.key}")
            return None
        else:
            own.append(requirement)
    labels = Selector(frozenset(own))
    if theirs or namespace is None:
        return SelectedPods(Selector(frozenset(theirs)), labels)
    return SelectedPods.of_namespace(namespace, labels)


def _selector(selector: Mapping[str, Any], fields: Fields) -> Selector:
    """A selector without the sources of its labels."""
    read = fields.selector(selector)
    return Selector(frozenset(replace(each, key=_key(each.key)) for each in read.requirements))


def _key(key: str) -> str:
    return next((key.removeprefix(source) for source in _LABEL_SOURCES if key.startswith(source)), key)


def _at(to_ports: Mapping[str, Any], fields: Fields) -> RulePorts:
    """The ports; none where none is said, although a rule without `toPorts` is for every port."""
    fields.know(to_ports, "ports", "rules")
    return RulePorts(tuple(_ports(to_ports, fields)), tuple(_requests(fields.mapping(to_ports, "rules"), fields)))


def _ports(to_ports: Mapping[str, Any], fields: Fields) -> Iterator[tuple[str, Ports]]:
    for _, each in fields.mappings(to_ports, "ports"):
        fields.know(each, "port", "endPort", "protocol")
        port = each.get("port")
        if port in (None, "0", 0):
            ports = EVERY_PORT
        elif str(port).isdecimal():
            ports = Ports(int(port), fields.number(each, "endPort") or int(port))
        else:
            ports = Ports(0, 0, fields.text(each, "port"))
        protocol = fields.text(each, "protocol") or "ANY"
        yield from ((name, ports) for name in (PROTOCOLS if protocol == "ANY" else (protocol,)))


def _requests(rules: Mapping[str, Any], fields: Fields) -> Iterator[Request]:
    """The requests that pass; DNS for every name is DNS as it is without a rule."""
    fields.know(rules, "http", "dns")
    for _, rule in fields.mappings(rules, "http"):
        further = "; ".join(sorted(f"{name} {rule[name]}" for name in rule if name not in ("method", "path")))
        method, path = fields.text(rule, "method"), fields.text(rule, "path")
        yield Request("HTTP", method or ".*", path or ".*", further)
    patterns = [_name(rule, fields) for _, rule in fields.mappings(rules, "dns")]
    if "*" not in patterns:
        yield from (Request("DNS", further=pattern) for pattern in patterns)


def _names(ports: Sequence[Mapping[str, Any]], fields: Fields) -> Iterator[HostName]:
    for to_ports in ports:
        for _, rule in fields.mappings(fields.mapping(to_ports, "rules"), "dns"):
            yield HostName(_name(rule, fields))


def _name(host: Mapping[str, Any], fields: Fields) -> str:
    fields.know(host, "matchName", "matchPattern")
    return fields.text(host, "matchName" if "matchName" in host else "matchPattern")
