"""`cdk8s-dragonfly backup`, as it is called."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore import xform_name
from moto import mock_aws
from typer.testing import CliRunner, Result

from constructs_lib.cli.app import app
from tests.backup.jobs.conftest import environment, put_snapshot, s3, server, store
from tests.conftest import without_line_numbers

__all__ = ["environment", "s3", "server", "store"]

ROOT = "cache/dragonfly"
CONFIG = {"dragonfly_enabled": True, "dragonfly_backup_enabled": True, "rustfs_enabled": True}


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return written(tmp_path)


def written(folder: Path, **more: object) -> Path:
    path = folder / "cluster.yaml"
    path.write_text(json.dumps({**CONFIG, **more}))
    return path


def run(*arguments: object, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(app, ["backup", *map(str, arguments)], env=env)


@pytest.fixture
def kubectl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A kubectl that says what the test wants, and keeps what it was asked."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "kubectl"
    answer = f'case "$*" in *jsonpath*) cat {folder}/masters;; *) cat {folder}/said;; esac'
    script.write_text(f'#!/bin/sh\necho "$*" >>{folder}/asked\n{answer}\n')
    script.chmod(0o755)
    (folder / "masters").write_text("dragonfly-1")
    (folder / "said").write_text("OK\n")
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder


def test_the_list_says_what_is_whole(store: Any, server: str, environment: dict[str, str], config: Path) -> None:
    put_snapshot(store, f"{ROOT}/dragonfly-0/dump-2026-05-01T00:00:00")
    put_snapshot(store, f"{ROOT}/dragonfly-0/dump-2026-05-02T00:00:00", lacks=("0001",))
    result = run("list", "--config", config, "--endpoint", server, env=environment)
    first, second, last = result.stdout.splitlines()
    assert result.exit_code == 0
    assert first.startswith("2026-05-01T00:00:00Z")
    assert first.endswith("  whole    dragonfly-0/dump-2026-05-01T00:00:00")
    assert "shard 0001 is missing" in second
    assert last == "2 snapshots below s3://dragonfly-backups/cache/dragonfly, 1 of them whole"


def test_an_empty_list_is_a_finding(store: Any, server: str, environment: dict[str, str], config: Path) -> None:
    result = run("list", "--config", config, "--endpoint", server, env=environment)
    assert (result.exit_code, result.stdout.splitlines()[-1].split()[0]) == (1, "0")


def test_without_keys_it_says_where_they_stand(server: str, config: Path) -> None:
    env = {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}
    result = run("list", "--config", config, "--endpoint", server, env=env)
    assert result.exit_code == 1
    assert "The keys stand in the Secret dragonfly-auth, namespace cache" in result.stderr


def test_now_prints_what_it_runs_and_where_the_snapshot_is(kubectl: Path, config: Path) -> None:
    result = run("now", "before-upgrade", "--config", config, "--context", "staging")
    assert result.exit_code == 0, result.output
    *commands, last = result.stdout.splitlines()
    ours = "kubectl --context staging -n cache"
    assert commands == [
        f"+ {ours} get pods -l app=dragonfly,role=master -o 'jsonpath={{.items[*].metadata.name}}'",
        f"+ {ours} exec dragonfly-1 -c dragonfly -- redis-cli -p 9999 SAVE DF before-upgrade",
    ]
    assert last == "saved as s3://dragonfly-backups/cache/dragonfly/dragonfly-1/before-upgrade"


def test_now_without_a_name_takes_the_time(kubectl: Path, config: Path) -> None:
    assert "/manual-20" in run("now", "--config", config).stdout


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("said", "ERR SAVING - can not save database\n", "the server refused: ERR SAVING - can not save database\n"),
        (
            "masters",
            "",
            "'dragonfly' has 0 masters, where one is needed: docs/monitoring/runbooks/DragonflyNoMaster.md\n",
        ),
    ],
)
def test_a_snapshot_that_was_not_made_ends_with_1(kubectl: Path, config: Path, file: str, text: str, said: str) -> None:
    (kubectl / file).write_text(text)
    result = run("now", "--config", config)
    assert (result.exit_code, result.stderr) == (1, said)


@pytest.mark.parametrize("name", ["a.b", "a/b", "-x", "a b", "$(id)", ""])
def test_a_name_that_the_server_would_take_for_something_else_is_refused(
    kubectl: Path, config: Path, name: str
) -> None:
    result = run("now", "--config", config, "--", name)
    if name:
        assert result.exit_code == 2
        assert not (kubectl / "asked").exists()


def test_the_guide_has_this_stacks_values(tmp_path: Path) -> None:
    config = written(
        tmp_path,
        dragonfly_name="sessions",
        dragonfly_namespace="shop",
        dragonfly_s3_bucket="shop-backups",
        dragonfly_auth_secret="vault",
    )
    said = run("guide", "--config", config).stdout
    for name in ("`shop-backups`", "`sessions-storage`", "`sessions-backup`", "`shop`", "`vault`"):
        assert name in said
    assert "arn:aws:s3:::shop-backups/*" in said


def test_the_brief_has_the_names_that_it_gives(config: Path) -> None:
    said = run("guide", "--config", config).stdout
    for name in ("dragonfly-backups", "dragonfly-storage", "`cache`", "dragonfly-backup", "AWS_ACCESS_KEY_ID"):
        assert name in said


AT_AWS = {"rustfs_enabled": False, "dragonfly_s3_endpoint": "", "dragonfly_s3_use_https": True}


def test_the_guide_for_another_store_speaks_of_no_console_of_rustfs(tmp_path: Path) -> None:
    config = written(
        tmp_path, rustfs_enabled=False, dragonfly_s3_endpoint="s3.example.com", dragonfly_s3_use_https=True
    )
    said = run("guide", "--config", config).stdout
    assert "RustFS" not in said
    assert "arn:aws:s3:::dragonfly-backups/*" in said


@pytest.mark.parametrize("region", ["us-east-1", "eu-central-1"])
def test_the_commands_for_aws_make_bucket_rules_user_policy_and_key(
    region: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, **AT_AWS, dragonfly_s3_region=region)
    said = run("guide").stdout
    commands = [line.split() for line in said.splitlines() if line.startswith(("   aws ", "   cdk8s-dragonfly "))]
    with mock_aws():
        for command in commands:
            if command[0] == "aws":
                at_aws(command[1:])
            else:
                *arguments, into, file = command[2:]
                assert into == ">"
                (tmp_path / file).write_text(run(*arguments).stdout)
        client = boto3.client("s3", region_name="us-east-1")
        assert client.get_bucket_location(Bucket="dragonfly-backups")["LocationConstraint"] == (
            None if region == "us-east-1" else region
        )
        rules = client.get_bucket_lifecycle_configuration(Bucket="dragonfly-backups")["Rules"]
        assert len(rules) == len(json.loads((tmp_path / "lifecycle.json").read_text())["Rules"]) > 0
        iam = boto3.client("iam")
        (policy,) = iam.list_user_policies(UserName="dragonfly-backup")["PolicyNames"]
        document = iam.get_user_policy(UserName="dragonfly-backup", PolicyName=policy)["PolicyDocument"]
        assert document == json.loads((tmp_path / "policy.json").read_text())
        assert iam.list_access_keys(UserName="dragonfly-backup")["AccessKeyMetadata"]


def at_aws(words: list[str]) -> None:
    """Do what the command line of AWS does: its words are the names of its API, which botocore has.

    https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters.html
    """
    service, operation, *rest = words
    given = dict(zip(rest[::2], rest[1::2], strict=True))
    client = boto3.client({"s3api": "s3"}.get(service, service), region_name=given.pop("--region", "us-east-1"))
    (name,) = (each for each in client.meta.service_model.operation_names if xform_name(each, "-") == operation)
    shape = client.meta.service_model.operation_model(name).input_shape
    members = {f"--{xform_name(member, '-')}": (member, about.type_name) for member, about in shape.members.items()}
    arguments: dict[str, Any] = {}
    for option, value in given.items():
        member, kind = members[option]
        text = Path(value.removeprefix("file://")).read_text() if value.startswith("file://") else value
        if kind == "structure":
            arguments[member] = json.loads(text) if text.startswith("{") else dict([text.split("=")])
        else:
            arguments[member] = text
    client._make_api_call(name, arguments)


def test_policy_and_lifecycle_are_files(config: Path) -> None:
    policy = json.loads(run("guide", "--policy", "--config", config).stdout)
    assert [statement["Effect"] for statement in policy["Statement"]] == ["Allow", "Allow"]
    rules = json.loads(run("guide", "--lifecycle", "--config", config).stdout)["Rules"]
    assert not [rule for rule in rules if "Expiration" in rule]


def test_the_list_is_the_same_for_a_program(store: Any, server: str, environment: dict[str, str], config: Path) -> None:
    put_snapshot(store, f"{ROOT}/dragonfly-0/dump-2026-05-01T00:00:00")
    put_snapshot(store, f"{ROOT}/dragonfly-0/dump-2026-05-02T00:00:00", lacks=("0001",))
    result = run("list", "--config", config, "--endpoint", server, "--format", "json", env=environment)
    listed = json.loads(result.stdout)
    whole, broken = listed["snapshots"]
    assert (listed["version"], listed["place"]) == (1, "below s3://dragonfly-backups/cache/dragonfly")
    assert whole == {
        "place": "dragonfly-0/dump-2026-05-01T00:00:00",
        "taken": "2026-05-01T00:00:00Z",
        "bytes": whole["bytes"],
        "fault": "",
    }
    assert whole["bytes"] > broken["bytes"] > 0
    assert broken["fault"] == "shard 0001 is missing"


@pytest.mark.parametrize("option", ["--kubectl", "--context=staging"])
def test_a_bucket_is_not_listed_by_kubectl(kubectl: Path, config: Path, option: str) -> None:
    assert run("list", "--config", config, option).exit_code == 2
    assert not (kubectl / "asked").exists()


@pytest.mark.parametrize("command", ["list", "now", "guide"])
def test_a_cache_that_is_not_saved_is_told(tmp_path: Path, command: str) -> None:
    config = written(tmp_path, dragonfly_backup_enabled=False)
    result = run(command, "--config", config)
    assert result.exit_code == 1
    assert result.stderr == (
        "cluster.yaml: its cache is not saved; set `dragonfly_backup_enabled`, or give "
        "`dragonfly_snapshot_volume_size`\n"
    )


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"dragonfly_snapshot_retention": 5, "dragonfly_backup_enabled": False}, "dragonfly_snapshot_retention: means"),
        (
            {"dragonfly_restore_drill_tolerance": 0.5},
            "dragonfly_restore_drill_tolerance: means nothing without `",
        ),
        (
            {"dragonfly_s3_versioning": True},
            "dragonfly_s3_versioning: means nothing without `",
        ),
        (
            {"dragonfly_s3_admin_secret": "a", "dragonfly_backup_enabled": False},
            "dragonfly_s3_admin_secret: given without `dragonfly_backup_enabled`",
        ),
        ({"dragonfly_restore_from": "latest"}, "dragonfly_restore_from: a snapshot of 'dragonfly' itself: if it"),
        ({"dragonfly_snapshot_retention": "x"}, "dragonfly_snapshot_retention: 'x' is no retention"),
    ],
)
def test_variables_of_backups_are_checked_under_their_own_names(
    tmp_path: Path, given: dict[str, object], error: str
) -> None:
    result = run("guide", "--config", written(tmp_path, **given))
    assert result.exit_code == 1
    assert without_line_numbers(result.stderr).startswith(f"cluster.yaml: {error}")
