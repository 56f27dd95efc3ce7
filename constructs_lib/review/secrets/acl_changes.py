"""What another ACL file lets its users do: who gets in, on which keys, with which commands. No password is looked at.

Flux' `${…}` and templates' `{{…}}` stand for passwords: two that are written alike are taken for the same.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from constructs_lib.acl.judgement import Permissions
from constructs_lib.acl.lines import AclLine, users_of
from constructs_lib.acl.rules import ChannelRule, KeyRule
from constructs_lib.review.changes.model import Effect
from constructs_lib.review.changes.rows import Reading
from constructs_lib.values.names import DEFAULT_USER
from constructs_lib.values.version import Version

_PLACEHOLDER = re.compile(r"#(\$\{[^}]*\}|\{\{.*?\}\})")
_MOST_NAMES = 6


def acl_changes(before: str, after: str, server: Version) -> Iterator[Reading]:
    """What each user gains and loses.

    Args:
        before: the file's text, with passwords or with what stands for them.
        after: the same, afterwards.
        server: the version that reads it.
    """
    old_text, new_text = (_PLACEHOLDER.sub(_stand_in, text) for text in (before, after))
    if not _is_taken(new_text, server):
        yield (Effect.UNKNOWN,), "The server would drop the new ACL file for a line that it does not understand."
        return
    old, new = (users_of(text, server, None) for text in (old_text, new_text))
    if not _is_taken(old_text, server):
        yield (Effect.UNKNOWN,), "The old ACL file has a line that the server does not understand."
    for name in sorted({*old, *new}):
        yield from _of_user(name, old.get(name), new.get(name))


def _of_user(name: str, old: Permissions | None, new: Permissions | None) -> Iterator[Reading]:
    if old is None or not old.is_on:
        if new is not None and new.is_on:
            yield (Effect.ACCESS_OPENED,), f"User {name} gets in, {_rights(new)}."
        elif old is None:
            yield (Effect.LIVE,), f"User {name} is new, and switched off."
        return
    if new is None or not new.is_on:
        yield (Effect.ACCESS_CLOSED,), f"User {name} no longer gets in."
        return
    if new.needs_no_password and not old.needs_no_password:
        whoever = "whoever reaches the port" if name == DEFAULT_USER else "whoever knows the name"
        yield (Effect.ACCESS_OPENED,), f"User {name} needs no password any more: {whoever} gets in."
    elif old.needs_no_password and not new.needs_no_password:
        yield (Effect.ACCESS_CLOSED,), f"User {name} is asked for a password."
    elif old.passwords != new.passwords:
        yield (Effect.AT_NEXT_RESTART,), f"User {name} has another password."
    for gained, lost, of_what in (
        (_beyond(new.keys, old.keys), _beyond(old.keys, new.keys), "keys"),
        (_beyond(new.channels, old.channels), _beyond(old.channels, new.channels), "channels"),
        (sorted(_commands(new) - _commands(old)), sorted(_commands(old) - _commands(new)), "commands"),
    ):
        if gained:
            yield (Effect.ACCESS_OPENED,), f"User {name} may use the {of_what} {_listed(gained)}."
        if lost:
            yield (Effect.ACCESS_CLOSED,), f"User {name} may no longer use the {of_what} {_listed(lost)}."
    yield from _database(name, old.database, new.database)


def _database(name: str, old: int | None, new: int | None) -> Iterator[Reading]:
    if old == new:
        return
    if new is None:
        yield (Effect.ACCESS_OPENED,), f"User {name} is no longer kept in database {old}."
    elif old is None:
        yield (Effect.ACCESS_CLOSED, Effect.ADDRESS_CHANGED), f"User {name} is kept in database {new}."
    else:
        both = (Effect.ACCESS_OPENED, Effect.ACCESS_CLOSED, Effect.ADDRESS_CHANGED)
        yield both, f"User {name} is kept in database {new} instead of {old}."


def _commands(permissions: Permissions) -> set[str]:
    return {name for name, rule in permissions.commands.items() if rule.allows}


def _beyond(rules: Iterable[KeyRule | ChannelRule], others: Iterable[KeyRule | ChannelRule]) -> list[str]:
    """The patterns that none of the others takes in."""
    against = list(others)
    return [str(rule) for rule in rules if not any(_takes_in(other, rule) for other in against)]


def _takes_in(other: KeyRule | ChannelRule, rule: KeyRule | ChannelRule) -> bool:
    if isinstance(other, KeyRule) and isinstance(rule, KeyRule) and (rule.access & other.access) != rule.access:
        return False
    if other.glob in ("*", rule.glob):
        return True
    start = other.glob.removesuffix("*")
    return start != other.glob and not re.search(r"[*?\[\\]", start) and rule.glob.startswith(start)


def _rights(permissions: Permissions) -> str:
    keys = _listed([str(rule) for rule in permissions.keys]) if permissions.keys else "none"
    return f"with the keys {keys} and {len(_commands(permissions))} commands"


def _listed(names: list[str]) -> str:
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _is_taken(text: str, server: Version) -> bool:
    """Whether the server reads every line; whether what they say is wise is not asked here."""
    lines = [line for line in text.split("\n") if line]
    try:
        return bool([AclLine.of(line, server) for line in lines])
    except ValueError:
        return False


def _stand_in(placeholder: re.Match[str]) -> str:
    return f"#{hashlib.sha256(placeholder.group(1).encode()).hexdigest()}"
