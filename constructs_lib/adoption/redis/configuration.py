"""A redis.conf as Redis reads it: a directive a line, words in quotes where they need them, further files by `include`.

configuration = read_configuration([source_of_file(Path("redis.conf"))])
configuration.directives[0].name, configuration.directives[0].words
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from constructs_lib.adoption.model import Line, NotCarried
from constructs_lib.adoption.redis.sources import Source, says_something, source_of_file

USERS_FILE = "users.acl"
"""What the file of the users is usually called."""


@dataclass(frozen=True, slots=True)
class Directive:
    """A line of the file: its first word in small letters, and the others."""

    name: str
    words: tuple[str, ...]
    origin: Line

    @property
    def text(self) -> str:
        """Its value in one."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Configuration:
    """All directives in their order, those of included files in their place, and what could not be read."""

    file: str
    directives: tuple[Directive, ...]
    not_carried: tuple[NotCarried, ...]

    def all(self, name: str) -> list[Directive]:
        """Each line with a directive."""
        return [each for each in self.directives if each.name == name]

    def last(self, *names: str) -> Directive | None:
        """The line of a directive, under any of its names, that counts."""
        return next((each for each in reversed(self.directives) if each.name in names), None)


class SeveralConfigurations(Exception):
    """There is more than one Redis, and nobody said which; the text says where they stand."""


def assert_one_server(found: Sequence[Source]) -> None:
    """Hold texts, which nobody named one by one, to be those of one server and its users.

    Raises:
        SeveralConfigurations: they are those of several.
    """
    servers = {source.place: source for source in reversed(_starts(found)) if not _is_of_users_alone(source)}
    if len(servers) > 1:
        named = ", ".join(sorted(source.within for source in servers.values()))
        raise SeveralConfigurations(f"several configurations of Redis: {named}; accepted as PATH: the files of one")


def read_configuration(given: Sequence[Source]) -> Configuration:
    """Read texts as one, with those that they include and the one that `aclfile` names."""
    starts = _starts(given)
    found = [each for start in starts for each in _read(start, (), given)]
    directives = tuple(each for each in found if isinstance(each, Directive))
    not_read = (each for each in found if isinstance(each, NotCarried))
    return Configuration(starts[0].name, directives, (*not_read, *_users_beside(starts, directives)))


def split_words(line: str) -> list[str]:
    """The words of a line: `"…"` with \\n, \\x41 and the like, `'…'` as it stands.

    Raises:
        ValueError: a quote does not end, or something stands directly behind its end.
    """
    words, position = [], 0
    for match in _WORD.finditer(line):
        if match.start() != position:
            break
        position = match.end()
        words.append(_unquoted(match))
    if position != len(line):
        raise ValueError("a quote that does not end, or something directly behind its end")
    return words


def _words_of_line(line: str) -> list[str]:
    """The words of a line; of a user's, where a password has quotes in it, as the file of users has them: plain."""
    try:
        return split_words(line)
    except ValueError:
        if line.split()[0].lower() != "user":
            raise
        return line.split()


_WORD = re.compile(
    r"""\s*(?:"(?P<double>(?:[^"\\]|\\.)*)"(?=\s|$)|'(?P<single>(?:[^'\\]|\\'|\\(?!'))*)'(?=\s|$)"""
    r"""|(?P<plain>[^\s"']+)(?=\s|$))\s*"""
)

_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "a": "\a"}


def _unquoted(match: re.Match[str]) -> str:
    if match["double"] is not None:
        return re.sub(r"\\(?:x([0-9a-fA-F]{2})|(.))", _escaped, match["double"])
    return match["plain"] if match["single"] is None else match["single"].replace("\\'", "'")


def _escaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else _ESCAPES.get(match[2], match[2])


def _starts(given: Sequence[Source]) -> Sequence[Source]:
    """Those that no other one includes."""
    included = {each for source in given for each in _reached(source, (source,), given)}
    return [each for each in given if each not in included] or given


def _reached(source: Source, within: tuple[Source, ...], given: Sequence[Source]) -> Iterator[Source]:
    """Those that a source includes, and those that they include."""
    for line in source.content.splitlines():
        name, _, pattern = line.strip().partition(" ")
        if name.lower() == "include":
            for each in _named(pattern.strip(" \"'"), source, given):
                if each not in within:
                    yield each
                    yield from _reached(each, (*within, each), given)


def _is_of_users_alone(source: Source) -> bool:
    return all(line.split()[0].lower() == "user" for line in source.content.splitlines() if says_something(line))


def _read(source: Source, within: tuple[Source, ...], given: Sequence[Source]) -> Iterator[Directive | NotCarried]:
    for number, line in enumerate(source.content.splitlines(), start=1):
        if not says_something(line):
            continue
        try:
            name, *words = _words_of_line(line)
        except ValueError as error:
            yield NotCarried(Line(source.name, number), f"{error}; Redis refuses the line", "mend it")
            continue
        directive = Directive(name.lower(), tuple(words), Line(source.name, number, name.lower()))
        if directive.name == "include":
            yield from _included(directive, source, (*within, source), given)
        elif directive.name == "aclfile" and directive.text:
            yield from _users_in(directive, source, given)
        else:
            yield directive


def _included(
    directive: Directive, source: Source, within: tuple[Source, ...], given: Sequence[Source]
) -> Iterator[Directive | NotCarried]:
    found = [each for each in _named(directive.text, source, given) if each not in within]
    if not found:
        yield NotCarried(directive.origin, "no such file can be read here", "give it as a further PATH")
    for each in found:
        yield from _read(each, within, given)


def _users_in(directive: Directive, source: Source, given: Sequence[Source]) -> Iterator[Directive | NotCarried]:
    """The users, unless their file is given anyway."""
    name = Path(directive.text).name
    if any(each.file == name and each != source for each in given):
        return
    found = next((each for each in _with_those_beside(directive.text, name, source) if each != source), None)
    if found is None:
        yield NotCarried(
            directive.origin, "no such file can be read here, so its users are not known", "give it as a further PATH"
        )
    else:
        yield from (each for each in _read(found, (), given) if isinstance(each, NotCarried) or each.name == "user")


def _with_those_beside(path: str, name: str, source: Source) -> list[Source]:
    return [*_files_named(path, source), *_files_named(name, source)]


def _named(pattern: str, source: Source, given: Sequence[Source]) -> list[Source]:
    """The files of that name or pattern, seen from a file's folder; of what is no file those beside it alone."""
    if source.folder is not None:
        return _files_named(pattern, source)
    # What is piped in, or stands in a ConfigMap, speaks of files on another machine.
    return [each for each in given if each.place == source.place and fnmatchcase(each.file, Path(pattern).name)]


def _files_named(pattern: str, source: Source) -> list[Source]:
    if source.folder is None or not pattern:
        return []
    path = source.folder / pattern
    if any(mark in pattern for mark in "*?["):
        found = sorted(Path(path.anchor).glob(str(path.relative_to(path.anchor))))
    else:
        found = [path]
    return [source_of_file(each) for each in found if each.is_file() and os.access(each, os.R_OK)]


def _users_beside(starts: Sequence[Source], directives: Sequence[Directive]) -> Iterator[NotCarried]:
    start = starts[0]
    is_read = any(each.file == USERS_FILE for each in starts) or any(each.name == "user" for each in directives)
    if start.folder is not None and (start.folder / USERS_FILE).is_file() and not is_read:
        yield NotCarried(
            Line(USERS_FILE), f"no `aclfile` of {start.file} names it, so it was not read", "give it as a PATH"
        )
