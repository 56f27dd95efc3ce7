"""What another version of the operator does to an instance, whether or not its manifest changes.

docs/dragonfly.md, "The operator" and "Versions": with its image pinned an instance restarts at no upgrade.
"""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.review.changes.differences import Difference
from constructs_lib.review.changes.model import Change, Context, Effect, Manifest, ObjectKey
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
    for difference, consequence in _of_upgrade(old, new, manifest, context):
        yield change(key, difference, [consequence])


def _of_upgrade(
    old: Instance, new: Instance, manifest: Manifest, context: Context
) -> Iterator[tuple[Difference, Consequence]]:
    """Fields that another operator reads otherwise, each with what it comes to before and after."""
    known = {refusal.field for refusal in refusals(manifest, context.old_operator)}
    for refusal in refusals(manifest, context.new_operator):
        if refusal.field not in known:
            refused = Consequence(Effect.REFUSED, f"the API server refuses it: {refusal.reason}")
            yield _unchanged(manifest, refusal.field), refused
    failed = {fault.field for fault in operator_faults(None, old)}
    for fault in operator_faults(None, new):
        if fault.field not in failed:
            reason = f"operator {context.new_operator} fails at {fault.reason}, and at every later change"
            yield _unchanged(manifest, fault.field), Consequence(Effect.STUCK, reason)
    if old.image != new.image:
        reason = f"the image is left out, and operator {context.new_operator} runs {new.image}"
        unpinned = restart(old, new)
        restarted = Consequence(unpinned.effect, f"{reason}: {unpinned.clause}")
        yield Difference("/spec/image", old.image, new.image), restarted
    for consequence in _policy_of_upgrade(old, new):
        yield _unchanged(manifest, "/spec/networkPolicyEnabled"), consequence


def _unchanged(manifest: Manifest, field: str) -> Difference:
    """A field that is written as it was."""
    written = value(manifest, *steps_of(field))
    return Difference(field, written, written)


def _policy_of_upgrade(old: Instance, new: Instance) -> Iterator[Consequence]:
    """The NetworkPolicy of some versions: it comes, shuts out others than before, or is no longer kept."""
    before, after = _closes(old), _closes(new)
    if after is not None and (before is None or after > before):
        yield Consequence(Effect.ACCESS_CLOSED, access.cut_off(new))
    elif after is not None and before is not None and after < before:
        yield Consequence(Effect.ACCESS_OPENED, "the operator's NetworkPolicy lets clients of every namespace in")
    elif before is not None and after is None:
        yield Consequence(
            Effect.UNKNOWN,
            f"operator {new.operator.version} makes no NetworkPolicy, and whether the one before stays is not known",
        )


def _closes(instance: Instance) -> bool | None:
    """Whether the operator's NetworkPolicy shuts other namespaces out; None where there is none."""
    return instance.operator.network_policies_close_namespaces if instance.has_network_policy else None
