"""As a new user does it: the wheel is installed, a repository begun, and each step's output held against the CRDs."""

from __future__ import annotations

import json
import os
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from constructs_lib.checks.definitions import written_definitions
from tests.conftest import ROOT, default_stack_of_any_cluster, read_folder
from tests.distribution.environment import Environment

Run = Callable[..., str]

EDITED = {
    "dragonfly_replicas: 1": "dragonfly_replicas: 3",
    "dragonfly_flux_depends_on: []": "monitoring_enabled: true\ndragonfly_monitoring_enabled: true\n"
    "network_policies_enabled: true\nnetwork_policies_mode: enforce\ndragonfly_flux_depends_on: []",
}
"""What the user changes in the file of `init`: one cache of three pods, watched, and shut to others."""

FLEET = """
dragonfly_instances:
  sessions:
    dragonfly_profile: session
  pages:
    dragonfly_profile: cache
    dragonfly_replicas: 1
"""
"""What is added for two caches instead of one; each inherits what the file has."""

OVERLAY = """
dragonfly_instances:
  sessions:
    dragonfly_maxmemory: 3gb
    dragonfly_memory_limit: 4Gi
"""
"""What the production cluster has otherwise."""


@pytest.fixture(scope="module")
def crds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The CRDs of what is written, as files: those that the library brings."""
    folder = tmp_path_factory.mktemp("crds")
    for number, crd in enumerate(written_definitions().crds):
        (folder / f"{number}.yaml").write_text(json.dumps({"kind": "CustomResourceDefinition", **crd}))
    return folder


@pytest.fixture
def run(environment: Environment, tmp_path: Path) -> Run:
    """Run the command in the user's folder; what it says on stdout."""

    def runs(*arguments: str) -> str:
        done = environment.run("cdk8s-dragonfly", *arguments, cwd=tmp_path)
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    return runs


def test_from_nothing_to_a_fleet_with_an_overlay(run: Run, crds: Path, tmp_path: Path) -> None:
    run("init")
    written(run, crds, tmp_path, "init")
    assert read_folder(tmp_path / "dist") == default_stack_of_any_cluster()

    edit(tmp_path / "cluster.yaml", EDITED)
    written(run, crds, tmp_path, "edited")
    assert {"PodMonitor.dragonfly.yaml", "CiliumNetworkPolicy.dragonfly.yaml"} <= names(tmp_path / "dist" / "dragonfly")

    with (tmp_path / "cluster.yaml").open("a") as file:
        file.write(FLEET)
    written(run, crds, tmp_path, "fleet")
    assert not (tmp_path / "dist" / "dragonfly").exists()
    assert {"Dragonfly.sessions.yaml", "PodMonitor.sessions.yaml"} <= names(tmp_path / "dist" / "sessions")
    assert "Dragonfly.pages.yaml" in names(tmp_path / "dist" / "pages")

    fleet = read_folder(tmp_path / "dist")
    (tmp_path / "production.yaml").write_text(OVERLAY)
    written(run, crds, tmp_path, "overlay", "--config", "cluster.yaml", "--config", "production.yaml")
    overlaid = read_folder(tmp_path / "dist")
    changed = {path for path in fleet.keys() | overlaid.keys() if fleet.get(path) != overlaid.get(path)}
    assert "sessions/Dragonfly.sessions.yaml" in changed
    assert {path for path in changed if path.startswith("pages/")} == set()


def written(run: Run, crds: Path, folder: Path, step: str, *options: str) -> None:
    """Synthesize what a step left, and hold it against the schemas, the doctor and itself.

    The CRD of the operator's own is not among those of the library: `.ci/run` checks what is put into STACKS_DIR.
    """
    run("synth", *options)
    run("synth", *options, "--check")
    assert run("check", "dist", "--crds", str(crds)).endswith(": no errors\n")
    assert run("doctor", "dist", "--format", "github") == ""
    if stacks := os.environ.get("STACKS_DIR"):
        shutil.copytree(folder / "dist", Path(stacks, "v1.3.1", f"first-steps-{step}"))


def edit(file: Path, edits: dict[str, str]) -> None:
    """Put each text in the place of another, which is there once."""
    text = file.read_text()
    for before, after in edits.items():
        assert text.count(before) == 1
        text = text.replace(before, after)
    file.write_text(text)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_help_says_where_the_pages_are_that_messages_name(run: Run) -> None:
    address = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["urls"]["Documentation"]
    assert " ".join(run("--help").split()).endswith(f"The pages of docs/ that messages name are at {address}")
