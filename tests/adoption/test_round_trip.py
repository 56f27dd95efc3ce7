"""What is written comes to the manifests again, but for what the list names: our own stacks, and what others wrote."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from syrupy.assertion import SnapshotAssertion

from constructs_lib.checks.manifests import find_manifests
from constructs_lib.errors import InvalidConfig
from constructs_lib.review.review import review
from constructs_lib.review.sides.trees import Reader, files_of
from main import synthesize
from tests.adoption.imports import entries, not_named, original, run, written
from tests.conftest import ROOT, STACKS
from tests.doctor.test_fixtures import DESIGN, FIXTURES
from tests.operators import OPERATORS

FORMS = ((), ("--python",))

USERS_ARE_IN_THE_SECRET = ["Dragonfly cache/dragonfly /spec/aclFromSecret"]
"""The one thing that our manifests do not show: the ACL file, where its Secret is not among them."""

LISTED = {("everything-on", ()): USERS_ARE_IN_THE_SECRET}
"""What is listed of our own stacks, by the form that is written."""


def instances(fixture: Path) -> list[str]:
    """Every Dragonfly in a fixture, as `--name` takes it."""
    found = [each for each in find_manifests(fixture).manifests if each.kind == "Dragonfly"]
    return [f"{each.namespace}/{each.name}" if each.namespace else each.name for each in found]


WRITTEN_BY_OTHERS = [(fixture, name) for fixture in FIXTURES for name in instances(fixture)]


@pytest.mark.parametrize("form", FORMS, ids=["cluster.yaml", "python"])
@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("stack", [stack for stack in STACKS if stack.stem != "fleet"], ids=lambda path: path.stem)
def test_a_stack_of_ours_comes_back_as_it_was(stack: Path, operator: str, form: Any, tmp_path: Path) -> None:
    given = {**yaml.safe_load(stack.read_text()), "dragonfly_operator_version": operator}
    (tmp_path / "cluster.yaml").write_text(yaml.safe_dump(given))
    dist = tmp_path / "before" / "dist"
    dist.mkdir(parents=True)
    try:
        synthesize([tmp_path / "cluster.yaml"], dist)
    except InvalidConfig:
        pytest.skip("that operator lacks a field, so that there is no such stack")
    result = run(dist, *form)
    assert result.exit_code == 0
    assert [f"{each.object} {each.field}" for each in entries(result.stderr)] == LISTED.get((stack.stem, form), [])
    assert not_named(dist, result, tmp_path) == []


@pytest.mark.parametrize("form", FORMS, ids=["cluster.yaml", "python"])
@pytest.mark.parametrize(("fixture", "name"), WRITTEN_BY_OTHERS, ids=lambda given: getattr(given, "stem", given))
def test_what_others_wrote_differs_in_what_the_list_names_and_in_nothing_else(
    fixture: Path, name: str, form: Any, tmp_path: Path
) -> None:
    result = run(fixture, "--name", name.split("/")[-1], *form)
    assert result.exit_code == 0, result.stderr
    assert not_named(fixture, result, tmp_path) == []
    assert "canary" not in result.stdout + result.stderr


@pytest.mark.parametrize("form", FORMS, ids=["cluster.yaml", "python"])
@pytest.mark.parametrize("fixture", [DESIGN, DESIGN.parent / "row-12-nobody-kept-out.yaml"], ids=lambda path: path.stem)
def test_what_is_written_and_listed_is_as_reviewed(fixture: Path, form: Any, snapshot: SnapshotAssertion) -> None:
    result = run(fixture, *form)
    assert result.stdout == snapshot(name="stdout")
    assert result.stderr.replace(str(ROOT), "") == snapshot(name="stderr")


@pytest.mark.parametrize(
    "given", [DESIGN, ROOT / "tests" / "__snapshots__" / "test_stacks" / "restored"], ids=lambda path: path.stem
)
def test_the_app_runs_as_a_program_of_its_own(given: Path, tmp_path: Path) -> None:
    result = run(given, "--python")
    (tmp_path / "app.py").write_text(result.stdout)
    dist = tmp_path / "dist"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CDK8S_OUTDIR": str(dist)}
    subprocess.run([sys.executable, tmp_path / "app.py"], cwd=tmp_path, env=environment, check=True)
    listed = entries(result.stderr)
    reviewed = review(original(given, listed), Reader().read(list(files_of(dist))).tree)
    assert [each for each in reviewed.changes if not any(entry.names(each) for entry in listed)] == []


@pytest.mark.parametrize("width", [88, 120])
@pytest.mark.parametrize(
    "given", [DESIGN, *sorted((ROOT / "tests" / "__snapshots__" / "test_stacks").iterdir())], ids=lambda path: path.stem
)
def test_a_formatter_leaves_the_app_alone(given: Path, width: int) -> None:
    ruff = Path(sys.executable).parent / "ruff"
    text = run(given, "--python").stdout
    command = [str(ruff), "format", "--isolated", f"--line-length={width}", "-"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    assert done.stdout == text


@pytest.mark.parametrize("form", FORMS, ids=["cluster.yaml", "python"])
def test_the_same_manifests_give_the_same_bytes_whatever_their_files_are_called(form: Any, tmp_path: Path) -> None:
    for number, file in enumerate(sorted(DESIGN.rglob("*.yaml"), reverse=True)):
        folder = tmp_path / file.parent.name
        folder.mkdir(exist_ok=True)
        name = "kustomization.yaml" if file.name == "kustomization.yaml" else f"{number}.yaml"
        (folder / name).write_text(file.read_text())
    assert run(tmp_path, *form).stdout == run(DESIGN, *form).stdout


@pytest.mark.parametrize("form", FORMS, ids=["cluster.yaml", "python"])
def test_the_same_manifests_give_the_same_bytes_in_any_order_of_hashes(form: Any) -> None:
    program = "from constructs_lib.cli.app import main; main()"
    told = {
        (done.stdout, done.stderr)
        for seed in ("0", "1", "2")
        for done in [
            subprocess.run(
                [sys.executable, "-c", program, "import", str(DESIGN), *form],
                env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
                capture_output=True,
                text=True,
                check=True,
            )
        ]
    }
    assert len(told) == 1


def test_of_an_object_that_stands_there_twice_the_last_counts(tmp_path: Path) -> None:
    for name, replicas in (("base", 1), ("production", 3)):
        (tmp_path / f"{name}.yaml").write_text(
            "apiVersion: dragonflydb.io/v1alpha1\nkind: Dragonfly\nmetadata: {name: orders, namespace: shop}\n"
            f"spec: {{replicas: {replicas}}}\n"
        )
    assert "dragonfly_replicas: 3" in run(tmp_path).stdout


def test_a_namespace_is_taken_from_kustomize_before_the_usual_one(tmp_path: Path) -> None:
    (tmp_path / "kustomization.yaml").write_text(
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: shop\nresources: [cache.yaml]\n"
    )
    (tmp_path / "cache.yaml").write_text(
        "apiVersion: dragonflydb.io/v1alpha1\nkind: Dragonfly\nmetadata: {name: orders}\nspec: {replicas: 1}\n"
    )
    result = run(tmp_path)
    (dragonfly,) = (key for key in written(result.stdout, tmp_path) if key.kind == "Dragonfly")
    assert (dragonfly.namespace, dragonfly.name) == ("shop", "orders")
