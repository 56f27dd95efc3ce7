"""A review for a reader at a terminal: the summary, then each change, the worst first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.text import Text

from constructs_lib.review.changes.model import Review, Severity
from constructs_lib.review.outputs.groups import Group, groups
from constructs_lib.review.outputs.values import told
from constructs_lib.review.review import counts

STYLES = {Severity.DANGER: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}

NOTHING = "no change"


def text(review: Review, summary: Sequence[str]) -> Text:
    """The review in lines; at a terminal rich colours them, anywhere else they are plain.

    Args:
        review: what is told.
        summary: its lines, a cache a line.
    """
    lines = [Text(line, "bold") for line in summary]
    for key, told_together in groupby(groups(review.changes), lambda group: (group.severity, group.object)):
        severity, object = key
        lines += [Text(), Text.assemble((severity.value, STYLES[severity]), f"  {object}")]
        lines += [line for group in told_together for line in _lines(group)]
    if review.changes:
        lines.append(Text())
    lines.append(Text(last_line(review)))
    return Text("\n").join(lines)


def last_line(review: Review) -> str:
    """What a review comes to: `operator v1.3.1: 8 changes (1 danger, 2 warning, 5 info)`."""
    number = len(review.changes)
    if not number:
        return f"operator {review.operator}: {NOTHING}"
    severities = ", ".join(f"{counted} {severity.value}" for severity, counted in counts(review).items() if counted)
    return f"operator {review.operator}: {number} {'change' if number == 1 else 'changes'} ({severities})"


def _lines(group: Group) -> list[Text]:
    effects = (group.effects, STYLES[group.severity])
    if len(group.changes) == 1:
        (change,) = group.changes
        lines = [Text.assemble("  ", effects, f"  {change.field}" if change.field else "")]
        value = told(change.before, change.after) if change.field else ""
        lines += [Text(f"    {value}")] if value else []
    else:
        lines = [Text.assemble("  ", effects)]
        for change, word in zip(group.changes, group.words, strict=True):
            parts = (change.field, told(change.before, change.after), word)
            lines.append(Text(f"    {'  '.join(part for part in parts if part)}"))
    return [*lines, Text(f"    {group.what}")]
