"""An ACL file as the server reads it: line by line, all or nothing.

One line that it does not understand, and the server drops the file with a warning and runs on with the user
`default` alone; a file without a line for `default` opens the door to everybody. Both are found here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import SecretStr

from constructs_lib.acl.judgement import Permissions, everything, may
from constructs_lib.acl.rules import AclRule, PasswordHash, ordering_problems, parse_rule
from constructs_lib.errors import Finding
from constructs_lib.values.names import DEFAULT_USER
from constructs_lib.values.version import Version

NEEDED_TO_GET_IN = ("AUTH", "HELLO")
"""Every connection starts as the user `default`, and the log-in itself is judged by that user's rules."""

NEEDED_BY_EVERY_CLIENT = ("AUTH", "HELLO", "PING")

CLOSED_DEFAULT_LINE = "USER default off resetkeys -@all +@connection"
"""The one way to close the user `default` that lets the others log in (seen on a running server)."""


@dataclass(frozen=True, slots=True)
class AclLine:
    """One line: a user's name and rules."""

    name: str
    rules: tuple[AclRule, ...]

    @classmethod
    def of(cls, text: str, server: Version) -> AclLine:
        """Read a line.

        Raises:
            ValueError: the server would drop the file for it.
        """
        if not text.strip(" "):
            raise ValueError("a line of spaces alone; accepted: an empty line, or none")
        if text.startswith("#"):
            raise ValueError("a comment, which the server does not know; leave it out")
        if not text.isprintable():
            raise ValueError("a tab, a carriage return or another control character; accepted: single spaces")
        if text.startswith(" ") or "  " in text:
            raise ValueError("spaces at the start or two in a row; accepted: single spaces between words")
        words = text.removesuffix(" ").split(" ")
        if words[0].upper() != "USER":
            raise ValueError("does not begin with USER; accepted: USER name on|off RULE…")
        if len(words) < 4:
            raise ValueError("fewer than four words; accepted: USER name on|off RULE…")
        rules = tuple(parse_rule(word, server) for word in words[2:])
        for error in ordering_problems(rules):
            raise ValueError(error)
        return cls(words[1], rules)

    @property
    def passwords(self) -> frozenset[PasswordHash]:
        """The passwords that let the user in."""
        return frozenset(rule for rule in self.rules if isinstance(rule, PasswordHash))


def acl_file_findings(text: str, server: Version) -> Iterator[Finding]:
    """What is wrong or worth a warning about a file: what the server would drop, what would let in the wrong people.

    No password and no hash is in what is found.
    """
    lines = _read(text, server)
    for number, line in lines:
        if isinstance(line, str):
            yield Finding.error(
                f"line {number}", f"{line}. The server drops the whole file for a line that it does not understand"
            )
    for number, line in enumerate(text.split("\n"), start=1):
        if " >" in line:
            yield Finding.error(f"line {number}", "a password in the clear; accepted: # and its SHA-256")
    parsed = [(number, line) for number, line in lines if isinstance(line, AclLine)]
    yield from _users_twice(parsed)
    yield from _shared_passwords(parsed)
    for number, line in parsed:
        yield from _line_findings(number, line, server)
    if DEFAULT_USER not in {line.name for _, line in parsed}:
        yield Finding.error(
            "",
            "no line for user 'default': whoever reaches port 6379 then has all rights and needs no password; add "
            f"'{CLOSED_DEFAULT_LINE}', or one with a password",
        )


def default_password_findings(text: str, server: Version, password: SecretStr) -> Iterator[Finding]:
    """Whether the Secret's `password` still opens the user `default`, whose line in the file takes its place."""
    default = users_of(text, server, None)[DEFAULT_USER]
    if default.is_on and not default.lets_in(password):
        yield Finding.error(
            "password",
            "not the password in the ACL file's line for user 'default', which alone counts: a client with it is "
            "refused; accepted: the same in both, or that user closed",
        )


def users_of(text: str, server: Version, requirepass: PasswordHash | None) -> Mapping[str, Permissions]:
    """The users that a server has which starts with that file and that `requirepass`."""
    lines = [line for _, line in _read(text, server)]
    if not lines or any(isinstance(line, str) for line in lines):
        return {DEFAULT_USER: everything(server, requirepass)}
    users = {line.name: Permissions.of(line.rules, server) for line in lines if isinstance(line, AclLine)}
    return {DEFAULT_USER: everything(server, None)} | users


def _read(text: str, server: Version) -> list[tuple[int, AclLine | str]]:
    """Each line that is not empty by its number: read, or why it cannot be."""
    lines: list[tuple[int, AclLine | str]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line:
            try:
                lines.append((number, AclLine.of(line, server)))
            except ValueError as error:
                lines.append((number, str(error)))
    return lines


def _users_twice(lines: list[tuple[int, AclLine]]) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for number, line in lines:
        if line.name in first:
            yield Finding.error(
                f"line {number}",
                f"user {line.name!r} has line {first[line.name]} already: the server takes the commands of the last "
                "and the keys of both; write one line",
            )
        first.setdefault(line.name, number)


def _shared_passwords(lines: list[tuple[int, AclLine]]) -> Iterator[Finding]:
    owners: dict[PasswordHash, dict[str, None]] = defaultdict(dict)
    for _, line in lines:
        for password in line.passwords:
            owners[password][line.name] = None
    for names in dict.fromkeys(tuple(names) for names in owners.values() if len(names) > 1):
        yield Finding.error("", shared_password_problem(names))


def shared_password_problem(names: tuple[str, ...]) -> str:
    """What is wrong with users who have one password between them."""
    listed = ", ".join(repr(name) for name in names)
    return f"users {listed} have the same password, so each can log in as the others; accepted: a password for each"


def _line_findings(number: int, line: AclLine, server: Version) -> Iterator[Finding]:
    where = f"line {number}"
    permissions = Permissions.of(line.rules, server)
    if permissions.is_on and not permissions.passwords and not permissions.needs_no_password:
        yield Finding.error(
            where, f"user {line.name!r} has no password, so that nobody gets in; accepted: # and a SHA-256"
        )
    if line.name == DEFAULT_USER:
        missing = [command for command in NEEDED_TO_GET_IN if not may(permissions, command)]
        if missing:
            yield Finding.error(
                where,
                f"user 'default' may not {' and '.join(missing)}, and every log-in is judged by its rules: nobody gets "
                f"in; accepted: '{CLOSED_DEFAULT_LINE}'",
            )
        if permissions.is_on and permissions.needs_no_password:
            yield Finding.error(
                where,
                "user 'default' needs no password, and every connection starts as it; accepted: # and a SHA-256, or "
                f"'{CLOSED_DEFAULT_LINE}'",
            )
        return
    if permissions.is_on and permissions.needs_no_password:
        yield Finding.warning(where, f"user {line.name!r} gets in with any password")
    missing = [command for command in NEEDED_BY_EVERY_CLIENT if not may(permissions, command)]
    if permissions.is_on and missing:
        yield Finding.warning(
            where, f"user {line.name!r} may not {', '.join(missing)}, as clients do first; add +@connection"
        )
