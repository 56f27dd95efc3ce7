"""What a written network policy lets through, worked out from its manifest alone.

    reach = reach_of(manifest)
    reach.pods, reach.enforced, reach.ways                    # whom it is for, what it drops by itself, what it lets by
    allowed(manifest, "ingress", Party("web", "shop", {"app": "web"}), 6379, "TCP")      # the requests that pass

Both kinds become the same values, so that two policies can be compared by their flows. What a manifest says beyond
that is an `UnreadablePolicy`, never left out in silence:
https://docs.cilium.io/en/stable/security/policy/language/ and
https://kubernetes.io/docs/concepts/services-networking/network-policies/
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Literal

from constructs_lib.network.peers import Party, Peer
from constructs_lib.network.selectors import Selector

Direction = Literal["ingress", "egress"]
Manifest = Mapping[str, Any]

REDIS = "redis"
"""The Redis protocol, which no HTTP proxy lets pass."""
HTTP = (("GET", "/metrics"), ("GET", "/"), ("POST", "/metrics"))
EVERYTHING = frozenset({REDIS, *HTTP})
SCRAPE = frozenset({("GET", "/metrics")})

PROTOCOLS = ("TCP", "UDP", "SCTP")
"""What a rule without a protocol, or for any, is for."""


class UnreadablePolicy(ValueError):
    """A policy with something in it that is not understood here; the text says what."""


@dataclass(frozen=True, slots=True, order=True)
class Ports:
    """Ports of whoever is connected to: a range, or one by the name that the pod gives it."""

    first: int
    last: int
    name: str = ""

    def __contains__(self, port: int) -> bool:
        return not self.name and self.first <= port <= self.last

    def __str__(self) -> str:
        if self == EVERY_PORT:
            return "every port"
        return self.name or (str(self.first) if self.first == self.last else f"{self.first}-{self.last}")


EVERY_PORT = Ports(0, 65535)


@dataclass(frozen=True, slots=True)
class Request:
    """The only requests that pass: of HTTP by method and path, or of DNS by a pattern of names."""

    protocol: Literal["HTTP", "DNS"]
    method: str = ".*"
    """A regular expression, as `path` is."""
    path: str = ".*"
    further: str = ""
    """What else a request must be, as it is written; of DNS, the pattern of names."""

    def covers(self, other: Request) -> bool:
        """Whether all that the other lets pass passes by this one too."""
        if self.protocol != other.protocol or self.further not in ("", other.further):
            return False
        return self.method in (".*", other.method) and self.path in (".*", other.path)

    def is_for(self, method: str, path: str) -> bool:
        """Whether an HTTP request passes."""
        return (
            self.protocol == "HTTP"
            and not self.further
            and bool(re.fullmatch(self.method, method) and re.fullmatch(self.path, path))
        )

    def __str__(self) -> str:
        if self.protocol == "DNS":
            return f"DNS {self.further}"
        return " ".join(part for part in (self.method, self.path, self.further) if part not in ("", ".*")) or "HTTP"


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
    module = _MODULES.get(policy.get("kind", ""))
    if module is None:
        raise UnreadablePolicy(f"the kind {policy.get('kind')}")
    try:
        reach = import_module(f"constructs_lib.network.{module}").reach(policy)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UnreadablePolicy(str(error)) from error
    assert isinstance(reach, Reach)
    return reach


def governs(policy: Manifest, party: Party) -> bool:
    """Whether the policy is for that pod."""
    reach = reach_of(policy)
    return party.namespace == reach.namespace and reach.pods.selects(party.labels)


def allowed(policy: Manifest, direction: Direction, party: Party, port: int, protocol: str) -> frozenset[Any]:
    """What passes between the policy's pods and a party, at that port of whoever is connected to."""
    return allowed_by(reach_of(policy), direction, party, port, protocol)


def allowed_by(reach: Reach, direction: Direction, party: Party, port: int, protocol: str) -> frozenset[Any]:
    """The same, of a policy that was read before."""
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


_MODULES = {"CiliumNetworkPolicy": "reach_cilium", "NetworkPolicy": "reach_kubernetes"}
