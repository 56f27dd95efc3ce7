"""Which Node runs cdk8s, and what is said where there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from constructs_lib.cli.app import app
from constructs_lib.cli.synth import node
from constructs_lib.cli.synth.node import VARIABLE, choose_node
from constructs_lib.errors import NoNode
from tests.conftest import ROOT


@pytest.fixture
def old_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Node on the PATH, and none that is named."""
    program = tmp_path / "bin" / "node"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho v12.22.12\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    # Set before it is deleted, so that what is chosen here is undone.
    monkeypatch.setenv(VARIABLE, "")
    return program


def without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node, "find_spec", lambda _: None)


def test_that_of_the_extra_runs_and_not_an_old_one_on_the_path(old_node: Path) -> None:
    choose_node()
    told = subprocess.run([os.environ[VARIABLE], "--version"], capture_output=True, text=True, check=True)
    assert told.stdout.startswith("v24.")


def test_without_the_extra_that_of_the_path_is_taken(old_node: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_the_extra(monkeypatch)
    choose_node()
    assert os.environ[VARIABLE] == "node"


def test_one_that_is_named_comes_first(old_node: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(old_node))
    choose_node()
    assert os.environ[VARIABLE] == str(old_node)


def test_without_any_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv(VARIABLE, "")
    without_the_extra(monkeypatch)
    with pytest.raises(NoNode) as error:
        choose_node()
    assert str(error.value) == (
        "node: Node.js is not there; `pip install 'cdk8s-dragonfly[node]'` brings it along, or JSII_NODE names another"
    )


@pytest.mark.parametrize(
    "command",
    [
        ("synth", "--output", "out"),
        ("synth", "--check"),
        ("review", "dist", "cluster.yaml"),
        ("graph", "cluster.yaml"),
        ("import", "dist"),
        ("import", "dist", "--python"),
    ],
    ids=" ".join,
)
def test_each_command_that_synthesizes_says_so_and_no_more(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("cluster.yaml", "dist"):
        Path(name).symlink_to(ROOT / name)
    monkeypatch.setenv(VARIABLE, "no-node-here")
    result = CliRunner().invoke(app, command)
    # A review ends with 2 where there is none: 1 says what was found.
    assert (result.exit_code, result.stdout) == (2 if command[0] == "review" else 1, "")
    assert result.stderr.splitlines() == [
        "no-node-here: Node.js is not there; `pip install 'cdk8s-dragonfly[node]'` brings it along, "
        "or JSII_NODE names another"
    ]


def test_a_synth_needs_no_node_on_the_path(tmp_path: Path) -> None:
    """As `pipx` and `uvx` run it: by its full name, from an environment that nobody has activated."""
    command = "from constructs_lib.cli.app import main; main()"
    environment = {"PATH": "/nowhere", "PYTHONPATH": str(ROOT), "CDK8S_OUTDIR": str(tmp_path / "dist")}
    done = subprocess.run(
        [sys.executable, "-c", command, "synth", "--config", ROOT / "cluster.yaml"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
