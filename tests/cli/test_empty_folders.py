"""A folder that Flux reads is never empty: with a file that names no resources Flux prunes what it once applied."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml

from constructs_lib.checks.manifests import read_manifests
from constructs_lib.cli.empty_folders import NO_RESOURCES, fill_empty_folders
from main import synthesize
from tests.conftest import STACKS, read_folder


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    folder.mkdir()
    return folder


def write(file: Path, **manifest: object) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(yaml.safe_dump(manifest), encoding="utf-8")


def kustomization(dist: Path, name: str, path: str) -> None:
    write(
        dist / "flux" / f"Kustomization.{name}.yaml",
        apiVersion="kustomize.toolkit.fluxcd.io/v1",
        kind="Kustomization",
        metadata={"name": name},
        spec={"path": path},
    )


def test_nothing_at_all_is_one_file_in_flux(dist: Path) -> None:
    fill_empty_folders(dist, "./dist")
    assert read_folder(dist) == {"flux/kustomization.yaml": NO_RESOURCES}


@pytest.mark.parametrize("flux_path", ["./dist", "dist/", "clusters/a", "."])
def test_a_folder_that_flux_is_to_apply_and_that_nothing_was_written_to_gets_the_file(
    flux_path: str, dist: Path
) -> None:
    kustomization(dist, "sessions", f"{flux_path.rstrip('/')}/sessions")
    kustomization(dist, "jobs", f"{flux_path.rstrip('/')}/jobs")
    write(dist / "jobs" / "ConfigMap.jobs.yaml", apiVersion="v1", kind="ConfigMap", metadata={"name": "jobs"})
    before = read_folder(dist)
    fill_empty_folders(dist, flux_path)
    assert read_folder(dist) == {**before, "sessions/kustomization.yaml": NO_RESOURCES}


def test_a_folder_of_others_is_left_to_them(dist: Path) -> None:
    kustomization(dist, "others", "./infrastructure/others")
    kustomization(dist, "above", "./../above")
    before = read_folder(dist)
    fill_empty_folders(dist, "./dist")
    assert read_folder(dist) == before


@pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.stem)
def test_every_stack_has_a_file_in_each_folder_that_flux_applies(stack: Path, dist: Path) -> None:
    synthesize(stack, dist)
    named = [
        manifest.object["spec"]["path"] for manifest in read_manifests(dist / "flux") if manifest.kind != "Namespace"
    ]
    folders = {Path(path).name for path in named}
    assert folders == {path.name for path in dist.iterdir()} - {"flux"}
    assert not list(dist.rglob("kustomization.yaml"))


def test_kustomize_builds_nothing_of_it_without_complaint(dist: Path) -> None:
    fill_empty_folders(dist, "./dist")
    built = subprocess.run(["kubectl", "kustomize", dist / "flux"], capture_output=True, text=True, check=False)
    assert (built.returncode, built.stdout, built.stderr) == (0, "", "")


def test_it_is_no_manifest_for_whoever_checks_them(dist: Path) -> None:
    fill_empty_folders(dist, "./dist")
    assert list(read_manifests(dist)) == []
