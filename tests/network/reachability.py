"""What a written network policy lets through, worked out from its manifest alone.

    allowed(manifest, "ingress", Party("web", "shop", {"app": "web"}), 6379, "TCP")      # the requests that pass

Knows what the two kinds mean, and no more of them than the policies here use:
https://docs.cilium.io/en/stable/security/policy/language/ and
https://kubernetes.io/docs/concepts/services-networking/network-policies/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from typing import Any, Literal

Direction = Literal["ingress", "egress"]
Manifest = Mapping[str, Any]

REDIS = "redis"
"""The Redis protocol, which no HTTP proxy lets pass."""
HTTP = (("GET", "/metrics"), ("GET", "/"), ("POST", "/metrics"))
EVERYTHING = frozenset({REDIS, *HTTP})
SCRAPE = frozenset({("GET", "/metrics")})


@dataclass(frozen=True)
class Party:
    """Somebody on the network: a pod by namespace and labels, or an address outside the cluster, with its name."""

    name: str
    namespace: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    address: str | None = None
    host: str | None = None


def governs(policy: Manifest, party: Party) -> bool:
    """Whether the policy is for that pod."""
    selector = policy["spec"].get("endpointSelector", policy["spec"].get("podSelector"))
    return party.namespace == policy["metadata"]["namespace"] and _has(party, (selector or {}).get("matchLabels"))


def allowed(policy: Manifest, direction: Direction, party: Party, port: int, protocol: str) -> frozenset[Any]:
    """What passes between the policy's pods and a party, at that port of whoever is connected to."""
    reach = {"CiliumNetworkPolicy": _cilium, "NetworkPolicy": _kubernetes}[policy["kind"]]
    return reach(policy, direction, party, port, protocol)


def mutants(policy: Manifest) -> Iterator[tuple[str, Manifest]]:
    """The policy with one thing in its spec left out, or changed: each thing once."""
    for path in list(_paths(policy["spec"])):
        where = ".".join(map(str, path))
        if not _means_nothing(policy["kind"], path):
            left_out = deepcopy(dict(policy))
            del _parent(left_out["spec"], path)[path[-1]]
            yield f"without {where}", left_out
        for other in _others(_parent(policy["spec"], path)[path[-1]]):
            changed = deepcopy(dict(policy))
            _parent(changed["spec"], path)[path[-1]] = other
            yield f"{where}: {other}", changed


def _cilium(policy: Manifest, direction: Direction, party: Party, port: int, protocol: str) -> frozenset[Any]:
    rules = policy["spec"].get(direction, [])
    matching = [
        to_ports
        for rule in rules
        if _cilium_selects(policy, rule, party)
        for to_ports in rule.get("toPorts") or [{}]
        if _cilium_covers(to_ports, port, protocol)
    ]
    requests = [request for to_ports in matching for request in to_ports.get("rules", {}).get("http", [])]
    if requests:
        # One rule on requests, and the HTTP proxy takes all that comes from there, whatever other rules say.
        if all("http" in to_ports.get("rules", {}) for to_ports in matching):
            return frozenset(sent for sent in HTTP if any(_is_request(sent, request) for request in requests))
        return frozenset(HTTP)
    denies = policy["spec"]["enableDefaultDeny"].get(direction, bool(rules))
    return EVERYTHING if matching or not denies else frozenset()


def _cilium_selects(policy: Manifest, rule: Mapping[str, Any], party: Party) -> bool:
    way = [name for name in rule if name != "toPorts"]
    if not way:
        return True
    namespace = "io.kubernetes.pod.namespace"
    for endpoint in [*rule.get("fromEndpoints", []), *rule.get("toEndpoints", [])]:
        labels = dict(endpoint.get("matchLabels", {}))
        if party.namespace == labels.pop(namespace, policy["metadata"]["namespace"]) and _has(party, labels):
            return True
    if any(_is_in(party, cidr) for cidr in [*rule.get("fromCIDR", []), *rule.get("toCIDR", [])]):
        return True
    if any(_is_entity(party, entity) for entity in rule.get("fromEntities", [])):
        return True
    return any(_is_named(policy, party, name) for name in rule.get("toFQDNs", []))


def _is_named(policy: Manifest, party: Party, name: Mapping[str, str]) -> bool:
    """A name is known by its addresses only once the answer has passed the DNS proxy, by a rule of the policy."""
    patterns = [
        rule
        for egress in policy["spec"].get("egress", [])
        for to_ports in egress.get("toPorts", [])
        for rule in to_ports.get("rules", {}).get("dns", [])
    ]
    return (
        party.host is not None
        and any(_matches(party.host, pattern) for pattern in patterns)
        and _matches(party.host, name)
    )


def _matches(host: str, name: Mapping[str, str]) -> bool:
    if "matchName" in name:
        return host == name["matchName"]
    pattern = name.get("matchPattern", "")
    return pattern == "*" or re.fullmatch(re.escape(pattern).replace(r"\*", "[^.]*"), host) is not None


def _cilium_covers(to_ports: Mapping[str, Any], port: int, protocol: str) -> bool:
    ports = to_ports.get("ports")
    return not ports or any(
        each.get("port") in (None, str(port)) and each.get("protocol", "ANY") in ("ANY", protocol) for each in ports
    )


def _is_request(sent: tuple[str, str], request: Mapping[str, str]) -> bool:
    method, path = sent
    return bool(re.fullmatch(request.get("method", ".*"), method) and re.fullmatch(request.get("path", ".*"), path))


def _is_entity(party: Party, entity: str) -> bool:
    return entity == "all" or entity == ("world" if party.namespace is None else "cluster")


def _kubernetes(policy: Manifest, direction: Direction, party: Party, port: int, protocol: str) -> frozenset[Any]:
    spec = policy["spec"]
    if direction.capitalize() not in spec["policyTypes"]:
        return EVERYTHING
    for rule in spec.get(direction, []):
        peers = rule.get("from" if direction == "ingress" else "to")
        if (not peers or any(_is_peer(policy, party, peer) for peer in peers)) and _covers(rule, port, protocol):
            return EVERYTHING
    return frozenset()


def _covers(rule: Mapping[str, Any], port: int, protocol: str) -> bool:
    ports = rule.get("ports")
    return not ports or any(
        each.get("port") in (None, port) and each.get("protocol", "TCP") == protocol for each in ports
    )


def _is_peer(policy: Manifest, party: Party, peer: Mapping[str, Any]) -> bool:
    if "ipBlock" in peer:
        return _is_in(party, peer["ipBlock"].get("cidr"))
    if party.namespace is None:
        return False
    if "namespaceSelector" in peer:
        named = Party("", None, {"kubernetes.io/metadata.name": party.namespace})
        if not _has(named, peer["namespaceSelector"].get("matchLabels")):
            return False
    elif party.namespace != policy["metadata"]["namespace"]:
        return False
    return _has(party, peer.get("podSelector", {}).get("matchLabels"))


def _has(party: Party, labels: Mapping[str, str] | None) -> bool:
    return (labels or {}).items() <= party.labels.items()


def _is_in(party: Party, cidr: str | None) -> bool:
    try:
        return party.address is not None and ip_address(party.address) in ip_network(cidr or "")
    except ValueError:
        return False


def _paths(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    steps: Iterable[Any] = node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    for step in steps:
        yield (*path, step)
        yield from _paths(node[step], (*path, step))


def _parent(spec: Any, path: tuple[Any, ...]) -> Any:
    for step in path[:-1]:
        spec = spec[step]
    return spec


def _others(value: Any) -> tuple[Any, ...]:
    """Other values for one: near ones, and wider ones where it is a range."""
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, int):
        return (value + 1,)
    if isinstance(value, str):
        return (f"{value}x", *(["0.0.0.0/0"] if "/" in value and value[0].isdigit() else []))
    return ()


def _means_nothing(kind: str, path: tuple[Any, ...]) -> bool:
    """What may be left out because it is so anyway: denying where there are rules, and TCP."""
    if kind == "CiliumNetworkPolicy":
        return "enableDefaultDeny" in path
    return path == ("policyTypes",) or "protocol" in path
