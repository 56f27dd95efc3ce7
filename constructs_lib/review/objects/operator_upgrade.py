"""What another version of the operator does to the instances that are there.

From docs/dragonfly.md ("Versions", "The operator") and `dragonfly/operator_versions.py`: operators v1.3.1 to v1.6.1
were seen taking over from each other; nobody saw a downgrade.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from constructs_lib.dragonfly.operator_versions import NEWEST_SEEN_RUNNING, OLDEST_SUPPORTED, REFUSED_VERSIONS
from constructs_lib.review.changes.fields import worst_first
from constructs_lib.review.changes.model import Context, Effect
from constructs_lib.review.changes.rows import Reading
from constructs_lib.review.dragonfly.upgrade import upgrade_changes
from constructs_lib.values.version import Version


def upgrade(before: str, after: str, context: Context) -> Reading:
    """What happens when the chart's version goes from one to the other."""
    try:
        old, new = Version.of(before), Version.of(after)
    except ValueError:
        return (Effect.UNKNOWN,), f"Which operator {after} is, is not known: no exact version."
    if not after.startswith("v"):
        return (Effect.STUCK,), (
            f"No chart has the tag {after}, which Flux takes literally: {new} has. The operator stays what it is."
        )
    if old == new:
        return (Effect.LIVE,), "The same version, written otherwise."
    if new in REFUSED_VERSIONS:
        return (Effect.STUCK,), f"Operator {new} does not work: {REFUSED_VERSIONS[new]}; use {NEWEST_SEEN_RUNNING}."
    found: list[Reading] = [((Effect.LIVE,), f"The operator becomes {new}; pods whose image is pinned do not restart.")]
    found += _unseen(old, new)
    found += _of_instances(replace(context, old_operator=old, new_operator=new))
    return worst_first(effect for effects, _ in found for effect in effects), " ".join(what for _, what in found)


def _unseen(old: Version, new: Version) -> Iterator[Reading]:
    if new < old:
        yield (Effect.UNKNOWN,), f"Nobody has seen what {new} makes of instances that {old} served."
    elif not OLDEST_SUPPORTED <= new <= NEWEST_SEEN_RUNNING:
        yield (Effect.UNKNOWN,), f"{new} was not seen running; {OLDEST_SUPPORTED} to {NEWEST_SEEN_RUNNING} were."


def _of_instances(context: Context) -> Iterator[Reading]:
    for key in sorted(context.new.keys() & context.old.keys()):
        if key.kind == "Dragonfly":
            for change in upgrade_changes(key, context.new[key], context):
                yield change.effects, f"{key.name}: {change.what}"
