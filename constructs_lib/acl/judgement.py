"""What may this user do? The server's own judgement, for a list of rules, a command and its arguments.

    permissions = Permissions.of(user.rules(), server)
    verdict = may_run(permissions, "RENAME", "keycloak:a", "other:b")
    bool(verdict), verdict.reason                         # False, "no pattern allows writing key 'other:b'"

Compared with what server v1.36.0 allowed and denied, command by command, in `tests/data/dragonfly-acl.json`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pydantic import SecretStr

from constructs_lib.acl.command_keys import access_of, keys_of
from constructs_lib.acl.rules import (
    Access,
    AclRule,
    ChannelRule,
    CommandRule,
    DatabaseRule,
    KeyRule,
    PasswordHash,
    Permission,
    State,
)
from constructs_lib.dragonfly.commands import server_commands
from constructs_lib.values.version import Version


@dataclass(frozen=True, slots=True)
class Verdict:
    """The server's answer, true where it is yes, and why."""

    reason: str

    def __bool__(self) -> bool:
        return isinstance(self, Allowed)


@dataclass(frozen=True, slots=True)
class Allowed(Verdict):
    """The command runs."""


@dataclass(frozen=True, slots=True)
class Denied(Verdict):
    """The server answers -NOPERM."""


@dataclass(frozen=True, slots=True)
class Unknown(Verdict):
    """The server has no such command, whoever asks: an error, but no word about rights."""


@dataclass(frozen=True, slots=True)
class Permissions:
    """What a list of rules comes to at one version of the server."""

    server: Version
    is_on: bool
    passwords: frozenset[PasswordHash]
    needs_no_password: bool
    commands: Mapping[str, CommandRule]
    """Every command that a rule names, with the rule that decides: the last one."""
    keys: tuple[KeyRule, ...]
    channels: tuple[ChannelRule, ...]
    database: int | None
    """The one database that the user is put into at log-in and kept in, or None for every one."""

    @classmethod
    def of(cls, rules: Sequence[AclRule], server: Version) -> Permissions:
        """Apply the rules in their order to a user who may nothing yet."""
        is_on = needs_no_password = False
        passwords: set[PasswordHash] = set()
        commands: dict[str, CommandRule] = {}
        keys: list[KeyRule] = []
        channels: list[ChannelRule] = []
        database = None
        for rule in rules:
            match rule:
                case State.ON | State.OFF:
                    is_on = rule is State.ON
                case State.NOPASS:
                    passwords, needs_no_password = set(), True
                case State.RESETPASS:
                    passwords, needs_no_password = set(), False
                case PasswordHash():
                    passwords.add(rule)
                    needs_no_password = False
                case State.RESETKEYS:
                    keys = []
                case State.RESETCHANNELS:
                    channels = []
                case KeyRule():
                    keys.append(rule)
                case ChannelRule():
                    channels.append(rule)
                case DatabaseRule():
                    database = rule.number
                case CommandRule():
                    commands.update(
                        (name, rule)
                        for name, categories in server_commands(server).items()
                        if rule.permission.covers(name, categories)
                    )
        return cls(
            server, is_on, frozenset(passwords), needs_no_password, commands, tuple(keys), tuple(channels), database
        )

    def lets_in(self, password: SecretStr) -> bool:
        """Whether the user gets in with that password."""
        return self.is_on and (self.needs_no_password or PasswordHash.of(password) in self.passwords)

    def reach(self, access: Access) -> bool:
        """Whether there is any key that the user may use in that way."""
        return any(rule.access & access for rule in self.keys)


def may_run(permissions: Permissions, command: str, *arguments: str) -> Verdict:
    """Whether a user with those rights may run a command line, once logged in.

    Commands inside a script are not looked into: the server judges each as if it were sent by itself.
    """
    name = command.upper()
    if name == "ACL" and arguments:
        name, arguments = f"ACL {arguments[0].upper()}", arguments[1:]
    if name == "SELECT" and arguments and arguments[0].isdecimal():
        return may(permissions, name, database=int(arguments[0]))
    keys = keys_of(name.split()[0], arguments)
    if keys is None and may(permissions, name):
        return Denied(f"{name}: the arguments name no keys where the command has them")
    return may(permissions, name, keys=keys or (), channels=_channels(name, arguments))


def may(
    permissions: Permissions,
    command: str,
    *,
    keys: Sequence[str] = (),
    channels: Sequence[str] = (),
    database: int | None = None,
) -> Verdict:
    """Whether a user with those rights may run a command on those keys and channels, in that database.

    Without a number it is the one that the log-in puts the user into: its own, where it is kept in one.
    """
    name = command.upper()
    categories = server_commands(permissions.server).get(name)
    if categories is None:
        return Unknown(f"server {permissions.server} has no command {name}")
    rule = permissions.commands.get(name)
    if rule is None:
        return Denied(f"no rule allows {name}")
    if not rule.allows:
        return Denied(f"{rule} takes {name} away")
    if _leaves_database(permissions, name, database):
        return Denied(f"${permissions.database} keeps the user in that database")
    if denied := _denied_key(permissions, access_of(name, categories), keys):
        return Denied(denied)
    if name in _JUDGED_CHANNELS and (denied := _denied_channel(permissions, name in _PATTERN_COMMANDS, channels)):
        return Denied(denied)
    return Allowed(f"{rule} allows {name}")


def everything(server: Version, password: PasswordHash | None) -> Permissions:
    """The rights of the user `default` where no ACL file says otherwise: all, and `requirepass` as the password."""
    rules: tuple[AclRule, ...] = (
        State.ON,
        State.NOPASS if password is None else password,
        KeyRule("*"),
        ChannelRule("*"),
        CommandRule(True, Permission("all", is_category=True)),
    )
    return Permissions.of(rules, server)


_JUDGED_CHANNELS = frozenset({"PUBLISH", "SPUBLISH", "SUBSCRIBE", "SSUBSCRIBE", "PSUBSCRIBE"})
_PATTERN_COMMANDS = frozenset({"PSUBSCRIBE"})
"""Their argument is a pattern itself, and must be one of the user's to the letter."""


def _channels(command: str, arguments: Sequence[str]) -> Sequence[str]:
    if command not in _JUDGED_CHANNELS:
        return ()
    return arguments[:1] if command in ("PUBLISH", "SPUBLISH") else arguments


def _leaves_database(permissions: Permissions, command: str, database: int | None) -> bool:
    """Whether a command needs another database than the one that the user is kept in, and so never leaves."""
    if permissions.database is None:
        return False
    return command == "MOVE" or database not in (None, permissions.database)


def _denied_key(permissions: Permissions, access: Access | None, keys: Sequence[str]) -> str:
    if access is None:
        return ""
    doing = "writing" if access is Access.WRITE else "reading"
    for key in keys:
        if not any(rule.access & access and _matches(rule.glob, key) for rule in permissions.keys):
            return f"no pattern allows {doing} key {key!r}"
    return ""


def _denied_channel(permissions: Permissions, is_pattern: bool, channels: Sequence[str]) -> str:
    if any(rule.is_all for rule in permissions.channels):
        return ""
    for channel in channels:
        if is_pattern and not any(rule.glob == channel for rule in permissions.channels):
            return f"{channel!r} is none of the user's patterns of channels to the letter"
        if not is_pattern and not any(_matches(rule.glob, channel) for rule in permissions.channels):
            return f"no pattern allows channel {channel!r}"
    return ""


def _matches(glob: str, text: str) -> bool:
    return _regular_expression(glob).fullmatch(text) is not None


@cache
def _regular_expression(glob: str) -> re.Pattern[str]:
    """A glob as the server reads it: `*`, `?`, `[set]`, `[^set]` and `\\` before any of them."""
    parts = []
    for part in re.findall(r"\\.|\[[^\]]+\]|.", glob, re.DOTALL):
        if part == "*":
            parts.append(".*")
        elif part == "?":
            parts.append(".")
        elif part.startswith("[") and len(part) > 2:
            negated = part[1] == "^" and len(part) > 3
            members = part[2 if negated else 1 : -1]
            parts.append(f"[{'^' if negated else ''}{re.escape(members).replace(chr(92) + '-', '-')}]")
        else:
            parts.append(re.escape(part[1] if part.startswith("\\") and len(part) == 2 else part))
    return re.compile("".join(parts), re.DOTALL)
