"""What a change of a Dragonfly does to its pods, its data and its clients.

The knowledge stands in `fields.py` and `flag_rules.py`, a row a field. Here they are asked, unless the API
server refuses the manifest or the operator fails at it: then nothing of it is applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from constructs_lib.review.changes.differences import Difference, differences
from constructs_lib.review.changes.forcing import is_forced
from constructs_lib.review.changes.model import Change, Context, Effect, Manifest, ObjectKey, Pair
from constructs_lib.review.changes.pruning import is_pruned
from constructs_lib.review.changes.quantities import same_but_for_spelling
from constructs_lib.review.changes.refusals import refused_because, touches
from constructs_lib.review.dragonfly.arguments import FlagDifference, flag_differences, is_same_value
from constructs_lib.review.dragonfly.backup_jobs import restore_of
from constructs_lib.review.dragonfly.consequences import Consequence, Step, change
from constructs_lib.review.dragonfly.fields import Field, has_parts, row_of
from constructs_lib.review.dragonfly.flag_rules import rules_of
from constructs_lib.review.dragonfly.instance import Instance, is_substituted
from constructs_lib.review.dragonfly.operator_faults import operator_faults
from constructs_lib.review.dragonfly.pods import restart, restarts
from constructs_lib.review.dragonfly.refusals import change_refusals, refusals
from constructs_lib.review.dragonfly.server_faults import Fault, faults, may_go_no_further, new_faults
from constructs_lib.values.fields import pointer, texts
from constructs_lib.values.names import instance_name


def changes(pair: Pair, context: Context) -> Iterator[Change]:
    """What each difference between two versions of a Dragonfly does; of one that is new or gone, the whole of it."""
    if pair.old is None:
        if pair.new is not None:
            yield _created(pair.key, pair.new, context)
    elif pair.new is None:
        yield _gone(pair.key, pair.old, context)
    else:
        yield from _changed(pair.key, pair.old, pair.new, context)


def _created(key: ObjectKey, manifest: Manifest, context: Context) -> Change:
    new = Instance.of(manifest, context.new_operator)
    before = _other_name(key, context.new, context.old, manifest)
    starts = f"a new instance in place of {before}" if before else "a new instance"
    said = [Consequence(Effect.CREATED, starts)]
    refused = [
        Consequence(Effect.REFUSED, f"the API server refuses it: {refusal.reason}")
        for refusal in refusals(manifest, context.new_operator)
    ]
    stuck = [
        Consequence(Effect.STUCK, f"operator {context.new_operator} fails at {fault.reason} and makes no pod")
        for fault in operator_faults(None, new)
    ]
    said += refused or stuck or [fault.consequence for fault in faults(new)]
    try:
        instance_name(key.name)
    except ValueError as error:
        said.append(Consequence(Effect.STUCK, f"no pod stays up under this name: {error}"))
    return change(key, Difference("", None, manifest), said)


def _gone(key: ObjectKey, manifest: Manifest, context: Context) -> Change:
    return change(key, Difference("", manifest, None), _gone_consequences(key, manifest, context))


def _gone_consequences(key: ObjectKey, manifest: Manifest, context: Context) -> Iterator[Consequence]:
    after = _other_name(key, context.old, context.new, manifest)
    if is_pruned(key, manifest, context):
        place = Instance.of(manifest, context.old_operator).place
        left = f", but for what is saved in {place}" if place else ""
        yield Consequence(Effect.DATA_LOST, f"its data goes with its pods{left}")
        yield Consequence(Effect.PRUNED, "Flux deletes it, and the operator's StatefulSet and Service with it")
    else:
        yield Consequence(Effect.ORPHANED, "Flux prunes nothing here, so that it runs on and nobody looks after it")
    if after:
        yield Consequence(Effect.ADDRESS_CHANGED, f"clients find {after} instead, a new instance")


def _other_name(
    key: ObjectKey, here: Mapping[ObjectKey, Manifest], there: Mapping[ObjectKey, Manifest], manifest: Manifest
) -> ObjectKey | None:
    """Under which key an instance that one side alone has stands on the other: renamed, or moved."""
    leaving = [other for other in here if other.kind == key.kind and other not in there]
    arriving = [other for other in there if other.kind == key.kind and other not in here]
    called_alike = [other for other in arriving if other.name == key.name]
    made_alike = [other for other in arriving if there[other].get("spec") == manifest.get("spec")]
    the_only = arriving if len(leaving) == len(arriving) == 1 else []
    return next(iter([*called_alike, *made_alike, *the_only]), None)


def _changed(key: ObjectKey, before: Manifest, after: Manifest, context: Context) -> Iterator[Change]:
    old, new = Instance.of(before, context.old_operator), Instance.of(after, context.new_operator)
    new = replace(new, restore=restore_of(new, context), may_be_held_up=may_go_no_further(new))
    refused = list(refusals(after, context.new_operator))
    if not refused and not is_forced(Pair(key, before, after), context):
        refused = list(change_refusals(before, after))
    was_refused = {refusal.field for refusal in refusals(before, context.old_operator)}
    stuck = {fault.field: fault.reason for fault in operator_faults(None if was_refused else old, new)}
    was_stuck = {fault.field for fault in operator_faults(None, old)}
    for difference in _differences(before, after):
        said: Iterable[Consequence]
        if refused:
            said = [Consequence(Effect.REFUSED, refused_because(difference.field, refused))]
        elif stuck and difference.field.startswith("/spec"):
            said = [_stuck(difference.field, stuck, context)]
        elif touches(difference.field, was_refused):
            said = [
                Consequence(Effect.UNKNOWN, "the API server refused this until now, and applies what waited behind it")
            ]
        elif touches(difference.field, was_stuck):
            said = [
                Consequence(Effect.UNKNOWN, "the operator failed at this until now, and applies what waited behind it")
            ]
        elif difference.field == "/spec/args":
            yield from _arguments_changed(key, Step(old, new, difference))
            continue
        else:
            said = _of_field(Step(old, new, difference))
        yield change(key, difference, said)


def _differences(before: Manifest, after: Manifest) -> Iterator[Difference]:
    """The fields that differ, one a row of the table, also where what they stand in is new or gone."""
    for difference in differences(before, after):
        yield from _parts(difference)


def _parts(difference: Difference) -> Iterator[Difference]:
    whole = difference.before if difference.after is None else difference.after
    is_one_sided = difference.before is None or difference.after is None
    if is_one_sided and isinstance(whole, Mapping) and whole and has_parts(difference.field):
        for name, value in sorted(whole.items(), key=lambda item: str(item[0])):
            field = f"{difference.field}{pointer(name)}"
            if value is not None:
                yield from _parts(Difference(field, *((None, value) if difference.before is None else (value, None))))
    else:
        yield difference


def _stuck(field: str, stuck: Mapping[str, str], context: Context) -> Consequence:
    reasons = [reason for other, reason in stuck.items() if touches(field, [other])]
    if reasons:
        clause = f"operator {context.new_operator} fails at {' and '.join(reasons)}, and at every later change"
        return Consequence(Effect.STUCK, clause)
    return Consequence(Effect.STUCK, f"not applied, since operator {context.new_operator} fails at {', '.join(stuck)}")


def _of_field(step: Step) -> Iterator[Consequence]:
    field = step.difference.field
    found = row_of(field)
    if found is None:
        yield Consequence(Effect.UNKNOWN, f"what a change of {field} does is not known")
        return
    pointer, row = found
    if _is_same(pointer, row, step.difference):
        yield Consequence(Effect.NONE, "the same value, only written in another way")
        return
    consequences = [consequence for rule in row.rules for consequence in rule(step)]
    yield from consequences or [Consequence(Effect.NONE, "what it comes to is the same")]
    if is_substituted(step.difference.before) or is_substituted(step.difference.after):
        yield Consequence(Effect.UNKNOWN, "what Flux puts in place of a variable in it is not known here")


def _is_same(pointer: str, row: Field, difference: Difference) -> bool:
    if pointer == difference.field and row.is_default(difference.before) and row.is_default(difference.after):
        return True
    return row.has_quantities and same_but_for_spelling(difference.field, difference.before, difference.after)


def _arguments_changed(key: ObjectKey, step: Step) -> Iterator[Change]:
    """A change a flag, all of them of `/spec/args`."""
    before, after = (texts(value) for value in (step.difference.before, step.difference.after))
    if before == after:
        said = [Consequence(Effect.NONE, "an empty list is as good as none")]
        yield change(key, step.difference, said)
        return
    found = new_faults(step.old, step.new)
    for flag in flag_differences(before, after):
        given = (flag.before, flag.after)
        written = [each and each.written for each in given] if flag.name else [before, after]
        yield change(key, Difference(step.difference.field, *written), _of_flag(flag, found, step))


def _of_flag(flag: FlagDifference, found: Iterable[Fault], step: Step) -> Iterator[Consequence]:
    name, before, after = flag.name, flag.before, flag.after
    yield from (consequence for rule in rules_of(name) for consequence in rule(step))
    yield from (fault.consequence for fault in found if name in fault.flags)
    yield from restarts(step)
    if not name:
        yield Consequence(
            restart(step.old, step.new).effect, "the flags are the same, and their order or number is not"
        )
    elif before and after and is_same_value(name, before.value, after.value):
        yield Consequence(restart(step.old, step.new).effect, f"--{name} is the same, and written in another way")
    if any(given and is_substituted(given.value) for given in (before, after)):
        yield Consequence(Effect.UNKNOWN, "what Flux puts in place of a variable in it is not known here")
