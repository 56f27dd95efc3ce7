"""A user of a cache: who, which keys and channels, which commands.

    user = AclUser(name="keycloak", keys=["keycloak:*"])
    user.rules()                                   # what stands in the ACL file, but for the password

A user may log in, read and write the keys given, and do nothing that is dangerous unless it is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, PlainValidator

from constructs_lib.acl.judgement import Permissions, may
from constructs_lib.acl.lines import NEEDED_BY_EVERY_CLIENT
from constructs_lib.acl.presets import PRESETS, PresetName
from constructs_lib.acl.rules import AclRule, ChannelRule, CommandRule, DatabaseRule, KeyRule, Permission, State
from constructs_lib.arguments.model import Arguments, Meaning, rule
from constructs_lib.dragonfly.commands import ALL
from constructs_lib.errors import Finding
from constructs_lib.values.names import DEFAULT_USER
from constructs_lib.values.version import Version


def user_name(text: str) -> str:
    """A user's name: one word of the file, part of a URL and of a Secret's key."""
    if text == DEFAULT_USER:
        raise ValueError("'default' is the user that every connection starts as; its line is always written")
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}", text, re.ASCII):
        return text
    raise ValueError(
        f"{text!r} is no name of a user; accepted: letters, digits, '-', '_' and '.', at most 63 characters"
    )


def _database(value: object) -> int | Literal["all"]:
    if value == "all":
        return "all"
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise ValueError(f"{value!r} is no database; accepted: its number, or 'all'")


UserName = Annotated[str, AfterValidator(user_name)]
KeyPattern = Annotated[KeyRule | str, PlainValidator(KeyRule.of, json_schema_input_type=str)]
ChannelPattern = Annotated[ChannelRule | str, PlainValidator(ChannelRule.of, json_schema_input_type=str)]
PermissionName = Annotated[Permission | str, PlainValidator(Permission.of, json_schema_input_type=str)]
DatabaseNumber = Annotated[int | Literal["all"], PlainValidator(_database, json_schema_input_type=int | Literal["all"])]

READ_AND_WRITE = (Permission("read", is_category=True), Permission("write", is_category=True))

CONNECTION = Permission("connection", is_category=True)
"""AUTH, HELLO, PING, SELECT, CLIENT: without it a client does not even get to its first command."""

NOT_BY_DEFAULT = (Permission("admin", is_category=True), Permission("dangerous", is_category=True))
"""Taken from every user who is not given them by name. `@dangerous` alone leaves DFLY and DFLYCLUSTER, which are in
`@admin`: DFLY LOAD replaces everything that is there."""

BELONG_TO = {
    "read": ("BITPOS",),
    "write": ("MSET", "MSETNX", "ZDIFFSTORE", "ZINTERSTORE", "ZUNIONSTORE"),
}
"""Commands that read or write and are not in the category in the list of the server's commands. They are written
beside it, so that the category means the same whatever the server thinks."""

REACH_PAST_KEYS = {
    "CONFIG": "its holder changes the server's settings, the default user's password among them",
    "DEBUG": "its holder reads and breaks what belongs to others",
    "DFLY": "its holder replaces everything that is there (DFLY LOAD)",
    "FLUSHALL": "it heeds no pattern of keys: everybody's keys are gone",
    "FLUSHDB": "it heeds no pattern of keys: everybody's keys in the database are gone",
    "KEYS": "it heeds no pattern of keys, and holds up every other client while it runs",
    "MONITOR": "its holder sees every command of every user",
    "REPLICAOF": "the operator decides who is master",
    "REPLTAKEOVER": "the operator decides who is master",
    "SHUTDOWN": "its holder stops the server",
    "SLAVEOF": "the operator decides who is master",
}
"""Commands that no pattern of keys holds back, with what they do."""


class AclUser(Arguments):
    """A user of the cache: who, which keys and channels, which commands."""

    name: Annotated[UserName, Meaning("Name to log in with.")]
    preset: Annotated[
        PresetName | None,
        Meaning("A client that is known: its keys, channels and commands, where none are given here.", default="none"),
    ] = None
    keys: Annotated[
        list[KeyPattern] | None,
        Meaning(
            "Patterns of the keys that the user may use: `keycloak:*`, `%R~shared:*` to read alone, `%W~log:*` to "
            "write alone, `*` for all.",
            default="as the preset says, else none",
            source="ACL file: `~`, `%R~`, `%W~`",
        ),
    ] = None
    channels: Annotated[
        list[ChannelPattern] | None,
        Meaning(
            "Patterns of the pub/sub channels that the user may use; give `@pubsub` in `allow` with them. PSUBSCRIBE "
            "takes one of these patterns to the letter.",
            default="as the preset says, else none",
            source="ACL file: `&`",
        ),
    ] = None
    allow: Annotated[
        list[PermissionName] | None,
        Meaning(
            "Commands (`INFO`) and categories (`@scripting`). `@connection` comes by itself. A command named here is "
            "allowed even if a category takes it away: so INFO is put back.",
            default="as the preset says, else `@read` and `@write`",
            source="ACL file: `+`",
        ),
    ] = None
    deny: Annotated[
        list[PermissionName],
        Meaning(
            "Commands and categories to take away again. `@admin` and `@dangerous` are taken from everybody to whom "
            "`allow` does not give them.",
            source="ACL file: `-`",
        ),
    ] = Field(default_factory=list)
    databases: Annotated[
        DatabaseNumber,
        Meaning(
            "The one numbered database that the user is kept in, or `all`. The log-in itself puts the user there, with "
            "no SELECT needed, and SELECT of another is refused.",
            source="ACL file: `$`",
        ),
    ] = "all"
    nopass: Annotated[bool, Meaning("Let the user in with any password.", source="ACL file: `nopass`")] = False

    @property
    def key_rules(self) -> tuple[KeyRule, ...]:
        """The keys, parsed: given, or the preset's."""
        given = self._of_preset("keys") if self.keys is None else self.keys
        return tuple(dict.fromkeys(KeyRule.of(key) for key in given))

    @property
    def channel_rules(self) -> tuple[ChannelRule, ...]:
        """The channels, parsed: given, or the preset's."""
        given = self._of_preset("channels") if self.channels is None else self.channels
        return tuple(dict.fromkeys(ChannelRule.of(channel) for channel in given))

    @property
    def allowed(self) -> tuple[Permission, ...]:
        """What is allowed, parsed: given, the preset's, or reading and writing."""
        if self.allow is None and self.preset is None:
            return READ_AND_WRITE
        given = self._of_preset("allow") if self.allow is None else self.allow
        return tuple(dict.fromkeys(Permission.of(permission) for permission in given))

    @property
    def denied(self) -> tuple[Permission, ...]:
        """What is denied, parsed."""
        return tuple(dict.fromkeys(Permission.of(permission) for permission in self.deny))

    def rules(self) -> tuple[AclRule, ...]:
        """The rules without the password, in the order of the file: a command named wins over a category, and what is
        denied over what is allowed."""
        taken = [permission for permission in NOT_BY_DEFAULT if permission not in self.allowed]
        return (
            State.ON,
            *((State.NOPASS,) if self.nopass else ()),
            *self.key_rules,
            *self.channel_rules,
            *_categories(True, (CONNECTION, *self.allowed)),
            *_categories(False, (*taken, *self.denied)),
            *_commands(True, self.allowed),
            *_commands(False, self.denied),
            *(() if self.databases == "all" else (DatabaseRule(int(self.databases)),)),
        )

    def permissions(self, server: Version) -> Permissions:
        """What the rules come to at that version of the server."""
        return Permissions.of(self.rules(), server)

    def _of_preset(self, argument: str) -> tuple[str, ...]:
        return PRESETS[self.preset].values(argument) if self.preset else ()

    @rule("keys", "preset")
    def _all_keys_stand_alone(self) -> Iterator[Finding]:
        if len(self.key_rules) > 1 and any(key.is_all for key in self.key_rules):
            yield Finding.error("keys", _STANDS_ALONE)

    @rule("channels", "preset")
    def _all_channels_stand_alone(self) -> Iterator[Finding]:
        if len(self.channel_rules) > 1 and any(channel.is_all for channel in self.channel_rules):
            yield Finding.error("channels", _STANDS_ALONE)

    @rule("name", "keys", "allow", "preset")
    def _keys_are_given(self) -> Iterator[Finding]:
        needing = [str(permission) for permission in self.allowed if permission in READ_AND_WRITE]
        if needing and not self.key_rules:
            yield Finding.error(
                "keys",
                f"none, so that {', '.join(needing)} reach nothing; accepted: patterns such as '{self.name}:*', or '*'",
            )

    @rule("name", "channels", "allow", "preset")
    def _pubsub_is_whole(self) -> Iterator[Finding]:
        using = [str(permission) for permission in self.allowed if permission.name in _PUBSUB]
        if self.channel_rules and not using and Permission(ALL, is_category=True) not in self.allowed:
            yield Finding.error("channels", "given without a command that uses them; add '@pubsub' to allow")
        elif using and not self.channel_rules:
            yield Finding.error(
                "channels", f"none, so that {', '.join(using)} reaches nothing; accepted: '{self.name}:*', or '*'"
            )

    @rule("allow", "deny", "preset")
    def _allow_and_deny_agree(self) -> Iterator[Finding]:
        for permission in self.denied if self.allow is not None else ():
            if permission in self.allowed:
                yield Finding.error("deny", f"'{permission}' is in allow as well; leave it out of one of the two")

    @rule("deny")
    def _nobody_is_locked_out(self) -> Iterator[Finding]:
        for permission in self.denied:
            if permission.name in (_OF_THE_LOGIN if permission.is_category else NEEDED_BY_EVERY_CLIENT):
                yield Finding.error(
                    "deny",
                    f"'{permission}' takes {', '.join(NEEDED_BY_EVERY_CLIENT)} away, with which every client begins; "
                    "name the commands to take away, such as 'CLIENT'",
                )

    @rule("nopass", "name")
    def _somebody_is_asked(self) -> Iterator[Finding]:
        if self.nopass:
            yield Finding.warning("nopass", f"true: whoever reaches port 6379 is user {self.name!r}")


def user_findings(user: AclUser, server: Version) -> Iterator[Finding]:
    """What is wrong or worth a warning about a user at that version of the server.

    What is wrong with the arguments among themselves is found by `validate`.
    """
    unknown = False
    for argument, permissions in (("allow", user.allowed), ("deny", user.denied)):
        for permission in permissions:
            if reason := permission.unknown_to(server):
                unknown = True
                yield Finding.error(argument, f"'{permission}': {reason}")
    if not unknown and user.allow is not None:
        yield from _reach_findings(user, server)


def _reach_findings(user: AclUser, server: Version) -> Iterator[Finding]:
    """What reaches past the user's keys and was given by hand: what a preset gives, it explains."""
    permissions = user.permissions(server)
    for permission in user.allowed:
        if permission in NOT_BY_DEFAULT:
            yield Finding.warning(
                "allow",
                f"'{permission}' gives rights over the server and everybody's keys; name the commands needed instead",
            )
        elif not permission.is_category and permission.name in REACH_PAST_KEYS and may(permissions, permission.name):
            yield Finding.warning("allow", f"'{permission}': {REACH_PAST_KEYS[permission.name]}")


_STANDS_ALONE = "'*' covers every other pattern, and the server refuses both; leave '*' or the others out"

_PUBSUB = frozenset({"pubsub", "PUBLISH", "SPUBLISH", "SUBSCRIBE", "SSUBSCRIBE", "PSUBSCRIBE"})

_OF_THE_LOGIN = frozenset({ALL, "connection", "fast"})
"""Categories that AUTH, HELLO and PING are in."""


def _categories(allows: bool, permissions: Iterable[Permission]) -> Iterator[CommandRule]:
    for permission in dict.fromkeys(permission for permission in permissions if permission.is_category):
        yield CommandRule(allows, permission)
        yield from (CommandRule(allows, Permission(command)) for command in BELONG_TO.get(permission.name, ()))


def _commands(allows: bool, permissions: Iterable[Permission]) -> Iterator[CommandRule]:
    return (CommandRule(allows, permission) for permission in permissions if not permission.is_category)
