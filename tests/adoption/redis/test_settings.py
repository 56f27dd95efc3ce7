"""What a redis.conf comes to, directive by directive."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.adoption.redis.configurations import settings, told, value


@pytest.mark.parametrize(
    ("line", "argument", "expected"),
    [
        ("timeout 300", "timeout", 300),
        ("databases 32", "dbnum", 32),
        ("maxclients 5000", "maxclients", 5000),
        ("slowlog-log-slower-than 5000", "slowlog_log_slower_than", 5000),
        ("slowlog-max-len 64", "slowlog_max_len", 64),
        ("maxmemory 2gb", "maxmemory", "2gb"),
        ("maxmemory 2gb", "memory_limit", "2560Mi"),
        ("maxmemory 2gb", "memory_request", "2560Mi"),
        ("maxmemory 2gb", "proactor_threads", 2),
        ("maxmemory 300mb", "proactor_threads", 1),
        ("maxmemory 2g", "maxmemory", "1953125kb"),
        ("maxmemory-policy allkeys-lfu", "cache_mode", True),
        ("maxmemory-policy noeviction", "cache_mode", False),
        ("maxmemory-policy volatile-ttl", "cache_mode", None),
        ('notify-keyspace-events "KEA"', "notify_keyspace_events", "Ex"),
        ('notify-keyspace-events "Kx"', "notify_keyspace_events", None),
        ("cluster-enabled yes", "cluster_mode", "emulated"),
        ("cluster-enabled no", "cluster_mode", None),
        ("tls-port 6380", "tls_secret_ref", "dragonfly-tls"),
        ("tls-port 0", "tls_secret_ref", None),
        (
            "tls-port 6380\ntls-ca-cert-file /ca",
            "client_ca_cert_secret",
            {"name": "dragonfly-tls", "key": "ca.crt"},
        ),
        ("tls-port 6380\ntls-ca-cert-file /ca\ntls-auth-clients no", "client_ca_cert_secret", None),
        ("tcp-backlog 2048\nproto-max-bulk-len 1gb", "flags", {"tcp_backlog": 2048, "max_bulk_len": 1024**3}),
    ],
)
def test_a_directive_gives_an_argument(line: str, argument: str, expected: Any, tmp_path: Path) -> None:
    assert value(tmp_path, line, argument) == expected


@pytest.mark.parametrize("line", ["port 6379", "maxmemory 0"])
def test_memory_without_a_bound_is_listed_however_it_is_said(line: str, tmp_path: Path) -> None:
    (said,) = told(settings(tmp_path, f"{line}\n"), "maxmemory")
    assert "no bound, and a container has one" in said


def test_memory_that_is_too_little_for_a_thread_is_the_least_there_is_and_is_told(tmp_path: Path) -> None:
    found = settings(tmp_path, "maxmemory 100mb")
    assert found.value("cache", "maxmemory") == "256mb"
    assert "the server wants 256mb a thread" in told(found, "maxmemory")[0]


@pytest.mark.parametrize(
    ("line", "directive", "said"),
    [
        ("maxmemory 0", "maxmemory", "a container has one"),
        ("maxmemory-policy allkeys-lru", "maxmemory-policy", "a rule of its own"),
        ("maxmemory-policy volatile-lru", "maxmemory-policy", "does not spare keys without an expiry"),
        ("maxmemory-policy random", "maxmemory-policy", "no policy of Redis"),
        ("slowlog-log-slower-than -1", "slowlog-log-slower-than", "switches the slow log off"),
        ("replicaof 10.0.0.1 6379", "replicaof", "the operator decides who is master"),
        ("bind 127.0.0.1", "bind", "the network policy"),
        ("hz 50", "hz", "of which 100 is its own value"),
        ("appendonly yes", "appendonly", "there is no append-only file"),
        ("notify-keyspace-events Kx", "notify-keyspace-events", "publishes expiry alone"),
        ("appendonly maybe", "appendonly", "neither yes nor no"),
    ],
)
def test_what_cannot_be_carried_over_is_listed_with_the_reason(
    line: str, directive: str, said: str, tmp_path: Path
) -> None:
    assert said in " ".join(told(settings(tmp_path, line), directive))


@pytest.mark.parametrize(
    ("lines", "schedule"),
    [
        ("save 900 1\nsave 300 10", "*/15 * * * *"),
        ("save 60 1", "*/1 * * * *"),
        ("save 3600 1 300 100", "0 * * * *"),
        ("save 86400 1", "0 */12 * * *"),
        ('save 60 1\nsave ""\nsave 300 1', "*/5 * * * *"),
        ("timeout 5", "0 * * * *"),
    ],
)
def test_what_redis_saves_is_a_hint_for_a_schedule(lines: str, schedule: str, tmp_path: Path) -> None:
    assert f'`dragonfly_snapshot_cron: "{schedule}"`' in told(settings(tmp_path, lines), "save")[0]


def test_where_redis_saves_nothing_no_schedule_is_advised(tmp_path: Path) -> None:
    assert told(settings(tmp_path, 'save 900 1\nsave ""'), "save") == []


def test_without_a_password_in_redis_the_clients_are_told_to_bring_one(tmp_path: Path) -> None:
    assert "Redis asks for no password, and the cache does" in told(settings(tmp_path, "timeout 1"), "requirepass")[0]


def test_the_file_of_the_users_alone_says_nothing_of_the_rest(tmp_path: Path) -> None:
    found = settings(tmp_path, "user worker on >x ~jobs:* +@read\n")
    assert {each.origin.field for each in found.not_carried} == {"user"}


SECRETS = """\
requirepass {0}1
masterauth {0}2
primaryauth {0}3
tls-key-file-pass {0}4
tls-client-key-file-pass {0}5
rename-command CONFIG {0}6
user worker on >{0}7 ~jobs:* +@read {0}8
user other on >{0}9 <{0}10 ~jobs:* +@read
user default on >{0}11 ~* &* +@all
requirepass "{0}12
{0}13!
"""


def test_no_password_is_in_what_comes_of_it(tmp_path: Path) -> None:
    found = settings(tmp_path, SECRETS.format("hunter2"))
    assert "hunter2" not in str(found.settings)
    assert "hunter2" not in " ".join(map(str, found.not_carried))
    assert {"worker", "other"} & {each.argument for each in found.settings} == {"other"}
