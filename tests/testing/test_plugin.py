"""The pytest plugin, in runs of its own: what stands above a failed snapshot, and what the fixture writes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

FIXTURE = """
import cdk8s
from constructs_lib import DragonflyCache, DragonflyNetworkPolicy

def test_sessions(dragonfly_manifests, snapshot):
    chart = cdk8s.Chart(cdk8s.Testing.app(), "sessions", namespace="cache")
    cache = DragonflyCache(chart, "cache", name="sessions", replicas={replicas})
    {policy}
    assert dragonfly_manifests(chart) == snapshot
"""

POLICY = 'DragonflyNetworkPolicy(chart, "policy", cache=cache)'

TEXT = """
import pytest, yaml

def test_manifest(snapshot):
    spec = {{"replicas": {replicas}, "image": "docker.dragonflydb.io/dragonflydb/dragonfly:v1.36.0"}}
    metadata = {{"name": "sessions", "namespace": "cache"}}
    manifest = {{"apiVersion": "dragonflydb.io/v1alpha1", "kind": "Dragonfly", "metadata": metadata, "spec": spec}}
    assert yaml.safe_dump(manifest) == snapshot

def test_something_else(snapshot):
    assert "{replicas} apples" == snapshot
"""


NO_YAML = """
def test_a_page(snapshot):
    assert "key: [{replicas} apples: {{" == snapshot
"""


def run(folder: Path, test: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_app.py").write_text(test)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    return tmp_path


def test_the_fixture_writes_one_file_a_resource(project: Path) -> None:
    assert run(project, FIXTURE.format(replicas=1, policy=POLICY), "--snapshot-update").returncode == 0
    written = sorted(path.name for path in (project / "__snapshots__" / "test_app").iterdir())
    assert written == [
        "test_sessions[CiliumNetworkPolicy.sessions].yaml",
        "test_sessions[Dragonfly.sessions].yaml",
        "test_sessions[contents].yaml",
    ]
    again = run(project, FIXTURE.format(replicas=1, policy=POLICY))
    assert again.returncode == 0, again.stdout
    assert "unused" not in again.stdout


def test_a_changed_resource_is_read_before_its_difference(project: Path) -> None:
    run(project, FIXTURE.format(replicas=1, policy=POLICY), "--snapshot-update")
    failed = run(project, FIXTURE.format(replicas=3, policy=POLICY))
    assert failed.returncode == 1
    said = failed.stdout
    assert said.index("scaled") < said.index("Dragonfly cache/sessions") < said.index("+  replicas: 3")


def test_a_resource_that_is_gone_is_a_failure(project: Path) -> None:
    run(project, FIXTURE.format(replicas=1, policy=POLICY), "--snapshot-update")
    failed = run(project, FIXTURE.format(replicas=1, policy=""))
    assert failed.returncode == 1
    assert "CiliumNetworkPolicy cache/sessions" in failed.stdout
    assert "-kind: CiliumNetworkPolicy" in failed.stdout


def test_a_snapshot_of_ones_own_is_read_above_syrupys_difference(project: Path) -> None:
    run(project, TEXT.format(replicas=1), "--snapshot-update")
    failed = run(project, TEXT.format(replicas=3))
    said = failed.stdout
    assert said.index("scaled") < said.index("-   replicas: 1")
    assert "3 apples" in said


def test_a_text_that_is_no_yaml_is_left_to_syrupy(project: Path) -> None:
    run(project, NO_YAML.format(replicas=1), "--snapshot-update")
    told = run(project, NO_YAML.format(replicas=2)).stdout
    assert "- 'key: [1 apples: {'" in told
    assert "What the change does" not in told
    assert "UnreadableManifest" not in told
