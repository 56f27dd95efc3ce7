"""A review as the comment of a pull request: one, which the next run finds by its first line and puts anew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from constructs_lib.review.changes.model import Change, Review, Severity
from constructs_lib.review.outputs.text import NOTHING, effects, last_line
from constructs_lib.review.outputs.values import told

MARKER = "<!-- cdk8s-dragonfly review -->"
"""The first line, by which the comment is found."""

LONGEST = 60_000
"""Characters of a comment: GitHub takes 65,536, GitLab a million."""

TITLE = "### What this does to running caches"
HEAD = "| effect | object | field | what happens |\n| --- | --- | --- | --- |"
SIGNS = {Severity.DANGER: "🛑", Severity.WARNING: "⚠️", Severity.INFO: "ℹ️"}


def markdown(review: Review, summary: Sequence[str]) -> str:
    """The comment, in GitHub's and GitLab's Markdown."""
    parts = [MARKER, f"{TITLE}\n"]
    parts += [f"- {_escaped(line)}" for line in summary] or [f"{NOTHING.capitalize()}."]
    left = LONGEST - sum(map(len, parts))
    for severity in reversed(Severity):
        changes = [change for change in review.changes if change.severity is severity]
        if changes:
            section = _section(severity, changes, left)
            left -= len(section)
            parts.append(section)
    return "\n".join([*parts, "", f"<sub>{_escaped(last_line(review))}</sub>", ""])


def _section(severity: Severity, changes: Sequence[Change], left: int) -> str:
    """What is worth a look stands open, the rest is folded; what the comment has no room for is counted."""
    number = len(changes)
    title = f"{SIGNS[severity]} {number} {severity.value}"
    opening = "<details>" if severity is Severity.INFO else "<details open>"
    rows: list[str] = []
    for row in map(_row, changes):
        left -= len(row)
        if left < 0:
            break
        rows.append(row)
    table = "\n".join([HEAD, *rows])
    more = f"\n\n… and {number - len(rows)} more" if len(rows) < number else ""
    return f"\n{opening}<summary>{title}</summary>\n\n{table}{more}\n\n</details>"


def _row(change: Change) -> str:
    value = f"<br>{_code(told(change.before, change.after))}" if change.field else ""
    return (
        f"| {_escaped(effects(change))} | {_escaped(str(change.object))} "
        f"| {_code(change.field) if change.field else ''} | {_escaped(change.what)}{value} |"
    )


def _escaped(text: str) -> str:
    """A text as it is: no markup, no table's edge, nobody called by an `@`, no issue linked by a `#`."""
    return "".join(_escaped_characters(" ".join(text.split())))


def _escaped_characters(text: str) -> Iterator[str]:
    for character in text:
        if character in "<>&@#!":
            yield f"&#{ord(character)};"
        else:
            yield f"\\{character}" if character in "\\`*_[]|~$" else character


def _code(text: str) -> str:
    """A text in the type of code; in a table also a code's `|` needs its backslash."""
    text = " ".join(text.split()).replace("|", "\\|")
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    padding = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{padding}{text}{padding}{fence}"
