"""A redis.conf as the arguments of a cache, and what of it becomes none.

configuration = read_configuration([source_of_file(Path("redis.conf"))])
settings = settings_of_redis(configuration, Wanted())
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from constructs_lib.adoption.closed_default import told_where_default_opens
from constructs_lib.adoption.model import Carried, Line, NotCarried, Setting, Settings
from constructs_lib.adoption.redis.configuration import Configuration, Directive
from constructs_lib.adoption.redis.directives import DIRECTIVES, Argument, Flag, Nothing
from constructs_lib.adoption.redis.together import read_together
from constructs_lib.adoption.redis.users import read_redis_users
from constructs_lib.adoption.redis.values import same
from constructs_lib.cache.arguments import CacheArguments
from constructs_lib.dragonfly.flags import FlagValue
from constructs_lib.values.suggest import suggest
from constructs_lib.values.version import Version

TOLD_EACH_TIME = ("client-output-buffer-limit", "loadmodule", "rename-command")
"""Directives that may stand there several times, each line of its own weight; of the others the last counts."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a redis.conf does not say: where the cache comes to be. None for the default of each."""

    name: str | None = None
    namespace: str | None = None
    operator: Version | None = None


def settings_of_redis(configuration: Configuration, wanted: Wanted) -> Settings:
    """Everything that the files say, as arguments.

    Args:
        configuration: the files.
        wanted: the cache that it shall be.
    """
    cache = wanted.name or str(CacheArguments.model_fields["name"].default)
    carried: list[Setting | NotCarried] = [*_wanted(configuration, wanted), *configuration.not_carried]
    counting = _counting(configuration.directives)
    carried += [each for directive in counting for each in _by_itself(directive)]
    carried += _flags(counting)
    if any(directive.name != "user" for directive in configuration.directives):
        carried += read_together(configuration, cache)
    carried += read_redis_users(configuration, cache)
    return told_where_default_opens(Settings.of(carried))


def in_order_of_the_file(not_carried: Iterable[NotCarried]) -> list[NotCarried]:
    """What is not carried over, each once, as its lines stand in the file."""
    return sorted(dict.fromkeys(not_carried), key=lambda each: each.origin.order)


def _wanted(configuration: Configuration, wanted: Wanted) -> Iterator[Setting]:
    origin = Line(configuration.file)
    if wanted.name is not None:
        yield Setting("cache", "name", wanted.name, origin)
    if wanted.namespace is not None:
        yield Setting("cache", "namespace", wanted.namespace, origin)
    if wanted.operator is not None:
        yield Setting("cache", "operator_version", str(wanted.operator), origin)


def _counting(directives: Iterable[Directive]) -> list[Directive]:
    """The lines that count: of a directive that stands there twice the last, unless each has its own weight."""
    counting: dict[object, Directive] = {}
    for each in directives:
        counting[each.origin if each.name in TOLD_EACH_TIME else each.name] = each
    return list(counting.values())


def _by_itself(directive: Directive) -> Carried:
    """What becomes of a directive that is decided alone."""
    match DIRECTIVES.get(directive.name):
        case None:
            yield _unknown(directive)
        case Nothing(why, advice, usual) if usual is None or not _is_one_of(directive.text, usual):
            yield NotCarried(directive.origin, why, advice)
        case Argument(name, read):
            try:
                yield Setting("cache", name, read(directive.words), directive.origin)
            except ValueError as error:
                yield NotCarried(directive.origin, str(error), "mend it, or give the variable that you mean")


def _flags(directives: Iterable[Directive]) -> Carried:
    """All flags at once, as one argument."""
    flags: list[tuple[tuple[str, FlagValue], Any]] = []
    for directive in directives:
        match DIRECTIVES.get(directive.name):
            case Flag(name, read, usual) if not same(directive.text, usual):
                try:
                    flags.append(((name, read(directive.words)), directive.origin))
                except ValueError as error:
                    yield NotCarried(directive.origin, str(error), f"mend it, or give `{name}` in `dragonfly_flags`")
    if flags:
        yield Setting("cache", "flags", dict(flag for flag, _ in flags), flags[0][1], tuple(flags))


def _is_one_of(text: str, usual: str | tuple[str, ...]) -> bool:
    return any(same(text, each) for each in ((usual,) if isinstance(usual, str) else usual))


def _unknown(directive: Directive) -> NotCarried:
    """A line that nobody knows; a first word that may be anything, a part of a password too, is not shown."""
    if not re.fullmatch(r"[a-z][a-z0-9_-]*", directive.name):
        origin = Line(directive.origin.file, directive.origin.number)
        return NotCarried(origin, "no directive (not shown: it may be a secret)", "look at the line")
    hint = suggest(directive.name, DIRECTIVES)
    return NotCarried(directive.origin, "no directive that is known here", hint or "see what Redis does with it")
