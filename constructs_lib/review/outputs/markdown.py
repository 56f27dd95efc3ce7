"""A review as the comment of a pull request: one, which the next run finds by its first line and puts anew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from constructs_lib.review.changes.model import Review, Severity
from constructs_lib.review.outputs.groups import Group, groups
from constructs_lib.review.outputs.text import NOTHING, last_line
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
    found = list(groups(review.changes))
    for severity in reversed(Severity):
        told_together = [group for group in found if group.severity is severity]
        if told_together:
            section = _section(severity, told_together, left)
            left -= len(section)
            parts.append(section)
    return "\n".join([*parts, "", f"<sub>{_escaped(last_line(review))}</sub>", ""])


def _section(severity: Severity, told_together: Sequence[Group], left: int) -> str:
    """What is worth a look stands open, the rest is folded; what the comment has no room for is counted."""
    number = sum(len(group.changes) for group in told_together)
    title = f"{SIGNS[severity]} {number} {severity.value}"
    opening = "<details>" if severity is Severity.INFO else "<details open>"
    rows: list[str] = []
    untold = number
    for group in told_together:
        row = _row(group)
        left -= len(row)
        if left < 0:
            break
        rows.append(row)
        untold -= len(group.changes)
    table = "\n".join([HEAD, *rows])
    more = f"\n\n… and {untold} more" if untold else ""
    return f"\n{opening}<summary>{title}</summary>\n\n{table}{more}\n\n</details>"


def _row(group: Group) -> str:
    changes = [
        [_code(part) for part in (each.field, told(each.before, each.after), word) if part]
        for each, word in zip(group.changes, group.words, strict=True)
        if each.field
    ]
    fields, values = "", ""
    if len(changes) == 1:
        fields, *value = changes[0]
        values = "".join(f"<br>{part}" for part in value)
    elif changes:
        fields = "<br>".join(map(" ".join, changes))
    what = _escaped(group.what)
    return f"| {_escaped(group.effects)} | {_escaped(str(group.object))} | {fields} | {what}{values} |"


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
