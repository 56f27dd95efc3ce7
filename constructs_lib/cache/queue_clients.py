"""Clients that run a job queue, whatever the cache is called: what they need of the server beside their rights.

Their entries must not be evicted, and their scripts touch keys that they do not declare.
"""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.acl.presets import PRESETS
from constructs_lib.cache.server import ServerArguments
from constructs_lib.errors import Finding

QUEUE_CLIENTS: dict[str, str] = {name: preset.queues for name, preset in PRESETS.items() if preset.queues}
"""Clients by the name of their preset, with the reason."""


def queue_client_findings(client: str, server: ServerArguments) -> Iterator[Finding]:
    """What is wrong or worth a warning about a client on a server with these flags."""
    reason = QUEUE_CLIENTS.get(client)
    if reason is None:
        return
    if server.evicts:
        yield Finding.error(
            "profile" if server.cache_mode is None else "cache_mode",
            f"cache mode under client '{client}' evicts entries of its queues, so jobs vanish: {reason}; accepted: "
            "`profile` 'queue', or a cache of its own for it",
        )
    elif not server.runs_undeclared_scripts:
        yield Finding.warning(
            "default_lua_flags",
            f"without allow-undeclared-keys the scripts of client '{client}' fail: {reason}; give `profile` 'queue'",
        )
