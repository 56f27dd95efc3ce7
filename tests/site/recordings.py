"""A real `redis-server` with the users of a page's cache, which tells what a client sent and what it was denied."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from constructs_lib.acl.rules import PasswordHash
from tests.servers import redis

if TYPE_CHECKING:
    from constructs_lib import DragonflyCache

_END = "end-of-recording"
_LINE = re.compile(r"[\d.]+ \[\d+ (?P<sender>\S+)\] (?P<words>.*)")
_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"')
_PARENTS = {"CLIENT", "SCRIPT"}
"""Commands of which the second word tells which one it is."""


@dataclass(frozen=True)
class Recorder:
    """A server that is asked by its user `default`."""

    port: int
    monitor: Path
    """What MONITOR tells of it."""

    def url(self, shown: str) -> str:
        """An address as the environment of a page shows it, as a kubelet hands it on, but for host and port."""
        user = re.search(r"//(\w+):", shown)
        assert user
        address = re.sub(r"@[^/]+/", f"@127.0.0.1:{self.port}/", shown)
        return address.replace("$(REDIS_PASSWORD)", _password_of(user[1]))

    def recording(self) -> Recording:
        """What was sent so far, and denied."""
        answers, _ = _redis_cli(self.port, stdin=subprocess.PIPE).communicate(f"ACL LOG\nECHO {_END}\n")
        while _END not in (told := self.monitor.read_text()):
            time.sleep(0.01)
        lines = [line for line in map(_LINE.match, told.splitlines()) if line]
        others = {"lua", *(line["sender"] for line in lines if _END in line["words"])}
        sent = [_WORD.findall(line["words"]) for line in lines if line["sender"] not in others]
        return Recording(sent, re.findall(r"(?m)^object\n(.*)$", answers))


@dataclass(frozen=True)
class Recording:
    """What clients sent to a server, without what their scripts and the tests themselves did there."""

    sent: list[list[str]]
    """The commands, word by word."""
    denied: list[str]
    """Commands, keys and channels that a user might not have, the newest first."""


@contextmanager
def recorder(cache: DragonflyCache, folder: Path) -> Iterator[Recorder]:
    """A server that has read the ACL file of a cache."""
    file = cache.acl_file
    assert file
    folder.mkdir(exist_ok=True)
    users, monitor = folder / "users.acl", folder / "monitor"
    text = file.render({name: PasswordHash.of(SecretStr(_password_of(name))) for name in file.password_names})
    # Redis knows the word in small letters only; Dragonfly in any case.
    users.write_text(text.replace("USER ", "user "))
    with redis(folder, "--aclfile", str(users)) as port, monitor.open("w") as told:
        listening = _redis_cli(port, "MONITOR", stdout=told)
        try:
            while not monitor.read_text().startswith("OK"):
                assert listening.poll() is None
                time.sleep(0.01)
            yield Recorder(port, monitor)
        finally:
            listening.terminate()
            listening.communicate()


def kind(words: list[str]) -> str:
    """A command and its options, without keys, names and values."""
    command, *rest = words
    subcommand = [rest.pop(0).upper()] if command.upper() in _PARENTS else []
    return " ".join([command.upper(), *subcommand, *(word for word in rest if word.isalpha() and word.isupper())])


def _password_of(user: str) -> str:
    return f"password-of-{user}"


def _redis_cli(port: int, *words: str, **streams: Any) -> subprocess.Popen[str]:
    environment = {**os.environ, "REDISCLI_AUTH": _password_of("default")}
    command = ["redis-cli", "-p", str(port), *words]
    return subprocess.Popen(command, env=environment, text=True, **{"stdout": subprocess.PIPE, **streams})
