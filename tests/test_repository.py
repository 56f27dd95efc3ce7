"""What stands around the code: workflows, hooks, templates, and the pages on versions and security."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from constructs_lib.review.changes.model import Effect, Severity
from tests.conftest import ROOT
from tools.release.breaking import BREAKING_EFFECTS, RESTARTS
from tools.release.changelog import BREAKING, SECTIONS

WORKFLOWS = sorted((ROOT / ".github" / "workflows").iterdir())
RELEASE = ROOT / ".github" / "workflows" / "release.yml"
VERSIONING = (ROOT / "docs" / "versioning.md").read_text()
HOOKS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
MAKEFILE = (ROOT / "Makefile").read_text()


def workflow(path: Path) -> dict[Any, Any]:
    loaded: dict[Any, Any] = yaml.safe_load(path.read_text())
    return loaded


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in workflow(path)["jobs"].values() for step in job.get("steps", ())]


BY_TOKEN = {"pypi": {"id-token": "write"}, "github-pages": {"pages": "write", "id-token": "write"}}
"""What a job may that gives something away in an environment: it runs nothing that others wrote."""


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_read_and_no_more_where_it_runs_what_others_wrote(path: Path) -> None:
    said = workflow(path)
    for job in said["jobs"].values():
        allowed = job.get("permissions", said["permissions"])
        within = job.get("steps", ())
        runs = "uses" in job or [step for step in within if "run" in step or "checkout" in step.get("uses", "")]
        assert allowed == ({"contents": "read"} if runs else BY_TOKEN[job["environment"]])
    kept = [step["with"]["persist-credentials"] for step in steps(path) if "checkout" in step.get("uses", "")]
    assert set(kept) == {False}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_takes_each_action_at_a_version_and_no_secret(path: Path) -> None:
    used = [step["uses"] for step in steps(path) if "uses" in step]
    assert used
    assert [action for action in used if not re.search(r"@(v\d+|release/v\d+)$", action)] == []
    assert "secrets." not in path.read_text()


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_what_a_workflow_makes_is_a_target(path: Path) -> None:
    made = [target for step in steps(path) for target in re.findall(r"\bmake ([a-z-]+)", step.get("run", ""))]
    assert made
    assert [target for target in made if f"\n.PHONY: {target}\n" not in MAKEFILE] == []


def test_a_release_is_tested_like_every_change() -> None:
    jobs = workflow(RELEASE)["jobs"]
    (called,) = [job["uses"] for job in jobs.values() if "uses" in job]
    assert (ROOT / called).resolve() in WORKFLOWS
    assert "workflow_call" in workflow(ROOT / called)[True]  # YAML reads `on` as a boolean
    assert jobs["build"]["needs"] in {name for name, job in jobs.items() if "uses" in job}


@pytest.mark.parametrize(("branch", "status"), [("main", 0), ("1.2.x", 0), ("feature", 1), ("main-2", 1)])
def test_a_tag_beside_the_branches_of_releases_is_not_published(branch: str, status: int, tmp_path: Path) -> None:
    (check,) = [step["run"] for step in steps(RELEASE) if "--contains" in step.get("run", "")]
    who = {f"GIT_{who}_{what}": "a" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    begin = (
        f"git init -q -b main && git commit -q --allow-empty -m a && git update-ref refs/remotes/origin/{branch} main"
    )
    for script, expected in ((begin, 0), (check, status)):
        done = subprocess.run(
            ["bash", "-e", "-c", script], cwd=tmp_path, env={**os.environ, **who}, capture_output=True
        )
        assert done.returncode == expected


def test_a_tag_of_another_version_is_not_published(tmp_path: Path) -> None:
    (check,) = [step["run"] for step in steps(RELEASE) if "pyproject.toml" in step.get("run", "")]
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.2.3"\n')
    for tag, status in {"v1.2.3": 0, "v1.2.4": 1, "v1.2": 1}.items():
        environment = {**os.environ, "GITHUB_REF_NAME": tag}
        done = subprocess.run(["bash", "-e", "-c", check], cwd=tmp_path, env=environment, capture_output=True)
        assert done.returncode == status


def test_help_lists_each_target_in_its_column() -> None:
    listed = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    described = re.findall(r"(?m)^([a-z-]+):.*## ", MAKEFILE)
    assert "release" in described
    assert [line.split()[1] for line in listed] == described
    assert {line.index(line.split()[2], 7) for line in listed} == {18}


def test_a_hook_fetches_nothing_and_runs_a_program_of_the_environment() -> None:
    assert [each["repo"] for each in HOOKS] == ["local"]
    for hook in HOOKS[0]["hooks"]:
        program = shlex.split(hook["entry"])[0]
        assert hook["language"] == "system"
        assert program.startswith(".venv/bin/")
        assert (Path(sys.executable).parent / Path(program).name).exists()


@pytest.mark.parametrize("path", ["cluster.yaml", "constructs_lib/stack.py", "dist/flux/Namespace.cache.yaml"])
def test_the_hook_that_synthesizes_runs_for_what_dist_is_made_of(path: str) -> None:
    (hook,) = [hook for hook in HOOKS[0]["hooks"] if hook["id"] == "synth"]
    assert (ROOT / path).exists()
    assert re.search(hook["files"], path)


def test_a_form_of_an_issue_asks_for_something() -> None:
    forms = [yaml.safe_load(path.read_text()) for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")]
    forms = [form for form in forms if "body" in form]
    assert len(forms) == 2
    for form in forms:
        ids = [field["id"] for field in form["body"] if "id" in field]
        assert ids
        assert len(ids) == len(set(ids))
        assert {field["type"] for field in form["body"]} <= {"markdown", "input", "textarea"}


def test_each_heading_of_breaking_is_told_by_the_page_on_versions() -> None:
    told = set(re.findall(r"(?m)^\| .* \| major \| (.*) \|$", VERSIONING))
    assert told == set(BREAKING)
    others = set(re.findall(r"(?m)^\| .* \| (?:minor|patch) \| (.*) \|$", VERSIONING))
    assert {name for each in others for name in each.split(" or ")} <= set(SECTIONS)


def test_each_effect_that_breaks_or_restarts_is_told_there_and_is_one() -> None:
    told = set(re.findall(r"`([a-z-]+)`", "\n".join(line for line in VERSIONING.splitlines() if "manifests:" in line)))
    assert told == BREAKING_EFFECTS | RESTARTS | {Severity.DANGER.value}
    assert {effect.id for effect in Effect} >= BREAKING_EFFECTS | RESTARTS
