"""Clients that are known: the keys, channels and commands that each is given, and why.

`AclUser(name="keycloak", preset="keycloak")` takes a row of this table; `docs/acl.md` shows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

PresetName = Literal["keycloak", "appcache", "litellm", "langfuse", "mcpgateway"]


@dataclass(frozen=True, slots=True)
class PresetEntry:
    """Words of one argument of an `AclUser`, and why they are there."""

    argument: Literal["keys", "channels", "allow"]
    values: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Preset:
    """A client and what it is given."""

    client: str
    """What it is, and what must be set there for the preset to fit."""
    entries: tuple[PresetEntry, ...]

    variables: Mapping[str, str] = field(default_factory=dict)
    """What the client itself calls parts of a connection, where that is not `REDIS_` and the part's name."""

    queues: str = ""
    """Why its entries must not be evicted, and its scripts touch keys that they do not declare: it runs job queues."""

    def values(self, argument: str) -> tuple[str, ...]:
        """What the preset gives as one argument."""
        return tuple(word for grant in self.entries if grant.argument == argument for word in grant.values)


def _keys(*values: str, why: str) -> PresetEntry:
    return PresetEntry("keys", values, why)


def _channels(*values: str, why: str) -> PresetEntry:
    return PresetEntry("channels", values, why)


def _allow(*values: str, why: str) -> PresetEntry:
    return PresetEntry("allow", values, why)


_READ_AND_WRITE = _allow("@read", "@write", why="It reads and writes its own keys.")
_ALL = _allow(
    "@all",
    why="Scripts, transactions, blocking commands and pub/sub on top of reading and writing: all but what is "
    "dangerous and what is the administrator's.",
)
_INFO = _allow(
    "INFO",
    why="Clients ask for the server's version before they begin: ioredis waits for INFO, and BullMQ reads the eviction "
    "policy from it. It is dangerous by its category, so it is put back by name.",
)

PRESETS: Mapping[PresetName, Preset] = {
    "keycloak": Preset(
        "What keeps sessions under `keycloak:`. Keycloak itself keeps its sessions in Infinispan: this is for an "
        "extension, or for a proxy in front of it.",
        (_keys("keycloak:*", why="Its own keys and nobody else's."), _READ_AND_WRITE),
    ),
    "appcache": Preset(
        "An application's cache under `cache:`.",
        (
            _keys("cache:*", why="Its own keys and nobody else's."),
            _READ_AND_WRITE,
            _allow("@transaction", why="redis-py and others wrap a pipeline in MULTI and EXEC unless told otherwise."),
        ),
    ),
    "litellm": Preset(
        "LiteLLM's cache, with `cache_params.namespace: litellm`. Without that its keys have no prefix, and none is "
        "allowed.",
        (
            _keys("litellm:*", why="The namespace of its keys."),
            _channels("litellm:*", why="It tells its other instances of changes, on channels of the same namespace."),
            _READ_AND_WRITE,
            _allow("@scripting", why="Its limits of requests and tokens are counted by scripts."),
            _allow("@pubsub", why="SUBSCRIBE and PUBLISH, on the channels above."),
        ),
        variables={"tls": "REDIS_SSL", "database": "REDIS_DB"},
    ),
    "langfuse": Preset(
        "Langfuse: BullMQ queues and a cache. With `REDIS_KEY_PREFIX` set there, give `keys` that prefix.",
        (
            _keys("*", why="Queues and caches under several prefixes, and scripts with undeclared keys."),
            _channels("*", why="As for the keys."),
            _ALL,
            _INFO,
            _allow(
                "CONFIG",
                why="For what asks for settings by CONFIG GET. The server's rules know no subcommands, so CONFIG SET "
                "comes with it, and with that the default user's password; `deny: [CONFIG]` takes it away, and BullMQ "
                "does without it.",
            ),
        ),
        variables={"password": "REDIS_AUTH", "url": "REDIS_CONNECTION_STRING", "tls": "REDIS_TLS_ENABLED"},
        queues="it runs BullMQ queues",
    ),
    "mcpgateway": Preset(
        "MCP Gateway (ContextForge): sessions, caches, election of a leader, messages between its workers.",
        (
            _keys("*", why="Keys under `mcpgw:` and `mcp:`, and a leader's key without a prefix."),
            _channels("*", why="Channels of several names, `mcp_session_events` among them."),
            _ALL,
            _INFO,
        ),
    ),
}
"""Read off the clients' own sources and documentation, in 2026."""
