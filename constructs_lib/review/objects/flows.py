"""Ways that one set of network policies lets through and another does not, however each is written.

Ways are compared port by port and peer by peer: a range is the same as its ports, a CIDR as its halves, a peer is taken
in by one that selects more. Where the answer hangs on what only the cluster knows, a way counts as new: rather too much
is said than too little.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from constructs_lib.network.peers import Addresses, Peer, subtracted
from constructs_lib.network.reach import Way
from constructs_lib.network.rules import EVERY_PORT, PROTOCOLS, Direction, Ports, Request


@dataclass(frozen=True, slots=True)
class Opening:
    """What one peer may do: its ports, and the requests alone that pass there."""

    direction: Direction
    peer: Peer
    ports: tuple[tuple[str, Ports], ...]
    """Each with its protocol."""
    requests: tuple[Request, ...] = ()
    """Empty: whatever is sent."""

    def __contains__(self, port: int) -> bool:
        return any(protocol == "TCP" and port in ports for protocol, ports in self.ports)

    def __str__(self) -> str:
        return f"{self.peer} on {self.where()}{self.only()}"

    def where(self) -> str:
        """The ports, in one phrase."""
        if {protocol for protocol, ports in self.ports if ports == EVERY_PORT} == set(PROTOCOLS):
            return "every port"
        by_port: dict[Ports, list[str]] = {}
        for protocol, ports in self.ports:
            by_port.setdefault(ports, []).append(protocol)
        return ", ".join(f"{ports}{_protocols(protocols)}" for ports, protocols in sorted(by_port.items()))

    def only(self) -> str:
        """The requests, where not everything passes."""
        return f" with {', '.join(map(str, self.requests))} alone" if self.requests else ""

    def ways(self, peer: Peer) -> Iterator[Way]:
        """All of it, for another peer."""
        for protocol, ports in self.ports:
            for request in self.requests or (None,):
                yield Way(self.direction, peer, protocol, ports, request)


def openings(ways: Iterable[Way]) -> Iterator[Opening]:
    """The ways, one opening for each peer and what it may send."""
    ports: dict[tuple[Direction, Peer, Request | None], set[tuple[str, Ports]]] = {}
    for way in ways:
        ports.setdefault((way.direction, way.peer, way.request), set()).add((way.protocol, way.ports))
    together: dict[tuple[Direction, Peer, tuple[tuple[str, Ports], ...], bool], list[Request]] = {}
    for (direction, peer, request), where in ports.items():
        group = together.setdefault((direction, peer, tuple(sorted(where)), request is None), [])
        if request is not None:
            group.append(request)
    for (direction, peer, open_ports, _), requests in together.items():
        yield Opening(direction, peer, open_ports, tuple(sorted(requests, key=str)))


def beyond(ways: Iterable[Way], others: Sequence[Way]) -> list[Way]:
    """What of some ways others do not let through."""
    left: list[Way] = []
    for way in dict.fromkeys(ways):
        beside = [
            other
            for other in others
            if (other.direction, other.protocol) == (way.direction, way.protocol)
            and _passes(other.request, way.request)
        ]
        for ports in _ports_left(way, [other for other in beside if other.peer.covers(way.peer)]):
            left += _addresses_left(replace(way, ports=ports), beside)
    return left


def remaining(opening: Opening, ways: Sequence[Way]) -> list[Peer]:
    """Of the peer of an opening that is closed, those whom others still let do all of it."""
    within = {way.peer for way in ways if way.direction == opening.direction and opening.peer.covers(way.peer)}
    kept = [peer for peer in within if peer != opening.peer and not beyond(opening.ways(peer), ways)]
    return sorted((peer for peer in kept if not _is_within_another(peer, kept)), key=str)


def proxied(ways: Sequence[Way]) -> list[Way]:
    """The ways as they work: a rule on requests has the HTTP proxy take all that comes from the peers it selects."""
    requests = [way for way in ways if way.request and way.request.protocol == "HTTP"]
    return [
        replace(way, request=Request("HTTP"))
        if way.request is None and any(_takes_over(each, way) for each in requests)
        else way
        for way in ways
    ]


def unclear(ways: Sequence[Way]) -> list[Way]:
    """Rules on requests for some of the peers that others let through with whatever they send."""
    return [
        each
        for each in ways
        if each.request
        and each.request.protocol == "HTTP"
        and any(
            way.request is None
            and way.direction == each.direction
            and way.protocol == each.protocol
            and _meet(way.ports, each.ports)
            and way.peer.overlaps(each.peer)
            and not each.peer.covers(way.peer)
            for way in ways
        )
    ]


def _is_within_another(peer: Peer, peers: Iterable[Peer]) -> bool:
    return any(other.covers(peer) and not peer.covers(other) for other in peers)


def _takes_over(rule: Way, way: Way) -> bool:
    same = (rule.direction, rule.protocol) == (way.direction, way.protocol)
    return same and not _minus(way.ports, rule.ports) and rule.peer.covers(way.peer)


def _passes(request: Request | None, other: Request | None) -> bool:
    return request is None or (other is not None and request.covers(other))


def _ports_left(way: Way, covering: Sequence[Way]) -> list[Ports]:
    left = [way.ports]
    for other in covering:
        left = [rest for ports in left for rest in _minus(ports, other.ports)]
    return left


def _addresses_left(way: Way, beside: Sequence[Way]) -> Iterator[Way]:
    """The way itself, or, of addresses, those that none of the others has at all of its ports."""
    if not isinstance(way.peer, Addresses) or not way.peer.networks():
        yield way
        return
    others = [
        network
        for other in beside
        if isinstance(other.peer, Addresses) and not _minus(way.ports, other.ports)
        for network in other.peer.networks()
    ]
    networks = subtracted(way.peer.networks(), others)
    if networks == way.peer.networks():
        yield way
    else:
        yield from (replace(way, peer=Addresses(str(network))) for network in networks)


def _minus(ports: Ports, other: Ports) -> list[Ports]:
    if ports.name or other.name:
        return [] if ports == other or other == EVERY_PORT else [ports]
    before = Ports(ports.first, min(ports.last, other.first - 1))
    after = Ports(max(ports.first, other.last + 1), ports.last)
    return [part for part in dict.fromkeys((before, after)) if part.first <= part.last]


def _meet(ports: Ports, other: Ports) -> bool:
    if ports.name or other.name:
        return ports == other or EVERY_PORT in (ports, other)
    return ports.first <= other.last and other.first <= ports.last


def _protocols(protocols: Sequence[str]) -> str:
    """TCP goes without saying."""
    if set(protocols) == {"TCP"}:
        return ""
    return f" ({'/'.join(sorted(protocols))})"
