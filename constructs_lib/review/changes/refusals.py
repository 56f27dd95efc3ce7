"""What is said of an object that the API server refuses: whatever changes in it, none of it is applied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from constructs_lib.review.changes.differences import differences
from constructs_lib.review.changes.model import Change, Effect, Pair


@dataclass(frozen=True, slots=True)
class Refusal:
    """One field that the API server refuses."""

    field: str
    """A JSON pointer."""
    reason: str
    in_place: bool = False
    """Whether it refuses the change alone: an object that is deleted and made anew may have the field so."""


def refused_changes(pair: Pair, refused: Sequence[Refusal]) -> Iterator[Change]:
    """A change a field that differs, each refused; of a new object, the whole of it."""
    if pair.old is None:
        what = f"A new {pair.key.kind}, which the API server refuses: {_all(refused)}."
        yield Change(pair.key, "", None, _shown(pair, pair.new), (Effect.CREATED, Effect.REFUSED), what)
        return
    for difference in differences(pair.old, pair.new):
        clause = refused_because(difference.field, refused)
        before, after = _shown(pair, difference.before), _shown(pair, difference.after)
        what = f"{clause[:1].upper()}{clause[1:]}."
        yield Change(pair.key, difference.field, before, after, (Effect.REFUSED,), what)


def refused_because(field: str, refused: Sequence[Refusal]) -> str:
    """Why a field of a refused object is not applied, to be said among others."""
    own = [refusal for refusal in refused if touches(field, [refusal.field])]
    if own:
        return f"the API server refuses it: {_all(own)}"
    others = dict.fromkeys(refusal.field or "the object" for refusal in refused)
    return f"not applied, since the API server refuses {', '.join(others)}"


def touches(field: str, others: Iterable[str]) -> bool:
    """Whether a field is one of others, or in one, or one is in it."""
    return any(f"{field}/".startswith(f"{other}/") or f"{other}/".startswith(f"{field}/") for other in others)


def _all(refused: Iterable[Refusal]) -> str:
    return ", and ".join(dict.fromkeys(refusal.reason for refusal in refused))


def _shown(pair: Pair, value: Any) -> Any:
    """What may be shown of a field; of what makes a Secret, nothing."""
    return None if pair.key.kind in ("ExternalSecret", "Secret") else value
