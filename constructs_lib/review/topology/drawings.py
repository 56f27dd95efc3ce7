"""A topology as text that others draw: a flowchart of Mermaid's, or a graph in dot's language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from constructs_lib.review.topology.themes import THEMES, Colours, Theme
from constructs_lib.review.topology.topology import Edge, EdgeKind, Mark, Node, NodeKey, NodeKind, Topology


@dataclass(frozen=True, slots=True)
class _Arrow:
    """How an edge looks."""

    mermaid: str
    dot: str
    is_loud: bool
    """In dot; Mermaid's colours are its reader's own."""


ARROWS = {
    EdgeKind.APPLIES: _Arrow("-.->", "dotted", is_loud=False),
    EdgeKind.BEFORE: _Arrow("-.->", "dotted", is_loud=False),
    EdgeKind.MAKES: _Arrow("-.->", "dotted", is_loud=False),
    EdgeKind.REACHES: _Arrow("-->", "solid", is_loud=True),
    EdgeKind.DENIED: _Arrow("--x", "dashed", is_loud=False),
    EdgeKind.WATCHES: _Arrow("-.->", "dashed", is_loud=True),
    EdgeKind.SAVES: _Arrow("==>", "bold", is_loud=True),
}

SHAPES = {
    NodeKind.PODS: (("[[", "]]"), "box3d"),
    NodeKind.SERVICE: (("([", "])"), "ellipse"),
    NodeKind.STORE: (("[(", ")]"), "cylinder"),
}
"""Brackets of Mermaid's, and shapes of dot's, where a node is no plain box."""

PLAIN = (("[", "]"), "box")

COLOURS = {Mark.ADDED: "#1a7f37", Mark.REMOVED: "#cf222e", Mark.CHANGED: "#9a6700"}
"""Of what is not the same in both trees: legible on white and on black. The word stands there as well."""


def mermaid(topology: Topology) -> str:
    """A flowchart, as GitHub and GitLab draw it in a fenced block `mermaid`.

    https://mermaid.js.org/syntax/flowchart.html
    """
    ids = _ids(topology)
    lines = ["flowchart LR"]
    for namespace, nodes in _frames(topology):
        drawn = [_mermaid_node(node, ids) for node in nodes]
        if namespace:
            drawn = [
                f'subgraph {_word("frame", namespace)}["{_mermaid_text(f"namespace {namespace}")}"]',
                *_indented(drawn),
                "end",
            ]
        lines += _indented(drawn)
    lines += _indented(_mermaid_edge(edge, ids) for edge in topology.edges)
    lines += _indented(_mermaid_marks(topology, ids))
    return _text(lines)


def dot(topology: Topology, theme: Theme = Theme.LIGHT) -> str:
    """A directed graph, as Graphviz draws it.

    https://graphviz.org/doc/info/lang.html

    Args:
        topology: what is drawn.
        theme: for a light page, or a dark one.
    """
    ids = _ids(topology)
    colours = THEMES[theme]
    lines = ["digraph topology {", *_indented(_dot_looks(colours))]
    for namespace, nodes in _frames(topology):
        drawn = [_dot_node(node, ids) for node in nodes]
        if namespace:
            label = _dot_text([f"namespace {namespace}"])
            frame = [
                f"subgraph {_word('cluster', namespace)} {{",
                f'  label="{label}" labeljust=l style=rounded color="{colours.quiet}" margin=16',
            ]
            drawn = [*frame, *_indented(drawn), "}"]
        lines += _indented(drawn)
    lines += _indented(_dot_edge(edge, ids, colours) for edge in topology.edges)
    return _text([*lines, "}"])


FONT = 'fontname="Helvetica,Arial,sans-serif"'


def _dot_looks(colours: Colours) -> Iterator[str]:
    # From top to bottom it is as wide as a page of text; the other way round its letters get small there.
    text = f'{FONT} fontcolor="{colours.text}"'
    yield f'rankdir=TB newrank=true nodesep=0.3 ranksep=0.6 bgcolor="{colours.page}" pad=0.2'
    yield f"graph [{text} fontsize=11]"
    box = f'color="{colours.text}" fillcolor="{colours.box}"'
    yield f'node [{text} fontsize=12 shape=box style="rounded,filled" {box} margin="0.16,0.1"]'
    yield f"edge [{text} fontsize=11 arrowsize=0.8]"


def _ids(topology: Topology) -> dict[NodeKey, str]:
    """A word for each node, made of its own name, so that one node more leaves the lines of the others as they are."""
    ids: dict[NodeKey, str] = {}
    for node in topology.nodes:
        word = _word(*node.key)
        number = sum(taken == word or taken.startswith(f"{word}__") for taken in ids.values())
        ids[node.key] = f"{word}__{number + 1}" if number else word
    return ids


def _word(kind: str, name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", f"{kind} {name}".lower()).strip("_")


def _frames(topology: Topology) -> Iterator[tuple[str, list[Node]]]:
    """The nodes by namespace; those in no frame first."""
    for namespace in sorted({node.namespace for node in topology.nodes}):
        yield namespace, [node for node in topology.nodes if node.namespace == namespace]


def _marked(part: Node | Edge) -> list[str]:
    """The lines of a part, and the word for its mark."""
    return [*part.lines, *([part.mark.value.upper()] if part.mark in COLOURS else [])]


def _mermaid_node(node: Node, ids: dict[NodeKey, str]) -> str:
    (left, right), _ = SHAPES.get(node.kind, PLAIN)
    style = f":::{node.mark.value}" if node.mark in COLOURS else ""
    return f'{ids[node.key]}{left}"{_mermaid_text(*_marked(node))}"{right}{style}'


def _mermaid_edge(edge: Edge, ids: dict[NodeKey, str]) -> str:
    lines = _marked(edge)
    words = f'|"{_mermaid_text(*lines)}"| ' if lines else ""
    return f"{ids[edge.source]} {ARROWS[edge.kind].mermaid}{words or ' '}{ids[edge.target]}"


def _mermaid_marks(topology: Topology, ids: dict[NodeKey, str]) -> Iterator[str]:
    for mark, colour in COLOURS.items():
        dashes = ",stroke-dasharray:4" if mark is Mark.REMOVED else ""
        if any(node.mark is mark for node in topology.nodes):
            yield f"classDef {mark.value} stroke:{colour},stroke-width:3px{dashes}"
        edges = ",".join(str(number) for number, edge in enumerate(topology.edges) if edge.mark is mark)
        if edges:
            yield f"linkStyle {edges} stroke:{colour},stroke-width:3px{dashes}"


def _mermaid_text(*lines: str) -> str:
    """Lines as a quoted label: whatever Mermaid, Markdown or HTML might read as more than a character, by its number.

    https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
    """
    return "<br>".join(re.sub(r"[^\w .,:/=-]|_", lambda found: f"#{ord(found[0])};", line) for line in lines)


def _dot_node(node: Node, ids: dict[NodeKey, str]) -> str:
    _, shape = SHAPES.get(node.kind, PLAIN)
    looks = [f'label="{_dot_text(_marked(node))}"']
    if shape != PLAIN[1]:
        # What is not a box cannot be rounded.
        looks.append(f"shape={shape} style=filled")
    return f"{ids[node.key]} [{' '.join([*looks, *_dot_mark(node.mark)])}]"


def _dot_edge(edge: Edge, ids: dict[NodeKey, str], colours: Colours) -> str:
    arrow = ARROWS[edge.kind]
    mark = _dot_mark(edge.mark) or [f'color="{colours.loud if arrow.is_loud else colours.quiet}"']
    looks = [f'label="{_dot_text(_marked(edge))}"', f"style={arrow.dot}", *mark]
    return f"{ids[edge.source]} -> {ids[edge.target]} [{' '.join(looks)}]"


def _dot_mark(mark: Mark) -> list[str]:
    return [f'color="{COLOURS[mark]}" fontcolor="{COLOURS[mark]}" penwidth=2'] if mark in COLOURS else []


def _dot_text(lines: Sequence[str]) -> str:
    """Lines as a quoted label, without dot's escapes and without HTML's entities, which it reads as well.

    https://graphviz.org/docs/attr-types/escString/
    """
    escaped = (line.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return "\\n".join(escaped)


def _indented(lines: Sequence[str] | Iterator[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _text(lines: Sequence[str]) -> str:
    return "\n".join([*lines, ""])
