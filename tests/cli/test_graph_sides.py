"""`cdk8s-dragonfly graph` takes what `review` takes: folders, files, revisions, a `cluster.yaml`."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from constructs_lib.cli.app import app
from tests.conftest import ROOT

SNAPSHOTS = ROOT / "tests" / "__snapshots__" / "test_stacks"
STACK = ROOT / "tests" / "stacks" / "three-replicas.yaml"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["graph", *map(str, arguments)])


def drawn(*arguments: object) -> str:
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a stack's `dist` and its `cluster.yaml` in its only commit."""
    shutil.copytree(SNAPSHOTS / STACK.stem, tmp_path / "dist", ignore=shutil.ignore_patterns("files.yaml"))
    shutil.copy(STACK, tmp_path / "cluster.yaml")
    for command in (
        ("init", "--quiet"),
        ("add", "."),
        ("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--message", "Add a stack"),
    ):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("argument", ["HEAD:dist", "HEAD", "cluster.yaml", "HEAD:cluster.yaml", "HEAD:./dist"])
def test_the_same_stack_gives_the_same_picture_wherever_it_stands(argument: str, repository: Path) -> None:
    assert '"applies"' in drawn("dist")
    assert drawn(argument) == drawn("dist")


def test_a_revision_is_compared_with_what_is_written_now(repository: Path) -> None:
    shutil.rmtree("dist")
    shutil.copytree(SNAPSHOTS / "default", "dist", ignore=shutil.ignore_patterns("files.yaml"))
    assert "REMOVED" in drawn("HEAD", "dist")
    assert "REMOVED" not in drawn("dist", "dist")


def test_a_single_file_is_drawn(repository: Path) -> None:
    assert "Dragonfly dragonfly" in drawn("HEAD:dist/dragonfly/Dragonfly.dragonfly.yaml")


@pytest.mark.parametrize("argument", ["nowhere", "HEAD:nowhere", "main~9:dist"])
def test_what_is_not_there_is_a_mistake_in_usage(argument: str, repository: Path) -> None:
    result = run(argument)
    assert (result.exit_code, result.stdout) == (2, "")
    assert argument in result.stderr


def test_a_cluster_yaml_that_cannot_work_is_told_under_its_own_keys(repository: Path) -> None:
    Path("cluster.yaml").write_text("dragonfly_enabled: true\ndragonfly_replicas: -1\n")
    result = run("cluster.yaml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "cluster.yaml:2: dragonfly_replicas" in result.stderr
