"""Whom a network policy lets in and out, and whom it denies that, rule by rule in the words of the picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from constructs_lib.network.cilium import KIND as CILIUM
from constructs_lib.network.kubernetes import KIND as KUBERNETES
from constructs_lib.network.peers import NAMESPACE_NAME, Entity, Everybody, Peer, SelectedPods
from constructs_lib.network.rules import PROTOCOLS, Direction, NamedPeer, Ports, Rule, WrittenPolicy

POLICY_KINDS = (CILIUM, KUBERNETES)


@dataclass(frozen=True, slots=True)
class DrawnPeer:
    """The other end of a way: pods, or what is no pod: addresses, hosts, Cilium's entities, anyone at all."""

    words: tuple[str, ...]
    """For a reader, a line each."""
    pods: SelectedPods | None = None

    @property
    def namespaces(self) -> frozenset[str]:
        """Of the pods, where they are told by name."""
        return (self.pods.namespaces.values_of(NAMESPACE_NAME) if self.pods else None) or frozenset()


ANYONE = DrawnPeer(("anyone",))


@dataclass(frozen=True, slots=True)
class Way:
    """What one rule lets through, or denies."""

    direction: Direction
    peer: DrawnPeer
    ports: tuple[str, ...]
    """`6379`, `53 UDP`, `9000-9010`; without a protocol for TCP, and for any."""
    requests: tuple[str, ...] = ()
    """The HTTP requests that the peer may make, where it is held to some: `GET /metrics`."""
    denied: bool = False

    @property
    def port_numbers(self) -> frozenset[str]:
        """The ports without their protocols."""
        return frozenset(port.partition(" ")[0] for port in self.ports)


def ways(kind: str, policy: WrittenPolicy, denying: Sequence[Rule]) -> Iterator[Way]:
    """What a policy of one of POLICY_KINDS lets through and denies, rule by rule, a way a peer.

    Args:
        kind: of the policy.
        policy: as it is read.
        denying: rules of all policies for the same pods that deny: whom they leave nothing is not let through.
    """
    for rule in policy.rules:
        ports = _ports(rule)
        requests = {str(request) for at in rule.at for request in at.requests if request.protocol == "HTTP"}
        peers = [
            named
            for named in rule.peers
            if rule.denies or not any(other.takes_away(rule, named.peer) for other in denying)
        ]
        for peer in _peers(kind, peers) if ports else ():
            yield Way(rule.direction, peer, ports, tuple(sorted(requests)), rule.denies)


def _peers(kind: str, peers: Sequence[NamedPeer]) -> Iterator[DrawnPeer]:
    """Pods each for themselves; what else stands in one list of Cilium's together."""
    lists: dict[str, list[NamedPeer]] = {}
    for named in peers:
        if isinstance(named.peer, SelectedPods):
            yield DrawnPeer(_pods_words(named.peer), named.peer)
        elif isinstance(named.peer, Everybody):
            yield ANYONE
        else:
            place = named.field.rpartition("/")[0] if kind == CILIUM else named.field
            lists.setdefault(place, []).append(named)
    for listed in lists.values():
        if words := tuple(sorted(filter(None, (_word(named.peer) for named in listed)))):
            yield DrawnPeer(words)


def _pods_words(pods: SelectedPods) -> tuple[str, ...]:
    names, others = pods.namespaces.values_of(NAMESPACE_NAME), pods.namespaces.without(NAMESPACE_NAME)
    where = f"pods in {', '.join(sorted(names))}" if names else "pods in any namespace"
    if others.requirements:
        where = f"pods in namespaces with {', '.join(others.words())}"
    return (where, *pods.labels.words())


def _word(peer: Peer) -> str:
    return peer.name if isinstance(peer, Entity) else str(peer)


def _ports(rule: Rule) -> tuple[str, ...]:
    """Each once, with its protocols unless these are TCP alone, or any."""
    protocols: dict[Ports, set[str]] = {}
    for protocol, ports in (each for at in rule.at for each in at.ports):
        protocols.setdefault(ports, set()).add(protocol)
    return tuple(sorted(f"{ports}{_protocols(of)}" for ports, of in protocols.items()))


def _protocols(protocols: Iterable[str]) -> str:
    return "" if set(protocols) in ({"TCP"}, set(PROTOCOLS)) else f" {'/'.join(sorted(protocols))}"
