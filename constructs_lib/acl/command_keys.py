"""Where a command's keys stand among its arguments, and what the server checks them for.

One access a command, for all its keys: `read` commands ask for read, `write` commands for write, so RENAME and
COPY ask for write on the key that they read. Commands that are neither have their keys looked at by nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from constructs_lib.acl.rules import Access


@dataclass(frozen=True, slots=True)
class KeyPositions:
    """Arguments that are keys, counted from 1; negative from the end. `last` 0: none but those counted."""

    first: int = 1
    last: int = 1
    step: int = 1
    counted_by: int = 0
    """The argument that says how many keys follow it."""
    after: str = ""
    """The word after which half of the remaining arguments are keys."""

    def of(self, arguments: Sequence[str]) -> tuple[str, ...] | None:
        """The keys, or None where the arguments are not those of the command, which the server refuses."""
        if self.after:
            return _after_word(self.after, arguments)
        count = len(arguments)
        last = self.last if self.last >= 0 else count + 1 + self.last
        if last > count or (self.last != 0 and last < self.first):
            return None
        keys = tuple(arguments[self.first - 1 : last : self.step]) if self.last else ()
        if not self.counted_by:
            return keys
        counted = _counted(self.counted_by, arguments)
        return None if counted is None else keys + counted


def keys_of(command: str, arguments: Sequence[str]) -> tuple[str, ...] | None:
    """The keys that a command names, or None where the server refuses the arguments anyway."""
    positions = _POSITIONS.get(command, _ONE_KEY)
    return () if positions is None else positions.of(arguments)


def has_keys(command: str) -> bool:
    """Whether a command names keys at all."""
    return _POSITIONS.get(command, _ONE_KEY) is not None


def access_of(command: str, categories: frozenset[str]) -> Access | None:
    """What a user needs to be allowed on the command's keys, or None where the server does not look."""
    if not has_keys(command):
        return None
    if "write" in categories:
        return Access.WRITE
    if "read" in categories:
        return Access.READ
    return _ACCESS_BESIDE_CATEGORIES.get(command)


_ONE_KEY = KeyPositions()
_ALL = KeyPositions(last=-1)
_ALL_BUT_LAST = KeyPositions(last=-2)
_PAIRS = KeyPositions(last=-1, step=2)
_TWO = KeyPositions(last=2)
_SECOND = KeyPositions(first=2, last=2)
_FROM_SECOND = KeyPositions(first=2, last=-1)
_COUNTED_BY_FIRST = KeyPositions(last=0, counted_by=1)
_COUNTED_BY_SECOND = KeyPositions(last=0, counted_by=2)
_ONE_AND_COUNTED = KeyPositions(counted_by=2)
_STREAMS = KeyPositions(after="STREAMS")

_BY_POSITIONS: tuple[tuple[KeyPositions | None, str], ...] = (
    (
        _ALL,
        "DEL EXISTS MGET PFCOUNT PFMERGE SDIFF SDIFFSTORE SINTER SINTERSTORE STICK SUNION SUNIONSTORE TOUCH UNLINK "
        "WATCH",
    ),
    (_ALL_BUT_LAST, "BLPOP BRPOP BZPOPMAX BZPOPMIN JSON.MGET"),
    (_PAIRS, "MSET MSETNX"),
    (KeyPositions(last=-1, step=3), "JSON.MSET"),
    (_TWO, "BLMOVE BRPOPLPUSH COPY LMOVE RENAME RENAMENX RPOPLPUSH SMOVE ZRANGESTORE"),
    (_SECOND, "JSON.DEBUG XGROUP"),
    (_FROM_SECOND, "BITOP GAT"),
    (_COUNTED_BY_FIRST, "LMPOP SINTERCARD ZDIFF ZINTER ZINTERCARD ZMPOP ZUNION"),
    (_COUNTED_BY_SECOND, "BLMPOP BZMPOP EVAL EVALSHA EVALSHA_RO EVAL_RO"),
    (_ONE_AND_COUNTED, "CMS.MERGE ZDIFFSTORE ZINTERSTORE ZUNIONSTORE"),
    (_STREAMS, "XREAD XREADGROUP"),
    # No key among the arguments: what they touch is the whole database, the server or the connection.
    (
        None,
        "ACL AUTH CLIENT CLUSTER COMMAND CONFIG DBSIZE DISCARD ECHO EXEC FLUSHALL FLUSHDB FUNCTION HELLO INFO KEYS "
        "MULTI PING PSUBSCRIBE PUBLISH PUBSUB PUNSUBSCRIBE QUIT RANDOMKEY READONLY READWRITE RESET SCAN SCRIPT SELECT "
        "SHRINK SPUBLISH SSUBSCRIBE SUBSCRIBE SUNSUBSCRIBE TIME UNSUBSCRIBE UNWATCH WAIT _XGROUP_HELP "
        "ADDREPLICAOF BGSAVE DFLY DFLYCLUSTER DFLYMIGRATE LASTSAVE LATENCY MODULE MONITOR REPLCONF REPLICAOF "
        "REPLTAKEOVER RM ROLE SAVE SHUTDOWN SLAVEOF SLOWLOG "
        "FT.AGGREGATE FT.ALTER FT.CONFIG FT.CREATE FT.DROPINDEX FT.HYBRID FT.INFO FT.PROFILE FT.SEARCH FT.SYNDUMP "
        "FT.SYNUPDATE FT.TAGVALS FT._DEBUG FT._LIST "
        # They name a key after a subcommand, and the server takes them to have none: MEMORY USAGE and DEBUG OBJECT
        # were seen to run for a user without the right to read that key.
        "DEBUG MEMORY XINFO",
    ),
)
"""All but the commands whose one key is their first argument. The subcommands of ACL are under their first word."""

_POSITIONS: dict[str, KeyPositions | None] = {
    command: positions for positions, commands in _BY_POSITIONS for command in commands.split()
}

_ACCESS_BESIDE_CATEGORIES = {
    command: access
    for access, commands in (
        (
            Access.READ,
            "BF.EXISTS BF.INFO BF.MEXISTS BF.SCANDUMP BITPOS EVALSHA_RO EVAL_RO JSON.ARRINDEX JSON.ARRLEN JSON.DEBUG "
            "JSON.GET JSON.MGET JSON.OBJKEYS JSON.OBJLEN JSON.RESP JSON.STRLEN JSON.TYPE",
        ),
        (
            Access.WRITE,
            "BF.ADD BF.LOADCHUNK BF.MADD BF.RESERVE CL.THROTTLE JSON.ARRAPPEND JSON.ARRINSERT JSON.ARRPOP JSON.ARRTRIM "
            "JSON.CLEAR JSON.DEL JSON.FORGET JSON.MERGE JSON.MSET JSON.NUMINCRBY JSON.NUMMULTBY JSON.SET "
            "JSON.STRAPPEND JSON.TOGGLE MSET MSETNX XGROUP ZDIFFSTORE ZINTERSTORE ZUNIONSTORE",
        ),
    )
    for command in commands.split()
}
"""Commands that read or write and are in neither category. Not here, so their keys are looked at by nobody: EVAL and
EVALSHA, whose commands are checked one by one, and WATCH."""


def _counted(counted_by: int, arguments: Sequence[str]) -> tuple[str, ...] | None:
    if counted_by > len(arguments) or not arguments[counted_by - 1].isdecimal():
        return None
    count = int(arguments[counted_by - 1])
    keys = tuple(arguments[counted_by : counted_by + count])
    return keys if len(keys) == count else None


def _after_word(word: str, arguments: Sequence[str]) -> tuple[str, ...] | None:
    places = [place for place, argument in enumerate(arguments) if argument.upper() == word]
    if not places:
        return None
    rest = arguments[places[0] + 1 :]
    return tuple(rest[: len(rest) // 2]) if rest and len(rest) % 2 == 0 else None
