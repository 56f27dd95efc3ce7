"""The wheel is a whole library: installed alone, it composes a stack and begins a repository."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, default_stack_of_any_cluster, read_folder

WHERE = "import constructs_lib; print(constructs_lib.__file__)"
COMMAND = "from constructs_lib.cli.app import main; main()"
EXAMPLE = ROOT / "examples" / "sessions" / "main.py"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's packages, where nothing else is."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("cdk8s_dragonfly-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


@pytest.fixture
def run(installed: Path, tmp_path: Path) -> Run:
    """Runs a program with that library, and not with this checkout, which is on the path as well."""
    paths = [str(installed), *(path for path in sys.path if Path(path) != ROOT and path)]

    def runs(program: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        code = f"import sys; sys.path[:] = {paths!r}; {program}"
        command = [sys.executable, "-c", code, *arguments]
        variables = {**os.environ, **environment}
        return subprocess.run(command, cwd=tmp_path, env=variables, capture_output=True, text=True, check=False)

    return runs


def test_the_wheel_alone_runs_an_example(run: Run, installed: Path, tmp_path: Path) -> None:
    done = run(f"import runpy; runpy.run_path({str(EXAMPLE)!r}); {WHERE}", CDK8S_OUTDIR=str(tmp_path / "dist"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(str(installed))
    assert "sessions/Dragonfly.sessions.yaml" in read_folder(tmp_path / "dist")


def test_the_wheel_alone_begins_a_repository_and_synthesizes_it(run: Run, tmp_path: Path) -> None:
    for arguments in (("init",), ("synth",), ("synth", "--check"), ("check", "dist"), ("doctor", "dist")):
        done = run(COMMAND, *arguments)
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
    assert read_folder(tmp_path / "dist") == default_stack_of_any_cluster()


def test_the_wheel_holds_its_two_packages_and_nothing_else(installed: Path) -> None:
    assert {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")} == {
        "constructs_lib",
        "imports",
    }
