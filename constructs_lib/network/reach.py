"""What a written network policy lets through, worked out from its manifest alone.

    reach = reach_of(manifest)
    reach.pods, reach.enforced, reach.ways                    # whom it is for, what it drops by itself, what it lets by
    allowed_by(reach, "ingress", Party("web", "shop", {"app": "web"}), 6379, "TCP")      # the requests that pass

Both kinds become the same values, so that two policies can be compared by their flows. What a manifest says beyond
that is an `UnreadablePolicy`, never left out in silence:
https://docs.cilium.io/en/stable/security/policy/language/ and
https://kubernetes.io/docs/concepts/services-networking/network-policies/
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from constructs_lib.network.peers import HostName, Party, Peer
from constructs_lib.network.policies import policies_of
from constructs_lib.network.rules import Direction, Manifest, Ports, Request, WrittenPolicy
from constructs_lib.network.selectors import Selector

KINDS = ("CiliumNetworkPolicy", "NetworkPolicy")

REDIS = "redis"
"""The Redis protocol, which no HTTP proxy lets pass."""
HTTP = (("GET", "/metrics"), ("GET", "/"), ("POST", "/metrics"))
EVERYTHING = frozenset({REDIS, *HTTP})


class UnreadablePolicy(ValueError):
    """A policy with something in it that is not understood here; the text says what."""


@dataclass(frozen=True, slots=True)
class Way:
    """One connection that a policy lets through."""

    direction: Direction
    peer: Peer
    protocol: str
    ports: Ports
    request: Request | None = None
    """None: whatever is sent."""


@dataclass(frozen=True, slots=True)
class Reach:
    """All that a policy says."""

    namespace: str
    pods: Selector
    """Whom it is for, in its namespace."""
    enforced: frozenset[Direction]
    """Where it drops what no policy lets through."""
    ways: tuple[Way, ...] = field(default_factory=tuple)


def reach_of(policy: Manifest) -> Reach:
    """Read a CiliumNetworkPolicy or a NetworkPolicy.

    Raises:
        UnreadablePolicy: it is another kind, or says something that is not understood here.
    """
    found = dict(policies_of(policy)) if policy.get("kind") in KINDS else {}
    written = found.pop("/spec", None)
    if written is None or found:
        raise UnreadablePolicy(", ".join(found) or f"no spec of a {' or a '.join(KINDS)}")
    denied = [f"{rule.direction}Deny" for rule in written.rules if rule.denies]
    if unread := dict.fromkeys([*written.not_understood, *denied]):
        raise UnreadablePolicy(", ".join(unread))
    return Reach(written.namespace, written.pods, written.enforced, tuple(_ways(written)))


def allowed_by(reach: Reach, direction: Direction, party: Party, port: int, protocol: str) -> frozenset[Any]:
    """What passes between the policy's pods and a party, at that port of whoever is connected to."""
    ways = [
        way
        for way in reach.ways
        if way.direction == direction and way.protocol == protocol and port in way.ports and way.peer.is_met_by(party)
    ]
    requests = [way.request for way in ways if way.request and way.request.protocol == "HTTP"]
    if requests:
        # One rule on requests, and the HTTP proxy takes all that comes from there, whatever other rules say. After
        # Cilium v1.17 it lets every request pass where nothing is dropped:
        # https://github.com/cilium/cilium/issues/38676
        if len(requests) < len(ways) or direction not in reach.enforced:
            return frozenset(HTTP)
        return frozenset(sent for sent in HTTP if any(request.is_for(*sent) for request in requests))
    return EVERYTHING if ways or direction not in reach.enforced else frozenset()


def _ways(policy: WrittenPolicy) -> Iterator[Way]:
    names = [name for rule in policy.rules for name in rule.names]
    for rule in policy.rules:
        for named in rule.peers:
            for at in rule.at:
                for protocol, ports in at.ports:
                    for request in at.requests or (None,):
                        yield from _resolved(Way(rule.direction, named.peer, protocol, ports, request), names)


def _resolved(way: Way, names: Sequence[HostName]) -> Iterator[Way]:
    """A name is known by its addresses only once the answer has passed the DNS proxy, by a rule of the policy."""
    if not isinstance(way.peer, HostName) or any(name.covers(way.peer) for name in names):
        yield way
    else:
        yield from (replace(way, peer=name) for name in names if way.peer.covers(name))
