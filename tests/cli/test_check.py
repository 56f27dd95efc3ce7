"""`cdk8s-dragonfly check`, as it is called."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from constructs_lib.checks import definitions
from constructs_lib.checks.definitions import Publication
from constructs_lib.cli.app import app
from constructs_lib.cli.synth.empty_folders import NO_RESOURCES
from tests.checks.test_definitions import crd


@pytest.fixture
def crds(tmp_path: Path) -> Path:
    folder = tmp_path / "crds"
    folder.mkdir()
    Path(folder, "widgets.yaml").write_text(yaml.safe_dump(crd("example.org", "Widget")), encoding="utf-8")
    return folder


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    folder.mkdir()
    return folder


def write_widget(dist: Path, name: str, replicas: object) -> None:
    spec = {"replicas": replicas}
    widget = {"apiVersion": "example.org/v1", "kind": "Widget", "metadata": {"name": name}, "spec": spec}
    Path(dist, f"Widget.{name}.yaml").write_text(yaml.safe_dump(widget), encoding="utf-8")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["check", *map(str, arguments)])


def test_what_holds_ends_with_0(dist: Path, crds: Path) -> None:
    write_widget(dist, "a", 1)
    result = run(dist, "--crds", crds)
    assert (result.exit_code, result.stdout) == (0, "1 objects checked by the schemas of operator v1.3.1: no errors\n")


def test_every_error_is_one_line_and_the_end_is_1(dist: Path, crds: Path) -> None:
    write_widget(dist, "a", "x" * 300)
    write_widget(dist, "b", None)
    result = run(dist, "--crds", crds, "--operator-version", "1.6.1")
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert [line.split(": ")[:3] for line in lines[:-1]] == [
        [str(dist / "Widget.a.yaml"), "Widget a", "spec.replicas"],
        [str(dist / "Widget.b.yaml"), "Widget b", "spec.replicas"],
    ]
    assert lines[-1] == "2 objects checked by the schemas of operator v1.6.1: 2 errors"


def test_several_folders_are_told_together_and_may_hold_the_same_object(dist: Path, crds: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for folder in (dist, other):
        write_widget(folder, "a", 1)
    operator = {"url": "oci://registry.example/dragonfly-operator", "ref": {"tag": "v1.5.0"}}
    installed = {"apiVersion": "v1", "kind": "OCIRepository", "metadata": {"name": "operator"}, "spec": operator}
    Path(other, "operator.yaml").write_text(yaml.safe_dump(installed), encoding="utf-8")
    result = run(dist, other, "--crds", crds)
    assert result.exit_code == 0, result.output
    assert result.stdout.endswith("2 objects checked by the schemas of operator v1.3.1, v1.5.0: no errors\n")


def test_kinds_without_a_schema_are_named(dist: Path, crds: Path) -> None:
    write_widget(dist, "a", 1)
    Path(dist, "gadget.yaml").write_text("{apiVersion: example.com/v1, kind: Gadget}", encoding="utf-8")
    assert "not checked, for no schema is known: 1 example.com/v1 Gadget\n" in run(dist, "--crds", crds).stdout


def test_kinds_without_a_schema_are_an_error_where_schemas_are_required(dist: Path, crds: Path) -> None:
    write_widget(dist, "a", 1)
    assert run(dist, "--crds", crds, "--require-schemas").exit_code == 0
    Path(dist, "gadget.yaml").write_text("{apiVersion: example.com/v1, kind: Gadget}", encoding="utf-8")
    assert run(dist, "--crds", crds).exit_code == 0
    result = run(dist, "--crds", crds, "--require-schemas")
    told = "not checked, for no schema is known, and --require-schemas asks for one: 1 example.com/v1 Gadget\n"
    assert (result.exit_code, told in result.stdout) == (1, True)


def test_what_cannot_be_checked_for_its_crd_cannot_be_fetched_is_named_with_another_way(
    dist: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    rows = (Publication("example.org", "http://127.0.0.1:1/v1.0.0/widgets.yaml"),)
    monkeypatch.setattr(definitions, "PUBLICATIONS", rows)
    write_widget(dist, "a", 1)
    result = run(dist)
    first, *others = result.stdout.splitlines()
    assert result.exit_code == 0
    assert first.startswith("http://127.0.0.1:1/v1.0.0/widgets.yaml: ")
    assert first.endswith("the CRDs as files do as well: --crds FOLDER")
    assert others == [
        "not checked, for no schema is known: 1 example.org/v1 Widget",
        "0 objects checked by the schemas of operator v1.3.1: no errors",
    ]
    assert run(dist, "--require-schemas").exit_code == 1


def test_an_empty_folder_is_a_mistake_in_usage(dist: Path, crds: Path) -> None:
    result = run(dist, "--crds", crds)
    assert (result.exit_code, "no manifest in" in result.stderr) == (2, True)


def test_an_unknown_version_is_a_mistake_in_usage(dist: Path, crds: Path) -> None:
    write_widget(dist, "a", 1)
    assert run(dist, "--crds", crds, "--operator-version", "latest").exit_code == 2


def test_no_definitions_is_told_on_stderr(dist: Path, tmp_path: Path) -> None:
    write_widget(dist, "a", 1)
    empty = tmp_path / "empty"
    empty.mkdir()
    result = run(dist, "--crds", empty)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"{empty}: no CustomResourceDefinition in its *.yaml files\n"


def test_without_kubectl_a_cluster_is_out_of_reach(dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_widget(dist, "a", 1)
    monkeypatch.setenv("PATH", "")
    result = run(dist, "--cluster")
    assert result.exit_code == 1
    assert result.stderr.startswith("no kubectl on the PATH")


NOBODY = """
apiVersion: v1
kind: Config
clusters: [{name: gone, cluster: {server: "http://127.0.0.1:1"}}]
contexts: [{name: gone, context: {cluster: gone, user: ""}}]
current-context: gone
"""


def test_a_cluster_that_does_not_answer_is_called_that(
    dist: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_widget(dist, "a", 1)
    (tmp_path / "kubeconfig").write_text(NOBODY)
    monkeypatch.setenv("KUBECONFIG", str(tmp_path / "kubeconfig"))
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))  # kubectl comes as a Python package
    result = run(dist, "--cluster")
    assert result.exit_code == 1
    assert result.stderr.startswith("the cluster cannot be reached: ")


def test_the_help_shows_an_example() -> None:
    assert "cdk8s-dragonfly check dist --cluster" in run("--help").stdout


def test_a_folder_that_is_empty_on_purpose_is_none(dist: Path, crds: Path) -> None:
    Path(dist, "flux").mkdir()
    Path(dist, "flux", "kustomization.yaml").write_text(NO_RESOURCES, encoding="utf-8")
    result = run(dist, "--crds", crds)
    assert (result.exit_code, result.stdout) == (0, "0 objects checked by the schemas of operator v1.3.1: no errors\n")
