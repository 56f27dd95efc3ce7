"""Where in a file a field stands, for editors and code hosts that show a finding beside its line."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import yaml

from constructs_lib.checks.manifests import PIPED
from constructs_lib.doctor.model import Found


class Places:
    """The lines of what was found; each file is read again but once, and only where something was found in it."""

    def __init__(self, findings: Iterable[Found]) -> None:
        self._files = {finding.manifest.file: _File(finding.manifest.file) for finding in findings}

    def line(self, finding: Found) -> int:
        """The line of the field, or of the nearest thing around it that is there; from 1."""
        manifest = finding.manifest
        return self._files[manifest.file].line(manifest.document, f"{manifest.within}{finding.field}")


class _File:
    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _documents(self) -> list[yaml.Node | None]:
        if self._path == PIPED:  # it is read, and gone
            return []
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return list(yaml.compose_all(self._path.read_text(encoding="utf-8"), Loader=loader))

    def line(self, document: int, field: str) -> int:
        node = self._documents[document] if document < len(self._documents) else None
        if node is None:
            return 1
        line = int(node.start_mark.line)
        for step in field.split("/")[1:]:
            found = _child(node, step.replace("~1", "/").replace("~0", "~"))
            if found is None:
                break
            line, node = found
        return line + 1


def _child(node: yaml.Node, step: str) -> tuple[int, yaml.Node] | None:
    """The node at that step, with the line that its key is on, from 0."""
    if isinstance(node, yaml.MappingNode):
        return next(((int(key.start_mark.line), each) for key, each in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and step.isdecimal() and int(step) < len(node.value):
        child = node.value[int(step)]
        return int(child.start_mark.line), child
    return None
