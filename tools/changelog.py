"""CHANGELOG.md, read: what each version brings, in sections whose names are known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tools.interface import Break

PYTHON = "Breaking: Python"
CLUSTER_YAML = "Breaking: cluster.yaml"
MANIFESTS = "Breaking: manifests"

BREAKING = (PYTHON, CLUSTER_YAML, MANIFESTS)
SECTIONS = (*BREAKING, "Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")
"""In the order in which a version has them."""

UNRELEASED = "unreleased"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one version brings."""

    version: str
    day: str
    """When it was released, as 2026-11-26, or `unreleased`."""
    sections: Mapping[str, tuple[str, ...]]
    """The points of each section."""

    def unnamed(self, section: str, breaks: Iterable[Break]) -> list[Break]:
        """The breaks that no point of a section names: a point names one by having all its names as words."""
        points = [set(re.findall(r"[\w.-]+", point)) for point in self.sections.get(section, ())]
        points = [words | {part for word in words for part in word.split(".")} for words in points]
        return [each for each in breaks if not any(set(each.names) <= words for words in points)]


def entries(text: str) -> list[Entry]:
    """Every version, the newest first.

    Raises:
        ValueError: a heading is none that is known.
    """
    found = []
    for block in re.split(r"(?m)^## ", text)[1:]:
        heading, _, body = block.partition("\n")
        match = re.fullmatch(r"(\d+\.\d+\.\d+) \((unreleased|\d{4}-\d\d-\d\d)\)", heading)
        if match is None:
            raise ValueError(f"CHANGELOG.md: '## {heading}'; accepted: '## 1.2.3 (unreleased)' or its day, 2026-11-26")
        found.append(Entry(match[1], match[2], _sections(body)))
    return found


def _sections(body: str) -> dict[str, tuple[str, ...]]:
    sections = {}
    for block in re.split(r"(?m)^### ", body)[1:]:
        heading, _, points = block.partition("\n")
        if heading not in SECTIONS:
            raise ValueError(f"CHANGELOG.md: '### {heading}'; accepted: {', '.join(SECTIONS)}")
        sections[heading] = tuple(" ".join(point.split()) for point in re.split(r"(?m)^- ", points)[1:])
    return sections
