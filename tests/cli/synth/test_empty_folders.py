"""A folder that Flux reads is never empty: with a file that names no resources Flux prunes what it once applied."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from constructs_lib.checks.manifests import read_manifests
from constructs_lib.cli.synth.empty_folders import NO_RESOURCES, fill_empty_folders
from constructs_lib.config.load import load
from main import synthesize
from tests.conftest import STACKS, read_folder


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    folder.mkdir()
    return folder


def test_a_folder_that_nothing_was_written_to_gets_the_file_and_another_none(dist: Path) -> None:
    (dist / "jobs").mkdir()
    (dist / "jobs" / "ConfigMap.jobs.yaml").write_text("kind: ConfigMap\n")
    fill_empty_folders(dist, ["flux", "sessions", "jobs"])
    assert read_folder(dist) == {
        "flux/kustomization.yaml": NO_RESOURCES,
        "jobs/ConfigMap.jobs.yaml": "kind: ConfigMap\n",
        "sessions/kustomization.yaml": NO_RESOURCES,
    }


@pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.stem)
def test_every_stack_has_a_file_in_each_folder_that_flux_applies(stack: Path, dist: Path) -> None:
    synthesize([stack], dist)
    named = [
        manifest.object["spec"]["path"] for manifest in read_manifests(dist / "flux") if manifest.kind != "Namespace"
    ]
    folders = {"flux", *(Path(path).name for path in named)}
    assert folders == {path.name for path in dist.iterdir()} == set(load(stack).folders)
    assert not list(dist.rglob("kustomization.yaml"))


def test_kustomize_builds_nothing_of_it_without_complaint(dist: Path) -> None:
    fill_empty_folders(dist, ["flux"])
    built = subprocess.run(["kubectl", "kustomize", dist / "flux"], capture_output=True, text=True, check=False)
    assert (built.returncode, built.stdout, built.stderr) == (0, "", "")


def test_it_is_no_manifest_for_whoever_checks_them(dist: Path) -> None:
    fill_empty_folders(dist, ["flux"])
    assert list(read_manifests(dist)) == []
