"""The server's commands: which version knows which, and in what ACL categories.

`data/server_commands.json` holds every command of servers v1.36.0 and v1.40.1 with its categories, read off
their sources. One rule that names another, and the server drops the whole ACL file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from constructs_lib.dragonfly.flags import nearest_known_versions
from constructs_lib.values.suggest import suggest
from constructs_lib.values.version import Version

ALL = "all"
"""The category of every command, in a rule alone."""

SEEN_IN_NO_CATEGORY = frozenset({"RANDOMKEY"})
"""Commands that the list puts into categories, and that running servers gave to no user but one with `+@all`
(or the command's name)."""

_HYPERLOGLOG = (
    "the server spells it otherwise than its documentation does, and a wrong spelling drops the whole file; name "
    "PFADD, PFCOUNT and PFMERGE instead"
)

NO_CATEGORY_IN_A_RULE = {"hyperlog": _HYPERLOGLOG, "hyperloglog": _HYPERLOGLOG}
"""Categories that are in lists of categories, but not safe to write."""


@cache
def server_commands(server: Version) -> Mapping[str, frozenset[str]]:
    """The commands of that version by name, each with its categories.

    Between two known versions a command must be known to both: nobody has seen when it came.
    """
    table = _commands_by_version()
    older, newer = nearest_known_versions(server)
    return {
        name: frozenset() if name in SEEN_IN_NO_CATEGORY else frozenset(categories)
        for name, categories in table[newer].items()
        if name in table[older]
    }


def known_versions() -> list[Version]:
    """The versions of which every command is known, the oldest first."""
    return sorted(_commands_by_version())


@cache
def categories_of(server: Version) -> frozenset[str]:
    """The categories that a rule may name at that version."""
    known = {category for categories in server_commands(server).values() for category in categories}
    return frozenset(known - NO_CATEGORY_IN_A_RULE.keys() | {ALL})


def unknown_command(name: str, server: Version) -> str:
    """Why a rule may not name that command at that version, or nothing."""
    if name in server_commands(server):
        return ""
    if "|" in name:
        command = name.split("|")[0]
        return f"the server's rules know no subcommands; accepted: {command}, with all that it does"
    known_to = [version for version, commands in _commands_by_version().items() if name in commands]
    if known_to:
        return f"server {server} lacks the command; {known_to[0]} is the first version known to have it"
    hint = suggest(name, server_commands(server)) or "accepted: the server's own names, no aliases"
    return f"no command of server {server}; {hint}"


def unknown_category(name: str, server: Version) -> str:
    """Why a rule may not name that category at that version, or nothing."""
    if name in categories_of(server):
        return ""
    if name in NO_CATEGORY_IN_A_RULE:
        return NO_CATEGORY_IN_A_RULE[name]
    known = ", ".join(f"@{category}" for category in sorted(categories_of(server)))
    return f"no category of server {server}; accepted: {known}"


@cache
def _commands_by_version() -> dict[Version, dict[str, list[str]]]:
    text = files("constructs_lib.dragonfly").joinpath("data/server_commands.json").read_text("utf-8")
    return {Version.of(version): commands for version, commands in json.loads(text).items()}
