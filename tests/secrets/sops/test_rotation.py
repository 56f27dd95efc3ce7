"""A rotation on a running server: what `cdk8s-dragonfly secrets` wrote, decrypted, loaded by a real `redis-server`."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from constructs_lib.cache.secret import SecretContents
from constructs_lib.secrets.sops.secret_file import SecretFile
from tests.secrets.sops.conftest import contents, user, values_in

pytestmark = pytest.mark.skipif(
    shutil.which("redis-server") is None, reason="no redis-server here: apt-get install redis-server"
)


@contextmanager
def server(values: Mapping[str, str]) -> Iterator[Callable[..., str]]:
    """A server that has started with a Secret; gives what it answers after a log-in."""
    with tempfile.TemporaryDirectory(prefix="acl") as folder:
        acl, path = Path(folder, "users.acl"), Path(folder, "redis.sock")
        # Redis knows the word in small letters only; Dragonfly in any case.
        acl.write_text(values["acl.conf"].replace("USER ", "user "))
        options = ["--port", "0", "--unixsocket", str(path), "--aclfile", str(acl), "--save", "", "--dir", folder]
        process = subprocess.Popen(["redis-server", *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            deadline = time.monotonic() + 10
            while not takes_connections(path):
                assert process.poll() is None, process.communicate()[0]
                assert time.monotonic() < deadline
                time.sleep(0.01)
            yield lambda *login_and_command: answer(path, *login_and_command)
        finally:
            process.terminate()
            process.communicate()


def takes_connections(path: Path) -> bool:
    """Whether somebody listens: the socket's file is there a moment before."""
    with socket.socket(socket.AF_UNIX) as connection:
        return connection.connect_ex(str(path)) == 0


def answer(path: Path, user: str, password: str, command: str = "PING") -> str:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(5)
        connection.connect(str(path))
        for line in (f"AUTH {user} {password}", command):
            connection.sendall(f"{line}\r\n".encode())
            said = connection.recv(4096).decode().strip()
            if said.startswith("-"):
                break
        return said.split(" ")[0]


def test_each_client_gets_in_with_its_own_key_of_the_secret(
    secret_file: Callable[[SecretContents], SecretFile],
) -> None:
    kept = secret_file(contents(user("keycloak"), user("appcache")))
    kept.init()
    values = values_in(kept.path)
    with server(values) as ask:
        assert ask("default", values["password"], "SET any 1") == "+OK"
        assert ask("keycloak", values["keycloak-password"], "SET keycloak:a 1") == "+OK"
        assert ask("keycloak", values["keycloak-password"], "SET appcache:a 1") == "-NOPERM"
        assert ask("keycloak", values["appcache-password"]) == "-WRONGPASS"
        assert ask("keycloak", values["password"]) == "-WRONGPASS"


def test_a_rotation_shuts_the_old_password_out_and_lets_the_new_one_in(
    secret_file: Callable[[SecretContents], SecretFile],
) -> None:
    kept = secret_file(contents(user("keycloak"), user("appcache")))
    kept.init()
    old = values_in(kept.path)
    kept.rotate(["keycloak"])
    new = values_in(kept.path)
    with server(new) as ask:
        assert ask("keycloak", old["keycloak-password"]) == "-WRONGPASS"
        assert ask("keycloak", new["keycloak-password"]) == "+PONG"
        assert ask("appcache", old["appcache-password"]) == "+PONG"


def test_with_the_old_one_kept_both_let_in_until_it_is_dropped(
    secret_file: Callable[[SecretContents], SecretFile],
) -> None:
    kept = secret_file(contents(user("keycloak")))
    kept.init()
    old = values_in(kept.path)["keycloak-password"]
    kept.rotate(["keycloak"], keep_old=True)
    new = values_in(kept.path)["keycloak-password"]
    with server(values_in(kept.path)) as ask:
        assert (ask("keycloak", old), ask("keycloak", new)) == ("+PONG", "+PONG")
    kept.drop_old(["keycloak"])
    with server(values_in(kept.path)) as ask:
        assert (ask("keycloak", old), ask("keycloak", new)) == ("-WRONGPASS", "+PONG")
