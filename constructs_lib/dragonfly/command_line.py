"""The server's command line, read as the server reads it: `--name=value`, `--name value`, `--name`, `--noname`.

https://abseil.io/docs/cpp/guides/flags
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from constructs_lib.dragonfly.flags import FlagValue, flag_findings, flag_type, flag_types, takes_value
from constructs_lib.errors import Finding
from constructs_lib.values.version import Version


@dataclass(frozen=True, slots=True)
class CommandLineFlag:
    """One flag of a command line."""

    index: int
    """The place of its word, from 0."""
    name: str
    text: str
    """Its value as it stands there. It may be a secret."""
    words: int = 1
    """Two where the value is a word of its own."""


def read_command_line(words: Sequence[object], server: Version | None = None) -> Iterator[CommandLineFlag | int]:
    """The flags in their order; where the server would not take a word for a flag, the word's place alone.

    Without a version of the server a flag is a boolean that is one to any that is known.
    """
    index = 0
    while index < len(words):
        read = _flag(words, index, server)
        yield index if read is None else read
        index += 1 if read is None else read.words


def flag_value(text: str, kind: str | None) -> FlagValue:
    """The value that a text is for a flag of that type; the text itself where it is none."""
    if kind == "bool":
        return _BOOLEANS.get(text.lower(), text)
    if kind == "number":
        with suppress(ValueError):
            return float(text)
    elif kind is not None and "int" in kind:
        with suppress(ValueError):
            return int(text)
    return text


def takes_text(kind: str, text: str) -> bool:
    """Whether a flag of that type takes what a text says."""
    return takes_value(kind, flag_value(text, kind))


def command_line_findings(flag: CommandLineFlag, server: Version) -> Iterator[Finding]:
    """What is wrong or worth a warning about giving that flag to that server."""
    return flag_findings({flag.name: flag_value(flag.text, flag_type(flag.name, server))}, server)


_BOOLEANS = {
    **dict.fromkeys(("true", "t", "yes", "y", "1"), True),
    **dict.fromkeys(("false", "f", "no", "n", "0"), False),
}


def _flag(words: Sequence[object], index: int, server: Version | None) -> CommandLineFlag | None:
    word = words[index]
    if not isinstance(word, str) or not word.startswith("-"):
        return None
    name, equals, text = word.removeprefix("-").removeprefix("-").partition("=")
    if not name or any(character.isspace() for character in name):
        return None
    if equals:
        return CommandLineFlag(index, name, text)
    if "bool" in flag_types(name, server):
        return CommandLineFlag(index, name, "true")
    if "bool" in flag_types(name.removeprefix("no"), server):
        return CommandLineFlag(index, name.removeprefix("no"), "false")
    following = words[index + 1] if index + 1 < len(words) else None
    if isinstance(following, str) and not following.startswith("--"):
        return CommandLineFlag(index, name, following, words=2)
    return CommandLineFlag(index, name, "")
