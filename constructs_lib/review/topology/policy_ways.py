"""Whom a network policy lets in and out, as it is written: a CiliumNetworkPolicy or Kubernetes' own.

https://docs.cilium.io/en/stable/security/policy/language/
https://kubernetes.io/docs/concepts/services-networking/network-policies/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from constructs_lib.network.cilium import KIND as CILIUM
from constructs_lib.network.cilium import NAMESPACE_LABEL as CILIUM_NAMESPACE
from constructs_lib.network.kubernetes import KIND as KUBERNETES
from constructs_lib.network.kubernetes import NAMESPACE_LABEL as KUBERNETES_NAMESPACE
from constructs_lib.network.selectors import selector_words
from constructs_lib.values.fields import items, mapping, mappings, text, text_or_number, value

POLICY_KINDS = (CILIUM, KUBERNETES)

Direction = Literal["ingress", "egress"]

EVERY_PORT = "every port"


@dataclass(frozen=True, slots=True)
class SelectedPods:
    """Pods of the cluster."""

    namespaces: tuple[str, ...]
    """By name; empty where they are not told by name."""
    selector: Mapping[str, Any] = field(default_factory=dict)
    namespaces_with: tuple[str, ...] = ()
    """Labels of the namespaces, in words."""

    @property
    def words(self) -> tuple[str, ...]:
        """For a reader, a line each."""
        where = f"pods in {', '.join(self.namespaces)}" if self.namespaces else "pods in any namespace"
        if self.namespaces_with:
            where = f"pods in namespaces with {', '.join(self.namespaces_with)}"
        return (where, *selector_words(self.selector))


@dataclass(frozen=True, slots=True)
class NamedPeer:
    """What is no pod: addresses, hosts by name, Cilium's entities, or anyone at all."""

    words: tuple[str, ...]


Peer = SelectedPods | NamedPeer

ANYONE = NamedPeer(("anyone",))


@dataclass(frozen=True, slots=True)
class Way:
    """What one rule lets through."""

    direction: Direction
    peer: Peer
    ports: tuple[str, ...]
    """As they are written: `6379`, `53 UDP`, `9000-9010`."""
    requests: tuple[str, ...] = ()
    """The HTTP requests that the peer may make, where it is held to some: `GET /metrics`."""


def selected_pods(kind: str, spec: Mapping[str, Any]) -> Mapping[str, Any]:
    """The label selector of the pods that a policy is for."""
    return _plain(mapping(spec, "endpointSelector")) if kind == CILIUM else mapping(spec, "podSelector")


def enforced(kind: str, spec: Mapping[str, Any], direction: Direction) -> bool:
    """Whether the policy drops what it does not let through."""
    if kind == CILIUM:
        said = value(spec, "enableDefaultDeny", direction)
        return said if isinstance(said, bool) else bool(items(spec, direction) or items(spec, f"{direction}Deny"))
    types = items(spec, "policyTypes") or ["Ingress", *(["Egress"] if "egress" in spec else [])]
    return direction.capitalize() in types


def ways(kind: str, spec: Mapping[str, Any], namespace: str) -> Iterator[Way]:
    """What a policy lets through, rule by rule, a way a peer.

    Args:
        kind: one of POLICY_KINDS.
        spec: its spec.
        namespace: where it lies.
    """
    for direction, key in _DIRECTIONS:
        for rule in mappings(spec, direction):
            if kind == CILIUM:
                peers, ports = _cilium_peers(rule, key, namespace), _cilium_ports(rule)
            else:
                peers, ports = _kubernetes_peers(rule, key, namespace), _ports(mappings(rule, "ports"))
            requests = _requests(rule) if kind == CILIUM else ()
            for peer in peers:
                yield Way(direction, peer, ports, requests)


_DIRECTIONS: tuple[tuple[Direction, str], ...] = (("ingress", "from"), ("egress", "to"))

_CILIUM_NAMES: dict[str, tuple[str, ...]] = {
    "CIDR": (),
    "CIDRSet": ("cidr",),
    "FQDNs": ("matchName", "matchPattern"),
    "Entities": (),
}
"""What follows `from` or `to` where entries are no pods, and the keys that name one; none where the entry does."""


def _cilium_peers(rule: Mapping[str, Any], key: str, namespace: str) -> Iterator[Peer]:
    # A rule with neither peers nor ports lets nobody through.
    if "toPorts" in rule and not any(str(name).startswith(key) for name in rule if name != "toPorts"):
        yield ANYONE
    for selector in mappings(rule, f"{key}Endpoints"):
        yield _cilium_pods(_plain(selector), namespace)
    for suffix, keys in _CILIUM_NAMES.items():
        found = items(rule, f"{key}{suffix}")
        names = [text(entry, name) for entry in found for name in keys] if keys else list(map(str, found))
        if any(names):
            yield NamedPeer(tuple(sorted(filter(None, names))))


def _cilium_pods(selector: Mapping[str, Any], namespace: str) -> SelectedPods:
    named, rest = _split(selector, CILIUM_NAMESPACE)
    if named is None:
        return SelectedPods((namespace,), rest)
    return SelectedPods(named, rest)


def _kubernetes_peers(rule: Mapping[str, Any], key: str, namespace: str) -> Iterator[Peer]:
    if not items(rule, key):
        yield ANYONE
    for peer in mappings(rule, key):
        if cidr := text(peer, "ipBlock", "cidr"):
            yield NamedPeer((cidr,))
        elif "namespaceSelector" in peer:
            named, rest = _split(mapping(peer, "namespaceSelector"), KUBERNETES_NAMESPACE)
            yield SelectedPods(named or (), mapping(peer, "podSelector"), tuple(selector_words(rest)))
        else:
            yield SelectedPods((namespace,), mapping(peer, "podSelector"))


def _split(selector: Mapping[str, Any], label: str) -> tuple[tuple[str, ...] | None, Mapping[str, Any]]:
    """The values of a label that a selector asks for, and the rest of it; None where it does not ask for it."""
    labels = dict(mapping(selector, "matchLabels"))
    expressions = mappings(selector, "matchExpressions")
    asked = [expression for expression in expressions if text(expression, "key") == label]
    rest = {"matchLabels": labels, "matchExpressions": [each for each in expressions if each not in asked]}
    if label in labels:
        return (str(labels.pop(label)),), rest
    values = [str(value) for each in asked if text(each, "operator") == "In" for value in items(each, "values")]
    return (tuple(sorted(values)) if asked else None), rest


def _plain(selector: Mapping[str, Any]) -> Mapping[str, Any]:
    """A selector of Cilium's without the sources of its labels: `k8s:app` is `app`."""
    return {
        "matchLabels": {_without_source(str(key)): value for key, value in mapping(selector, "matchLabels").items()},
        "matchExpressions": [
            {**expression, "key": _without_source(text(expression, "key"))}
            for expression in mappings(selector, "matchExpressions")
        ],
    }


def _without_source(label: str) -> str:
    return label.removeprefix("k8s:").removeprefix("any:")


def _cilium_ports(rule: Mapping[str, Any]) -> tuple[str, ...]:
    return _ports([port for to in mappings(rule, "toPorts") for port in mappings(to, "ports")])


def _ports(ports: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """A port once, with its protocols unless TCP is all; every port where none is named."""
    protocols: dict[str, set[str]] = {}
    for port in ports:
        end = text_or_number(port, "endPort")
        name = (
            f"{text_or_number(port, 'port')}{'-' if end else ''}{end}"
            if text_or_number(port, "port") not in ("", "0")
            else EVERY_PORT
        )
        protocols.setdefault(name, set()).add(text(port, "protocol") or "TCP")
    named = (f"{name} {'/'.join(sorted(of))}" if of != {"TCP"} else name for name, of in protocols.items())
    return tuple(sorted(named)) or (EVERY_PORT,)


def _requests(rule: Mapping[str, Any]) -> tuple[str, ...]:
    asked = [http for to in mappings(rule, "toPorts") for http in mappings(to, "rules", "http")]
    return tuple(sorted(f"{text(http, 'method')} {text(http, 'path')}".strip() for http in asked))
