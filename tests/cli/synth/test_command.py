"""`cdk8s-dragonfly synth`: what `main.py` does, where there is no `main.py`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, read_folder

COMMAND = "from constructs_lib.cli.app import main; main()"
Done = subprocess.CompletedProcess[str]
DRAGONFLY = Path("dist", "dragonfly", "Dragonfly.dragonfly.yaml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the default configuration, and nothing else."""
    (tmp_path / "cluster.yaml").write_text((ROOT / "cluster.yaml").read_text())
    return tmp_path


@pytest.fixture
def synth(folder: Path) -> Callable[..., Done]:
    """Run it in that folder."""

    def run(*arguments: str, **environment: str) -> Done:
        return subprocess.run(
            [sys.executable, "-c", COMMAND, "synth", *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_it_writes_what_main_writes(folder: Path, synth: Callable[..., Done]) -> None:
    done = synth()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert read_folder(folder / "dist") == read_folder(ROOT / "dist")


def test_other_places_are_named_by_options_or_as_cdk8s_names_them(folder: Path, synth: Callable[..., Done]) -> None:
    (folder / "cluster.yaml").rename(folder / "other.yaml")
    assert synth("--config", "other.yaml", "--output", "a").returncode == 0
    assert synth(CLUSTER_CONFIG="other.yaml", CDK8S_OUTDIR="b").returncode == 0
    assert read_folder(folder / "a") == read_folder(folder / "b") == read_folder(ROOT / "dist")


def test_a_wrong_file_is_told_in_lines_and_costs_nothing(folder: Path, synth: Callable[..., Done]) -> None:
    (folder / "cluster.yaml").write_text("dragonfly_enabled: true\ndragonfly_replicas: 0\n")
    done = synth()
    assert done.returncode == 1
    assert done.stderr.startswith("cluster.yaml:2: dragonfly_replicas: 0 is not accepted")
    assert not (folder / "dist").exists()


def test_a_check_says_nothing_where_the_output_is_up_to_date(folder: Path, synth: Callable[..., Done]) -> None:
    synth()
    before = read_folder(folder / "dist")
    done = synth("--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert read_folder(folder / "dist") == before


def test_a_check_names_every_file_that_is_another_and_writes_nothing(folder: Path, synth: Callable[..., Done]) -> None:
    synth()
    (folder / DRAGONFLY).write_text("kind: Dragonfly\n")
    (folder / "dist" / "flux" / "Namespace.cache.yaml").unlink()
    (folder / "dist" / "left-over.yaml").write_text("kind: Secret\n")
    before = read_folder(folder / "dist")
    done = synth("--check")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "dist/dragonfly/Dragonfly.dragonfly.yaml: differs",
        "dist/flux/Namespace.cache.yaml: not there",
        "dist/left-over.yaml: not written any more",
        "what is written now is something else; synthesize again, and commit both",
    ]
    assert read_folder(folder / "dist") == before


def test_a_check_of_a_wrong_file_tells_what_is_wrong_with_it(folder: Path, synth: Callable[..., Done]) -> None:
    (folder / "cluster.yaml").write_text("dragonfly_replica: 1\n")
    done = synth("--check")
    assert done.returncode == 1
    assert "did you mean 'dragonfly_replicas'?" in done.stderr


def test_where_flux_would_look_elsewhere_is_said_once_it_can_be_known(folder: Path, synth: Callable[..., Done]) -> None:
    assert synth("--output", "clusters/prod").stderr == ""
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    assert synth().stderr == ""
    done = synth("--output", "clusters/prod")
    assert (done.returncode, done.stderr) == (
        0,
        "cluster.yaml: warning: dragonfly_flux_path: left out, so Flux looks in ./dist, and the manifests are in "
        "clusters/prod of this repository; give ./clusters/prod\n",
    )
    with (folder / "cluster.yaml").open("a") as file:
        file.write("dragonfly_flux_path: ./clusters/prod\n")
    assert synth("--output", "clusters/prod").stderr == ""
