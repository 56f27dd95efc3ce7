"""Commands of Redis that a server lacks: the table of Redis' own, and what is said of those that clients run."""

from __future__ import annotations

import re

import pytest

from constructs_lib.adoption.redis.commands import COMMANDS, IN_ITS_PLACE, lacking
from constructs_lib.dragonfly.commands import known_versions, server_commands
from constructs_lib.values.version import Version
from tests.adoption.redis.server import redis_server

OLDEST, *_, NEWEST = known_versions()


def test_the_table_has_the_commands_of_a_real_redis_and_no_others() -> None:
    with redis_server() as server:
        there = {name.upper() for name in server.ask("COMMAND LIST") if "|" not in name}
    assert there == COMMANDS


def test_a_command_that_a_later_server_brings_is_lacking_before() -> None:
    assert {"WAIT", "RESET"} <= set(lacking(OLDEST)) - set(lacking(NEWEST))


@pytest.mark.parametrize("name", ["OBJECT", "FCALL", "SWAPDB"])
def test_what_clients_stumble_over_is_lacking_in_every_server(name: str) -> None:
    assert [version for version in known_versions() if name not in lacking(version)] == []


@pytest.mark.parametrize("version", known_versions(), ids=str)
def test_a_command_that_the_server_has_is_not_lacking(version: Version) -> None:
    assert set(lacking(version)).isdisjoint(server_commands(version))


def test_advice_is_about_commands_that_some_server_lacks_and_names_none_that_the_oldest_lacks() -> None:
    assert [name for name in IN_ITS_PLACE if name not in lacking(OLDEST)] == []
    named = {name for text in IN_ITS_PLACE.values() for name in re.findall(r"`([A-Z_]+)", text)}
    assert named - server_commands(OLDEST).keys() == set()
