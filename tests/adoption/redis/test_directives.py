"""Every directive of a stock redis.conf is known, and what it becomes is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from constructs_lib.adoption.redis.directives import DIRECTIVES, Argument, Flag, Nothing, Together
from constructs_lib.adoption.redis.settings import TOLD_EACH_TIME
from constructs_lib.adoption.redis.values import same
from constructs_lib.adoption.redis.without import WITHOUT
from constructs_lib.cache.arguments import CacheArguments
from constructs_lib.cache.server import TYPED_FLAGS
from constructs_lib.config.switches import Switches
from constructs_lib.config.variables import VARIABLES
from constructs_lib.dragonfly.flags import FOREIGN_FLAGS, OPERATORS_FLAGS, SECRET_FLAGS, flag_types
from tests.adoption.redis.configurations import settings, told
from tests.adoption.redis.server import redis_server
from tests.conftest import ROOT

SINCE_7_0 = [
    "locale-collate",
    "set-max-listpack-entries",
    "set-max-listpack-value",
    "cluster-announce-human-nodename",
    "max-new-connections-per-cycle",
    "max-new-tls-connections-per-cycle",
    "hide-user-data-from-log",
    "cluster-slot-stats-enabled",
]
"""Redis 7.2 and 7.4 have these besides those of 7.0."""

OF_VALKEY = [
    "primaryauth",
    "primaryuser",
    "events-per-io-thread",
    "prefetch-batch-max-size",
    "import-mode",
    "availability-zone",
    "dual-channel-replication-enabled",
    "rdb-version-check",
    "extended-redis-compatibility",
    "cluster-blacklist-ttl",
    "cluster-manual-failover-timeout",
    "cluster-ping-interval",
    "cluster-announce-client-ipv4",
    "cluster-announce-client-ipv6",
    "commandlog-execution-slower-than",
    "commandlog-slow-execution-max-len",
    "commandlog-request-larger-than",
    "commandlog-large-request-max-len",
    "commandlog-reply-larger-than",
    "commandlog-large-reply-max-len",
    "lua-enable-insecure-api",
    "log-format",
    "log-timestamp-format",
    "active-defrag-cycle-us",
    "unixsocketgroup",
]
"""Valkey 8 has these besides those of Redis 7.2."""

WITHOUT_A_VALUE_TO_ASK_FOR = [
    "include",
    "user",
    "loadmodule",
    "rename-command",
]
"""Lines of a redis.conf that CONFIG GET does not show."""

OF_SEVERAL_LINES = {"client-output-buffer-limit"}
"""CONFIG GET shows all of its lines as one."""

CHOSEN_HERE = {"port", "save", "dir", "unixsocket", "logfile", "pidfile", "daemonize"}
"""Of the server that the test starts."""


@pytest.fixture(scope="module")
def own_values() -> Iterator[dict[str, str]]:
    """Every directive that a real Redis knows, with its own value."""
    with redis_server() as server:
        lines = server.ask("CONFIG GET *")
        yield dict(zip(lines[::2], lines[1::2], strict=True))


def test_every_directive_that_a_real_redis_knows_is_known(own_values: dict[str, str]) -> None:
    assert sorted(own_values.keys() - DIRECTIVES.keys()) == []


@pytest.mark.parametrize("name", [*SINCE_7_0, *OF_VALKEY, *WITHOUT_A_VALUE_TO_ASK_FOR])
def test_what_others_of_its_kind_know_is_known(name: str) -> None:
    assert name in DIRECTIVES


def test_what_is_taken_for_redis_own_value_is_its_own(own_values: dict[str, str]) -> None:
    wrong = {}
    for name, own in own_values.items():
        becomes = DIRECTIVES.get(name)
        usual = becomes.usual if isinstance(becomes, Flag | Nothing) and name not in CHOSEN_HERE else None
        known = (usual,) if isinstance(usual, str) else usual
        if known is not None and name not in OF_SEVERAL_LINES and not any(same(own, each) for each in known):
            wrong[name] = (own, usual)
    assert wrong == {}


def test_no_directive_has_two_reasons() -> None:
    names = [name for reason in WITHOUT for name in reason.directives]
    assert sorted(names) == sorted(set(names))
    carried = [name for name, becomes in DIRECTIVES.items() if not isinstance(becomes, Nothing)]
    assert set(carried) & set(names) == set()


@pytest.mark.parametrize("name", [name for name, each in DIRECTIVES.items() if isinstance(each, Flag)])
def test_a_flag_is_one_that_the_server_has_and_that_is_the_users_to_set(name: str) -> None:
    flag = DIRECTIVES[name]
    assert isinstance(flag, Flag)
    assert flag_types(flag.name) - {"retired"}
    assert flag.name not in OPERATORS_FLAGS | SECRET_FLAGS | FOREIGN_FLAGS
    assert flag.name not in TYPED_FLAGS, f"`flags` refuses it: Argument({flag.name!r}, …) in directives.py"


@pytest.mark.parametrize("name", [name for name, each in DIRECTIVES.items() if isinstance(each, Argument)])
def test_an_argument_is_one_of_the_cache(name: str) -> None:
    argument = DIRECTIVES[name]
    assert isinstance(argument, Argument)
    assert argument.name in CacheArguments.model_fields


def test_variables_flags_and_pages_that_the_table_names_are_there() -> None:
    texts = [f"{reason.why} {reason.advice}" for reason in WITHOUT]
    texts += [each.what for each in DIRECTIVES.values() if isinstance(each, Together)]
    variables = {variable.key for variable in VARIABLES} | set(Switches.model_fields) | {"dragonfly_acl_users"}
    for text in texts:
        named = re.findall(r"`(\w+_enabled|dragonfly_\w+)", text)
        assert [each for each in named if each not in variables] == []
        flags = re.findall(r"`((?!dragonfly_)[a-z]+_[a-z_]+[a-z])`", text)
        assert [each for each in flags if each not in variables and not flag_types(each)] == []
        assert [page for page in re.findall(r"docs/[\w/-]+\.md", text) if not (ROOT / page).exists()] == []


@pytest.mark.parametrize("name", sorted(DIRECTIVES))
def test_a_directive_with_a_value_that_fits_nothing_is_carried_or_listed(name: str, tmp_path: Path) -> None:
    found = settings(tmp_path, f"{name} /x/no-such-value\n")
    fields = {each.origin.field for each in found.settings} | {each.origin.field for each in found.not_carried}
    quietly = {"tls-cert-file", "tls-key-file", "tls-ca-cert-file", "tls-auth-clients"}
    assert name in fields or name in quietly


def test_with_redis_own_values_nothing_is_listed_but_what_nobody_can_carry_over(tmp_path: Path) -> None:
    own = {name: each.usual for name, each in DIRECTIVES.items() if isinstance(each, Flag | Nothing)}
    lines = [f'{name} "{value}"' for name, value in own.items() if isinstance(value, str)]
    found = settings(tmp_path, "\n".join(lines))
    assert {each.origin.field for each in found.not_carried} == {"maxmemory", "requirepass", "save"}


@pytest.mark.parametrize("name", [name for name in DIRECTIVES if "lazy" in name])
@pytest.mark.parametrize("value", ["no", "yes"], ids=["as in Redis", "as in Valkey 8"])
def test_when_memory_is_given_back_is_not_listed(name: str, value: str, tmp_path: Path) -> None:
    assert told(settings(tmp_path, f"{name} {value}\n"), name) == []


def test_a_directive_that_nobody_knows_is_listed_with_the_one_that_is_meant(tmp_path: Path) -> None:
    assert told(settings(tmp_path, "timeout 1\nmaxmemroy 1gb\n"), "maxmemroy") == [
        "no directive that is known here; did you mean 'maxmemory'?"
    ]


@pytest.mark.parametrize("name", TOLD_EACH_TIME)
def test_a_directive_that_stands_there_several_times_is_listed_each_time(name: str, tmp_path: Path) -> None:
    assert len(told(settings(tmp_path, f"{name} a b\n{name} c d\n"), name)) == 2
