"""Where in a file a finding stands; each file is read again but once, and only where something was found in it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from constructs_lib.checks.manifests import PIPED
from constructs_lib.checks.places import Node, documents_with_places, line_of
from constructs_lib.doctor.model import Found


class Places:
    """The lines of what was found."""

    def __init__(self, findings: Iterable[Found]) -> None:
        self._documents = {file: _documents(file) for file in {finding.manifest.file for finding in findings}}

    def line(self, finding: Found) -> int:
        """The line of the field, or of the nearest thing around it that is there; from 1."""
        manifest = finding.manifest
        return line_of(self._documents[manifest.file], manifest.document, f"{manifest.within}{finding.field}")


def _documents(file: Path) -> list[Node]:
    # What is piped in is read, and gone.
    return [] if file == PIPED else documents_with_places(file.read_bytes())
