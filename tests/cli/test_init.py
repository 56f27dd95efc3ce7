"""`cdk8s-dragonfly init`: a repository that synthesizes, checks and reviews from its first commit on."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import chdir
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from constructs_lib.cli.app import app
from constructs_lib.config.load import load
from constructs_lib.errors import InvalidConfig
from tests.conftest import ROOT, default_stack_of_any_cluster, read_folder
from tests.test_review_guide import block

RECIPIENT = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"


def init(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["init", str(folder), *options])


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_it_names_what_it_writes_and_what_comes_next(tmp_path: Path) -> None:
    result = init(tmp_path / "new")
    assert result.exit_code == 0
    *written, following = result.stdout.splitlines()
    assert {str(Path(line).relative_to(tmp_path / "new")) for line in written} == names(tmp_path / "new")
    assert following == "next: `cdk8s-dragonfly synth`, which writes dist/ for Flux"


@pytest.mark.parametrize(
    ("options", "more"),
    [
        ((), {".github/workflows/review.yaml"}),
        (("--ci", "gitlab"), {".gitlab-ci.yml"}),
        (("--ci", "none"), set()),
        (("--ci", "none", "--age-recipient", RECIPIENT), {".sops.yaml"}),
    ],
    ids=str,
)
def test_there_is_no_file_that_was_not_asked_for(tmp_path: Path, options: tuple[str, ...], more: set[str]) -> None:
    init(tmp_path, *options)
    assert names(tmp_path) == {"cluster.yaml", "cluster.schema.json", "requirements.txt", "README.md"} | more


def test_it_synthesizes_to_the_default_stack_on_any_cluster(tmp_path: Path) -> None:
    init(tmp_path)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", "from constructs_lib.cli.app import main; main()", "synth"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert read_folder(tmp_path / "dist") == default_stack_of_any_cluster()


def test_the_version_that_is_installed_is_the_one_that_is_asked_for(tmp_path: Path) -> None:
    init(tmp_path)
    assert (tmp_path / "requirements.txt").read_text() == f"cdk8s-dragonfly[node]=={version('cdk8s-dragonfly')}\n"


@pytest.mark.parametrize(("folder", "path"), [("clusters/staging", "./clusters/staging/dist"), (".", "./dist")])
def test_flux_finds_what_is_written_in_a_folder_of_a_repository(folder: str, path: str, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    result = init(tmp_path / folder, "--ci", "none")
    assert (result.exit_code, result.stderr) == (0, "")
    assert load(tmp_path / folder / "cluster.yaml").switches.dragonfly_flux_path == path


def test_a_workflow_that_nobody_reads_is_told_of(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    assert "at the root of a repository alone" in init(tmp_path / "clusters").stderr
    assert init(tmp_path).stderr == ""


def test_its_first_pull_request_is_no_danger(tmp_path: Path) -> None:
    init(tmp_path)
    with chdir(tmp_path):
        for words in (["init"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "Begin"]):
            subprocess.run(["git", *words], check=True, capture_output=True)
        assert CliRunner().invoke(app, ["synth"]).exit_code == 0
        result = CliRunner().invoke(app, ["review", "HEAD", "dist", "--fail-on", "danger,warning"])
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[-1] == "operator v1.3.1: 7 changes (7 info)"


def test_the_lines_of_the_network_policy_close_the_port_once_they_are_no_comment(tmp_path: Path) -> None:
    init(tmp_path)
    config = tmp_path / "cluster.yaml"
    config.write_text(re.sub(r"(?m)^# (network_policies_\w+:)", r"\1", config.read_text()))
    policy = load(config).instances[0].network_policy
    assert policy is not None
    assert policy["mode"] == "enforce"


@pytest.mark.parametrize("there", ["cluster.yaml", "README.md", ".github/workflows/review.yaml"])
def test_a_file_that_is_there_is_never_touched_and_nothing_is_written(tmp_path: Path, there: str) -> None:
    (tmp_path / there).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / there).write_text("mine")
    result = init(tmp_path)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{tmp_path / there}: there already, so nothing was written")
    assert read_folder(tmp_path) == {there: "mine"}


def test_with_a_public_key_nothing_is_missing_but_the_encrypted_secret(tmp_path: Path) -> None:
    init(tmp_path, "--age-recipient", RECIPIENT)
    (rule,) = yaml.safe_load((tmp_path / ".sops.yaml").read_text())["creation_rules"]
    assert rule["age"] == RECIPIENT
    assert re.search(rule["path_regex"], "secrets/dragonfly.sops.yaml")
    with pytest.raises(
        InvalidConfig, match="no such file; run `cdk8s-dragonfly secrets init`, which writes it"
    ) as only:
        load(tmp_path / "cluster.yaml")
    assert len(only.value.errors) == 1


def test_what_is_no_public_key_of_age_is_refused(tmp_path: Path) -> None:
    private_key = "-".join(("AGE", "SECRET", "KEY", "1CANARY"))  # so that no scanner takes this file for one with a key
    result = init(tmp_path, "--age-recipient", private_key)
    assert result.exit_code == 2
    assert "CANARY" not in result.output
    assert names(tmp_path) == set()


@pytest.mark.parametrize(
    ("code_host", "title", "path"),
    [("github", "GitHub Actions", ".github/workflows/review.yaml"), ("gitlab", "GitLab CI", ".gitlab-ci.yml")],
)
def test_the_workflow_is_the_guides_which_its_own_tests_run(
    tmp_path: Path, code_host: str, title: str, path: str
) -> None:
    init(tmp_path, "--ci", code_host)
    assert (tmp_path / path).read_text() == block(title)


def test_the_readme_is_of_five_lines_at_most(tmp_path: Path) -> None:
    init(tmp_path)
    assert len((tmp_path / "README.md").read_text().splitlines()) <= 5
