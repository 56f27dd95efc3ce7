"""docs/how-to/moving-from-redis.md shows what the command writes and lists, to the byte."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest
from typer.testing import CliRunner

from constructs_lib.cli.app import app
from constructs_lib.config.load import load
from constructs_lib.dragonfly.commands import server_commands
from constructs_lib.values.version import Version
from tests.adoption.imports import run, written
from tests.adoption.redis.server import redis_server
from tests.conftest import ROOT
from tests.site.pages import fences

PAGE = ROOT / "docs" / "how-to" / "moving-from-redis.md"
GUIDE = PAGE.read_text()


def block(language: str, number: int = 0) -> str:
    return [fence.code for fence in fences(PAGE) if fence.language == language][number]


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


def test_the_steps_are_numbered_from_the_first_to_the_last() -> None:
    numbers = [int(number) for number in re.findall(r"^## (\d+)\. ", GUIDE, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {int(step) for step in re.findall(r"step (\d+)", GUIDE)} <= set(numbers)


def test_what_is_decided_gives_a_cache_with_a_place_for_snapshots_and_a_closed_policy(tmp_path: Path) -> None:
    tree = written("\n".join(block("yaml", number) for number in range(3)), tmp_path)
    specs = {key.kind: each["spec"] for key, each in tree.items() if "spec" in each}
    assert specs["Dragonfly"]["snapshot"]["persistentVolumeClaimSpec"]["resources"]["requests"]["storage"] == "10Gi"
    assert specs["CiliumNetworkPolicy"]["enableDefaultDeny"] == {"egress": True, "ingress": True}
    assert specs["Dragonfly"]["replicas"] == 1


def test_the_secret_of_the_page_has_the_keys_that_a_synth_asks_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cluster.yaml").write_text(block("yaml"))
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(app, ["synth"])
    asked = re.search(r"Secret sessions-auth in namespace cache must hold ([^;]+);", said.stderr)
    assert asked is not None, said.output
    made = re.findall(r"--from-file=([\w.-]+)", block("sh", 1))
    assert sorted(made) == sorted(asked[1].split(", "))


def test_the_snapshot_that_is_saved_has_a_name_that_is_loaded_at_start() -> None:
    """`dump-{timestamp}`, with anything in the place of the time (docs/dragonfly.md)."""
    saved = re.findall(r"SAVE DF (\S+)$", GUIDE, re.MULTILINE)
    assert saved
    assert [name for name in saved if not fnmatch(name, "dump-*")] == []


def test_the_file_of_users_is_one_that_a_real_redis_takes(tmp_path: Path) -> None:
    file = tmp_path / "users.acl"
    file.touch()
    with redis_server("--aclfile", str(file)) as server:
        file.write_text(block("conf", 1))
        assert server.ask("ACL LOAD") == ["OK"]


def test_the_values_of_secrets_on_the_page_are_not_in_what_it_shows() -> None:
    shown = block("yaml") + block("text")
    assert [word for word in ("a password that", "another") if word in shown] == []
