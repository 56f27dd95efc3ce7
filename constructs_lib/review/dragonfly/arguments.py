"""Command lines of the server, word by word and flag by flag: of a flag given twice the last one wins.

Spelling matters: `--cache_mode` and `--cache_mode=true` are one to the server, and two templates to the pods.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from constructs_lib.dragonfly.command_line import flag_value, read_command_line
from constructs_lib.dragonfly.flags import flag_types
from constructs_lib.values.memory import ServerMemory


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag as a command line gives it."""

    name: str
    """Empty for a word that belongs to no flag."""
    value: str
    written: str
    """Its words as they stand there."""


def flags_in(words: Iterable[str]) -> Iterator[Flag]:
    """The flags of a command line, in their order, each as often as it is given."""
    line = [*words]
    for read in read_command_line(line):
        if isinstance(read, int):
            yield Flag("", line[read], line[read])
        else:
            yield Flag(read.name, read.text, " ".join(line[read.index : read.index + read.words]))


def last_of_each(flags: Iterable[Flag]) -> dict[str, Flag]:
    """The flags that count, by name."""
    return {flag.name: flag for flag in flags if flag.name}


@dataclass(frozen=True, slots=True)
class FlagDifference:
    """A flag that is not the same on two command lines; None where it is not there."""

    name: str
    """Empty where the flags are the same, and their order or number is not."""
    before: Flag | None
    after: Flag | None


def flag_differences(before: Iterable[str], after: Iterable[str]) -> Iterator[FlagDifference]:
    """The flags that differ between two command lines that are not the same, at least one."""
    old, new = (last_of_each(flags_in(words)) for words in (before, after))
    differing = [name for name in {**old, **new} if _written(old, name) != _written(new, name)]
    for name in differing:
        yield FlagDifference(name, old.get(name), new.get(name))
    if not differing:
        yield FlagDifference("", None, None)


def is_same_value(name: str, before: str, after: str) -> bool:
    """Whether the server reads the same in two values of a flag."""
    if before == after:
        return True
    types = flag_types(name)
    if "bool" in types:
        return (flag_value(before, "bool") is True) == (flag_value(after, "bool") is True)
    try:
        return "memory" in types and ServerMemory.of(before) == ServerMemory.of(after)
    except ValueError:
        return False


def _written(flags: Mapping[str, Flag], name: str) -> str | None:
    return flags[name].written if name in flags else None
