"""Network policies of both kinds as the checks ask of them: for whom, whether they close, whom they let to a port."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from constructs_lib.checks.manifests import Manifest
from constructs_lib.doctor.instance import Instance
from constructs_lib.doctor.objects import Objects, may_be_same_namespace
from constructs_lib.dragonfly.ports import PORTS_BY_NAME
from constructs_lib.network.cilium import NAMESPACE_LABEL
from constructs_lib.network.peers import NAMESPACE_NAME, Peer, SelectedPods
from constructs_lib.network.policies import KINDS, policies_of
from constructs_lib.network.rules import Direction, Ports, Request, RulePorts, WrittenPolicy


@dataclass(frozen=True, slots=True)
class LetThrough:
    """Somebody whom a rule lets through, and what it is let do."""

    field: str
    """Its place in the policy, a JSON pointer."""
    pods: SelectedPods | None
    """None for what is no pod: addresses, entities, everybody, and peers that are not understood."""
    only_gets_metrics: bool
    """Nothing passes but `GET /metrics`."""

    def may_be(self, namespaces: frozenset[str], labels: dict[str, str]) -> bool:
        """Whether pods with those labels in one of those namespaces may be meant; what else namespaces have, may be."""
        if self.pods is None:
            return True
        named = self.pods.namespaces.values_of(NAMESPACE_NAME)
        return (named is None or bool(named & namespaces)) and self.pods.labels.selects(labels)


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy in its manifest."""

    manifest: Manifest
    written: WrittenPolicy

    @property
    def is_ciliums(self) -> bool:
        return self.manifest.kind != "NetworkPolicy"

    def governs(self, instance: Instance) -> bool:
        """Whether it is for the pods of an instance."""
        namespace = instance.namespace or self.written.namespace
        return may_be_same_namespace(self.written.namespace, instance.namespace) and self.written.pods.selects(
            {**instance.pod_labels, **({NAMESPACE_LABEL: namespace} if self.is_ciliums else {})}
        )

    def closes(self, direction: Direction) -> bool:
        """Whether what no rule lets through is dropped."""
        return direction in self.written.enforced

    def lets_through(self, direction: Direction, port: int) -> Iterator[LetThrough]:
        """Everybody whom it lets through at that port."""
        for rule in self.written.rules:
            at = [each for each in rule.at if _covers(each, port)]
            if rule.direction != direction or rule.denies or not at:
                continue
            only_gets_metrics = all(map(_only_gets_metrics, at))
            for named in rule.peers:
                yield LetThrough(named.field, _pods(named.peer), only_gets_metrics)
            for field in rule.further_peers:
                yield LetThrough(field, None, only_gets_metrics)


def policies_for(instance: Instance, tree: Objects) -> list[Policy]:
    """The policies that are for the pods of an instance."""
    return [
        policy
        for manifest in tree.of_kind(*KINDS)
        for written in policies_of(manifest.object).values()
        if (policy := Policy(manifest, written)).governs(instance)
    ]


def _pods(peer: Peer) -> SelectedPods | None:
    return peer if isinstance(peer, SelectedPods) else None


def _covers(at: RulePorts, port: int) -> bool:
    return any(_is_at(ports, port) for _, ports in at.ports)


def _is_at(ports: Ports, port: int) -> bool:
    return port in ports or PORTS_BY_NAME.get(ports.name) == port


def _only_gets_metrics(at: RulePorts) -> bool:
    return bool(at.requests) and all(map(_gets_metrics, at.requests))


def _gets_metrics(request: Request) -> bool:
    return request.method.upper() == "GET" and request.path.rstrip("$").endswith("/metrics")
