"""Kinds that nobody here knows: a new object is new, and nothing else about them is called safe."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.review.changes.differences import differences
from constructs_lib.review.changes.model import Change, Context, Effect, Pair


def changes(pair: Pair, context: Context) -> Iterator[Change]:
    """A change a field, each unknown but that an object is new."""
    if pair.old is None:
        yield Change(pair.key, "", None, pair.new, (Effect.CREATED, Effect.UNKNOWN), f"A new {pair.key.kind}.")
    elif pair.new is None:
        yield Change(pair.key, "", pair.old, None, (Effect.UNKNOWN,), "It is gone from the files.")
    else:
        for difference in differences(pair.old, pair.new):
            what = f"What a change of {difference.field} does is not known."
            yield Change(pair.key, difference.field, difference.before, difference.after, (Effect.UNKNOWN,), what)
