"""`cdk8s-dragonfly variables` and `schema`: what may stand in the file, without a browser."""

from __future__ import annotations

import json

from typer.testing import CliRunner, Result

from constructs_lib.cli.app import app
from constructs_lib.config.variables import known_keys
from tests.conftest import ROOT


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, env={"COLUMNS": "200"})


def test_without_a_name_every_variable_has_its_line() -> None:
    lines = run("variables").stdout.splitlines()
    assert {line.split()[0] for line in lines} == known_keys()
    assert [line.split() for line in lines if line.startswith("dragonfly_replicas ")] == [
        ["dragonfly_replicas", "whole", "number,", "1", "to", "10", "1"]
    ]


def test_one_is_explained_with_or_without_its_prefix() -> None:
    explained = run("variables", "dragonfly_replicas").stdout
    assert explained == run("variables", "replicas").stdout
    assert explained.splitlines() == [
        "dragonfly_replicas: whole number, 1 to 10",
        "  Pods: one master, the others its replicas. (CRD replicas: 0, no pod, when left out)",
        "  default: 1",
    ]


def test_of_a_secret_the_place_is_told_and_not_a_default() -> None:
    assert run("variables", "password").stdout.splitlines()[-1] == "  held by: key password of the cache's Secret"


def test_an_unknown_one_is_answered_with_the_nearest() -> None:
    result = run("variables", "maxmem")
    assert result.exit_code == 2
    assert "maxmem: no variable of that name; did you mean 'dragonfly_maxmemory'?" in result.stderr


def test_a_program_reads_them_as_json() -> None:
    document = json.loads(run("variables", "name", "s3_access_key", "--format", "json").stdout)
    assert document["version"] == 1
    name, key = document["variables"]
    assert (name["key"], name["default"], name["feeds"]) == ("dragonfly_name", "`dragonfly`", ["cache.name"])
    assert key["secret_key"] == "AWS_ACCESS_KEY_ID"


def test_the_schema_is_the_one_that_is_committed() -> None:
    assert run("schema").stdout == (ROOT / "cluster.schema.json").read_text()
