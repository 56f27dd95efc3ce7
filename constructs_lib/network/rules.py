"""The rules of a written network policy, of whichever kind: whom each is for, at which ports, with which requests.

What is not understood is kept in words beside what is, never left out in silence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from constructs_lib.network.peers import HostName, Peer
from constructs_lib.network.selectors import Selector

Direction = Literal["ingress", "egress"]
DIRECTIONS: tuple[Direction, ...] = ("ingress", "egress")

Manifest = Mapping[str, Any]

PROTOCOLS = ("TCP", "UDP", "SCTP")
"""What a rule without a protocol, or for any, is for."""


@dataclass(frozen=True, slots=True, order=True)
class Ports:
    """Ports of whoever is connected to: a range, or one by the name that the pod gives it."""

    first: int
    last: int
    name: str = ""

    def __contains__(self, port: int) -> bool:
        return not self.name and self.first <= port <= self.last

    def covers(self, other: Ports) -> bool:
        """Whether all of the other are among these; which port a name stands for is not known."""
        if self.name or other.name:
            return self in (other, EVERY_PORT)
        return self.first <= other.first and other.last <= self.last

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
class NamedPeer:
    """A peer of a rule, and where it is named."""

    field: str
    """Its place in the manifest, a JSON pointer; the rule's own for everybody."""
    peer: Peer


@dataclass(frozen=True, slots=True)
class RulePorts:
    """Ports of a rule, and the requests that alone pass there."""

    ports: tuple[tuple[str, Ports], ...]
    """Each with its protocol."""
    requests: tuple[Request, ...] = ()
    """Empty: whatever is sent."""


ALL_PORTS = RulePorts(tuple((protocol, EVERY_PORT) for protocol in PROTOCOLS))


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: each of its peers may connect, or by a rule that denies may not, at each of its ports."""

    direction: Direction
    denies: bool
    peers: tuple[NamedPeer, ...]
    at: tuple[RulePorts, ...]
    further_peers: tuple[str, ...] = ()
    """Where it names peers in a way that is not understood."""
    names: tuple[HostName, ...] = ()
    """Of hosts, whose addresses are known once an answer with them has passed the DNS proxy."""

    def takes_away(self, other: Rule, peer: Peer) -> bool:
        """Whether this rule, which denies, leaves a peer nothing of what another rule lets it do."""
        denied = [each for at in self.at for each in at.ports]
        return (
            self.denies
            and self.direction == other.direction
            and any(named.peer.covers(peer) for named in self.peers)
            and all(
                any(protocol == of and ports.covers(let) for protocol, ports in denied)
                for at in other.at
                for of, let in at.ports
            )
        )


@dataclass(frozen=True, slots=True)
class WrittenPolicy:
    """A NetworkPolicy, or one `spec` of a policy of Cilium's."""

    namespace: str
    """Empty for a policy of the whole cluster, and where the manifest names none."""
    pods: Selector
    """Whom it is for, in its namespace."""
    enforced: frozenset[Direction]
    """Where it drops what no policy lets through."""
    rules: tuple[Rule, ...]
    not_understood: tuple[str, ...]
    """What else it says, in words."""
