"""What another version of the operator does to an instance, whether or not its manifest changes.

docs/dragonfly.md, "The operator" and "Versions": with its image pinned an instance restarts at no upgrade.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from constructs_lib.review.changes.differences import Difference
from constructs_lib.review.changes.model import Change, Context, Effect, Manifest, ObjectKey
from constructs_lib.review.changes.redaction import without_secrets
from constructs_lib.review.dragonfly import access
from constructs_lib.review.dragonfly.consequences import Consequence, change
from constructs_lib.review.dragonfly.instance import Instance
from constructs_lib.review.dragonfly.operator_faults import operator_faults
from constructs_lib.review.dragonfly.pods import restart
from constructs_lib.review.dragonfly.refusals import refusals
from constructs_lib.values.fields import steps_of, value


def upgrade_changes(key: ObjectKey, manifest: Manifest, context: Context) -> Iterator[Change]:
    """What another version of the operator does to an instance whose manifest may well be the same.

    For each Dragonfly that is there after as well as before; nothing where the operator stays.
    """
    if context.old_operator == context.new_operator:
        return
    old, new = Instance.of(manifest, context.old_operator), Instance.of(manifest, context.new_operator)
    for field, before, after, consequences in _of_upgrade(old, new, manifest, context):
        yield change(
            key, Difference(field, before, after), consequences, without_secrets(before), without_secrets(after)
        )


def _of_upgrade(
    old: Instance, new: Instance, manifest: Manifest, context: Context
) -> Iterator[tuple[str, Any, Any, list[Consequence]]]:
    """Fields that another operator reads otherwise, each with what it comes to before and after."""
    known = {refusal.field for refusal in refusals(manifest, context.old_operator)}
    for refusal in refusals(manifest, context.new_operator):
        if refusal.field not in known:
            written = value(manifest, *steps_of(refusal.field))
            yield (
                refusal.field,
                written,
                written,
                [Consequence(Effect.REFUSED, f"the API server refuses it: {refusal.reason}")],
            )
    failed = {fault.field for fault in operator_faults(None, old)}
    for fault in operator_faults(None, new):
        if fault.field not in failed:
            written = value(manifest, *steps_of(fault.field))
            reason = f"operator {context.new_operator} fails at {fault.reason}, and at every later change"
            yield fault.field, written, written, [Consequence(Effect.STUCK, reason)]
    if old.image != new.image:
        reason = f"the image is left out, and operator {context.new_operator} runs {new.image}"
        unpinned = restart(old, new)
        yield "/spec/image", old.image, new.image, [Consequence(unpinned.effect, f"{reason}: {unpinned.clause}")]
    yield from _policy_of_upgrade(old, new)


def _policy_of_upgrade(old: Instance, new: Instance) -> Iterator[tuple[str, Any, Any, list[Consequence]]]:
    """The NetworkPolicy of some versions: it comes, shuts out others than before, or is no longer kept."""
    before, after = _closes(old), _closes(new)
    field = "/spec/networkPolicyEnabled"
    written = new.get("networkPolicyEnabled")
    if after is not None and (before is None or after > before):
        yield field, written, written, [Consequence(Effect.ACCESS_CLOSED, access.cut_off(new))]
    elif after is not None and before is not None and after < before:
        clause = "the operator's NetworkPolicy lets clients of every namespace in"
        yield field, written, written, [Consequence(Effect.ACCESS_OPENED, clause)]
    elif before is not None and after is None:
        clause = (
            f"operator {new.operator.version} makes no NetworkPolicy, and whether the one before stays is not known"
        )
        yield field, written, written, [Consequence(Effect.UNKNOWN, clause)]


def _closes(instance: Instance) -> bool | None:
    """Whether the operator's NetworkPolicy shuts other namespaces out; None where there is none."""
    return instance.operator.network_policies_close_namespaces if instance.has_network_policy else None
