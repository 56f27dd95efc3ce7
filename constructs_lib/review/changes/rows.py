"""A row of a table of fields: the field, what its change does, and where that is known from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from constructs_lib.review.changes.differences import Difference
from constructs_lib.review.changes.model import Context, Effect, Pair

Reading = tuple[tuple[Effect, ...], str]
"""The effects, and what happens in one sentence."""


@dataclass(frozen=True)
class Row:
    """What a change of a field does."""

    field: str
    """A JSON pointer; `*` stands for one step, `/**` at its end for the field itself and all below it."""
    effects: tuple[Effect, ...]
    what: str
    source: str
    reads: Callable[[Difference, Pair, Context], Reading | None] | None = None
    """Where it depends on the values; None from it: unknown."""

    @cached_property
    def steps(self) -> tuple[str, ...]:
        """The field, step by step."""
        return tuple(self.field.split("/"))

    def names(self, field: str) -> bool:
        """Whether the field is the row's."""
        steps = field.split("/")
        if self.steps[-1] == "**":
            mine = self.steps[:-1]
            return len(steps) >= len(mine) and _fits(mine, steps[: len(mine)])
        return len(steps) == len(self.steps) and _fits(self.steps, steps)


def _fits(pattern: Sequence[str], steps: Sequence[str]) -> bool:
    return all(mine in ("*", theirs) for mine, theirs in zip(pattern, steps, strict=True))


def row(field: str, effect: Effect | tuple[Effect, ...], what: str, source: str) -> Row:
    """A row of a field whose change always does the same."""
    return Row(field, effect if isinstance(effect, tuple) else (effect,), what, source)


def reading(field: str, reads: Callable[[Difference, Pair, Context], Reading | None], source: str) -> Row:
    """A row of a field whose values decide."""
    return Row(field, (), "", source, reads)


def matching_row(rows: Iterable[Row], field: str) -> Row | None:
    """The first row that names a field."""
    return next((each for each in rows if each.names(field)), None)
