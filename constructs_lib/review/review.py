"""A review: the objects of two trees in pairs, and what the difference between each two does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from constructs_lib.checks.findings import installed_operator_version
from constructs_lib.checks.manifests import Manifest as ManifestInFile
from constructs_lib.dragonfly.operator_versions import OLDEST_SUPPORTED
from constructs_lib.review.changes import others
from constructs_lib.review.changes.differences import same
from constructs_lib.review.changes.model import Change, Context, Effect, ObjectKey, Pair, Review, Severity, Tree
from constructs_lib.review.changes.redaction import redacted
from constructs_lib.review.changes.refusals import refused_changes
from constructs_lib.review.kinds import changes_of
from constructs_lib.review.refusals.refusals import refusals
from constructs_lib.values.version import Version

MALFORMED = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What reading an object raises whose fields have not the form that its kind has: no API server takes such a one."""


def review(
    old: Tree, new: Tree, operator: Version | None = None, old_folders: Mapping[ObjectKey, str] | None = None
) -> Review:
    """What happens on the cluster when one tree takes the place of another.

    Args:
        old: what is applied.
        new: what will be.
        operator: the operator's version where neither tree installs it; without it the library's default.
        old_folders: the folder of each old object's file, where that is known.
    """
    before, after = installed_operator(old), installed_operator(new)
    default = operator or OLDEST_SUPPORTED
    context = Context(old, new, before or after or default, after or before or default, old_folders or {})
    found = [redacted(change) for pair in pairs(old, new) for change in changes(pair, context)]
    return Review(context.new_operator, tuple(sorted(found, key=_worst_first)))


def pairs(old: Tree, new: Tree) -> Iterator[Pair]:
    """The objects that are not the same on both sides."""
    for key in sorted({*old, *new}):
        before, after = old.get(key), new.get(key)
        if not same(before, after):
            yield Pair(key, before, after)


def changes(pair: Pair, context: Context) -> list[Change]:
    """What the module of that kind says of a pair that is not refused; unknown, a field at a time, where it cannot
    read the objects."""
    try:
        if refused := refusals(pair, context):
            return list(refused_changes(pair, refused))
        said = list(changes_of(pair.key.kind)(pair, context))
    except MALFORMED:
        said = []
    return said or list(others.changes(pair, context))


def installed_operator(tree: Tree) -> Version | None:
    """The version of the operator that a tree installs, or None."""
    return installed_operator_version(
        ManifestInFile(Path(), manifest) for key, manifest in tree.items() if key.kind in _INSTALLERS
    )


def counts(review: Review) -> dict[Severity, int]:
    """How many changes there are of each severity, the worst first."""
    counted = Counter(change.severity for change in review.changes)
    return {severity: counted[severity] for severity in reversed(Severity)}


_INSTALLERS = ("HelmRelease", "OCIRepository")
_PLACE = {effect: place for place, effect in enumerate(Effect)}


def _worst_first(change: Change) -> tuple[object, ...]:
    return (min(_PLACE[effect] for effect in change.effects), change.object, change.field)
