"""Lines of a file's fields, which the values themselves do not tell: for editors and code hosts that show them."""

from __future__ import annotations

from collections.abc import Sequence

import yaml

from constructs_lib.checks.manifests import LOADER
from constructs_lib.values.fields import steps_of

Node = yaml.Node | None
"""A document with its places; None for an empty one."""


def documents_with_places(content: bytes) -> list[Node]:
    """Every document of a file that was read before."""
    return list(yaml.compose_all(content.decode("utf-8"), Loader=LOADER))


def line_of(documents: Sequence[Node], document: int, field: str) -> int:
    """The line of a field, or of the nearest thing around it that is there; from 1.

    Args:
        documents: of the file.
        document: which of them, from 0.
        field: a JSON pointer from the document's root.
    """
    node = documents[document] if document < len(documents) else None
    line = 0 if node is None else node.start_mark.line
    for step in steps_of(field):
        found = _child(node, step)
        if found is None:
            break
        line, node = found
    return int(line) + 1


def _child(node: Node, step: str) -> tuple[int, yaml.Node] | None:
    """The node at that step, with the line that its key is on, from 0."""
    if isinstance(node, yaml.MappingNode):
        return next(((int(key.start_mark.line), each) for key, each in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and step.isdecimal() and int(step) < len(node.value):
        child = node.value[int(step)]
        return int(child.start_mark.line), child
    return None
