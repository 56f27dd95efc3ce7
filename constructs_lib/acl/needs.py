"""What clients need of a user: commands by profile and by client, and what a user lacks of them.

The profiles are those of `cache/server.py`; the clients are the presets'. A need is what breaks the client when it
is denied, not everything that it may ever send.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from constructs_lib.acl.command_keys import access_of
from constructs_lib.acl.judgement import may
from constructs_lib.acl.presets import PresetName
from constructs_lib.acl.rules import Access
from constructs_lib.acl.user import AclUser
from constructs_lib.dragonfly.commands import server_commands
from constructs_lib.errors import Finding
from constructs_lib.values.version import Version

ProfileName = Literal["queue", "cache", "session"]


@dataclass(frozen=True, slots=True)
class Need:
    """Commands that are needed together, and what for."""

    commands: tuple[str, ...]
    reason: str


def _need(commands: str, reason: str) -> Need:
    return Need(tuple(commands.split()), reason)


_CONNECTION = _need("AUTH CLIENT HELLO PING SELECT", "every connection begins so")
_PLAIN_CACHE = _need("DEL EXISTS EXPIRE GET INCR MGET SET SETEX TTL", "values that expire")
_SCRIPTS = _need("EVAL EVALSHA SCRIPT", "every step of a job is a script")
_QUEUE = (
    _CONNECTION,
    _need("INFO", "clients read the server's version and eviction policy from it before they begin"),
    _SCRIPTS,
    _need("EXEC MULTI", "jobs are added and moved in transactions"),
    _need("BLPOP BRPOP BZPOPMIN", "a worker waits for jobs"),
    _need("LLEN LPUSH LRANGE LREM RPOPLPUSH RPUSH", "lists of waiting and active jobs"),
    _need("ZADD ZCARD ZRANGE ZRANGEBYSCORE ZREM", "delayed and finished jobs, by time"),
    _need("DEL EXISTS GET HDEL HGETALL HINCRBY HMGET HSET SADD SET SMEMBERS SREM", "the jobs themselves"),
    _need("XADD XREAD XTRIM", "events of jobs"),
)

NEEDS: Mapping[ProfileName | PresetName, tuple[Need, ...]] = {
    "queue": _QUEUE,
    "cache": (_CONNECTION, _PLAIN_CACHE, _need("MSET", "many values at once")),
    "session": (
        _CONNECTION,
        _need("DEL EXISTS EXPIRE GET PERSIST SET SETEX TTL", "sessions that expire"),
        _need("HDEL HGETALL HMGET HSET", "sessions kept as hashes"),
    ),
    "keycloak": (_CONNECTION, _need("DEL EXISTS EXPIRE GET SET TTL", "sessions that expire")),
    "appcache": (_CONNECTION, _need("DEL EXPIRE GET SET", "values that expire")),
    "litellm": (
        _CONNECTION,
        _need("DEL EXPIRE GET INCRBYFLOAT MGET SET TTL", "cached answers and counters"),
        _need("LPOP RPUSH SADD", "updates that one instance collects for all"),
        _need("EVALSHA SCRIPT", "limits of requests and tokens"),
        _need("PUBLISH SUBSCRIBE", "changes told to the other instances"),
    ),
    "langfuse": (*_QUEUE, _need("SCAN UNLINK", "caches dropped by pattern")),
    "mcpgateway": (
        _CONNECTION,
        _need("DEL EXPIRE GET SCAN SET SETEX", "sessions and caches"),
        _need("EVAL", "the leader's key, kept or given up in one step"),
        _need("PUBLISH SUBSCRIBE", "messages between workers"),
    ),
}
"""Profile `queue` is what BullMQ needs, which has the most of Celery's and Sidekiq's; their pub/sub is left out, since
none of the three stops without it."""

_USES_CHANNELS = frozenset({"PUBLISH", "SUBSCRIBE"})


def missing_permissions(user: AclUser, needed_by: ProfileName | PresetName, server: Version) -> Iterator[Finding]:
    """What a profile or a client needs and the user may not do, one error a reason."""
    who = f"profile '{needed_by}'" if needed_by in ("queue", "cache", "session") else f"client '{needed_by}'"
    permissions = user.permissions(server)
    commands = server_commands(server)
    for need in NEEDS[needed_by]:
        denied = [command for command in need.commands if not may(permissions, command)]
        if denied:
            yield Finding.error(
                "allow",
                f"user {user.name!r} may not {', '.join(denied)}, which {who} needs: {need.reason}; add them to "
                "allow, and leave them out of deny",
            )
            continue
        accesses = [access_of(command, commands.get(command, frozenset())) for command in need.commands]
        for access, doing in ((Access.READ, "read"), (Access.WRITE, "write")):
            if access in accesses and not permissions.reach(access):
                yield Finding.error(
                    "keys",
                    f"user {user.name!r} may {doing} no key, which {who} needs: {need.reason}; add a pattern",
                )
        if _USES_CHANNELS & set(need.commands) and not permissions.channels:
            yield Finding.error(
                "channels", f"user {user.name!r} reaches no channel, which {who} needs: {need.reason}; add a pattern"
            )
