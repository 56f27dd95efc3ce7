"""Two surfaces compared (`surface.py`): what breaks for whoever builds on the old one, and what is new."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from tools.release.changelog import CLUSTER_YAML, COMMAND_LINE, PYTHON, Change
from tools.release.surface import DEFAULT, IN_WORDS, RESTRICTIONS, Things

SECTIONS = {
    "commands": COMMAND_LINE,
    "json": COMMAND_LINE,
    "pytest": PYTHON,
    "package": PYTHON,
    "defaults": CLUSTER_YAML,
    "versions": CLUSTER_YAML,
    "alerts": CLUSTER_YAML,
    "checks": COMMAND_LINE,
    "effects": COMMAND_LINE,
}
"""Under which heading of the changelog a part's breaks stand."""

DEPRECATED_PART = "deprecated"


def breaks(old: str, new: str, section: str) -> list[Change]:
    """What breaks of the parts that belong under a heading."""
    before, after = _parts(old), _parts(new)
    parts = [part for part, heading in SECTIONS.items() if heading == section]
    return [found for part in parts for found in _breaks(before.get(part, {}), after.get(part, {}))]


def gains(old: str, new: str) -> list[Change]:
    """What is new: things, and what a thing takes or gives beside."""
    before, after = _parts(old), _parts(new)
    return [found for part in SECTIONS for found in _gains(before.get(part, {}), after.get(part, {}))]


def deprecated(old: str, new: str) -> list[Change]:
    """What is deprecated now and was not."""
    before, after = (_parts(text).get(DEPRECATED_PART, {}) for text in (old, new))
    return list(_gains(before, after, "is deprecated"))


def _parts(text: str) -> dict[str, Things]:
    return dict(json.loads(text or "{}"))


def _breaks(before: Things, after: Things) -> Iterator[Change]:
    for thing in before:
        if thing in after:
            yield from _breaks_of_one(thing, before[thing], after[thing])
        elif _is_whole(thing, before, after):
            yield _as_a_whole(thing, "was removed")
    for thing in after:
        if thing not in before and "must be given" in after[thing] and _owner(thing) in before:
            yield Change(_words(thing), "is new, and must be given")


def _breaks_of_one(thing: str, before: list[str], after: list[str]) -> Iterator[Change]:
    for fact in before:
        if fact not in after and not fact.startswith((*RESTRICTIONS, IN_WORDS)):
            yield Change(_words(thing, fact), f"no longer: {_plain(fact)}")
    for fact in after:
        if fact not in before and fact.startswith(RESTRICTIONS):
            yield Change(_words(thing, fact), f"now: {_plain(fact)}")


def _gains(before: Things, after: Things, what: str = "is new") -> Iterator[Change]:
    for thing in after:
        if thing not in before:
            if _is_whole(thing, after, before):
                yield _as_a_whole(thing, what)
            continue
        for fact in after[thing]:
            if fact not in before[thing] and not fact.startswith((*RESTRICTIONS, DEFAULT, IN_WORDS)):
                yield Change(_words(thing, fact), f"now: {_plain(fact)}")


def _is_whole(thing: str, there: Things, other: Things) -> bool:
    """Whether it is told by itself: of a command that is gone its options are not."""
    owner = _owner(thing)
    return owner not in there or owner in other


def _as_a_whole(thing: str, what: str) -> Change:
    """Of `extra: node` that the extra is new, or was removed."""
    kind, colon, _ = thing.partition(": ")
    return Change(_words(thing), f"{kind} {what}" if colon else what)


def _owner(thing: str) -> str:
    """What a thing is a part of: the command of an option, the object of a field."""
    return re.sub(r"[ .]?[^ .]+$|\[\]\.[^.]+$", "", thing)


def _words(thing: str, fact: str = "") -> tuple[str, ...]:
    """By what a reader looks for it: the thing without its kind, and of a fact what stands between backticks."""
    return (*re.sub(r"^\w+: ", "", thing).split(), *re.findall(r"`([^`]+)`", fact))


def _plain(fact: str) -> str:
    return fact.replace("`", "")
