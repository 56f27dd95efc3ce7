"""CHANGELOG.md, read: what each version brings, in sections whose names are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

PYTHON = "Breaking: Python"
COMMAND_LINE = "Breaking: command line"
CLUSTER_YAML = "Breaking: cluster.yaml"
MANIFESTS = "Breaking: manifests"
ADDED = "Added"
CHANGED = "Changed"
DEPRECATED = "Deprecated"

BREAKING = (PYTHON, COMMAND_LINE, CLUSTER_YAML, MANIFESTS)
SECTIONS = (*BREAKING, ADDED, CHANGED, DEPRECATED, "Fixed", "Security")
"""In the order in which a version has them."""

UNRELEASED = "unreleased"


@dataclass(frozen=True, slots=True)
class Change:
    """What is not as a version had it, and a point of the changelog names."""

    names: tuple[str, ...]
    """What it is about: the class and the argument, the command and the option, the kind of object and the effect."""
    what: str

    def __str__(self) -> str:
        return f"{'.'.join(self.names)}: {self.what}"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one version brings."""

    version: str
    day: str
    """When it was released, as 2026-11-26, or `unreleased`."""
    sections: Mapping[str, tuple[str, ...]]
    """The points of each section."""

    def point_of(self, section: str, change: Change) -> str | None:
        """The point of a section that names a change: all its names stand in it, between backticks."""
        wanted = {word for name in change.names for word in _words(name)}
        points = self.sections.get(section, ())
        return next((point for point in points if wanted and wanted <= _named(point)), None)


class UnreadableChangelog(ValueError):
    """Headings, days or points of CHANGELOG.md are none that a tool would find; the text has each in a line."""


def entries(text: str) -> list[Entry]:
    """Every version, the newest first.

    Raises:
        UnreadableChangelog: with every fault of it.
    """
    blocks = [block.partition("\n") for block in re.split(r"(?m)^## ", text)[1:]]
    found = [_entry(heading, body) for heading, _, body in blocks]
    faults = [fault for heading, _, body in blocks for fault in (*_of_heading(heading), *_of_body(heading, body))]
    if not blocks:
        faults.append(f"no version; accepted: one under '## 1.2.3 ({UNRELEASED})'")
    faults += _twice("## ", [heading.split(" ")[0] for heading, _, _ in blocks])
    if faults:
        raise UnreadableChangelog("\n".join(f"CHANGELOG.md: {fault}" for fault in faults))
    return found


def _entry(heading: str, body: str) -> Entry:
    version, _, day = heading.partition(" ")
    return Entry(version, day.strip("()"), {name: _points(text) for name, text in _sections(body)})


def _sections(body: str) -> Iterator[tuple[str, str]]:
    for block in re.split(r"(?m)^### ", body)[1:]:
        name, _, text = block.partition("\n")
        yield name, text


def _points(text: str) -> tuple[str, ...]:
    return tuple(" ".join(point.split()) for point in re.split(r"(?m)^- ", text)[1:])


def _of_heading(heading: str) -> Iterator[str]:
    match = re.fullmatch(rf"\d+\.\d+\.\d+ \(({UNRELEASED}|\d{{4}}-\d\d-\d\d)\)", heading)
    if match is None:
        yield f"'## {heading}'; accepted: '## 1.2.3 ({UNRELEASED})' or its day, 2026-11-26"
    elif match[1] != UNRELEASED:
        yield from _of_day(heading, match[1])


def _of_day(heading: str, text: str) -> Iterator[str]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        yield f"'## {heading}': no calendar has that day"
    else:
        if day > (today := datetime.now(UTC).date()):
            yield f"'## {heading}': that day is to come; accepted: {today} or before, which is today in UTC"


def _of_body(heading: str, body: str) -> Iterator[str]:
    version = heading.split(" ")[0]
    if re.search(r"(?m)^- ", body.partition("\n### ")[0]):
        yield f"{version} has a point under no heading; accepted: one of {', '.join(SECTIONS)} above it"
    sections = list(_sections(f"\n{body}"))
    for name, text in sections:
        if name not in SECTIONS:
            yield f"'### {name}' of {version}; accepted: {', '.join(SECTIONS)}"
        if not _points(text):
            yield f"'### {name}' of {version} has no point; accepted: one that begins with '- ', or no such heading"
        for line in text.splitlines():
            if line and not line.startswith(("- ", "  ")):
                yield f"'{line}' in '### {name}' of {version} belongs to no point; accepted: '- {line}', or set in"
    yield from (f"{fault} of {version}" for fault in _twice("### ", [name for name, _ in sections]))


def _twice(mark: str, headings: list[str]) -> list[str]:
    return [f"'{mark}{each}' stands twice" for each in dict.fromkeys(headings) if headings.count(each) > 1]


def _named(point: str) -> set[str]:
    """The words that a point has between backticks."""
    return {word for code in re.findall(r"`([^`]+)`", point) for word in _words(code)}


def _words(text: str) -> set[str]:
    """Of `cache.host` both."""
    return set(re.findall(r"[\w-]+", text))
