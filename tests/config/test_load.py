"""A cluster.yaml as a whole: every error in one line each, all at once, and nothing written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from constructs_lib.cli.synth.empty_folders import NO_RESOURCES
from constructs_lib.config.load import load
from constructs_lib.config.variables import known_keys
from constructs_lib.errors import InvalidConfig
from tests.config.conftest import BEFORE, Run
from tests.config.errors import ERRORS
from tests.conftest import ROOT, read_folder
from tests.operators import NEWEST, NEWEST_KNOWN, NOT_KNOWN_YET

NO_VARIABLES = {"restricted"}
"""Words in backticks that are something else."""


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_is_told_in_one_line_and_nothing_is_written(error: str, run: Callable[[str], Run]) -> None:
    config, lines = ERRORS[error]
    ended = run("\n".join(config) + "\n")
    assert ended == Run(status=1, told=[f"cluster.yaml: {line}" for line in lines], written=BEFORE)


def test_what_a_line_advises_can_be_given_in_the_file() -> None:
    advised = {word for _, lines in ERRORS.values() for line in lines for word in re.findall(r"`(\w+)`", line)}
    assert advised - NO_VARIABLES <= known_keys()


def test_all_errors_of_a_file_come_at_once_in_its_order(run: Callable[[str], Run]) -> None:
    errors = [
        "a_policy_mode_that_is_none",
        "the_operators_own_labels",
        "an_unknown_variable",
        "memory_above_the_limit",
        "a_port_of_the_servers",
        "names",
        "an_operator_that_makes_nothing",
        "backup_without_its_store",
        "monitoring_without_monitoring",
        "flux",
        "a_duplicate_key",
        "tls_without_a_password_or_a_ca",
    ]
    ended = run("\n".join(line for error in errors for line in ERRORS[error][0]))
    at_once = [f"cluster.yaml: {line}" for error in errors for line in ERRORS[error][1]]
    # The lines of a key that stands twice are other ones here.
    assert [re.sub(r"lines \d+ and \d+", "lines", line) for line in ended.told] == [
        re.sub(r"lines \d+ and \d+", "lines", line) for line in at_once
    ]
    assert (ended.status, ended.written) == (1, BEFORE)


def test_a_file_that_is_not_there_is_told() -> None:
    with pytest.raises(InvalidConfig) as error:
        load(Path("/nowhere/of-mine.yaml"))
    assert str(error.value) == "of-mine.yaml: no such file; accepted: a YAML file (CLUSTER_CONFIG names another)"


def test_the_output_folder_that_is_not_ours_is_told(run: Callable[[str], Run], tmp_path: Path) -> None:
    (tmp_path / "dist" / "notes.md").write_text("mine")
    ended = run("dragonfly_enabled: true")
    assert (ended.status, ended.written) == (1, {**BEFORE, "notes.md": "mine"})
    assert ended.told == [
        "dist: holds notes.md, which no synth wrote; accepted: a folder of .yaml files alone, or none (CDK8S_OUTDIR "
        "names another)"
    ]


def test_an_error_ends_the_process_with_its_line_alone(tmp_path: Path) -> None:
    """No traceback, nothing of jsii, the folder as it was."""
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "before.yaml").write_text("as it was")
    (tmp_path / "cluster.yaml").write_text("dragonfly_enabled: true\ndragonfly_replicas: 0\n")
    paths = {"CLUSTER_CONFIG": str(tmp_path / "cluster.yaml"), "CDK8S_OUTDIR": str(tmp_path / "dist")}
    ended = subprocess.run(
        [sys.executable, ROOT / "main.py"], env={**os.environ, **paths}, capture_output=True, text=True, check=False
    )
    line = "cluster.yaml:2: dragonfly_replicas: 0 is not accepted; accepted: a whole number from 1 to 10\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", line)
    assert read_folder(tmp_path / "dist") == {"before.yaml": "as it was"}


# What is worth a warning is told, and written


def test_little_head_room_is_a_warning(run: Callable[[str], Run]) -> None:
    ended = run("dragonfly_enabled: true\ndragonfly_maxmemory: 1000mb\n")
    assert ended.status == 0
    assert ended.told == [
        "cluster.yaml: warning: dragonfly_maxmemory: 1000mb leaves less than 10 % of the memory limit of 1Gi for "
        "buffers and fragmentation; 819mb or less lets the server refuse writes before it is killed"
    ]
    assert any("--maxmemory=1000mb" in text for text in ended.written.values())


def test_an_operator_newer_than_the_catalogue_is_one_warning(run: Callable[[str], Run]) -> None:
    ended = run(f"dragonfly_enabled: true\ndragonfly_operator_version: {NOT_KNOWN_YET}\n")
    assert ended.status == 0
    assert ended.told == [
        f"cluster.yaml: warning: dragonfly_operator_version: {NOT_KNOWN_YET} is newer than what was tried; taken as "
        f"{NEWEST_KNOWN}, the newest known. Versions v1.3.1 to {NEWEST} were seen running"
    ]
    assert not any("networkPolicyEnabled" in text for text in ended.written.values())


def test_a_cache_that_is_off_is_warned_of_since_flux_removes_it(run: Callable[[str], Run]) -> None:
    warning = (
        "cluster.yaml: warning: dragonfly_enabled: false: Flux then removes the cache and the operator, and the data "
        "goes with them; to keep it, save it first (a backup: `dragonfly_backup_enabled`), or set "
        "`dragonfly_flux_prune: false` and apply that before"
    )
    assert run("other: 1\n") == Run(status=0, told=[warning], written={"flux/kustomization.yaml": NO_RESOURCES})


def test_a_good_run_says_nothing(run: Callable[[str], Run]) -> None:
    ended = run("dragonfly_enabled: true\nother_component: {dragonfly: 1}\n1: 2\n")
    assert (ended.status, ended.told) == (0, [])
    assert "dragonfly/Dragonfly.dragonfly.yaml" in ended.written
