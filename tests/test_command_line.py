"""The app as a user runs it: `cdk8s synth` and `python main.py`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from constructs_lib.cli.synth.empty_folders import NO_RESOURCES
from tests.conftest import ROOT, cdk8s_synth, read_folder

CLUSTER_YAML = ROOT / "cluster.yaml"
FAULTY = "dragonfly_enabled: true\ndragonfly_replicas: 0\ndragonfly_snapshot_cron: '61 * * * *'\n"


def python_main(outdir: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `python main.py`."""
    return subprocess.run(
        [sys.executable, ROOT / "main.py"],
        env={**os.environ, "CDK8S_OUTDIR": str(outdir), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_cdk8s_synth_writes_what_is_committed(tmp_path: Path) -> None:
    done = cdk8s_synth(CLUSTER_YAML, tmp_path / "dist")
    assert (done.returncode, done.stderr) == (0, "")
    assert read_folder(tmp_path / "dist") == read_folder(ROOT / "dist")


def test_python_main_writes_the_same(tmp_path: Path) -> None:
    done = python_main(tmp_path / "dist", PYTHONHASHSEED="1")
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "")
    assert read_folder(tmp_path / "dist") == read_folder(ROOT / "dist")


def test_what_is_no_longer_asked_for_is_gone_from_the_output(tmp_path: Path) -> None:
    left_over = tmp_path / "dist" / "dragonfly" / "PodMonitor.dragonfly.yaml"
    left_over.parent.mkdir(parents=True)
    left_over.write_text("kind: PodMonitor\n")
    assert python_main(tmp_path / "dist").returncode == 0
    assert not left_over.exists()


def test_a_wrong_file_is_told_in_lines_and_costs_nothing(tmp_path: Path) -> None:
    wrong = tmp_path / "cluster.yaml"
    wrong.write_text(FAULTY)
    kept = tmp_path / "dist" / "dragonfly" / "Dragonfly.dragonfly.yaml"
    kept.parent.mkdir(parents=True)
    kept.write_text("kind: Dragonfly\n")
    done = python_main(tmp_path / "dist", CLUSTER_CONFIG=str(wrong))
    assert done.returncode == 1
    assert done.stdout == ""
    assert [line.split(": ")[:2] for line in done.stderr.splitlines()] == [
        ["cluster.yaml:2", "dragonfly_replicas"],
        ["cluster.yaml:3", "dragonfly_snapshot_cron"],
    ]
    assert read_folder(tmp_path / "dist") == {"dragonfly/Dragonfly.dragonfly.yaml": "kind: Dragonfly\n"}


def test_cdk8s_synth_of_a_wrong_file_fails_with_our_lines(tmp_path: Path) -> None:
    wrong = tmp_path / "cluster.yaml"
    wrong.write_text(FAULTY)
    done = cdk8s_synth(wrong, tmp_path / "dist")
    assert done.returncode == 1
    assert done.stderr.startswith("cluster.yaml:2: dragonfly_replicas: ")
    assert "Traceback" not in done.stderr


def test_a_password_in_the_clear_is_an_error_that_says_where_to_put_it(tmp_path: Path) -> None:
    config = tmp_path / "cluster.yaml"
    config.write_text("dragonfly_enabled: true\ndragonfly_password: hunter2-canary\n")
    done = python_main(tmp_path / "dist", CLUSTER_CONFIG=str(config))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "cluster.yaml:2: dragonfly_password: a secret in the clear; put it into the Secret dragonfly-auth in namespace "
        "cache under 'password', or choose 'sops' for `dragonfly_secrets` and run `cdk8s-dragonfly secrets init`, "
        "which takes it over, and leave it out here (docs/secrets.md)\n"
    )
    assert not (tmp_path / "dist").exists()


def test_a_password_that_sops_has_encrypted_is_left_alone(tmp_path: Path) -> None:
    config = tmp_path / "cluster.yaml"
    ciphertext = "ENC[AES256_GCM,data:b9Zk,iv:x2s=,tag:Pq8=,type:str]"
    config.write_text(f"dragonfly_enabled: true\ndragonfly_password: {ciphertext}\nsops:\n  mac: {ciphertext}\n")
    done = python_main(tmp_path / "dist", CLUSTER_CONFIG=str(config))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == (
        "cluster.yaml:2: note: dragonfly_password: not read: what counts is key 'password' of the Secret "
        "dragonfly-auth in namespace cache\n"
    )
    assert "ENC[" not in "".join(read_folder(tmp_path / "dist").values())


def synthesized(how: str, config: Path, dist: Path) -> subprocess.CompletedProcess[str]:
    return cdk8s_synth(config, dist) if how == "cdk8s synth" else python_main(dist, CLUSTER_CONFIG=str(config))


@pytest.mark.parametrize("how", ["cdk8s synth", "python main.py"])
def test_off_leaves_one_file_for_flux_to_prune_by_and_on_again_writes_the_stack(how: str, tmp_path: Path) -> None:
    dist, config = tmp_path / "dist", tmp_path / "cluster.yaml"
    config.write_text("dragonfly_enabled: true\n")
    assert synthesized(how, config, dist).returncode == 0
    on = read_folder(dist)
    config.write_text("dragonfly_enabled: false\n")
    off = synthesized(how, config, dist)
    assert off.returncode == 0
    (line,) = off.stderr.splitlines()
    assert line.startswith("cluster.yaml:1: warning: dragonfly_enabled: false: Flux then removes the cache and")
    assert read_folder(dist) == {"flux/kustomization.yaml": NO_RESOURCES}
    config.write_text("dragonfly_enabled: true\n")
    assert synthesized(how, config, dist).returncode == 0
    assert read_folder(dist) == on


def test_a_warning_is_told_once_and_the_manifests_are_written(tmp_path: Path) -> None:
    config = tmp_path / "cluster.yaml"
    config.write_text("dragonfly_enabled: true\ndragonfly_maxmemory: 1000mb\n")
    done = python_main(tmp_path / "dist", CLUSTER_CONFIG=str(config))
    assert done.returncode == 0
    (line,) = done.stderr.splitlines()
    assert line.startswith("cluster.yaml:2: warning: dragonfly_maxmemory: 1000mb leaves less than 10 %")


def test_without_node_the_run_says_how_to_get_it(tmp_path: Path) -> None:
    done = python_main(tmp_path / "dist", JSII_NODE=str(tmp_path / "node"))
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.endswith("`pip install 'cdk8s-dragonfly[node]'` brings it along, or JSII_NODE names another")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("key", ["dragonfly_namespace", "dragonfly_operator_namespace"])
def test_a_namespace_that_others_live_in_is_not_relabelled(key: str, tmp_path: Path) -> None:
    config = tmp_path / "cluster.yaml"
    config.write_text(f"dragonfly_enabled: true\n{key}: kube-system\n")
    done = python_main(tmp_path / "dist", CLUSTER_CONFIG=str(config))
    assert done.returncode == 1
    assert done.stderr.startswith(f"cluster.yaml:2: {key}: 'kube-system' is shared with others")
