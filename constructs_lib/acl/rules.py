"""The rules of an ACL file as the server takes them: one typed value a word.

Each type reads one kind of word, says what is wrong with it, and writes it back; a password is in a rule as
its SHA-256 alone, and in no text but the file. Seen on server v1.36.0: one word that it does not know, and
the whole file is dropped with a warning in the log.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, Flag, auto

from pydantic import SecretStr

from constructs_lib.dragonfly.commands import ALL, unknown_category, unknown_command
from constructs_lib.values.version import Version


class Access(Flag):
    """What may be done with a key."""

    READ = auto()
    WRITE = auto()
    BOTH = READ | WRITE


@dataclass(frozen=True, slots=True)
class KeyRule:
    """Keys that a user may use: `~glob`, or `%R~glob` to read and `%W~glob` to write them alone."""

    glob: str
    access: Access = Access.BOTH

    @classmethod
    def of(cls, value: KeyRule | str) -> KeyRule:
        """Take a rule as it is, or read a glob with or without its `~`, `%R~` or `%W~`.

        Raises:
            ValueError: the server would take it for something else.
        """
        if isinstance(value, cls):
            return value
        if not isinstance(value, str):
            raise ValueError(f"{value!r} is no pattern of keys; accepted: a text such as 'sessions:*'")
        mark, tilde, glob = value.partition("~")
        if tilde and mark in _ACCESS_OF_MARK:
            return cls(_glob(glob, "keys"), _ACCESS_OF_MARK[mark])
        if value.startswith("%"):
            raise ValueError(f"{value!r} is no pattern of keys; accepted: 'glob', '%R~glob' or '%W~glob'")
        return cls(_glob(value, "keys"))

    def __str__(self) -> str:
        return f"{_MARK_OF_ACCESS[self.access]}~{self.glob}"

    @property
    def is_all(self) -> bool:
        """Whether it is `~*`, after which the server takes no further pattern."""
        return self.glob == "*" and self.access is Access.BOTH


_ACCESS_OF_MARK = {"": Access.BOTH, "%R": Access.READ, "%W": Access.WRITE}
_MARK_OF_ACCESS = {access: mark for mark, access in _ACCESS_OF_MARK.items()}


@dataclass(frozen=True, slots=True)
class ChannelRule:
    """Pub/sub channels that a user may use: `&glob`."""

    glob: str

    @classmethod
    def of(cls, value: ChannelRule | str) -> ChannelRule:
        """Take a rule as it is, or read a glob with or without its `&`.

        Raises:
            ValueError: the server would take it for something else.
        """
        if isinstance(value, cls):
            return value
        if not isinstance(value, str):
            raise ValueError(f"{value!r} is no pattern of channels; accepted: a text such as 'events:*'")
        return cls(_glob(value.removeprefix("&"), "channels"))

    def __str__(self) -> str:
        return f"&{self.glob}"

    @property
    def is_all(self) -> bool:
        """Whether it is `&*`, after which the server takes no further pattern."""
        return self.glob == "*"


@dataclass(frozen=True, slots=True)
class Permission:
    """A command, or a category of commands with `@`: what is allowed or denied."""

    name: str
    """A command in capitals, or a category in small letters."""
    is_category: bool = False

    @classmethod
    def of(cls, value: Permission | str) -> Permission:
        """Take a right as it is, or read `@category` or `COMMAND`, in any case.

        Raises:
            ValueError: it is neither.
        """
        if isinstance(value, cls):
            return value
        if isinstance(value, str):
            if re.fullmatch(r"@[A-Za-z_]+", value):
                return cls(value[1:].lower(), is_category=True)
            if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.]*(\|[A-Za-z0-9_.-]+)?", value):
                return cls(value.upper())
            if value[:1] in ("+", "-"):
                raise ValueError(f"{value!r} has a sign of its own; accepted: {value[1:]!r}, in allow or in deny")
        raise ValueError(f"{value!r} is no right; accepted: a command such as 'GET', or a category such as '@read'")

    def __str__(self) -> str:
        return f"@{self.name}" if self.is_category else self.name

    def covers(self, command: str, categories: frozenset[str]) -> bool:
        """Whether it names that command, whose categories those are."""
        if not self.is_category:
            return self.name == command
        return self.name == ALL or self.name in categories

    def unknown_to(self, server: Version) -> str:
        """Why that version of the server does not know it, or nothing."""
        return unknown_category(self.name, server) if self.is_category else unknown_command(self.name, server)


@dataclass(frozen=True, slots=True)
class CommandRule:
    """A right given (`+`) or taken away (`-`); of two rules for one command the later wins."""

    allows: bool
    permission: Permission

    def __str__(self) -> str:
        return f"{'+' if self.allows else '-'}{self.permission}"


@dataclass(frozen=True, slots=True)
class DatabaseRule:
    """The one numbered database that a user is put into at log-in and kept in, or every one: `$N`, `$ALL`."""

    number: int | None = None

    def __str__(self) -> str:
        return "$ALL" if self.number is None else f"${self.number}"


@dataclass(frozen=True, slots=True)
class PasswordHash:
    """The SHA-256 of a password: what stands in the file, and in no message."""

    digest: str = field(repr=False)

    @classmethod
    def of(cls, password: SecretStr) -> PasswordHash:
        """Hash a password."""
        return cls(hashlib.sha256(password.get_secret_value().encode()).hexdigest())

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9a-f]{64}", self.digest):
            raise ValueError("not a SHA-256 of a password; accepted: 64 hexadecimal digits")

    def word(self) -> str:
        """The word of the file."""
        return f"#{self.digest}"


class State(Enum):
    """Words that switch something for a whole user."""

    ON = "on"
    OFF = "off"
    NOPASS = "nopass"
    RESETPASS = "resetpass"
    RESETKEYS = "resetkeys"
    RESETCHANNELS = "resetchannels"

    def __str__(self) -> str:
        return self.value


AclRule = KeyRule | ChannelRule | CommandRule | DatabaseRule | PasswordHash | State

_IN_FULL: dict[str, AclRule] = {
    "allkeys": KeyRule("*"),
    "allchannels": ChannelRule("*"),
    "allcommands": CommandRule(True, Permission(ALL, is_category=True)),
    "nocommands": CommandRule(False, Permission(ALL, is_category=True)),
}
"""Words that the server takes for another."""

_CASE_MATTERS = frozenset({"nopass", "resetpass"})
"""Words that the server knows in small letters only; the others it knows in any case."""


def parse_rule(word: str, server: Version) -> AclRule:
    """Read one word of a line.

    Raises:
        ValueError: the server would drop the file for it. A word that may be a password is not shown.
    """
    if word.startswith("#"):
        return PasswordHash(word[1:].lower())
    if word.startswith(">"):
        return PasswordHash.of(SecretStr(word[1:]))
    if word.startswith(("~", "%")):
        return KeyRule.of(word)
    if word.startswith("&"):
        return ChannelRule.of(word)
    if word.startswith("$"):
        return _database(word)
    if word.startswith(("+", "-")):
        return _command(word, server)
    known = word if word in _CASE_MATTERS else word.lower()
    if known in _IN_FULL:
        return _IN_FULL[known]
    if known in {state.value for state in State} and (known == word or known not in _CASE_MATTERS):
        return State(known)
    raise ValueError(
        "a word that is no rule (not shown: it may be a password); accepted: on, off, #SHA-256, nopass, ~keys, "
        "%R~keys, %W~keys, &channels, +COMMAND, -COMMAND, +@category, -@category, $N"
    )


def ordering_problems(rules: tuple[AclRule, ...]) -> Iterator[str]:
    """What is wrong with rules that are right one by one."""
    if sum(rule in (State.ON, State.OFF) for rule in rules) != 1 or rules[0] not in (State.ON, State.OFF):
        yield "the first word after the name is on or off, and there is one such word"
    for kind, reset, written in ((KeyRule, State.RESETKEYS, "~*"), (ChannelRule, State.RESETCHANNELS, "&*")):
        taken_all = False
        for rule in rules:
            if rule is reset:
                taken_all = False
            elif isinstance(rule, kind):
                if taken_all and not rule.is_all:
                    yield f"{rule} after {written}, which has it already and must stand alone; leave one of them out"
                taken_all = taken_all or rule.is_all


def _command(word: str, server: Version) -> CommandRule:
    try:
        permission = Permission.of(word[1:])
    except ValueError:
        raise ValueError(
            f"{word[0]} and something that is neither a command nor a category; accepted: +COMMAND, +@category"
        ) from None
    if reason := permission.unknown_to(server):
        raise ValueError(f"{word[0]}{permission}: {reason}")
    return CommandRule(word[0] == "+", permission)


def _database(word: str) -> DatabaseRule:
    if word.lower() == "$all":
        return DatabaseRule()
    if re.fullmatch(r"\$(0|[1-9][0-9]{0,4})", word):
        return DatabaseRule(int(word[1:]))
    raise ValueError("$ and no number; accepted: $0, $1, … for one database, $ALL for every one")


def _glob(text: str, of_what: str) -> str:
    """A glob that fits one word of a line, and means what it says."""
    if not text:
        raise ValueError(f"an empty pattern of {of_what}; accepted: a name with * and ? in it, or '*' for all")
    if not text.isprintable() or " " in text:
        raise ValueError(f"{text!r} has a space or a control character; accepted: '?' in its place")
    if "${" in text:
        raise ValueError(f"{text!r}: Flux replaces ${{…}} before the server sees it; accepted: '?' for the $")
    without_pairs = re.sub(r"\\.", "", text)
    if "\\" in without_pairs or "[" in re.sub(r"\[[^\]]+\]", "", without_pairs):
        raise ValueError(f"{text!r} ends within a [set] or after a \\; accepted: both closed")
    return text
