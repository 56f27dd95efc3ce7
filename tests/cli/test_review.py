"""`cdk8s-dragonfly review`, as it is called."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from constructs_lib.cli.app import app
from constructs_lib.review import kinds
from tests.conftest import ROOT, STACKS
from tests.operators import NEWEST_KNOWN, NOT_KNOWN_YET
from tests.review.manifests import manifest

WIDGET = manifest("Widget", "a", spec={"size": 1})
LARGER = manifest("Widget", "a", spec={"size": 2})
CIPHERTEXT = "ENC[AES256_GCM,data:{},iv:a,tag:b,type:str]"
ENCRYPTED = "dragonfly_secrets: sops\ndragonfly_flux_decryption_secret: sops-age\n"
CONFIG = "dragonfly_enabled: true\ndragonfly_replicas: {replicas}\n"


@pytest.fixture(autouse=True)
def no_kind_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every change is unknown here: what changes do is for the tests of kinds."""
    monkeypatch.setattr(kinds, "KINDS", {})


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with nothing in it."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


@pytest.fixture
def repository(folder: Path) -> Path:
    """A git repository whose HEAD has the small widget and a small cluster.yaml, and whose folder the larger ones."""
    git("init", "--quiet", "--initial-branch", "main")
    write("dist/a.yaml", WIDGET)
    Path("cluster.yaml").write_text(CONFIG.format(replicas=1))
    git("add", ".")
    git("-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "--quiet", "--message", "Small")
    write("dist/a.yaml", LARGER)
    Path("cluster.yaml").write_text(CONFIG.format(replicas=2))
    return folder


def git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], check=True, capture_output=True, text=True).stdout.strip()


def write(path: str, *manifests: dict[str, Any]) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(yaml.safe_dump_all(manifests))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["review", *map(str, arguments)])


def told(*arguments: object) -> list[tuple[str, Any, Any]]:
    """The field, before and after of each change."""
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    return [(each["field"], each["before"], each["after"]) for each in json.loads(result.stdout)["changes"]]


SIZE = [("/spec/size", 1, 2)]
REPLICAS = ("/spec/replicas", 1, 2)


def test_two_folders_are_compared() -> None:
    write("one/a.yaml", WIDGET)
    write("two/deep/b.yaml", LARGER)
    assert told("one", "two") == SIZE


def test_two_files_are_compared() -> None:
    write("one.yaml", WIDGET)
    write("two.yaml", LARGER)
    assert told("one.yaml", "two.yaml") == SIZE


@pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.stem)
def test_a_folder_beside_itself_is_no_change(stack: Path) -> None:
    reviewed = ROOT / "tests" / "__snapshots__" / "test_stacks" / stack.stem
    result = run(reviewed, reviewed, "--fail-on", "warning")
    assert (result.exit_code, result.stdout.endswith(": no change\n")) == (0, True)


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    "arguments",
    [
        ["dist"],
        ["dist/a.yaml"],
        ["HEAD", "dist"],
        ["main", "dist/a.yaml"],
        ["HEAD:dist", "dist"],
        ["HEAD:./dist/a.yaml", "dist/a.yaml"],
        ["main:dist/", "dist"],
    ],
    ids=" ".join,
)
def test_a_revision_is_compared_with_what_is_there_now(arguments: list[str]) -> None:
    assert told(*arguments) == SIZE


@pytest.mark.usefixtures("repository")
def test_two_revisions_are_compared_and_an_index_is_one() -> None:
    git("add", "dist")
    assert told("HEAD:dist", f"{git('write-tree')}:dist") == SIZE
    assert told("HEAD", git("write-tree")) == SIZE


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("revision", "path"),
    [
        ("HEAD", "dist"),
        ("main", "dist"),
        ("HEAD:./dist/a.yaml", "./dist/a.yaml"),
        ("main:cluster.yaml", "cluster.yaml"),
    ],
)
def test_a_revision_alone_is_not_compared_with_itself(revision: str, path: str) -> None:
    result = run(revision)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"{revision}: a revision: name what to compare it with, such as `cdk8s-dragonfly review {revision} {path}`\n"
    )


@pytest.mark.usefixtures("repository")
def test_a_path_that_is_new_is_created_and_one_that_is_misspelt_refused() -> None:
    write("new/a.yaml", WIDGET)
    assert told("new") == [("", None, WIDGET)]
    result = run("main:new", "new")
    assert (result.exit_code, result.stderr.startswith("main:new: no such path in that revision; accepted: ")) == (
        2,
        True,
    )


@pytest.mark.usefixtures("repository")
def test_a_subfolder_is_a_place_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("dist")
    assert told("a.yaml") == SIZE
    assert told(".") == SIZE
    assert told("HEAD", "../dist") == SIZE


@pytest.mark.usefixtures("repository")
def test_a_cluster_yaml_is_synthesized_on_both_sides() -> None:
    assert REPLICAS in told("cluster.yaml")
    assert REPLICAS in told("HEAD:cluster.yaml", "cluster.yaml")


def test_a_cluster_yaml_is_compared_with_what_was_written_from_it() -> None:
    assert told(ROOT / "dist", ROOT / "cluster.yaml") == []


def encrypted(password: str) -> str:
    """A Secret as SOPS leaves it; nothing here has a key to it."""
    secret = manifest("Secret", "dragonfly-auth", stringData={"password": CIPHERTEXT.format(password)})
    return yaml.safe_dump({**secret, "apiVersion": "v1", "sops": {"mac": CIPHERTEXT.format("mac")}})


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("config", ["cluster.yaml", "clusters/a/cluster.yaml"])
def test_a_cluster_yaml_has_the_encrypted_file_of_its_own_side(config: str) -> None:
    file = Path(config).parent / "secrets" / "dragonfly.sops.yaml"
    file.parent.mkdir(parents=True)
    Path(config).write_text(CONFIG.format(replicas=2) + ENCRYPTED)
    file.write_text(encrypted("before"))
    git("add", ".")
    git("-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "--quiet", "--message", "Encrypted")
    assert told(config) == []
    file.write_text(encrypted("after"))
    for arguments in ([config], [f"HEAD:{config}", config]):
        assert {field for field, _, _ in told(*arguments)} >= {"/stringData/password"}


@pytest.mark.usefixtures("repository")
def test_an_encrypted_file_that_its_revision_does_not_have_is_told_with_it() -> None:
    Path("cluster.yaml").write_text(CONFIG.format(replicas=2) + ENCRYPTED)
    git("add", "cluster.yaml")
    tree = git("write-tree")
    result = run(f"{tree}:cluster.yaml", "dist")
    assert result.exit_code == 2
    assert result.stderr.startswith(
        f"{tree}: cluster.yaml: dragonfly_secrets_file: secrets/dragonfly.sops.yaml: no such"
    )


def test_a_cluster_yaml_that_cannot_work_is_told_by_its_lines() -> None:
    Path("cluster.yaml").write_text(CONFIG.format(replicas=0))
    result = run("cluster.yaml", "cluster.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("cluster.yaml:2: dragonfly_replicas: ")


@pytest.mark.usefixtures("repository")
def test_a_cluster_yaml_that_could_not_work_in_its_revision_is_told_with_it() -> None:
    git("add", "cluster.yaml")
    tree = git("write-tree")
    Path("cluster.yaml").write_text(CONFIG.format(replicas=0))
    git("add", "cluster.yaml")
    result = run(git("write-tree"), f"{tree}:cluster.yaml")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{git('write-tree')}: cluster.yaml:2: dragonfly_replicas: ")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["HEAD", "."], "HEAD: no such folder or file, and no git revision: not a git repository"),
        (["main:dist", "."], "main:dist: no such folder or file, and no git revision: not a git repository"),
        (["cluster", "cluster"], "both sides are cluster"),
        (["cluster"], "cluster: of what it runs, the objects in dist are read, and there is no dist in this folder"),
    ],
)
def test_what_names_nothing_is_a_mistake_in_usage(arguments: list[str], reason: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(reason)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--output=x", "."], "No such option: --output"),
        ([], "Missing argument 'OLD'"),
        ([".", ".", "--fail-on", "dangerous"], "--fail-on: 'dangerous' is neither"),
        ([".", ".", "--operator", "latest"], "--operator: 'latest' is no version"),
        ([".", ".", "--format", "xml"], "'xml' is not one of 'text'"),
    ],
)
def test_an_option_that_is_wrong_is_a_mistake_in_usage(arguments: list[str], reason: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert reason in result.stderr


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("argument", "reason"),
    [
        ("missing", "missing: no such folder, file or git revision; accepted: a folder"),
        ("missing:dist", "missing:dist: git knows no revision 'missing' here"),
    ],
)
def test_a_revision_that_git_does_not_know_is_a_mistake_in_usage(argument: str, reason: str) -> None:
    result = run(argument, ".")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(reason)


def test_without_git_a_folder_has_no_head(monkeypatch: pytest.MonkeyPatch) -> None:
    write("dist/a.yaml", WIDGET)
    monkeypatch.setenv("PATH", "")
    result = run("dist")
    assert (result.exit_code, result.stderr) == (2, "HEAD: git cannot be run: No such file or directory\n")


def test_without_kubectl_a_cluster_is_out_of_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    write("dist/a.yaml", WIDGET)
    monkeypatch.setenv("PATH", "")
    result = run("cluster")
    assert (result.exit_code, result.stderr.startswith("no kubectl on the PATH")) == (2, True)


def test_a_file_that_is_no_yaml_is_told_without_what_stands_in_it() -> None:
    Path("a.yaml").write_text("password: [hunter2-canary")
    result = run("a.yaml", "a.yaml")
    assert (result.exit_code, result.stdout, "canary" in result.stderr) == (2, "", False)
    assert result.stderr.startswith("a.yaml: no YAML: line ")


@pytest.mark.parametrize(
    ("fail_on", "status"),
    [("", 0), ("danger", 1), ("warning", 1), ("unknown", 1), ("evicts", 0), ("evicts, danger", 1), ("none,live", 0)],
)
def test_the_status_is_1_where_something_is_found(fail_on: str, status: int) -> None:
    write("one/a.yaml", WIDGET)
    write("two/a.yaml", LARGER)
    assert run("one", "two", "--fail-on", fail_on).exit_code == status


def test_a_changed_file_that_holds_no_object_is_told_on_stderr() -> None:
    Path("one").mkdir()
    Path("two").mkdir()
    Path("one/files.yaml").write_text("- a\n")
    Path("two/files.yaml").write_text("- b\n")
    result = run("one", "two")
    assert result.stderr == "files.yaml: not reviewed: what changed there is no object of a cluster\n"


def test_piped_the_text_is_plain() -> None:
    write("one/a.yaml", WIDGET)
    write("two/a.yaml", LARGER)
    result = run("one", "two")
    assert result.stdout.splitlines()[-1] == "operator v1.3.1: 1 change (1 danger)"
    assert "\x1b" not in result.stdout


def test_the_operator_is_the_one_given() -> None:
    write("one/a.yaml", WIDGET)
    assert run("one", "one", "--operator", "1.6.1").stdout == "operator v1.6.1: no change\n"


def test_an_operator_that_nobody_has_seen_is_told_with_the_one_it_is_taken_for() -> None:
    write("one/a.yaml", WIDGET)
    result = run("one", "one", "--operator", NOT_KNOWN_YET)
    assert result.stdout == f"operator {NOT_KNOWN_YET}: no change\n"
    assert result.stderr.startswith(f"operator: {NOT_KNOWN_YET} is newer than what was tried; taken as {NEWEST_KNOWN}")
    assert run("one", "one", "--operator", "v1.6.1").stderr == ""


def test_a_given_operator_that_is_not_the_installed_one_is_told_to_count_for_nothing() -> None:
    release = manifest(
        "HelmRelease", "o", spec={"chart": {"spec": {"chart": "dragonfly-operator", "version": "v1.5.0"}}}
    )
    write("one/a.yaml", release)
    result = run("one", "one", "--operator", "v1.6.1")
    assert result.stdout == "operator v1.5.0: no change\n"
    assert result.stderr == "--operator v1.6.1 counts for nothing: the files install operator v1.5.0\n"
    assert run("one", "one", "--operator", "v1.5.0").stderr == ""


def test_github_shows_a_change_on_its_line() -> None:
    write("one/a.yaml", WIDGET)
    write("two/a.yaml", LARGER)
    assert run("one", "two", "--format", "github").stdout == (
        "::error title=unknown,file=two/a.yaml,line=7::Widget cache/a: /spec/size: "
        "What a change of /spec/size does is not known.\n"
    )


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("format", ["github", "sarif"])
@pytest.mark.parametrize("sides", [["HEAD", "../dist"], ["HEAD:dist", "."], ["main:dist", "main:cluster.yaml"]])
def test_a_code_host_is_told_files_from_the_repositorys_root(
    sides: list[str], format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("sub").mkdir()
    monkeypatch.chdir("sub")
    told = run(*sides, "--format", format).stdout
    file = "file=dist/a.yaml," if format == "github" else '"uri": "dist/a.yaml"'
    assert file in told
    assert "sub" not in told
    assert ".." not in told


def test_what_is_gone_is_shown_where_it_stood() -> None:
    write("one/a.yaml", WIDGET)
    Path("two").mkdir()
    assert "file=one/a.yaml,line=1::" in run("one", "two", "--format", "github").stdout


def test_sarif_has_every_effect_as_a_rule_and_a_result_a_change() -> None:
    write("one/a.yaml", WIDGET)
    write("two/a.yaml", LARGER)
    (log,) = json.loads(run("one", "two", "--format", "sarif").stdout)["runs"]
    (result,) = log["results"]
    assert result["ruleId"] in {rule["id"] for rule in log["tool"]["driver"]["rules"]}
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "two/a.yaml"},
        "region": {"startLine": 7},
    }


@pytest.mark.parametrize("format", ["text", "markdown", "json", "github", "sarif"])
def test_no_format_shows_a_secret(format: str) -> None:
    secret = manifest("Secret", "auth", stringData={"password": "hunter2-canary"})
    write("one/a.yaml", secret)
    write("two/a.yaml", {**secret, "stringData": {"password": "canary-hunter2"}}, {**secret, "metadata": {"name": "b"}})
    result = run("one", "two", "--format", format)
    assert result.exit_code == 0
    assert "password" in result.stdout
    assert not [word for word in ("hunter2-canary", "canary-hunter2") if word in result.output]


def test_the_help_shows_an_example() -> None:
    assert "cdk8s-dragonfly review main:dist dist --fail-on danger" in run("--help").stdout


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["review", "--help"]], ids=" ".join)
def test_help_and_version_load_no_cdk8s(arguments: list[str]) -> None:
    program = (
        "import sys\n"
        "from constructs_lib.cli.app import app\n"
        "app(sys.argv[1:], standalone_mode=False)\n"
        "sys.exit(bool({'cdk8s', 'constructs', 'jsii', 'imports'} & {*sys.modules}))\n"
    )
    done = subprocess.run([sys.executable, "-c", program, *arguments], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


@pytest.mark.usefixtures("repository")
def test_of_a_fleet_one_cache_can_be_asked_for() -> None:
    instances = "  a: {{dragonfly_replicas: {}}}\n  a-b: {{dragonfly_replicas: {}}}\n"
    fleet = f"dragonfly_enabled: true\ndragonfly_instances:\n{instances}"
    Path("old.yaml").write_text(fleet.format(1, 1))
    Path("new.yaml").write_text(fleet.format(2, 3))
    for name in ("a", "a-b"):
        said = json.loads(run("old.yaml", "new.yaml", "--instance", name, "--format", "json").stdout)
        assert {change["object"]["name"] for change in said["changes"]} == {name}
    refused = run("old.yaml", "new.yaml", "--instance", "c")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == "--instance c: no such instance; accepted: a, a-b\n"
