"""The other end of a connection, as policies select it, and whether one selection takes in another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Protocol

from constructs_lib.network.selectors import Requirement, Selector

Network = IPv4Network | IPv6Network

NAMESPACE_NAME = "kubernetes.io/metadata.name"
"""The label that every namespace has, with its name, since Kubernetes 1.21:
https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name"""


@dataclass(frozen=True)
class Party:
    """Somebody on the network: a pod by namespace and labels, or an address outside the cluster, with its name."""

    name: str
    namespace: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    address: str | None = None
    host: str | None = None


class Peer(Protocol):
    """What every selection can say of itself."""

    def is_met_by(self, party: Party) -> bool:
        """Whether a party is selected."""

    def covers(self, other: Peer) -> bool:
        """Whether all that the other selects is surely selected by this one too."""

    def overlaps(self, other: Peer) -> bool:
        """Whether somebody may be selected by both."""


@dataclass(frozen=True, slots=True)
class Everybody:
    """Whoever there is."""

    def is_met_by(self, party: Party) -> bool:
        return True

    def covers(self, other: Peer) -> bool:
        return True

    def overlaps(self, other: Peer) -> bool:
        return True

    def __str__(self) -> str:
        return "everybody"


@dataclass(frozen=True, slots=True)
class SelectedPods:
    """Pods by labels of their namespaces and their own."""

    namespaces: Selector
    labels: Selector

    @classmethod
    def of_namespace(cls, namespace: str, labels: Selector) -> SelectedPods:
        """Pods of one namespace."""
        return cls(Selector(frozenset({Requirement(NAMESPACE_NAME, frozenset({namespace}))})), labels)

    def is_met_by(self, party: Party) -> bool:
        if party.namespace is None:
            return False
        return self.namespaces.selects({NAMESPACE_NAME: party.namespace}) and self.labels.selects(party.labels)

    def covers(self, other: Peer) -> bool:
        return (
            isinstance(other, SelectedPods)
            and self.namespaces.covers(other.namespaces)
            and self.labels.covers(other.labels)
        )

    def overlaps(self, other: Peer) -> bool:
        if isinstance(other, SelectedPods):
            return self.namespaces.overlaps(other.namespaces) and self.labels.overlaps(other.labels)
        return not isinstance(other, Addresses | HostName) and other.overlaps(self)

    def __str__(self) -> str:
        names = [
            requirement.values
            for requirement in self.namespaces.requirements
            if requirement.key == NAMESPACE_NAME and requirement.values and not requirement.negated
        ]
        if len(names) == len(self.namespaces.requirements) == 1:
            where = f"of {'|'.join(sorted(names[0]))}"
        else:
            where = f"of namespaces {self.namespaces}" if self.namespaces.requirements else "of every namespace"
        return f"pods {where} ({self.labels})" if self.labels.requirements else f"pods {where}"


@dataclass(frozen=True, slots=True)
class Addresses:
    """IP addresses outside the cluster: a range without some others."""

    cidr: str
    without: frozenset[str] = frozenset()

    def is_met_by(self, party: Party) -> bool:
        if party.address is None:
            return False
        address = ip_address(party.address)
        return any(address in network for network in self.networks())

    def networks(self) -> list[Network]:
        """What is left of the range; nothing where it is none."""
        network = _network(self.cidr)
        return [] if network is None else subtracted([network], filter(None, map(_network, self.without)))

    def covers(self, other: Peer) -> bool:
        if self == other:
            return True
        return isinstance(other, Addresses) and not subtracted(other.networks(), self.networks())

    def overlaps(self, other: Peer) -> bool:
        if isinstance(other, Addresses):
            return any(ours.overlaps(theirs) for ours in self.networks() for theirs in other.networks())
        return isinstance(other, HostName) or (not isinstance(other, SelectedPods) and other.overlaps(self))

    def __str__(self) -> str:
        return f"{self.cidr} without {', '.join(sorted(self.without))}" if self.without else self.cidr


@dataclass(frozen=True, slots=True)
class HostName:
    """A host outside the cluster; `*` stands for any characters but a dot, and alone for every name."""

    pattern: str

    def is_met_by(self, party: Party) -> bool:
        return party.host is not None and self.matches(party.host)

    def matches(self, host: str) -> bool:
        """Whether that is its name."""
        return (
            self.pattern == "*"
            or re.fullmatch(re.escape(self.pattern).replace(r"\*", "[^.]*"), host, re.IGNORECASE) is not None
        )

    def covers(self, other: Peer) -> bool:
        if not isinstance(other, HostName):
            return False
        return self.pattern in ("*", other.pattern) or ("*" not in other.pattern and self.matches(other.pattern))

    def overlaps(self, other: Peer) -> bool:
        return not isinstance(other, SelectedPods)

    def __str__(self) -> str:
        return self.pattern


@dataclass(frozen=True, slots=True)
class Entity:
    """What Cilium has a name for: https://docs.cilium.io/en/stable/security/policy/language/#entities-based"""

    name: str

    def is_met_by(self, party: Party) -> bool:
        return self.name == "all" or self.name == ("world" if party.namespace is None else "cluster")

    def covers(self, other: Peer) -> bool:
        if self == other or self.name == "all":
            return True
        if isinstance(other, Entity):
            return self.name == "cluster" and other.name in _OF_THE_CLUSTER
        return isinstance(other, SelectedPods) if self.name == "cluster" else self._is_world_of(other)

    def overlaps(self, other: Peer) -> bool:
        if isinstance(other, SelectedPods):
            return self.name not in ("world", "host", "none")
        return not isinstance(other, Entity) or self.covers(other) or other.covers(self)

    def _is_world_of(self, other: Peer) -> bool:
        return self.name == "world" and isinstance(other, Addresses | HostName)

    def __str__(self) -> str:
        return f"Cilium's {self.name!r}"


_OF_THE_CLUSTER = frozenset({"host", "init", "ingress", "unmanaged", "remote-node", "health"})


def subtracted(networks: Iterable[Network], others: Iterable[Network]) -> list[Network]:
    """What is left of some ranges without others."""
    left = list(networks)
    for other in others:
        left = [rest for network in left for rest in _without(network, other)]
    return left


def _without(network: Network, other: Network) -> list[Network]:
    if network.version != other.version or not network.overlaps(other):
        return [network]
    if network.subnet_of(other):  # type: ignore[arg-type]
        return []
    return list(network.address_exclude(other))  # type: ignore[arg-type]


def _network(cidr: str) -> Network | None:
    try:
        return ip_network(cidr)
    except ValueError:
        return None
