"""docs/how-to/moving-from-redis.md shows what the command writes and lists, to the byte."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from constructs_lib.config.load import load
from constructs_lib.dragonfly.commands import server_commands
from constructs_lib.values.version import Version
from tests.adoption.imports import run, written
from tests.conftest import ROOT

GUIDE = (ROOT / "docs" / "how-to" / "moving-from-redis.md").read_text()


def block(language: str, number: int = 0) -> str:
    return str(re.findall(rf"^```{language}\n(.*?)```", GUIDE, re.DOTALL | re.MULTILINE)[number])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "redis.conf").write_text(block("conf"))
    (tmp_path / "users.acl").write_text(block("conf", 1))
    return tmp_path


def test_the_page_shows_the_file_and_the_list(folder: Path) -> None:
    result = run(folder / "redis.conf", "--name", "sessions")
    assert (result.stdout, result.stderr) == (block("yaml"), block("text"))


def test_the_command_of_the_page_is_the_one_that_is_shown() -> None:
    assert "cdk8s-dragonfly import redis.conf --name sessions >" in block("console")


def test_the_file_gives_a_cache_with_its_users(tmp_path: Path) -> None:
    (tmp_path / "cluster.yaml").write_text(block("yaml"))
    assert load(tmp_path / "cluster.yaml").instance().name == "sessions"
    (tmp_path / "synthesized").mkdir()
    assert {key.kind for key in written(block("yaml"), tmp_path / "synthesized")} >= {"Dragonfly", "HelmRelease"}


@pytest.mark.parametrize("command", sorted(set(re.findall(r"redis-cli -p 9999 (\w+)", GUIDE))))
def test_the_commands_of_the_page_are_the_servers(command: str) -> None:
    assert command in server_commands(Version.of("v1.36.0"))


def test_the_values_of_secrets_on_the_page_are_not_in_what_it_shows() -> None:
    shown = block("yaml") + block("text")
    assert [word for word in ("a password that", "another") if word in shown] == []
