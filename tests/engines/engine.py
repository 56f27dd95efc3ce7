"""What a written network policy lets through, judged by an engine that judges it on clusters.

with Engine("cilium") as cilium:
    (verdict,) = cilium.judge([manifest], parties, [Connection("web", "sessions-0", 6379, "TCP")])
    verdict == EVERYTHING
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal

from constructs_lib.network.cilium import NAMESPACE_LABEL
from constructs_lib.network.peers import Party
from constructs_lib.network.reach import EVERYTHING, HTTP, allowed_by, reach_of
from constructs_lib.network.rules import Direction, Manifest
from tests.engines.programs import program

Verdict = frozenset[Any]
"""The requests that pass, as the library's `reach.allowed` tells them."""

KINDS = {"CiliumNetworkPolicy": ("cilium",), "NetworkPolicy": ("kube-network-policies", "cilium")}
"""The engines that know a kind of policy."""


class Refused(Exception):
    """The engine, or the API server before it, does not take the policy; on a cluster it is not there."""


@dataclass(frozen=True)
class Connection:
    """A connection that one party makes to a port of another."""

    source: str
    target: str
    port: int
    protocol: Literal["TCP", "UDP"] = "TCP"


@dataclass(frozen=True)
class Reserved:
    """Somebody that Cilium has a name for, such as `host` or `remote-node`."""

    name: str


class Engine:
    """A running engine; it judges one question after the other until it is closed."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._process = subprocess.Popen(
            [program(name)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate(timeout=10)

    def judge(
        self, policies: Iterable[Manifest], parties: Iterable[Party | Reserved], connections: Sequence[Connection]
    ) -> list[Verdict]:
        """What passes in each connection, with these policies on the cluster.

        Raises:
            Refused: the engine does not take one of the policies.
        """
        flows = [
            {"from": each.source, "to": each.target, "port": each.port, "protocol": each.protocol}
            for each in connections
        ]
        question = {
            "policies": list(policies),
            "parties": [_party(party) for party in parties],
            "flows": flows,
            "requests": HTTP,
        }
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"the engine {self.name} has ended"
        answer = json.loads(line)
        if "error" in answer:
            raise Refused(answer["error"])
        return [_verdict(each) for each in answer["verdicts"]]


@dataclass(frozen=True)
class Disagreement:
    """A connection of which an engine and the library say different things."""

    connection: Connection
    engine: Verdict
    model: Verdict


def compare(
    engine: Engine, policy: Manifest, parties: Iterable[Party], subjects: Iterable[Party], ports: Iterable[int]
) -> list[Disagreement]:
    """Of which connections between subjects and parties an engine and the library's `reach` say different things.

    Raises:
        Refused: the engine does not take the policy.
    """
    known = {party.name: party for party in (*parties, *_resolvers(policy))}
    connections = [
        Connection(source, target, port, protocol)
        for subject in subjects
        for party in known
        for source, target in ((subject.name, party), (party, subject.name))
        for port in ports
        for protocol in ("TCP", "UDP")
    ]
    model = _Model(policy, known)
    return [
        Disagreement(connection, judged, expected)
        for connection, judged in zip(connections, engine.judge([policy], known.values(), connections), strict=True)
        if judged != (expected := model.passes(connection))
    ]


class _Model:
    """The library's word on connections, each question to it asked once."""

    def __init__(self, policy: Manifest, parties: Mapping[str, Party]) -> None:
        self._reach = reach_of(policy)
        self._parties = parties
        self._governed = {
            name
            for name, party in parties.items()
            if party.namespace == self._reach.namespace and self._reach.pods.selects(party.labels)
        }
        self._known: dict[tuple[Any, ...], Verdict] = {}

    def passes(self, connection: Connection) -> Verdict:
        out = self._side("egress", connection.source, connection.target, connection)
        return out & self._side("ingress", connection.target, connection.source, connection)

    def _side(self, direction: Direction, subject: str, party: str, connection: Connection) -> Verdict:
        if subject not in self._governed:
            return EVERYTHING
        question = (direction, party, connection.port, connection.protocol)
        if question not in self._known:
            self._known[question] = allowed_by(
                self._reach, direction, self._parties[party], connection.port, connection.protocol
            )
        return self._known[question]


def _resolvers(policy: Manifest) -> Iterator[Party]:
    """A pod for each rule on DNS, so that the names that it lets pass are resolved where it leads."""
    for number, rule in enumerate(policy["spec"].get("egress", ())):
        if any("dns" in to_ports.get("rules", ()) for to_ports in rule.get("toPorts", ())):
            for selector in rule.get("toEndpoints", ()):
                labels = dict(selector.get("matchLabels", {}))
                namespace = labels.pop(NAMESPACE_LABEL, policy["metadata"]["namespace"])
                yield Party(f"resolver {number}", namespace, labels)


def _party(party: Party | Reserved) -> dict[str, Any]:
    if isinstance(party, Reserved):
        return {"name": party.name, "entity": party.name}
    return {key: value for key, value in vars(party).items() if value is not None}


def _verdict(answer: Mapping[str, Any]) -> Verdict:
    """The DNS proxy lets pass what its rules name: to the library, which knows no questions of DNS, everything."""
    if answer["connection"] == "http":
        return frozenset(HTTP[i] for i in answer.get("requests", ()))
    return frozenset() if answer["connection"] == "denied" else EVERYTHING
