"""`cdk8s-dragonfly graph`, as it is called."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest
from typer.testing import CliRunner, Result

from constructs_lib.cli.app import app
from tests.conftest import ROOT

SNAPSHOTS = ROOT / "tests" / "__snapshots__" / "test_stacks"

needs_dot = pytest.mark.skipif(which("dot") is None, reason="needs dot (Debian: graphviz)")


@pytest.fixture
def dists(tmp_path: Path) -> Path:
    """Reviewed stacks, as a synth writes them."""
    for stack in ("default", "everything-on"):
        shutil.copytree(SNAPSHOTS / stack, tmp_path / stack, ignore=shutil.ignore_patterns("files.yaml"))
    return tmp_path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["graph", *map(str, arguments)])


def test_a_picture_is_mermaid_unless_told_otherwise(dists: Path) -> None:
    result = run(dists / "default")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("flowchart LR\n")
    assert '  client_anyone -->|"9999"| pods_cache_dragonfly\n' in result.stdout


def test_a_cluster_without_dist_is_told_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("cluster")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("cluster: of what it runs, the objects in dist are read, and there is no dist")


def test_two_folders_are_compared(dists: Path) -> None:
    result = run(dists / "default", dists / "everything-on")
    assert 'client_anyone["Anyone<br>no policy keeps them out<br>REMOVED"]:::removed' in result.stdout
    assert 'client_pods_in_shop["Clients<br>pods in shop<br>ADDED"]:::added' in result.stdout


def test_the_same_folder_elsewhere_gives_the_same_bytes(dists: Path, tmp_path: Path) -> None:
    shutil.copytree(dists / "everything-on", tmp_path / "elsewhere")
    assert run(tmp_path / "elsewhere").stdout == run(dists / "everything-on").stdout


@needs_dot
def test_svg_says_what_is_there_and_nothing_of_what_drew_it(dists: Path) -> None:
    result = run(dists / "everything-on", "--format", "svg")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("<svg")
    assert "s3://dragonfly&#45;backups" in result.stdout
    assert "graphviz version" not in result.stdout


@needs_dot
def test_svg_is_drawn_from_what_dot_prints(dists: Path) -> None:
    source = run(dists / "default", "--format", "dot").stdout
    drawn = subprocess.run(["dot", "-Tsvg"], input=source, capture_output=True, encoding="utf-8", check=True).stdout
    assert drawn.count("<polygon") == run(dists / "default", "--format", "svg").stdout.count("<polygon")


def test_a_dark_picture_says_the_same_in_other_colours(dists: Path) -> None:
    light = run(dists / "everything-on", "--format", "dot").stdout
    dark = run(dists / "everything-on", "--format", "dot", "--theme", "dark").stdout
    assert re.sub("#[0-9a-f]{6}", "", light) == re.sub("#[0-9a-f]{6}", "", dark)
    assert set(re.findall("#[0-9a-f]{6}", light)).isdisjoint(re.findall("#[0-9a-f]{6}", dark))


def test_without_dot_the_error_says_what_to_install_and_what_needs_nothing(
    dists: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    result = run(dists / "default", "--format", "svg")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "apt-get install graphviz" in result.stderr
    assert "--format mermaid" in result.stderr


def test_a_folder_with_no_manifest_is_a_mistake_in_usage(dists: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run(tmp_path / "empty").exit_code == 2
    assert run(dists / "default", tmp_path / "empty").exit_code == 2


def test_a_file_that_is_no_manifest_is_named(dists: Path) -> None:
    (dists / "default" / "notes.yaml").write_text("- one\n")
    result = run(dists / "default")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "notes.yaml: no Kubernetes object" in result.stderr


def test_help_shows_an_example() -> None:
    assert "cdk8s-dragonfly graph dist" in run("--help").stdout


def test_a_picture_is_drawn_without_cdk8s(dists: Path) -> None:
    code = (
        "import sys; from constructs_lib.cli.app import app; "
        f"app(['graph', {str(dists / 'everything-on')!r}], standalone_mode=False); "
        "assert not {'cdk8s', 'jsii'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_of_a_fleet_one_cache_can_be_drawn() -> None:
    fleet = ROOT / "tests" / "stacks" / "fleet.yaml"
    drawn = run(fleet, "--instance", "queue").stdout
    assert "queue" in drawn
    assert "dragonfly-operator" in drawn
    assert "sessions" not in drawn
