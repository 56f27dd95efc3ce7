"""`cdk8s-dragonfly doctor`, as it is called."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from constructs_lib.cli.app import app
from tests.doctor.test_fixtures import FOLDER
from tests.operators import NEWEST_KNOWN, NOT_KNOWN_YET

OPEN = FOLDER / "row-12-nobody-kept-out.yaml"
WARNED = FOLDER / "image-latest.yaml"
IGNORED = FOLDER / "ignored.yaml"
SOUND = FOLDER / "row-11-as-it-should-be.yaml"
PIPED = "-"


def run(*arguments: object, piped: str | None = None) -> Result:
    return CliRunner().invoke(app, ["doctor", *map(str, arguments)], input=piped)


def test_an_error_is_told_with_its_place_and_its_fix_and_the_end_is_1() -> None:
    result = run(OPEN)
    assert result.exit_code == 1
    first, second, last = result.stdout.splitlines()
    assert first.startswith(f"error admin-port-open: {OPEN}:3: Dragonfly shop/orders: nobody is kept from port 9999")
    assert second.endswith(" (docs/doctor.md#admin-port-open)")
    assert last == "1 object, 1 of them Dragonfly, operator v1.3.1: 1 error"


def test_warnings_alone_end_with_0() -> None:
    result = run(WARNED)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1].endswith(": 2 warnings")


def test_where_nothing_is_found_that_is_said() -> None:
    result = run(SOUND)
    assert (result.exit_code, result.stdout) == (0, "2 objects, 1 of them Dragonfly, operator v1.3.1: nothing found\n")


def test_what_an_object_ignores_is_told_beside_the_result_with_its_reason() -> None:
    result = run(IGNORED, "--format", "json")
    assert "ignored: image-latest of Dragonfly shop/orders: a development cluster\n" in result.stderr
    assert "shop/orders" not in result.stdout


def test_an_operator_that_nobody_has_seen_is_told_with_the_one_it_is_taken_for() -> None:
    result = run(SOUND, "--operator", NOT_KNOWN_YET)
    assert result.stderr.startswith(f"operator: {NOT_KNOWN_YET} is newer than what was tried; taken as {NEWEST_KNOWN}")
    assert run(SOUND, "--operator", "v1.4.0").stderr == ""


def test_a_check_can_be_left_out() -> None:
    result = run(OPEN, "--ignore", "admin-port-open")
    assert (result.exit_code, result.stdout.splitlines()[-1].endswith(": nothing found")) == (0, True)


def test_a_check_that_there_is_not_cannot_be_left_out() -> None:
    result = run(OPEN, "--ignore", "admin-port-opened")
    assert result.exit_code == 2
    assert "'admin-port-open'?" in result.stderr


def test_another_version_of_the_operator_is_asked_about() -> None:
    result = run(SOUND, "--operator", "1.6.1", "--format", "json")
    assert [found["check"] for found in json.loads(result.stdout)["findings"]] == ["operator-network-policy"]


@pytest.mark.parametrize("arguments", [["nowhere"], [SOUND, "--operator", "latest"], [SOUND, "--format", "xml"], []])
def test_a_mistake_in_usage_ends_with_2(arguments: list[object]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_folder_without_a_manifest_is_a_mistake_in_usage(tmp_path: Path) -> None:
    (tmp_path / "values.yaml").write_text("replicas: 3\n")
    result = run(tmp_path)
    assert result.exit_code == 2
    assert "no manifest in" in result.stderr


def test_what_is_no_manifest_is_passed_over_and_told() -> None:
    result = run(FOLDER / "design", "--format", "json")
    assert f"passed over: {FOLDER / 'design' / 'values.yaml'}: no Kubernetes object\n" in result.stderr
    assert json.loads(result.stdout)["version"] == 1


def test_an_object_that_two_paths_reach_is_looked_at_once() -> None:
    assert run(OPEN, OPEN).stdout == run(OPEN).stdout


@pytest.mark.parametrize("format", ["text", "json", "sarif", "github"])
def test_what_is_piped_in_is_read_in_every_format(format: str) -> None:
    result = run(PIPED, "--format", format, piped=OPEN.read_text())
    assert result.exit_code == 1
    assert "admin-port-open" in result.stdout


@pytest.mark.parametrize("format", ["github", "sarif"])
def test_a_code_host_is_told_files_from_the_repositorys_root(
    format: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    (tmp_path / "sub").mkdir()
    shutil.copy(OPEN, tmp_path / "open.yaml")
    monkeypatch.chdir(tmp_path / "sub")
    told = run("../open.yaml", "--format", format).stdout
    assert ("file=open.yaml," if format == "github" else '"uri": "open.yaml"') in told


def test_sarif_and_github_name_file_and_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(FOLDER, tmp_path / "fixtures")
    monkeypatch.chdir(tmp_path)
    fixture = Path("fixtures", "memory-below-threads.yaml")
    log = json.loads(run(fixture, "--format", "sarif").stdout)["runs"][0]
    (first, *_) = log["results"]
    place = first["locations"][0]["physicalLocation"]
    assert (first["ruleId"], first["level"]) == ("memory-below-threads", "error")
    assert place == {"artifactLocation": {"uri": fixture.as_posix()}, "region": {"startLine": 17}}
    assert first["ruleId"] in {rule["id"] for rule in log["tool"]["driver"]["rules"]}
    line, *_ = run(fixture, "--format", "github").stdout.splitlines()
    where = f"file={fixture.as_posix()},line=17"
    assert line.startswith(f"::error title=memory-below-threads,{where}::Dragonfly shop/orders: ")


@pytest.mark.parametrize("format", ["text", "json", "sarif", "github"])
@pytest.mark.parametrize("fixture", ["password-in-argv.yaml", "password-in-environment.yaml", "design"])
def test_no_password_is_told_in_any_format(fixture: str, format: str) -> None:
    given = FOLDER / fixture
    files = given.rglob("*.yaml") if given.is_dir() else [given]
    assert any("canary" in file.read_text() for file in files)
    result = run(given, "--format", format)
    assert result.exit_code == 1
    assert "canary" not in result.stdout + result.stderr


def test_the_help_shows_examples() -> None:
    assert "cdk8s-dragonfly doctor clusters/production" in run("--help").stdout
