"""A redis.conf as Redis reads it: a directive a line, words in quotes where they need them, further files by `include`.

configuration = read_configuration([Path("redis.conf")])
configuration.directives[0].name, configuration.directives[0].words
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from constructs_lib.adoption.model import Line, NotCarried
from constructs_lib.adoption.redis.directives import DIRECTIVES

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


def is_redis_configuration(content: str) -> bool:
    """Whether a file is a redis.conf, or the file of its users, and no manifest."""
    if re.search(r"^(apiVersion|kind)\s*:", content, re.MULTILINE):
        return False
    return any(line.split()[0].lower() in DIRECTIVES for line in content.splitlines() if _says_something(line))


def read_configuration(files: Sequence[Path]) -> Configuration:
    """Read files as one, with those that they include and the one that `aclfile` names."""
    found = [each for file in files for each in _read(file, (), files)]
    directives = tuple(each for each in found if isinstance(each, Directive))
    return Configuration(
        files[0].name,
        directives,
        (*(each for each in found if isinstance(each, NotCarried)), *_users_beside(files, directives)),
    )


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


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _read(file: Path, within: tuple[Path, ...], given: Sequence[Path]) -> Iterator[Directive | NotCarried]:
    try:
        content = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        yield NotCarried(Line(file.name), "the file cannot be read as text", "give one that can")
        return
    for number, line in enumerate(content.splitlines(), start=1):
        if not _says_something(line):
            continue
        try:
            name, *words = _words_of_line(line)
        except ValueError as error:
            yield NotCarried(Line(file.name, number), f"{error}; Redis refuses the line", "mend it")
            continue
        directive = Directive(name.lower(), tuple(words), Line(file.name, number, name.lower()))
        if directive.name == "include":
            yield from _included(directive, file, (*within, file.resolve()), given)
        elif directive.name == "aclfile" and directive.text:
            yield from _users_in(directive, file, given)
        else:
            yield directive


def _included(
    directive: Directive, file: Path, within: tuple[Path, ...], given: Sequence[Path]
) -> Iterator[Directive | NotCarried]:
    found = [each for each in _named(directive.text, file) if each.resolve() not in within]
    if not found:
        yield NotCarried(directive.origin, "there is no such file here", "give it as a further PATH")
    for each in found:
        yield from _read(each, within, given)


def _users_in(directive: Directive, file: Path, given: Sequence[Path]) -> Iterator[Directive | NotCarried]:
    """The users, unless their file is given anyway."""
    name = Path(directive.text).name
    if any(each.name == name for each in given):
        return
    beside = file.with_name(name) if name else file
    found = next((each for each in (*_named(directive.text, file), beside) if each.is_file() and each != file), None)
    if found is None:
        yield NotCarried(
            directive.origin, "there is no such file here, so its users are not known", "give it as a further PATH"
        )
    else:
        yield from (each for each in _read(found, (), given) if isinstance(each, NotCarried) or each.name == "user")


def _named(pattern: str, file: Path) -> list[Path]:
    """The files of that name or pattern, seen from a file's folder."""
    path = file.parent / pattern
    if not any(mark in pattern for mark in "*?["):
        return [path] if path.is_file() else []
    return sorted(each for each in Path(path.anchor).glob(str(path.relative_to(path.anchor))) if each.is_file())


def _users_beside(files: Sequence[Path], directives: Sequence[Directive]) -> Iterator[NotCarried]:
    beside = files[0].with_name(USERS_FILE)
    is_read = any(each.name == USERS_FILE for each in files) or any(each.name == "user" for each in directives)
    if beside.is_file() and not is_read:
        yield NotCarried(
            Line(USERS_FILE), f"no `aclfile` of {files[0].name} names it, so it was not read", "give it as a PATH"
        )
