"""What a failed snapshot of manifests means for a running cache, in lines for pytest's report."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import unified_diff
from textwrap import dedent
from typing import Any

from constructs_lib.checks.manifests import UnreadableManifest
from constructs_lib.review.outputs.summary import summary
from constructs_lib.review.outputs.text import text
from constructs_lib.review.review import review
from constructs_lib.review.sides.trees import File, Reader
from constructs_lib.testing.snapshots import Manifests


def explanation(left: object, right: Any, of_syrupy: list[str]) -> list[str]:
    """Lines for a failed comparison, or none where it is not of manifests.

    Args:
        left: what was received.
        right: syrupy's assertion.
        of_syrupy: what syrupy says of it.
    """
    if isinstance(left, Manifests):
        return ["manifests are not as they were reviewed", *reading(left.failed), *_differences(left.failed)]
    results = list(right.executions.values())
    if not results or not isinstance(left, str) or not isinstance(results[-1].recalled_data, str):
        return []
    try:
        read = reading([(right.name, _without_quotes(results[-1].recalled_data), left)])
    except UnreadableManifest:  # a text of another kind, which is syrupy's alone
        return []
    return [of_syrupy[0], *read, "", *of_syrupy[1:]] if read and of_syrupy else []


def reading(texts: Iterable[tuple[str, str | None, str | None]]) -> list[str]:
    """The review of manifests before and now, each with a name; nothing where no object of a cluster differs."""
    given = list(texts)
    reader = Reader()
    old = reader.read(File(name, name, before.encode()) for name, before, _ in given if before is not None)
    new = reader.read(File(name, name, now.encode()) for name, _, now in given if now is not None)
    found = review(old.tree, new.tree)
    if not found.changes:
        return []
    return text(found, summary(found, old.tree, new.tree)).plain.splitlines()


def _without_quotes(text: str) -> str:
    """A text as it was before syrupy's amber format put it into quotes and indented it."""
    lines = text.splitlines()
    return dedent("\n".join(lines[1:-1])) if lines[:1] == lines[-1:] == ["'''"] else text


def _differences(texts: Iterable[tuple[str, str | None, str | None]]) -> list[str]:
    lines: list[str] = []
    for name, before, now in texts:
        found = unified_diff((before or "").splitlines(), (now or "").splitlines(), "snapshot", "received", lineterm="")
        lines += ["", name, *found]
    return lines
