"""Less memory for data, and what the server does when it is full: keys go, or writes are refused."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.review.changes.model import Effect
from constructs_lib.review.dragonfly.consequences import Consequence, Step
from constructs_lib.review.dragonfly.instance import Instance
from constructs_lib.values.memory import MEBIBYTE, Memory


def memory(step: Step) -> Iterator[Consequence]:
    """`maxmemory`, the flag's or what the server makes of the container's limit."""
    before, after = step.old.maxmemory, step.new.maxmemory
    if after is None or after == before:
        return
    if before is None:
        yield Consequence(
            Effect.EVICTS,
            f"data gets {amount(after)} at most, where it took its share of the node's memory, and once it is full "
            f"{_when_full(step.new)}",
        )
    elif after < before:
        yield Consequence(
            Effect.EVICTS,
            f"data gets {amount(after)} instead of {amount(before)}, and once it is full {_when_full(step.new)}",
        )


def cache_mode(step: Step) -> Iterator[Consequence]:
    """Whether a full server evicts or refuses."""
    before, after = step.old.is_on("cache_mode"), step.new.is_on("cache_mode")
    if before != after:
        became = "on" if after else "off"
        yield Consequence(Effect.EVICTS, f"cache mode is {became}, so that with memory full {_when_full(step.new)}")


def tiering(step: Step) -> Iterator[Consequence]:
    """Without its disk all data has to fit into memory."""
    had, has = ("tiering" in instance.spec and instance.get("tiering") for instance in (step.old, step.new))
    if had and not has:
        yield Consequence(
            Effect.EVICTS, f"what was on disk has to fit into memory, and once it is full {_when_full(step.new)}"
        )


def amount(size: int) -> str:
    """Bytes, to the mebibyte where they are that many."""
    return str(Memory(size // MEBIBYTE * MEBIBYTE if size > MEBIBYTE else size))


def _when_full(instance: Instance) -> str:
    return "keys go" if instance.is_on("cache_mode") else "writes are refused"
