"""The files that we write, loaded into a real `redis-server` (Debian package redis-server), where the two agree."""

import json
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from pydantic import SecretStr

from constructs_lib.acl.command_keys import keys_of
from constructs_lib.acl.file import AclFile
from constructs_lib.acl.judgement import Denied, may_run
from constructs_lib.acl.presets import PresetName
from constructs_lib.acl.rules import PasswordHash
from constructs_lib.acl.user import AclUser
from constructs_lib.values.version import Version

SERVER = Version.of("v1.36.0")

pytestmark = pytest.mark.skipif(
    shutil.which("redis-server") is None, reason="no redis-server here: apt-get install redis-server"
)

USERS = (
    *(AclUser(name=preset, preset=preset) for preset in get_args(PresetName)),
    AclUser(name="plain", keys=["plain:*"]),
    AclUser(name="reader", keys=["%R~reader:*"], allow=["@read"]),
    AclUser(name="listener", keys=["listener:*"], channels=["listener:*"], allow=["@read", "@pubsub"]),
    AclUser(
        name="worker", keys=["worker:*"], allow=["@read", "@write", "@scripting", "@transaction", "@blocking", "INFO"]
    ),
    AclUser(name="quiet", keys=["quiet:*"], deny=["CLIENT", "DEL", "@list"]),
)

DISAGREE = {
    "CLIENT LIST": "dangerous in Redis, whose rules know subcommands; here CLIENT is one right",
    "DEBUG OBJECT": "switched off in Redis",
    "RANDOMKEY": "reads, for Redis; in no category here, so that it needs its name or @all",
    "JSON.SET": "no command of Redis",
    "BF.ADD": "no command of Redis",
    "CL.THROTTLE": "no command of Redis",
}
"""Probes that Redis answers otherwise, with the reason."""

KEYS = {
    "BITOP AND k:a k:b k:c": ["k:a", "k:b", "k:c"],
    "BLMOVE k:a k:b LEFT RIGHT 0": ["k:a", "k:b"],
    "BLMPOP 0 2 k:a k:b LEFT": ["k:a", "k:b"],
    "BLPOP k:a k:b 0": ["k:a", "k:b"],
    "COPY k:a k:b": ["k:a", "k:b"],
    "DEL k:a k:b": ["k:a", "k:b"],
    "EVAL return 2 k:a k:b c": ["k:a", "k:b"],
    "GET k:a": ["k:a"],
    "LMPOP 2 k:a k:b LEFT": ["k:a", "k:b"],
    "MSET k:a 1 k:b 2": ["k:a", "k:b"],
    "PFMERGE k:a k:b": ["k:a", "k:b"],
    "RENAME k:a k:b": ["k:a", "k:b"],
    "SINTERCARD 2 k:a k:b LIMIT 1": ["k:a", "k:b"],
    "SMOVE k:a k:b c": ["k:a", "k:b"],
    "WATCH k:a k:b": ["k:a", "k:b"],
    "XGROUP CREATE k:a g 0": ["k:a"],
    "XREAD COUNT 1 STREAMS k:a k:b 0 0": ["k:a", "k:b"],
    "XREADGROUP GROUP g c STREAMS k:a >": ["k:a"],
    "ZADD k:a 1 a": ["k:a"],
    "ZDIFF 2 k:a k:b": ["k:a", "k:b"],
    "ZRANGESTORE k:a k:b 0 1": ["k:a", "k:b"],
    "ZUNIONSTORE k:a 2 k:b k:c": ["k:a", "k:b", "k:c"],
}
"""Command lines of every form of arguments, with the keys in them."""


def password_of(name: str) -> SecretStr:
    return SecretStr(f"password of {name}")


@pytest.fixture(scope="module", params=["password", "closed"])
def redis(request: pytest.FixtureRequest) -> Iterator[Path]:
    """A socket of a Redis that has started with our file."""
    file = AclFile(users=USERS, default=request.param)
    text = file.render({name: PasswordHash.of(password_of(name)) for name in file.password_names})
    with tempfile.TemporaryDirectory(prefix="acl") as folder:
        acl, path = Path(folder, "users.acl"), Path(folder, "redis.sock")
        # Redis knows the word in small letters only; Dragonfly in any case.
        acl.write_text(text.replace("USER ", "user "), "utf-8")
        process = subprocess.Popen(
            [
                "redis-server",
                "--port",
                "0",
                "--unixsocket",
                str(path),
                "--aclfile",
                str(acl),
                "--save",
                "",
                "--dir",
                folder,
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            for _ in range(200):
                if process.poll() is not None:
                    pytest.fail(f"redis-server refuses the file:\n{process.communicate()[0]}\n{text}")
                if listens(path):
                    break
                time.sleep(0.02)
            yield path
        finally:
            process.terminate()
            process.communicate()


@pytest.mark.parametrize("user", USERS, ids=lambda user: user.name)
def test_each_user_can_do_what_it_should_and_nothing_else(redis: Path, user: AclUser) -> None:
    permissions = user.permissions(SERVER)
    prefix = user.key_rules[0].glob.rstrip("*") or "k:"
    for probe in probes():
        words = [word.replace("k:", prefix) for word in probe]
        welcome, answer = answers(redis, log_in(user), words)
        assert welcome.startswith("+OK")
        assert answer.startswith("-NOPERM") == isinstance(may_run(permissions, *words), Denied), words


def test_a_wrong_password_lets_nobody_in(redis: Path) -> None:
    for user in (*USERS, AclUser(name="nobody", keys=["*"])):
        assert answers(redis, ["AUTH", user.name, "wrong"])[0].startswith("-WRONGPASS")


def test_a_stranger_may_not_read(redis: Path) -> None:
    assert answers(redis, ["GET", "k:a"])[0].startswith("-NOAUTH")


@pytest.mark.parametrize("line", KEYS)
def test_keys_stand_where_redis_finds_them(redis: Path, line: str) -> None:
    command, *arguments = line.split(" ")
    assert list(keys_of(command, arguments) or ()) == KEYS[line]
    _, answer = answers(redis, log_in(USERS[0]), ["COMMAND", "GETKEYS", command, *arguments])
    assert [word for word in answer.split("\r\n") if word.startswith("k:")] == KEYS[line]


def answers(path: Path, *commands: list[str]) -> list[str]:
    """The answer to each command, sent one after the other on one connection."""
    found = []
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(5)
        connection.connect(str(path))
        for command in commands:
            words = [word.encode() for word in command]
            request = b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in words)
            connection.sendall(request)
            found.append(connection.recv(65536).decode())
    return found


def listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        return connection.connect_ex(str(path)) == 0


def log_in(user: AclUser) -> list[str]:
    return ["AUTH", user.name, password_of(user.name).get_secret_value()]


def probes() -> list[list[str]]:
    recorded = json.loads((Path(__file__).parents[1] / "data/dragonfly-acl.json").read_text("utf-8"))["probes"]
    return [
        [word.replace("|", " ") for word in probe.split(" ")]
        for probe in recorded
        if " ".join(probe.split(" ")[:2]) not in DISAGREE and probe.split(" ")[0] not in DISAGREE
    ]
