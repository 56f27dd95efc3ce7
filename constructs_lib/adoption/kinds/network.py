"""A network policy, read by its flows: who are the clients, the operator, Prometheus, the DNS and the S3 server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from constructs_lib.adoption.model import Carried, NotCarried, Origin, Setting
from constructs_lib.adoption.surroundings import OF_A_JOB, Surroundings
from constructs_lib.dragonfly.ports import ADMIN_PORT, PORTS_BY_NAME, REDIS_PORT
from constructs_lib.network.peers import NAMESPACE_NAME, Addresses, Entity, HostName, Peer, SelectedPods
from constructs_lib.network.reach import Way
from constructs_lib.network.selectors import Selector
from constructs_lib.operator.arguments import OPERATOR_POD_LABELS


def read_network_policy(around: Surroundings) -> Carried:
    """The arguments of the policy."""
    for unreadable, reason in around.unreadable_policies:
        yield NotCarried(
            Origin.of(unreadable, "/spec"),
            f"what it lets through is not known: {reason}",
            "look at it by `cdk8s-dragonfly check`, and mend it",
        )
    if around.policy is None:
        return
    manifest, reach = around.policy
    origin = Origin.of(manifest, "/spec")
    kind = "cilium" if manifest.kind == "CiliumNetworkPolicy" else "kubernetes"
    yield Setting("network_policy", "provider", kind, origin)
    yield Setting("network_policy", "mode", "enforce" if reach.enforced else "audit", origin)
    ingress, egress = Origin.of(manifest, "/spec/ingress"), Origin.of(manifest, "/spec/egress")
    yield from _ingress(around, [way for way in reach.ways if way.direction == "ingress"], ingress)
    yield from _egress([way for way in reach.ways if way.direction == "egress"], egress)


def _ingress(around: Surroundings, ways: list[Way], origin: Origin) -> Carried:
    clients: list[dict[str, Any]] = []
    for way in ways:
        peers = list(_as_arguments(way.peer))
        if _are_open(way, REDIS_PORT):
            others = [peer for peer in peers if "namespace" not in peer or not _are_own_pods(around, peer)]
            clients += [peer for peer in others if peer not in clients and not _is_a_jobs(peer)]
        elif _are_open(way, ADMIN_PORT):
            yield from _at_the_admin_port(around, way, peers, origin)
        if not peers:
            yield NotCarried(
                origin, f"{way.peer} on {way.ports}: no client can be named so", "name namespaces, labels or addresses"
            )
    yield Setting("network_policy", "clients", clients, origin)


def _at_the_admin_port(around: Surroundings, way: Way, peers: list[dict[str, Any]], origin: Origin) -> Carried:
    for peer in peers:
        labels = peer.get("pod_labels", {})
        if "namespace" not in peer or _are_own_pods(around, peer):
            continue
        if OPERATOR_POD_LABELS.items() <= labels.items() or _runs_the_operator(around, peer):
            yield Setting("network_policy", "operator_namespace", peer["namespace"], origin)
        else:
            yield Setting("network_policy", "prometheus_namespace", peer["namespace"], origin)
            yield Setting("network_policy", "prometheus_pod_labels", labels or None, origin)


def _egress(ways: list[Way], origin: Origin) -> Carried:
    stores: list[dict[str, Any]] = []
    names = {(way.peer, way.ports) for way in ways if way.protocol == "UDP"}
    for way in ways:
        for peer in _as_arguments(way.peer):
            if (way.peer, way.ports) in names:
                if "namespace" in peer:
                    yield Setting("network_policy", "dns_namespace", peer["namespace"], origin)
                    yield Setting("network_policy", "dns_pod_labels", peer.get("pod_labels", {}), origin)
                    yield Setting("network_policy", "dns_port", way.ports.first, origin)
            elif way.ports.first == way.ports.last and not way.ports.name and not _are_open(way, ADMIN_PORT):
                store = {**peer, "port": way.ports.first}
                if store not in stores:
                    stores.append(store)
    if stores:
        yield Setting("network_policy", "s3_egress", stores, origin)


def _as_arguments(peer: Peer) -> Iterator[dict[str, Any]]:
    """A peer as `Client` and `S3Egress` name it; nothing where they cannot."""
    match peer:
        case SelectedPods(namespaces=namespaces, labels=labels):
            own = _labels(labels)
            for namespace in _names(namespaces) if own is not None else ():
                yield {"namespace": namespace, **({"pod_labels": own} if own else {})}
        case Addresses(cidr=cidr, without=without) if not without:
            yield {"cidr": cidr}
        case Entity(name=name):
            yield {"entities": [name]}
        case HostName(pattern=pattern):
            yield {"host": pattern}


def _are_open(way: Way, port: int) -> bool:
    """Whether a way leads to that port of the server, by its number or its name."""
    return port in way.ports or PORTS_BY_NAME.get(way.ports.name) == port


def _names(namespaces: Selector) -> list[str]:
    """The names that a selector of namespaces chooses by, if by nothing else."""
    names = namespaces.values_of(NAMESPACE_NAME)
    return sorted(names) if names and len(namespaces.requirements) == 1 else []


def _labels(labels: Selector) -> dict[str, str] | None:
    """Labels with one value each; None where the selector says more than those."""
    found = {}
    for each in sorted(labels.requirements, key=lambda each: each.key):
        if each.negated or each.values is None or len(each.values) != 1:
            return None
        found[each.key] = next(iter(each.values))
    return found


def _is_a_jobs(peer: dict[str, Any]) -> bool:
    """Whether it is the pods of a restore drill, which that lets in by itself."""
    return bool(OF_A_JOB.items() <= peer.get("pod_labels", {}).items())


def _are_own_pods(around: Surroundings, peer: dict[str, Any]) -> bool:
    labels = peer.get("pod_labels", {})
    here = peer["namespace"] == around.instance.namespace
    return bool(here and labels and labels.items() <= around.instance.pod_labels.items())


def _runs_the_operator(around: Surroundings, peer: dict[str, Any]) -> bool:
    return around.release is not None and peer["namespace"] == around.release.namespace
