"""The workflows in docs/review.md, run as they stand: real git, review and synth; the code hosts are stand-ins."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from constructs_lib.review.outputs.markdown import MARKER
from tests.conftest import ROOT

GUIDE = (ROOT / "docs" / "review.md").read_text()
STAND_INS = Path(__file__).parent / "data" / "code_hosts"


def section(title: str) -> str:
    return re.split(r"(?m)^## ", GUIDE.partition(f"\n## {title}\n")[2])[0]


def block(title: str, language: str = "yaml") -> str:
    return str(re.findall(rf"```{language}\n(.*?)```", section(title), re.DOTALL)[0])


class Repository:
    """A user's repository, with a branch `main` that has what is synthesized and a branch that changes it."""

    def __init__(self, folder: Path, programs: Path, state: Path) -> None:
        self.folder = folder
        self.state = state
        self.environment = {
            **os.environ,
            "PATH": os.pathsep.join([str(programs), os.environ["PATH"]]),
            "PYTHONPATH": str(ROOT),
            "CODE_HOST": str(state),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "CI_API_V4_URL": "https://gitlab.example/api/v4",
            "CI_PROJECT_ID": "7",
            "CI_MERGE_REQUEST_IID": "3",
            "GITHUB_REPOSITORY": "shop/cluster",
            "GITHUB_STEP_SUMMARY": str(state.parent / "summary.md"),
            "PULL_REQUEST": "3",
            "GH_TOKEN": "token-canary",
            "REVIEW_TOKEN": "token-canary",
            **{f"GIT_{who}_{what}": "a" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        }
        for name in ("main.py", "cluster.yaml"):
            shutil.copy(ROOT / name, folder / name)
        shutil.copytree(ROOT / "dist", folder / "dist")
        self.bash("git init --quiet --initial-branch main && git add . && git commit --quiet --message Small")
        self.bash("git switch --quiet --create change")

    def bash(self, script: str) -> str:
        done = self.run(script)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def run(self, script: str) -> subprocess.CompletedProcess[str]:
        """As runners of both hosts run it."""
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        return subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, text=True)

    def set(self, variable: str, value: object) -> None:
        config = self.folder / "cluster.yaml"
        lines = [line for line in config.read_text().splitlines() if not line.startswith(f"{variable}:")]
        config.write_text("\n".join([*lines, f"{variable}: {value}", ""]))

    def synthesize(self) -> None:
        environment = {**self.environment, "CDK8S_OUTDIR": "dist"}
        subprocess.run([sys.executable, "main.py"], cwd=self.folder, env=environment, check=True)

    def commit(self) -> None:
        self.bash("git add cluster.yaml dist && git commit --quiet --message Change")

    def merge(self) -> None:
        """What a pull request is checked out as."""
        self.bash("git switch --quiet --detach main && git merge --quiet --no-ff --no-edit change")

    @property
    def comments(self) -> dict[str, str]:
        """What stands below the pull request, by number."""
        return dict(json.loads(self.state.read_text()))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    programs, folder, state = tmp_path / "bin", tmp_path / "repository", tmp_path / "comments.json"
    programs.mkdir()
    folder.mkdir()
    command = f'#!/bin/sh\nexec "{sys.executable}" -c "from constructs_lib.cli.app import main; main()" "$@"\n'
    shutil.copytree(STAND_INS, programs, dirs_exist_ok=True)
    for name, text in {"cdk8s-dragonfly": command, "pip": "#!/bin/sh\n"}.items():
        (programs / name).write_text(text)
    for program in programs.iterdir():
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    state.write_text(json.dumps({"1": "Looks good to me", "2": f"> {MARKER}\n\nwhat is this line?"}))
    return Repository(folder, programs, state)


def github_steps() -> dict[str, str]:
    job = yaml.safe_load(block("GitHub Actions"))["jobs"]["review"]
    return {step["name"]: step["run"] for step in job["steps"] if "run" in step}


def gitlab_script() -> str:
    job: dict[str, Any] = yaml.safe_load(block("GitLab CI"))["review"]
    return "\n".join(job["script"][:-1])


def gitlab_danger() -> str:
    return str(yaml.safe_load(block("GitLab CI"))["review"]["script"][-1])


def assert_one_comment(repository: Repository, replicas: int) -> None:
    comments = repository.comments
    assert set(comments) == {"1", "2", "3"}
    assert comments["3"].startswith(f"{MARKER}\n")
    assert f"`1 → {replicas}`" in comments["3"]
    assert comments["1"] == "Looks good to me"
    assert "what is this line?" in comments["2"]


def test_github_actions_keep_one_comment_up_to_date(repository: Repository) -> None:
    steps = github_steps()
    for replicas in (2, 3):
        repository.bash("git switch --quiet change")
        repository.set("dragonfly_replicas", replicas)
        repository.synthesize()
        repository.commit()
        repository.merge()
        told = [repository.bash(steps[name]) for name in ("Install", "Synthesize", "Check", "Review", "Comment")]
        assert "file=dist/dragonfly/Dragonfly.dragonfly.yaml,line=" in told[3]
        assert_one_comment(repository, replicas)
    summary = Path(repository.environment["GITHUB_STEP_SUMMARY"]).read_text()
    assert summary.count(MARKER) == 2


def test_github_actions_end_where_what_is_committed_is_not_what_is_synthesized(repository: Repository) -> None:
    repository.set("dragonfly_replicas", 2)
    repository.commit()
    repository.merge()
    assert repository.run(github_steps()["Synthesize"]).returncode == 1


def test_github_actions_end_at_danger(repository: Repository) -> None:
    repository.bash("git rm --quiet dist/dragonfly/Dragonfly.dragonfly.yaml && git commit --quiet -m Gone")
    repository.merge()
    assert repository.run(github_steps()["Danger"]).returncode == 1


def test_gitlab_keeps_one_comment_up_to_date(repository: Repository) -> None:
    repository.environment["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = repository.bash("git rev-parse main").strip()
    for replicas in (2, 3):
        repository.set("dragonfly_replicas", replicas)
        repository.synthesize()
        repository.commit()
        repository.bash(gitlab_script())
        assert_one_comment(repository, replicas)


def test_gitlab_ends_at_danger(repository: Repository) -> None:
    repository.environment["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = repository.bash("git rev-parse main").strip()
    assert repository.run(gitlab_danger()).returncode == 0
    (repository.folder / "dist" / "dragonfly" / "Dragonfly.dragonfly.yaml").unlink()
    assert repository.run(gitlab_danger()).returncode == 1


def hooks() -> dict[str, str]:
    (framework,) = yaml.safe_load(block("Before a commit"))["repos"][0]["hooks"]
    return {"git": block("Before a commit", "sh"), "pre-commit": f"#!/bin/sh\n{framework['entry']}\n"}


@pytest.mark.parametrize("kind", ["git", "pre-commit"])
def test_a_hook_stops_a_commit_that_is_dangerous_as_it_is_staged(kind: str, repository: Repository) -> None:
    hook = repository.folder / ".git" / "hooks" / "pre-commit"
    hook.write_text(hooks()[kind])
    hook.chmod(0o755)
    dragonfly = "dist/dragonfly/Dragonfly.dragonfly.yaml"
    repository.bash(f"echo >>README.md && rm {dragonfly} && git add README.md && git commit --quiet -m 'Not staged'")
    stopped = repository.run(f"git add {dragonfly} && git commit --quiet -m Staged")
    assert stopped.returncode == 1
    assert "Dragonfly cache/dragonfly" in stopped.stdout + stopped.stderr


def test_a_hook_lets_the_first_commit_be(repository: Repository) -> None:
    repository.bash("rm -rf .git && git init --quiet")
    hook = repository.folder / ".git" / "hooks" / "pre-commit"
    hook.write_text(hooks()["git"])
    hook.chmod(0o755)
    repository.bash("git add . && git commit --quiet -m First")


def test_the_guide_names_the_line_that_a_comment_is_found_by() -> None:
    assert GUIDE.count(MARKER) == 3
