"""Network policies of both kinds as one thing: for whom, whether they close, and whom each rule lets to a port."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from constructs_lib.checks.manifests import Manifest
from constructs_lib.doctor.fields import items, mapping, selects, text, value
from constructs_lib.doctor.instance import Instance
from constructs_lib.doctor.model import pointer
from constructs_lib.doctor.objects import Objects, may_be_same_namespace
from constructs_lib.dragonfly.ports import PORTS_BY_NAME

Direction = Literal["ingress", "egress"]

KINDS = ("CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy", "NetworkPolicy")

_NAMESPACE_OF_KUBERNETES = "kubernetes.io/metadata.name"
_NAMESPACE_OF_CILIUM = "io.kubernetes.pod.namespace"


@dataclass(frozen=True, slots=True)
class PeerPods:
    """The pods that a peer of a rule stands for; None stands for peers that are no pods: addresses, entities, all."""

    namespace: str | None
    """The namespace's name; None for all of them, or for those that another label selects."""
    labels: Mapping[str, str]
    is_open: bool = False
    """It selects by more than labels' values, so by what cannot be told here."""

    def includes(self, namespaces: frozenset[str], labels: Mapping[str, str]) -> bool:
        """Whether pods with those labels in one of those namespaces may be among them."""
        return (self.namespace is None or self.namespace in namespaces) and self.labels.items() <= labels.items()


@dataclass(frozen=True, slots=True)
class Peer:
    """One peer of one rule, and what it is let do."""

    field: str
    """Its place in the policy, a JSON pointer."""
    pods: PeerPods | None
    only_gets_metrics: bool
    """Nothing passes but `GET /metrics`."""


@dataclass(frozen=True)
class Policy:
    """A NetworkPolicy, or one `spec` of a Cilium policy."""

    manifest: Manifest
    spec: Mapping[str, Any]
    at: str
    """The place of its spec."""

    @property
    def is_ciliums(self) -> bool:
        return self.manifest.kind != "NetworkPolicy"

    def governs(self, instance: Instance) -> bool:
        """Whether it is for the pods of an instance."""
        is_for_nodes = "nodeSelector" in self.spec
        namespace = "" if self.manifest.kind == "CiliumClusterwideNetworkPolicy" else self.manifest.namespace
        return (
            not is_for_nodes
            and may_be_same_namespace(namespace, instance.namespace)
            and selects(
                mapping(self.spec, "endpointSelector" if self.is_ciliums else "podSelector"), self._of(instance)
            )
        )

    def closes(self, direction: Direction) -> bool:
        """Whether what no rule lets through is dropped."""
        if self.is_ciliums:
            said = value(self.spec, "enableDefaultDeny", direction)
            return said if isinstance(said, bool) else direction in self.spec
        types = items(self.spec, "policyTypes")
        if not types:
            return direction == "ingress" or "egress" in self.spec
        return direction.capitalize() in types

    def peers(self, direction: Direction, port: int) -> Iterator[Peer]:
        """Everybody whom it lets through at that port."""
        for number, rule in enumerate(items(self.spec, direction)):
            at = f"{self.at}{pointer(direction, number)}"
            if self.is_ciliums:
                yield from self._ciliums(mapping(rule), at, direction, port)
            elif _covers(items(rule, "ports"), port):
                yield from self._kubernetes(mapping(rule), at, direction)

    def _ciliums(self, rule: Mapping[str, Any], at: str, direction: Direction, port: int) -> Iterator[Peer]:
        to_ports = [each for each in items(rule, "toPorts") or [{}] if _covers(items(each, "ports"), port)]
        if not to_ports:
            return
        only_gets = all(_only_gets_metrics(items(each, "rules", "http")) for each in to_ports)
        way = "from" if direction == "ingress" else "to"
        named = [name for name in rule if name.startswith(way) and name != "toPorts"]
        for name in named:
            for number, peer in enumerate(items(rule, name)):
                pods = self._pods(mapping(peer)) if name == f"{way}Endpoints" else None
                yield Peer(f"{at}{pointer(name, number)}", pods, only_gets)
        if not named:
            yield Peer(at, None, only_gets)

    def _pods(self, selector: Mapping[str, Any]) -> PeerPods:
        labels = {key.removeprefix("k8s:").removeprefix("any:"): each for key, each in _labels(selector).items()}
        is_open = bool(items(selector, "matchExpressions"))
        own = None if self.manifest.kind == "CiliumClusterwideNetworkPolicy" else self.manifest.namespace
        namespace = labels.pop(_NAMESPACE_OF_CILIUM, None)
        if namespace is None and any(_NAMESPACE_OF_CILIUM in key for key in (*labels, *_expressed(selector))):
            return PeerPods(None, labels, is_open)
        if not selector and self.manifest.kind != "CiliumClusterwideNetworkPolicy":
            return PeerPods(own, {}, is_open)
        return PeerPods(own if namespace is None else namespace, labels, is_open)

    def _kubernetes(self, rule: Mapping[str, Any], at: str, direction: Direction) -> Iterator[Peer]:
        way = "from" if direction == "ingress" else "to"
        if not items(rule, way):
            yield Peer(at, None, False)
        for number, peer in enumerate(items(rule, way)):
            yield Peer(f"{at}{pointer(way, number)}", self._kubernetes_pods(mapping(peer)), False)

    def _kubernetes_pods(self, peer: Mapping[str, Any]) -> PeerPods | None:
        if "ipBlock" in peer:
            return None
        pods, namespaces = mapping(peer, "podSelector"), mapping(peer, "namespaceSelector")
        is_open = bool(items(pods, "matchExpressions"))
        if "namespaceSelector" not in peer:
            return PeerPods(self.manifest.namespace, _labels(pods), is_open)
        return PeerPods(_labels(namespaces).get(_NAMESPACE_OF_KUBERNETES), _labels(pods), is_open)

    def _of(self, instance: Instance) -> dict[str, str]:
        namespace = instance.namespace or self.manifest.namespace
        return {**instance.pod_labels, _NAMESPACE_OF_CILIUM: namespace} if self.is_ciliums else instance.pod_labels


def policies_for(instance: Instance, tree: Objects) -> list[Policy]:
    """The policies that are for the pods of an instance."""
    return [policy for manifest in tree.of_kind(*KINDS) for policy in _policies(manifest) if policy.governs(instance)]


def _policies(manifest: Manifest) -> Iterator[Policy]:
    if "spec" in manifest.object:
        yield Policy(manifest, mapping(manifest.object, "spec"), "/spec")
    for number, spec in enumerate(items(manifest.object, "specs")):
        yield Policy(manifest, mapping(spec), pointer("specs", number))


def _covers(ports: list[Any], port: int) -> bool:
    """Whether ports are all of them, or that one among them: by number, by range, or by the container's own names."""
    return not ports or any(_is(each, port) for each in ports)


def _is(entry: object, port: int) -> bool:
    given = str(value(entry, "port") or "0")
    if not given.isdecimal():
        return PORTS_BY_NAME.get(given) == port
    last = value(entry, "endPort")
    return int(given) <= port <= (last if isinstance(last, int) else int(given)) or int(given) == 0


def _only_gets_metrics(requests: list[Any]) -> bool:
    return bool(requests) and all(
        text(request, "method").upper() == "GET" and text(request, "path").rstrip("$").endswith("/metrics")
        for request in requests
    )


def _labels(selector: Mapping[str, Any]) -> dict[str, str]:
    return {str(key): str(each) for key, each in mapping(selector, "matchLabels").items()}


def _expressed(selector: Mapping[str, Any]) -> list[str]:
    return [text(expression, "key") for expression in items(selector, "matchExpressions")]
