"""Users of Redis, from `user` lines and the file of `aclfile`, as users of the cache. No password is read.

Redis has words that the server lacks. Each is said in another way, or left out and told: never so that a user may do
more than in Redis.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from constructs_lib.acl.judgement import Permissions
from constructs_lib.acl.lines import AclLine
from constructs_lib.acl.rules import AclRule, State, parse_rule
from constructs_lib.acl.user import BELONG_TO, CONNECTION, AclUser
from constructs_lib.adoption.kinds.users import arguments_of, shortest
from constructs_lib.adoption.model import Carried, Line, NotCarried, Setting
from constructs_lib.adoption.redis.commands import IN_ITS_PLACE, lacking
from constructs_lib.adoption.redis.configuration import Configuration
from constructs_lib.arguments.model import validate
from constructs_lib.cache.secret import user_password_key
from constructs_lib.cache.server import ServerArguments
from constructs_lib.dragonfly.commands import server_commands
from constructs_lib.values.names import DEFAULT_USER, default_secret
from constructs_lib.values.version import Version

SERVER = Version.of(ServerArguments.model_fields["version"].default)
"""The server whose commands the rules are read by: the one that is written."""

LACKING = frozenset(lacking(SERVER))
"""Commands of Redis that no rule may name, since that server has them not."""

HYPERLOGLOG = ("PFADD", "PFCOUNT", "PFMERGE")
"""The commands of Redis' category `@hyperloglog`, which the server's rules cannot name (`dragonfly/commands.py`)."""

IN_FULL = {"allkeys": "~*", "allchannels": "&*", "allcommands": "+@all", "nocommands": "-@all"}
"""Words that stand for another, of those that the server spells otherwise or that are read together here."""

OF_PAYLOADS = ("sanitize-payload", "skip-sanitize-payload")
"""Words about RESTORE that say nothing of what a user may do; the server has neither."""


def read_redis_users(configuration: Configuration, cache: str) -> Carried:
    """The users, each with the place of its password."""
    for directive in configuration.all("user"):
        if not directive.words:
            yield NotCarried(directive.origin, "no name", "mend the line")
            continue
        name, *words = directive.words
        read = _Reading(name)
        try:
            read.words(_without_selectors(words, read))
        except ValueError as error:
            yield NotCarried(directive.origin, f"user {name!r}: {error}; it is left out", _GIVE_IT)
            continue
        yield from (NotCarried(directive.origin, f"user {name!r}: {why}", advice) for why, advice in read.told)
        yield from (_default if name == DEFAULT_USER else _user)(read, directive.origin, cache)


_GIVE_IT = "give it in `dragonfly_acl_users` as it should be; docs/acl.md"


@dataclass(slots=True)
class _Reading:
    """A user while its words are read one by one, each of which changes what those before it came to."""

    name: str
    is_on: bool = False
    needs_no_password: bool = False
    keys: list[str] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)
    """What is not taken over, and what to do."""

    def words(self, words: Sequence[str]) -> None:
        """Read them.

        Raises:
            ValueError: one cannot be said, and without it the user could do more.
        """
        for word in words:
            self._word(IN_FULL.get(word.lower(), word))

    def rules(self) -> tuple[AclRule, ...]:
        """What they come to, as the server's rules.

        Raises:
            ValueError: the server takes one of them for something else.
        """
        return (State.ON, *(parse_rule(word, SERVER) for word in (*self.keys, *self.channels, *self.commands)))

    def _word(self, word: str) -> None:
        known = word.lower()
        if known in ("on", "off"):
            self.is_on = known == "on"
        elif known == "reset":
            self.is_on = self.needs_no_password = False
            self.keys, self.channels, self.commands = [], [], []
        elif known in ("nopass", "resetpass") or word[:1] in (">", "#"):
            self.needs_no_password = known == "nopass"
        elif known in ("resetkeys", "resetchannels"):
            (self.keys if known == "resetkeys" else self.channels).clear()
        elif word[:1] in ("~", "%"):
            self.keys = _added(self.keys, re.sub(r"^%(RW|WR)~", "~", word, flags=re.IGNORECASE))
        elif word[:1] == "&":
            self.channels = _added(self.channels, word)
        elif word[:1] in ("+", "-"):
            self._command(word[0], word[1:])
        elif known in OF_PAYLOADS:
            self.told.append((f"the server has no word {known!r}", "leave it out"))
        elif known != "clearselectors" and word[:1] not in ("<", "!"):
            raise ValueError("a word that is no rule of Redis (not shown: it may be a password)")

    def _command(self, sign: str, what: str) -> None:
        """A right. What is taken away and cannot be said takes more away, or the user is left out."""
        command, has_subcommand, _ = what.partition("|")
        if what.lower() == "@all":
            self.commands = ["+@all"] if sign == "+" else []
        elif what.lower() == "@hyperloglog":
            self.commands += [f"{sign}{each}" for each in HYPERLOGLOG]
        elif has_subcommand and sign == "+" and command.upper() not in LACKING:
            self.told.append((f"+{what}: the server's rules know no subcommands", f"give {command.upper()} if need be"))
        else:
            self._plain(sign, command)
            if has_subcommand and command.upper() not in LACKING:
                self.told.append(
                    (f"-{what}: it takes all of {command.upper()}, since rules know no subcommands", _CARE)
                )

    def _plain(self, sign: str, what: str) -> None:
        if what.upper() in LACKING:
            instead = IN_ITS_PLACE.get(what.upper(), "leave it out") if sign == "+" else "leave it out"
            self.told.append((f"{sign}{what}: server {SERVER} lacks the command", instead))
            return
        try:
            parse_rule(f"{sign}{what}", SERVER)
        except ValueError as error:
            if sign == "-" and what.startswith("@"):
                raise
            self.told.append((f"{error}", "leave it out, or give what takes its place"))
            return
        self.commands.append(f"{sign}{what}")


_CARE = "see that the user can do without"


def _added(patterns: list[str], pattern: str) -> list[str]:
    """The patterns with a further one; one for all stands alone, as the server asks."""
    everything = f"{pattern[0]}*"
    return [everything] if everything in (pattern, *patterns) else [*patterns, pattern]


def _without_selectors(words: Sequence[str], read: _Reading) -> list[str]:
    """The words outside of parentheses, which hold further sets of rules."""
    text = " ".join(words)
    outside = re.sub(r"(?<!\S)\([^()]*\)(?!\S)", "", text)
    if outside != text:
        read.told.append(("selectors ( … ): the server has one set of rules a user", "give a further user for each"))
    return outside.split()


def _user(read: _Reading, origin: Line, cache: str) -> Carried:
    if not read.is_on:
        yield NotCarried(origin, f"user {read.name!r}: off, nobody logs in as it; it is left out", _GIVE_IT)
        return
    try:
        rules = read.rules()
    except ValueError as error:
        yield NotCarried(origin, f"user {read.name!r}: {error}; it is left out", _GIVE_IT)
        return
    arguments = _with_channels_that_are_used(arguments_of(AclLine(read.name, rules)))
    validation = validate(AclUser, {"name": read.name, **arguments})
    if validation.arguments is None or validation.errors:
        for finding in validation.errors:
            yield NotCarried(origin, f"user {read.name!r}: {finding}; it is left out", _GIVE_IT)
        return
    more, less = _compared(rules, validation.arguments)
    if more:
        what = ", ".join(more)
        yield NotCarried(
            origin, f"user {read.name!r}: its rules in their order cannot be said without {what}; left out", _GIVE_IT
        )
        return
    if less:
        yield NotCarried(
            origin,
            f"user {read.name!r}: no longer may it run {_some(less)}",
            "name in `allow` what it cannot do without; docs/acl.md",
        )
    yield _password(read, origin, cache)
    yield Setting("users", read.name, shortest(read.name, arguments, validation.arguments), origin)


def _default(read: _Reading, origin: Line, cache: str) -> Carried:
    """The user that everybody starts as: with all rights behind its password, or closed."""
    is_all = read.keys == ["~*"] and read.commands == ["+@all"]
    if read.is_on and is_all:
        yield Setting("cache", "acl_default", "password", origin)
        yield _password(read, origin, cache)
        return
    yield Setting("cache", "acl_default", "closed", origin)
    if read.is_on:
        yield NotCarried(
            origin,
            "user 'default' has some rights, and here all or none: it is closed",
            "give its clients a user of their own in `dragonfly_acl_users`",
        )


def _password(read: _Reading, origin: Line, cache: str) -> NotCarried:
    key = f"Secret `{default_secret(cache)}`, key `{user_password_key(read.name)}`"
    why = "nopass lets everybody in, and here it has a password" if read.needs_no_password else "no password is read"
    return NotCarried(origin, f"user {read.name!r}: {why}", f"put it into {key}; docs/secrets.md")


def _with_channels_that_are_used(arguments: dict[str, object]) -> dict[str, object]:
    """Without channels where no right uses them: Redis gives them all the same, and they open nothing."""
    allowed = {str(each).lstrip("@").lower() for each in _texts(arguments["allow"])}
    used = allowed & {"all", "pubsub", "publish", "spublish", "subscribe", "ssubscribe", "psubscribe"}
    return arguments if used else {name: each for name, each in arguments.items() if name != "channels"}


def _texts(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _compared(rules: Sequence[AclRule], user: AclUser) -> tuple[list[str], list[str]]:
    """The commands that the user may run and by the rules may not, and the other way round.

    What comes with every user, and what a category means in Redis too, is no difference.
    """
    before, after = _allowed(rules), _allowed(user.rules())
    by_itself = {
        name for name, categories in server_commands(SERVER).items() if CONNECTION.covers(name, categories)
    } | {command for commands in BELONG_TO.values() for command in commands}
    return sorted(after - before - by_itself), sorted(before - after)


def _allowed(rules: Sequence[AclRule]) -> set[str]:
    return {name for name, rule in Permissions.of(rules, SERVER).commands.items() if rule.allows}


def _some(commands: Sequence[str]) -> str:
    shown = ", ".join(commands[:_SHOWN])
    return shown if len(commands) <= _SHOWN else f"{shown} and {len(commands) - _SHOWN} others"


_SHOWN = 12
