"""Users of Redis become users that may do no more, and what they lose is listed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from constructs_lib.acl.rules import State
from constructs_lib.acl.user import AclUser
from constructs_lib.adoption.model import Settings
from tests.adoption.redis.configurations import settings, told
from tests.adoption.redis.server import RedisServer, redis_server

HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def of_line(folder: Path, rules: str) -> tuple[dict[str, Any] | None, str]:
    """The user that a line gives, and what is said of it."""
    found = settings(folder, f"user worker {rules}\n")
    return found.value("users", "worker"), " | ".join(told(found, "user"))


@pytest.mark.parametrize(
    ("rules", "user"),
    [
        ("on >pw ~jobs:* +@read +@write", {"keys": ["jobs:*"]}),
        ("on >pw %R~jobs:* %RW~own:* +@read", {"keys": ["%R~jobs:*", "own:*"], "allow": ["@read"]}),
        ("ON >pw ALLKEYS +@read", {"keys": ["*"], "allow": ["@read"]}),
        ("on >pw ~jobs:* resetkeys ~own:* +@read", {"keys": ["own:*"], "allow": ["@read"]}),
        ("on >pw ~jobs:* ~* +@read", {"keys": ["*"], "allow": ["@read"]}),
        ("on >pw ~a:* &a:* +get -@all +@read +publish", {"keys": ["a:*"], "channels": ["a:*"]}),
        ("off reset on >pw ~a:* +@hyperloglog", {"keys": ["a:*"], "allow": ["PFADD", "PFCOUNT", "PFMERGE"]}),
        ("on >pw ~a:* &* +@read", {"keys": ["a:*"], "allow": ["@read"]}),
    ],
)
def test_a_line_gives_a_user(rules: str, user: dict[str, Any], tmp_path: Path) -> None:
    found, _ = of_line(tmp_path, rules)
    assert found is not None
    assert found.items() >= user.items()


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ("on >pw ~a +@read (~b +get)", "one set of rules a user"),
        ("on >pw ~a +@read +config|get", "+config|get: the server's rules know no subcommands"),
        ("on >pw ~a +@all -config|set", "-config|set: it takes all of CONFIG"),
        ("on >pw ~a +@read sanitize-payload", "the server has no word 'sanitize-payload'"),
        ("on >pw ~a +@read +fcall", "+fcall: server v1.36.0 lacks the command; give the client scripts"),
        ("on >pw ~a +@read +wait", "+wait: server v1.36.0 lacks the command"),
        ("on >pw ~a +@read +object|encoding", "+object: server v1.36.0 lacks the command; `TYPE`"),
        ("on >pw ~a +@read -swapdb", "-swapdb: server v1.36.0 lacks the command; leave it out"),
        ("on >pw ~a +@read +lcs2", "no command of server"),
        ("on nopass ~a +@read", "nopass lets everybody in, and here it has a password"),
        ("on >pw ~a +@read", "Secret `dragonfly-auth`, key `worker-password`"),
        (f"on #{HASH} ~* +@all", "no longer may it run ACL DELUSER"),
    ],
)
def test_what_the_server_lacks_is_listed_and_the_user_is_there(rules: str, said: str, tmp_path: Path) -> None:
    found, listed = of_line(tmp_path, rules)
    assert found is not None
    assert said in listed


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ("off >pw ~a +@read", "off, nobody logs in as it"),
        (">pw ~a +@read", "off, nobody logs in as it"),
        ("on >pw ~a +get -@read", "cannot be said without GET"),
        ("on >pw ~a +@all -@nosuch", "no category of server"),
        ("on >pw ~a +@read notaword", "a word that is no rule of Redis (not shown"),
        ("on >pw +@read", "keys: none"),
        ("on >pw ~a +@read (~b", "a word that is no rule of Redis (not shown"),
    ],
)
def test_a_user_that_could_do_more_or_nothing_is_left_out_and_listed(rules: str, said: str, tmp_path: Path) -> None:
    found, listed = of_line(tmp_path, rules)
    assert found is None
    assert said in listed


@pytest.mark.parametrize(
    ("rules", "default"),
    [
        ("on >pw ~* &* +@all", "password"),
        ("on nopass allkeys allcommands", "password"),
        ("off -@all", "closed"),
        ("on >pw ~cache:* +@read", "closed"),
    ],
)
def test_the_user_default_has_all_rights_or_is_closed(rules: str, default: str, tmp_path: Path) -> None:
    given = f"user default {rules}\nuser worker on >pw ~* +@read\n"
    assert settings(tmp_path, given).value("cache", "acl_default") == default


@pytest.mark.parametrize(
    "others",
    ["", "user worker off >pw ~* +@read\n", "user worker on >pw ~* +@all -@cuckoo\n"],
    ids=["none", "off", "refused"],
)
def test_a_closed_default_that_opens_since_no_other_user_is_left_is_listed(others: str, tmp_path: Path) -> None:
    found = settings(tmp_path, f"user default off\n{others}")
    assert found.value("cache", "acl_default") is None
    (listed,) = (each for each in found.not_carried if "alone it has all rights" in each.why)
    assert str(listed).startswith("redis.conf:1 user: ")


def test_a_mark_before_the_first_line_hides_no_user(tmp_path: Path) -> None:
    given = "\ufeffuser default off\nuser worker on >pw ~* +@read\n"
    assert settings(tmp_path, given).value("cache", "acl_default") == "closed"


def test_users_are_read_from_the_file_that_aclfile_names_as_it_lies_beside(tmp_path: Path) -> None:
    found = settings(tmp_path, "aclfile /etc/redis/users.acl\n", users_acl='user worker on >p"w ~a +@read\n')
    assert found.value("users", "worker") is not None


def test_a_file_of_users_that_is_not_named_is_not_read_and_that_is_listed(tmp_path: Path) -> None:
    found = settings(tmp_path, "timeout 1\n", users_acl="user worker on >pw ~a +@read\n")
    assert found.value("users", "worker") is None
    assert "users.acl: no `aclfile` of redis.conf names it, so it was not read; give it as a PATH" in map(
        str, found.not_carried
    )


def test_a_file_of_users_that_is_not_there_is_listed(tmp_path: Path) -> None:
    assert told(settings(tmp_path, "aclfile /nowhere/x.acl\n"), "aclfile") == [
        "no such file can be read here, so its users are not known; give it as a further PATH"
    ]


BOTH_AGREE = {
    "reader": f"on #{HASH} resetchannels ~jobs:* -@all +@read",
    "worker": f"on #{HASH} resetchannels ~jobs:* &jobs:* -@all +@read +@write +@pubsub +@transaction -@dangerous",
    "scripts": f"on #{HASH} resetchannels ~jobs:* -@all +@all -@dangerous -@admin",
    "subcommands": f"on #{HASH} resetchannels ~jobs:* -@all +@all -config|set -client|kill",
    "counter": f"on #{HASH} resetchannels ~jobs:* -@all +@hyperloglog +info",
    "halves": f"on #{HASH} resetchannels %R~jobs:* %W~out:* -@all +@read +@write",
}
"""Users of Redis, each with words that the server has too or that are read otherwise."""

COMMAND_LINES = (
    "GET jobs:1",
    "GET other",
    "GET out:1",
    "SET jobs:1 x",
    "SET other x",
    "SET out:1 x",
    "MSET jobs:1 x jobs:2 y",
    "BITPOS jobs:1 1",
    "ZUNIONSTORE jobs:1 1 jobs:2",
    "PFADD jobs:1 x",
    "PFADD other x",
    "RENAME jobs:1 jobs:2",
    "KEYS *",
    "SORT jobs:1",
    "INFO",
    "CONFIG GET x",
    "CONFIG SET timeout 1",
    "FLUSHALL",
    "DEBUG SLEEP 0",
    "SHUTDOWN",
    "ACL LIST",
    "EVAL x 0",
    "MULTI",
    "PUBLISH jobs:a m",
    "PUBLISH other m",
    "SUBSCRIBE jobs:a",
    "BLPOP jobs:1 0",
)
"""None of these is a matter of `@connection`, which every user has."""


def of_the_server(found: Settings) -> list[str]:
    """The lines of the ACL file that the users come to, for Redis to read."""
    lines = []
    for name, user in found.of_part("users").items():
        words = [str(rule) for rule in AclUser(name=name, **user.value).rules() if rule is not State.ON]
        lines.append(f"user {name} on #{HASH} resetchannels {' '.join(words)}")
    return lines


def allowed(server: RedisServer, user: str) -> set[str]:
    answers = [line for line in server.ask(*(f"ACL DRYRUN {user} {each}" for each in COMMAND_LINES)) if line]
    return {line for line, answer in zip(COMMAND_LINES, answers, strict=True) if answer == "OK"}


def test_asked_of_a_real_redis_no_user_may_do_more_than_before_and_less_only_as_listed(tmp_path: Path) -> None:
    before = [f"user {name} {rules}" for name, rules in BOTH_AGREE.items()]
    found = settings(tmp_path, "\n".join(before))
    (tmp_path / "before.acl").write_text("\n".join([*before, ""]))
    (tmp_path / "after.acl").write_text("\n".join([*of_the_server(found), ""]))
    with (
        redis_server("--aclfile", str(tmp_path / "before.acl")) as redis,
        redis_server("--aclfile", str(tmp_path / "after.acl")) as same_redis,
    ):
        may_before = {user: allowed(redis, user) for user in BOTH_AGREE}
        may_after = {user: allowed(same_redis, user) for user in BOTH_AGREE}
    assert all(may_before.values())
    assert {user: lines - may_before[user] for user, lines in may_after.items() if lines - may_before[user]} == {}
    listed = told(found, "user")
    for user, lines in may_before.items():
        of_the_user = " ".join(text for text in listed if text.startswith(f"user {user!r}: "))
        lost = {line.split()[0] for line in lines - may_after[user]}
        assert {command for command in lost if command not in of_the_user and " others" not in of_the_user} == set()
    assert may_after["worker"] == may_before["worker"]
