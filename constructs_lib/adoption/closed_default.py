"""The user `default` that was closed: with no other user here it is open, and that is told."""

from __future__ import annotations

from dataclasses import replace

from constructs_lib.adoption.model import NotCarried, Settings
from constructs_lib.values.names import DEFAULT_USER


def told_where_default_opens(settings: Settings) -> Settings:
    """The settings, of which a closed `default` is one as long as there are other users."""
    closed = settings.of_part("cache").get("acl_default")
    if "users" in settings.parts or closed is None or closed.value != "closed":
        return settings
    told = NotCarried(
        closed.origin,
        f"user {DEFAULT_USER!r} is closed; here no other user is taken over, and alone it has all rights, behind the "
        "password in the cache's Secret",
        "before anybody has that password, give `dragonfly_acl_users` with `dragonfly_acl_default: closed`",
    )
    return replace(settings.without({(closed.part, closed.argument)}), not_carried=(*settings.not_carried, told))
