"""A redis.conf in a folder of its own, and what it comes to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from constructs_lib.adoption.model import Settings
from constructs_lib.adoption.redis.configuration import read_configuration
from constructs_lib.adoption.redis.settings import Wanted, settings_of_redis
from constructs_lib.adoption.redis.sources import source_of_file


def settings(folder: Path, content: str, **files: str) -> Settings:
    """The settings of a redis.conf with further files beside it, `users_acl` for users.acl."""
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text)
    (folder / "redis.conf").write_text(content)
    return settings_of_redis(read_configuration([source_of_file(folder / "redis.conf")]), Wanted())


def value(folder: Path, content: str, argument: str) -> Any:
    """The argument of the cache that a redis.conf gives."""
    return settings(folder, content).value("cache", argument)


def told(found: Settings, directive: str) -> list[str]:
    """What the list says of a directive, but for its place."""
    return [f"{each.why}; {each.advice}" for each in found.not_carried if each.origin.field == directive]
