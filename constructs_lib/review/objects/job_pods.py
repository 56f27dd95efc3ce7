"""What a change of a CronJob's pods does, from the next run on: above all, how long snapshots are kept.

The arguments are those of the scripts in `backup/jobs/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from constructs_lib.review.changes.differences import Difference, differences
from constructs_lib.review.changes.fields import worst_first
from constructs_lib.review.changes.model import Change, Context, Effect, Manifest, Pair
from constructs_lib.review.changes.rows import Reading
from constructs_lib.review.objects.job_places import PREFIX, environment_reading, place_reading

_NEXT_RUN = "It holds from the next run on."

_KEPT = {"--keep": "snapshots of each pod", "--hours": "hours"}
"""`prune.py`: how much is kept."""

_LIVE_FIELDS = re.compile(
    r"/(image|imagePullPolicy|resources/(limits|requests)/(cpu|memory|ephemeral-storage)|nodeSelector/[^/]+|tolerations)$"
)
"""Fields of a pod or container that say where it runs and with how much, not what."""


def pod_changes(pair: Pair, field: str, role: str, context: Context) -> Iterator[Change]:
    """A change a field of the pods of a CronJob, container by container.

    Args:
        pair: the CronJob, on both sides.
        field: where the pods' spec stands in it.
        role: what it is for: `retention`, `drill`, or nothing that is known.
        context: all the other objects, the instance among them.
    """
    old, new = (_at(side, field) for side in (pair.old, pair.new))
    containers = ("containers", "initContainers")
    rest = [{name: value for name, value in side.items() if name not in containers} for side in (old, new)]
    for difference in differences(rest[0], rest[1], field):
        yield _change(pair, difference, _field_reading(difference, role))
    for name in containers:
        sides = (old.get(name) or (), new.get(name) or ())
        yield from _container_changes(pair, f"{field}/{name}", role, *sides, context)


def _container_changes(
    pair: Pair,
    field: str,
    role: str,
    old: Sequence[Mapping[str, Any]],
    new: Sequence[Mapping[str, Any]],
    context: Context,
) -> Iterator[Change]:
    before = {container.get("name"): (place, container) for place, container in enumerate(old)}
    after = {container.get("name"): (place, container) for place, container in enumerate(new)}
    for name in dict.fromkeys((*before, *after)):
        if name not in before or name not in after:
            place, container = before.get(name) or after[name]
            sides = (container, None) if name in before else (None, container)
            difference = Difference(f"{field}/{place}", *sides)
            what = f"The container {name} is {'gone' if name in before else 'new'}: what that does is not known."
            yield _change(pair, difference, ((Effect.UNKNOWN,), what))
            continue
        place, container = after[name]
        for difference in differences(before[name][1], container, f"{field}/{place}"):
            reading: Reading | None = None
            if difference.field.endswith("/args"):
                reading = _arguments_reading(
                    difference, role, str(name), place_reading(pair.new or {}, container, context)
                )
            elif role and difference.field.endswith("/env"):
                reading = environment_reading(pair.new or {}, container, difference.before, difference.after, context)
            yield _change(pair, difference, reading or _field_reading(difference, role))


def _arguments_reading(difference: Difference, role: str, container: str, at_place: Reading | None) -> Reading:
    """What other arguments do; `at_place` says it of the place alone, where that is the instance's own."""
    before, after = _arguments(difference.before), _arguments(difference.after)
    changed = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    if not changed:
        return (Effect.LIVE,), "The same arguments, written otherwise."
    if role and at_place and PREFIX in changed:
        others = [name for name in changed if name != PREFIX]
        if not others:
            return at_place
        effects, what = _known_arguments(before, after, others, role, container)
        return worst_first({*effects, *at_place[0]}), f"{what} {at_place[1]}"
    return _known_arguments(before, after, changed, role, container)


def _known_arguments(
    before: Mapping[str, str], after: Mapping[str, str], changed: Sequence[str], role: str, container: str
) -> Reading:
    if role == "retention" and container == "retention" and set(changed) <= _KEPT.keys():
        return _kept(before, after, changed)
    if role == "drill" and container == "drill" and set(changed) <= _DRILL.keys():
        is_laxer = any(_is_laxer(name, before.get(name), after.get(name)) for name in changed)
        what = " ".join(_DRILL[name] for name in changed)
        return (Effect.UNWATCHED if is_laxer else Effect.LIVE,), what
    if role == "drill" and container == "dragonfly":
        return (Effect.LIVE,), "The drill's own server starts with other flags at the next run."
    return (Effect.UNKNOWN,), f"What {', '.join(changed)} of the container {container} does is not known."


_DRILL = {
    "--live": "Whether what is restored is compared with the living cache.",
    "--tolerance": "How far the restored number of keys may be from the living cache's.",
    "--within": "How long loading may take.",
    "--pushgateway": "Where the drill's result goes.",
    "--grouping": "Under which labels the drill's result goes.",
}
"""`drill.py`: what it compares, and whom it tells."""


def _kept(before: Mapping[str, str], after: Mapping[str, str], changed: Sequence[str]) -> Reading:
    (name, *others) = changed
    old, new = _number(before.get(name)), _number(after.get(name))
    if others or old is None or new is None:
        return (Effect.UNSAVED,), (
            "Snapshots are deleted by another rule from the next run on: what it does not keep is gone for good."
        )
    if new < old:
        return (Effect.UNSAVED,), (
            f"Snapshots are kept for less long, {after[name]} {_KEPT[name]} instead of {before[name]}: what is older "
            "is deleted at the next run."
        )
    return (Effect.LIVE,), f"Snapshots are kept for longer, {after[name]} {_KEPT[name]} instead of {before[name]}."


def _is_laxer(name: str, before: str | None, after: str | None) -> bool:
    if name not in ("--tolerance", "--within"):
        # Where it goes to, or whether it is compared at all: something may be looked at no longer.
        return before is not None
    old, new = _number(before), _number(after)
    return old is None or new is None or new > old


def _field_reading(difference: Difference, role: str) -> Reading:
    if role and difference.after is not None and _LIVE_FIELDS.search(difference.field):
        return (Effect.LIVE,), _NEXT_RUN
    return (Effect.UNKNOWN,), f"What a change of {difference.field} does is not known."


def _arguments(words: Any) -> dict[str, str]:
    """`--name=value` and `--name value` by name; one that is given several times, with all its values."""
    arguments: dict[str, str] = {}
    given = [str(word) for word in words or ()]
    for place, word in enumerate(given):
        if word.startswith("--"):
            name, equals, value = word.partition("=")
            follows = given[place + 1] if place + 1 < len(given) else "--"
            value = value if equals else "" if follows.startswith("--") else follows
            arguments[name] = f"{arguments[name]} {value}" if name in arguments else value
    return arguments


def _number(text: str | None) -> float | None:
    with suppress(TypeError, ValueError):
        return float(text or "")
    return None


def _at(manifest: Manifest | None, field: str) -> Mapping[str, Any]:
    part: Any = manifest or {}
    for step in field.split("/")[1:]:
        part = part.get(step) or {} if isinstance(part, Mapping) else {}
    return part if isinstance(part, Mapping) else {}


def _change(pair: Pair, difference: Difference, reading: Reading) -> Change:
    return Change(pair.key, difference.field, difference.before, difference.after, *reading)
