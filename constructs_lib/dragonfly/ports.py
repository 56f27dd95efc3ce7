"""The ports of a Dragonfly pod."""

REDIS_PORT = 6379
"""Clients, in the Redis protocol."""

ADMIN_PORT = 9999
"""The operator, replication and `/metrics`: takes every command with no password (docs/dragonfly.md, "Port 9999")."""

PORTS_BY_NAME = {"admin": ADMIN_PORT, "redis": REDIS_PORT}
"""As the operator names them in the server's container, where a policy or a monitor may name them too."""
