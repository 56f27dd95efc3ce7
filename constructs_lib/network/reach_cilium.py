"""What a CiliumNetworkPolicy lets through, as far as it says so by pods, addresses, names, entities and requests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from constructs_lib.network.cilium import NAMESPACE_LABEL
from constructs_lib.network.peers import NAMESPACE_NAME, Addresses, Entity, Everybody, HostName, Peer, SelectedPods
from constructs_lib.network.reach import EVERY_PORT, PROTOCOLS, Direction, Manifest, Ports, Reach, Request, Way
from constructs_lib.network.selectors import Selector

_NAMESPACE_LABELS = "io.cilium.k8s.namespace.labels."
"""Labels of the pod's namespace, among its own: https://docs.cilium.io/en/stable/network/kubernetes/policy/"""

_LABEL_SOURCES = ("k8s:", "k8s.", "any:", "any.")
"""Where a label comes from; without one, from anywhere."""

_SAYS_NOTHING = frozenset({"description", "labels", "log"})
_DIRECTIONS: tuple[Direction, ...] = ("ingress", "egress")


def reach(policy: Manifest) -> Reach:
    """Read the policy; it drops where it has rules, unless `enableDefaultDeny` says that it does not.

    Without a rule it drops nothing, whatever `enableDefaultDeny` says (seen with the policy engine of Cilium v1.20.2).
    """
    if "specs" in policy:
        raise ValueError("specs")
    spec, namespace = policy["spec"], policy["metadata"].get("namespace", "")
    _refuse_others(spec, {"endpointSelector", "enableDefaultDeny", *_DIRECTIONS, *_SAYS_NOTHING})
    if "endpointSelector" not in spec:
        raise ValueError("no endpointSelector")
    denies = spec.get("enableDefaultDeny") or {}
    _refuse_others(denies, set(_DIRECTIONS))
    enforced = frozenset(direction for direction in _DIRECTIONS if spec.get(direction) and denies.get(direction, True))
    named = [HostName(_name(pattern)) for pattern in _dns_patterns(spec, namespace)]
    ways = (
        resolved
        for direction in _DIRECTIONS
        for rule in spec.get(direction) or ()
        for way in _ways(direction, rule, namespace)
        for resolved in _resolved(way, named)
    )
    return Reach(namespace, Selector.of(_plain(spec["endpointSelector"])), enforced, tuple(ways))


def _ways(direction: Direction, rule: Mapping[str, Any], namespace: str) -> Iterator[Way]:
    for peer in _peers(direction, rule, namespace):
        for to_ports in rule.get("toPorts") or [{"ports": [{}]}]:
            _refuse_others(to_ports, {"ports", "rules"})
            requests: list[Request | None] = [*_requests(to_ports.get("rules") or {})] or [None]
            for protocol, ports in _ports(to_ports):
                yield from (Way(direction, peer, protocol, ports, request) for request in requests)


def _peers(direction: Direction, rule: Mapping[str, Any], namespace: str) -> list[Peer]:
    side = "from" if direction == "ingress" else "to"
    ways = {f"{side}Endpoints", f"{side}CIDR", f"{side}CIDRSet", f"{side}Entities"}
    ways |= {"toFQDNs"} if direction == "egress" else set()
    _refuse_others(rule, {"toPorts", *ways})
    named = rule.keys() & ways
    # To Cilium an empty list of anything selects nobody, but an empty one of names everybody (seen with v1.20.2).
    if not named or (named == {"toFQDNs"} and not rule["toFQDNs"]):
        return [Everybody()]
    peers: list[Peer] = [_pods(selector, namespace) for selector in rule.get(f"{side}Endpoints") or ()]
    peers += [Addresses(cidr) for cidr in rule.get(f"{side}CIDR") or ()]
    for cidrs in rule.get(f"{side}CIDRSet") or ():
        _refuse_others(cidrs, {"cidr", "except"})
        peers.append(Addresses(cidrs["cidr"], frozenset(cidrs.get("except") or ())))
    peers += [Entity(name) for name in rule.get(f"{side}Entities") or ()]
    return peers + [HostName(_name(host)) for host in rule.get("toFQDNs") or ()]


def _pods(selector: Mapping[str, Any], namespace: str) -> Peer:
    """Pods of the policy's own namespace, where the selector names none."""
    own, theirs = [], []
    for requirement in Selector.of(_plain(selector)).requirements:
        if requirement.key == NAMESPACE_LABEL:
            theirs.append(replace(requirement, key=NAMESPACE_NAME))
        elif requirement.key.startswith(_NAMESPACE_LABELS):
            theirs.append(replace(requirement, key=requirement.key.removeprefix(_NAMESPACE_LABELS)))
        elif requirement.key.startswith("reserved"):
            raise ValueError(f"the label {requirement.key}")
        else:
            own.append(requirement)
    labels = Selector(frozenset(own))
    return SelectedPods(Selector(frozenset(theirs)), labels) if theirs else SelectedPods.of_namespace(namespace, labels)


def _plain(selector: Mapping[str, Any] | None) -> dict[str, Any]:
    """The selector without the sources of its labels."""
    selector = dict(selector or {})
    if "matchLabels" in selector:
        selector["matchLabels"] = {_key(key): value for key, value in (selector["matchLabels"] or {}).items()}
    if "matchExpressions" in selector:
        selector["matchExpressions"] = [
            {**each, "key": _key(each["key"])} for each in selector["matchExpressions"] or ()
        ]
    return selector


def _key(key: str) -> str:
    return next((key.removeprefix(source) for source in _LABEL_SOURCES if key.startswith(source)), key)


def _ports(to_ports: Mapping[str, Any]) -> Iterator[tuple[str, Ports]]:
    """The ports; none where none is said, although a rule without `toPorts` is for every port."""
    for each in to_ports.get("ports") or ():
        _refuse_others(each, {"port", "endPort", "protocol"})
        port = each.get("port")
        if port in (None, "0", 0):
            ports = EVERY_PORT
        elif str(port).isdecimal():
            ports = Ports(int(port), each.get("endPort") or int(port))
        else:
            ports = Ports(0, 0, port)
        protocol = each.get("protocol", "ANY")
        yield from ((name, ports) for name in (PROTOCOLS if protocol == "ANY" else (protocol,)))


def _requests(rules: Mapping[str, Any]) -> Iterator[Request]:
    """The requests that pass; DNS for every name is DNS as it is without a rule."""
    _refuse_others(rules, {"http", "dns"})
    for rule in rules.get("http") or ():
        further = "; ".join(f"{name} {rule[name]}" for name in sorted(rule.keys() - {"method", "path"}))
        yield Request("HTTP", rule.get("method") or ".*", rule.get("path") or ".*", further)
    patterns = [_name(rule) for rule in rules.get("dns") or ()]
    if "*" not in patterns:
        yield from (Request("DNS", further=pattern) for pattern in patterns)


def _name(host: Mapping[str, str]) -> str:
    _refuse_others(host, {"matchName", "matchPattern"})
    return host["matchName"] if "matchName" in host else host.get("matchPattern", "")


def _dns_patterns(spec: Mapping[str, Any], namespace: str) -> Iterator[Mapping[str, str]]:
    for rule in spec.get("egress") or ():
        for to_ports in (rule.get("toPorts") or ()) if _peers("egress", rule, namespace) else ():
            yield from (to_ports.get("rules") or {}).get("dns") or ()


def _resolved(way: Way, named: list[HostName]) -> Iterator[Way]:
    """A name is known by its addresses only once the answer has passed the DNS proxy, by a rule of the policy."""
    if not isinstance(way.peer, HostName):
        yield way
        return
    for pattern in named:
        if pattern.covers(way.peer):
            yield way
            return
    yield from (replace(way, peer=pattern) for pattern in named if way.peer.covers(pattern))


def _refuse_others(given: Mapping[str, Any], known: set[str]) -> None:
    if unknown := given.keys() - known:
        raise ValueError(", ".join(sorted(unknown)))
