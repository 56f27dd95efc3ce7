"""`cdk8s-dragonfly import`, as it is called."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.adoption.imports import entries, run
from tests.adoption.manifests import dragonfly, object_of
from tests.conftest import ROOT
from tests.doctor.test_fixtures import FOLDER

SOUND = FOLDER / "row-11-as-it-should-be.yaml"
SEVERAL = FOLDER / "names.yaml"
PIPED = "-"


def test_the_file_goes_to_stdout_and_the_list_to_stderr() -> None:
    result = run(SOUND)
    assert result.exit_code == 0
    assert yaml.safe_load(result.stdout)["dragonfly_enabled"] is True
    assert len(entries(result.stderr)) == len(result.stderr.splitlines()) > 0


def test_what_is_piped_in_is_read() -> None:
    assert run(PIPED, piped=SOUND.read_text()).stdout == run(SOUND).stdout


def test_several_paths_are_read_as_one_and_an_object_that_two_reach_once(tmp_path: Path) -> None:
    (tmp_path / "cache.yaml").write_text(yaml.safe_dump(dragonfly({"aclFromSecret": {"name": "a", "key": "acl.conf"}})))
    secret = object_of("v1", "Secret", {"stringData": {"acl.conf": f"USER worker on #{'0' * 64} ~* +@all\n"}}, "a")
    (tmp_path / "secret.yaml").write_text(yaml.safe_dump(secret))
    both = run(tmp_path / "cache.yaml", tmp_path / "secret.yaml", tmp_path)
    assert "worker" in both.stdout
    assert "worker" not in run(tmp_path / "cache.yaml").stdout


def test_without_a_dragonfly_the_end_is_1_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "all.yaml").write_text("apiVersion: v1\nkind: Namespace\nmetadata: {name: cache}\n")
    result = run(tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "no Dragonfly in the manifests, and no redis.conf; accepted: a file or a folder with one\n"


def test_of_several_one_must_be_named() -> None:
    result = run(SEVERAL)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "accepted as --name, one of: shop/carts, shop/dfly-orders, " in result.stderr
    for name in ("carts", "shop/carts"):
        named = run(SEVERAL, "--name", name)
        assert named.exit_code == 0
        assert 'dragonfly_name: "carts"' in named.stdout


def test_a_name_that_there_is_not_is_told_with_those_that_there_are() -> None:
    result = run(SEVERAL, "--name", "sessions")
    assert result.exit_code == 1
    assert result.stderr.startswith("no Dragonfly 'sessions' in the manifests; accepted as --name: shop/carts, ")


def test_yaml_that_cannot_be_read_is_told_and_the_end_is_1(tmp_path: Path) -> None:
    (tmp_path / "all.yaml").write_text("kind: [Dragonfly\n")
    result = run(tmp_path / "all.yaml")
    assert result.exit_code == 1
    assert f"passed over: {tmp_path / 'all.yaml'}: no YAML: line 2" in result.stderr


@pytest.mark.parametrize("arguments", [["nowhere"], [SOUND, "--operator", "latest"], [SOUND, "--format", "json"], []])
def test_a_mistake_in_usage_ends_with_2(arguments: list[object]) -> None:
    assert run(*arguments).exit_code == 2


def test_without_objects_of_flux_it_waits_for_nothing_that_the_cluster_may_lack(tmp_path: Path) -> None:
    (tmp_path / "all.yaml").write_text(yaml.safe_dump(dragonfly()))
    found = yaml.safe_load(run(tmp_path).stdout)
    assert (found["dragonfly_flux_depends_on"], found["dragonfly_flux_substitute_from"]) == ([], [])


def test_the_operator_may_be_named() -> None:
    assert 'dragonfly_operator_version: "v1.6.1"' in run(SOUND, "--operator", "1.6.1").stdout


def test_a_namespace_that_no_file_says_may_be_named(tmp_path: Path) -> None:
    nameless = dragonfly()
    del nameless["metadata"]["namespace"]
    (tmp_path / "all.yaml").write_text(yaml.safe_dump(nameless))
    assert "dragonfly_namespace" not in run(tmp_path).stdout
    named = run(tmp_path, "--namespace", "shop")
    assert 'dragonfly_namespace: "shop"' in named.stdout
    assert "Dragonfly dragonfly /metadata/namespace: the manifests do not say it; taken: shop; " in named.stderr


def test_the_help_shows_examples() -> None:
    assert "cdk8s-dragonfly import clusters/production > cluster.yaml" in run("--help").stdout


def test_the_help_loads_no_cdk8s() -> None:
    program = (
        "import sys\nfrom typer.testing import CliRunner\nfrom constructs_lib.cli.app import app\n"
        "CliRunner().invoke(app, ['import', '--help'])\nprint('cdk8s' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
