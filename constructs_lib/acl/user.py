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

from constructs_lib.acl.judgement import Rights, may
from constructs_lib.acl.lines import NEEDED_BY_EVERY_CLIENT
from constructs_lib.acl.presets import PRESETS, PresetName
from constructs_lib.acl.rules import ChannelRule, CommandRule, DatabaseRule, KeyRule, Right, Rule, State
from constructs_lib.arguments.model import Arguments, Meaning, rule
from constructs_lib.dragonfly.commands import ALL
from constructs_lib.errors import Doubt, Fault
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
KeyPattern = Annotated[KeyRule | str, PlainValidator(KeyRule.of)]
ChannelPattern = Annotated[ChannelRule | str, PlainValidator(ChannelRule.of)]
RightName = Annotated[Right | str, PlainValidator(Right.of)]
DatabaseNumber = Annotated[int | Literal["all"], PlainValidator(_database)]

READ_AND_WRITE = (Right("read", is_category=True), Right("write", is_category=True))

CONNECTION = Right("connection", is_category=True)
"""AUTH, HELLO, PING, SELECT, CLIENT: without it a client does not even get to its first command."""

NOT_BY_DEFAULT = (Right("admin", is_category=True), Right("dangerous", is_category=True))
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
        list[RightName] | None,
        Meaning(
            "Commands (`INFO`) and categories (`@scripting`). `@connection` comes by itself. A command named here is "
            "allowed even if a category takes it away: so INFO is put back.",
            default="as the preset says, else `@read` and `@write`",
            source="ACL file: `+`",
        ),
    ] = None
    deny: Annotated[
        list[RightName],
        Meaning(
            "Commands and categories to take away again. `@admin` and `@dangerous` are taken from everybody to whom "
            "`allow` does not give them.",
            source="ACL file: `-`",
        ),
    ] = Field(default_factory=list)
    databases: Annotated[
        DatabaseNumber,
        Meaning(
            "The one numbered database that the user is kept in (the client must select it itself), or `all`.",
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
    def allowed(self) -> tuple[Right, ...]:
        """What is allowed, parsed: given, the preset's, or reading and writing."""
        if self.allow is None and self.preset is None:
            return READ_AND_WRITE
        given = self._of_preset("allow") if self.allow is None else self.allow
        return tuple(dict.fromkeys(Right.of(right) for right in given))

    @property
    def denied(self) -> tuple[Right, ...]:
        """What is denied, parsed."""
        return tuple(dict.fromkeys(Right.of(right) for right in self.deny))

    def rules(self) -> tuple[Rule, ...]:
        """The rules without the password, in the order of the file: a command named wins over a category, and what is
        denied over what is allowed."""
        taken = [right for right in NOT_BY_DEFAULT if right not in self.allowed]
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

    def rights(self, server: Version) -> Rights:
        """What the rules come to at that version of the server."""
        return Rights.of(self.rules(), server)

    def _of_preset(self, argument: str) -> tuple[str, ...]:
        return PRESETS[self.preset].words(argument) if self.preset else ()

    @rule("keys", "preset")
    def _all_keys_stand_alone(self) -> Iterator[Fault]:
        if len(self.key_rules) > 1 and any(key.is_all for key in self.key_rules):
            yield Fault("keys", _STANDS_ALONE)

    @rule("channels", "preset")
    def _all_channels_stand_alone(self) -> Iterator[Fault]:
        if len(self.channel_rules) > 1 and any(channel.is_all for channel in self.channel_rules):
            yield Fault("channels", _STANDS_ALONE)

    @rule("name", "keys", "allow", "preset")
    def _keys_are_given(self) -> Iterator[Fault]:
        needing = [str(right) for right in self.allowed if right in READ_AND_WRITE]
        if needing and not self.key_rules:
            yield Fault(
                "keys",
                f"none, so that {', '.join(needing)} reach nothing; accepted: patterns such as '{self.name}:*', or '*'",
            )

    @rule("name", "channels", "allow", "preset")
    def _pubsub_is_whole(self) -> Iterator[Fault]:
        using = [str(right) for right in self.allowed if right.name in _PUBSUB]
        if self.channel_rules and not using and Right(ALL, is_category=True) not in self.allowed:
            yield Fault("channels", "given without a command that uses them; add '@pubsub' to allow")
        elif using and not self.channel_rules:
            yield Fault(
                "channels", f"none, so that {', '.join(using)} reaches nothing; accepted: '{self.name}:*', or '*'"
            )

    @rule("allow", "deny", "preset")
    def _allow_and_deny_agree(self) -> Iterator[Fault]:
        for right in self.denied if self.allow is not None else ():
            if right in self.allowed:
                yield Fault("deny", f"'{right}' is in allow as well; leave it out of one of the two")

    @rule("deny")
    def _nobody_is_locked_out(self) -> Iterator[Fault]:
        for right in self.denied:
            if right.name in (_OF_THE_LOGIN if right.is_category else NEEDED_BY_EVERY_CLIENT):
                yield Fault(
                    "deny",
                    f"'{right}' takes {', '.join(NEEDED_BY_EVERY_CLIENT)} away, with which every client begins; name "
                    "the commands to take away, such as 'CLIENT'",
                )

    @rule("nopass", "name")
    def _somebody_is_asked(self) -> Iterator[Fault]:
        if self.nopass:
            yield Doubt("nopass", f"true: whoever reaches port 6379 is user {self.name!r}")


def user_findings(user: AclUser, server: Version) -> Iterator[Fault]:
    """What is wrong or doubtful about a user at that version of the server.

    What is wrong with the arguments among themselves is found by `examine`.
    """
    unknown = False
    for argument, rights in (("allow", user.allowed), ("deny", user.denied)):
        for right in rights:
            if fault := right.fault(server):
                unknown = True
                yield Fault(argument, f"'{right}': {fault}")
    if not unknown and user.allow is not None:
        yield from _reach_findings(user, server)


def _reach_findings(user: AclUser, server: Version) -> Iterator[Fault]:
    """What reaches past the user's keys and was given by hand: what a preset gives, it explains."""
    rights = user.rights(server)
    for right in user.allowed:
        if right in NOT_BY_DEFAULT:
            yield Doubt(
                "allow",
                f"'{right}' gives rights over the server and everybody's keys; name the commands needed instead",
            )
        elif not right.is_category and right.name in REACH_PAST_KEYS and may(rights, right.name):
            yield Doubt("allow", f"'{right}': {REACH_PAST_KEYS[right.name]}")


_STANDS_ALONE = "'*' covers every other pattern, and the server refuses both; leave '*' or the others out"

_PUBSUB = frozenset({"pubsub", "PUBLISH", "SPUBLISH", "SUBSCRIBE", "SSUBSCRIBE", "PSUBSCRIBE"})

_OF_THE_LOGIN = frozenset({ALL, "connection", "fast"})
"""Categories that AUTH, HELLO and PING are in."""


def _categories(allows: bool, rights: Iterable[Right]) -> Iterator[CommandRule]:
    for right in dict.fromkeys(right for right in rights if right.is_category):
        yield CommandRule(allows, right)
        yield from (CommandRule(allows, Right(command)) for command in BELONG_TO.get(right.name, ()))


def _commands(allows: bool, rights: Iterable[Right]) -> Iterator[CommandRule]:
    return (CommandRule(allows, right) for right in rights if not right.is_category)
