"""Who reaches whom, what watches what and what saves it where, read from written manifests.

A `Topology` is nodes and the edges between them, in an order that depends on what they are, not on the files.
`drawings.py` writes it down for Mermaid or dot.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum


class NodeKind(Enum):
    """What a node is; pictures are drawn in this order."""

    KUSTOMIZATION = "kustomization"
    OPERATOR = "operator"
    CLIENT = "client"
    INSTANCE = "instance"
    SERVICE = "service"
    PODS = "pods"
    WATCH = "watch"
    JOB = "job"
    STORE = "store"
    PEER = "peer"
    """Whatever else the network lets in or out."""


class EdgeKind(Enum):
    """What one node does to another."""

    APPLIES = "applies"
    BEFORE = "before"
    """Flux applies the one before the other."""
    MAKES = "makes"
    REACHES = "reaches"
    DENIED = "denied"
    """A rule keeps one from the other, whatever others let through."""
    WATCHES = "watches"
    SAVES = "saves"


class Mark(Enum):
    """Of two trees: in which of them something is."""

    BOTH = "both"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Node:
    """A box of the picture."""

    kind: NodeKind
    id: str
    """What it is known by among those of its kind."""
    lines: tuple[str, ...]
    """What stands in it."""
    namespace: str = ""
    """The namespace whose frame it is drawn in; empty for none."""
    mark: Mark = Mark.BOTH

    @property
    def key(self) -> NodeKey:
        """By what edges name it."""
        return self.kind.value, self.id


NodeKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow of the picture."""

    source: NodeKey
    target: NodeKey
    kind: EdgeKind
    lines: tuple[str, ...] = ()
    """What stands at it."""
    mark: Mark = Mark.BOTH


@dataclass(frozen=True, slots=True)
class Topology:
    """Nodes, and the edges between them."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @classmethod
    def of(cls, nodes: Iterable[Node], edges: Iterable[Edge]) -> Topology:
        """Each once, in an order of their own; of two nodes with one key the first."""
        found: dict[NodeKey, Node] = {}
        for node in nodes:
            found.setdefault(node.key, node)
        return cls(tuple(sorted(found.values(), key=_node_order)), tuple(sorted(set(edges), key=_edge_order)))


def compared(old: Topology, new: Topology) -> Topology:
    """Both at once, each node and edge with a mark: added, removed, changed, or in both.

    A node is the same by what it is known by, and changed where it says something else; an edge with other words is
    one removed and one added.
    """
    before, after = {node.key: node for node in old.nodes}, {node.key: node for node in new.nodes}
    nodes = [_marked(before.get(key), after.get(key)) for key in {**before, **after}]
    removed, added = set(old.edges) - set(new.edges), set(new.edges) - set(old.edges)
    kept = set(old.edges) & set(new.edges)
    marks: tuple[tuple[set[Edge], Mark], ...] = ((kept, Mark.BOTH), (added, Mark.ADDED), (removed, Mark.REMOVED))
    return Topology.of(nodes, [replace(edge, mark=mark) for edges, mark in marks for edge in edges])


def _marked(old: Node | None, new: Node | None) -> Node:
    if new is None:
        assert old is not None
        return replace(old, mark=Mark.REMOVED)
    if old is None:
        return replace(new, mark=Mark.ADDED)
    if old == new:
        return new
    was = tuple(f"was: {line}" for line in old.lines if line not in new.lines)
    return replace(new, lines=(*new.lines, *was), mark=Mark.CHANGED)


def _node_order(node: Node) -> tuple[int, str]:
    return _KINDS.index(node.kind.value), node.id


def _edge_order(edge: Edge) -> tuple[object, ...]:
    ends = ((_KINDS.index(kind), id) for kind, id in (edge.source, edge.target))
    return (*ends, edge.kind.value, edge.lines, edge.mark.value)


_KINDS = [kind.value for kind in NodeKind]
