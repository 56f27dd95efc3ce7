"""The ports of a Dragonfly pod."""

REDIS_PORT = 6379
"""Clients, in the Redis protocol."""

ADMIN_PORT = 9999
"""The operator, replication and `/metrics`: takes every command with no password (docs/dragonfly.md, "Port 9999")."""
