"""Who reaches whom: what network policies add to the picture, and what it means that there is none."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.dragonfly.ports import ADMIN_PORT
from constructs_lib.operator.arguments import OPERATOR_POD_LABELS
from constructs_lib.review.topology.drawn_instance import DrawnInstance
from constructs_lib.review.topology.nodes import job_node, operator_node, pods_key, pods_node, service_key, store_node
from constructs_lib.review.topology.policy_ways import ANYONE, DrawnPeer, Way, ways
from constructs_lib.review.topology.topology import Edge, EdgeKind, Node, NodeKind
from constructs_lib.review.topology.written_stack import WrittenStack


def policies_drawn(stack: WrittenStack) -> Iterator[Node | Edge]:
    """Who reaches an instance, and whom it reaches; anyone, where no policy keeps others out."""
    for instance in stack.instances:
        found = stack.policies(instance)
        denying = [rule for _, policy in found for rule in policy.rules if rule.denies]
        for manifest, policy in found:
            for way in ways(manifest.kind, policy, denying):
                yield from _way(way, instance, stack)
        if not any("ingress" in policy.enforced for _, policy in found):
            yield from _unhindered(instance, stack)


def _unhindered(instance: DrawnInstance, stack: WrittenStack) -> Iterator[Node | Edge]:
    """What reaches an instance where nothing is dropped: anyone, and those that must in any case."""
    for port in (*instance.client_ports, str(ADMIN_PORT)):
        yield from _way(Way("ingress", ANYONE, (port,)), instance, stack)
    must = [operator_node(operator).key for operator in stack.operators]
    if instance.pods > 1:
        must.append(pods_key(instance))
    for key in must:
        yield Edge(key, pods_key(instance), EdgeKind.REACHES, (str(ADMIN_PORT),))


def _way(way: Way, instance: DrawnInstance, stack: WrittenStack) -> Iterator[Node | Edge]:
    node = _peer_node(way, instance, stack)
    yield node
    own = pods_key(instance)
    kind = EdgeKind.DENIED if way.denied else EdgeKind.REACHES
    lines = (", ".join(way.ports), *way.requests, *(["denied"] if way.denied else []))
    if way.direction == "egress":
        yield Edge(own, node.key, kind, lines)
        return
    target = service_key(instance) if way.port_numbers <= set(instance.client_ports) else own
    yield Edge(node.key, target, kind, lines)


def _peer_node(way: Way, instance: DrawnInstance, stack: WrittenStack) -> Node:
    """The other end: a node that is there for another reason, where the policy means that one."""
    peer = way.peer
    if way.direction == "egress" and (saved_to := instance.saved_to) and instance.finds_snapshots_at(peer):
        return store_node(saved_to)
    for node in _known_nodes(peer, stack):
        return node
    if peer == ANYONE and way.denied:
        return Node(NodeKind.CLIENT, "anyone denied", ("Anyone",))
    if peer == ANYONE:
        return Node(NodeKind.CLIENT, "anyone", ("Anyone", "no policy keeps them out"))
    if way.direction == "egress":
        return Node(
            NodeKind.PEER, "; ".join(peer.words), (*(["DNS"] if way.port_numbers == {"53"} else []), *peer.words)
        )
    if _is_prometheus(way) and not way.denied:
        return Node(NodeKind.WATCH, "; ".join(peer.words), ("Prometheus", *peer.words))
    are_clients = not way.denied and way.port_numbers <= set(instance.client_ports)
    return Node(NodeKind.CLIENT, "; ".join(peer.words), (*(["Clients"] if are_clients else []), *peer.words))


def _known_nodes(peer: DrawnPeer, stack: WrittenStack) -> Iterator[Node]:
    if peer.pods is None or len(peer.namespaces) != 1 or not peer.pods.labels.requirements:
        return
    (namespace,) = peer.namespaces
    labels = peer.pods.labels
    for instance in stack.instances:
        if namespace == instance.namespace and instance.is_selected_by(labels):
            yield pods_node(instance, stack)
    for operator in stack.operators:
        if namespace == operator.release.namespace and labels.selects(OPERATOR_POD_LABELS):
            yield operator_node(operator)
    for job in stack.jobs:
        if namespace == job.manifest.namespace and labels.selects(job.pod_labels):
            yield job_node(job)
    if labels.selects(OPERATOR_POD_LABELS):
        yield Node(NodeKind.OPERATOR, "; ".join(peer.words), ("Operator", *peer.words))


def _is_prometheus(way: Way) -> bool:
    named = "app.kubernetes.io/name=prometheus" in way.peer.words
    return named or (bool(way.requests) and set(way.requests) == {"GET /metrics"})
