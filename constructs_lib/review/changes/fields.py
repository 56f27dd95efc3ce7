"""Tables of fields: what a change of one does, with the source, row by row.

    ROWS = (Row("/spec/interval", LIVE, "Flux looks at the folder at other times.", FLUX),)
    yield from field_changes(pair, context, ROWS)

A field that no row names is unknown: never called safe.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import wraps

from constructs_lib.review.changes import others
from constructs_lib.review.changes.differences import Difference, differences
from constructs_lib.review.changes.metadata import METADATA
from constructs_lib.review.changes.model import Change, Context, Effect, Pair
from constructs_lib.review.changes.rows import Reading, Row, matching_row

Changes = Callable[[Pair, Context], Iterator[Change]]


def field_changes(
    pair: Pair, context: Context, rows: Sequence[Row], *, leave_out: Iterable[str] = ()
) -> Iterator[Change]:
    """A change a field that differs, read by the first row that names it; both sides must be there.

    Args:
        pair: the object before and after.
        context: all the others.
        rows: what is known of its kind; what is the same for every kind is known beside it.
        leave_out: fields, with all below them, that are read elsewhere.
    """
    table = (*rows, *METADATA)
    for difference in differences(pair.old, pair.new):
        if any(_is_at_or_below(difference.field, field) for field in leave_out):
            continue
        for part in _parts_with_rows(difference, table):
            yield _change(part, pair, context, table)


def of_group(*groups: str) -> Callable[[Changes], Changes]:
    """The reading of a kind is for objects of these API groups; another group's kind of that name is unknown."""

    def decorate(changes: Changes) -> Changes:
        @wraps(changes)
        def checked(pair: Pair, context: Context) -> Iterator[Change]:
            objects = [side for side in (pair.old, pair.new) if side is not None]
            known = all(str(side.get("apiVersion", "")).rpartition("/")[0] in groups for side in objects)
            return changes(pair, context) if known else others.changes(pair, context)

        return checked

    return decorate


def worst_first(effects: Iterable[Effect]) -> tuple[Effect, ...]:
    """Each effect once, in the order of their list."""
    given = set(effects)
    return tuple(effect for effect in Effect if effect in given)


def _change(difference: Difference, pair: Pair, context: Context, table: Sequence[Row]) -> Change:
    row = matching_row(table, difference.field)
    read: Reading | None = None
    if row is not None:
        read = row.reads(difference, pair, context) if row.reads else (row.effects, row.what)
    if read is None:
        read = ((Effect.UNKNOWN,), f"What a change of {difference.field} does is not known.")
    effects, what = read
    return Change(pair.key, difference.field, difference.before, difference.after, worst_first(effects), what)


def _parts_with_rows(difference: Difference, table: Sequence[Row]) -> Iterator[Difference]:
    """The difference itself, or, where only fields below it have rows, one for each of these."""
    whole = difference.before if difference.after is None else difference.after if difference.before is None else None
    row = matching_row(table, difference.field)
    if row is None and isinstance(whole, Mapping) and whole:
        for part in differences(difference.before or {}, difference.after or {}, difference.field):
            yield from _parts_with_rows(part, table)
    else:
        yield difference


def _is_at_or_below(field: str, other: str) -> bool:
    return field == other or field.startswith(f"{other}/")
