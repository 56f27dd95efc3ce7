"""A fleet as a whole: what each instance is written beside the others is what it is written alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest
import yaml

from constructs_lib.cli.synth.synthesis import synthesize
from constructs_lib.config.load import load
from tests.conftest import ROOT, STACKS, read_folder

FLEET = ROOT / "tests" / "stacks" / "fleet.yaml"
ONE_CACHE = [stack for stack in STACKS if stack != FLEET]
GUIDE = (ROOT / "docs" / "cache" / "fleets.md").read_text()


def written(folder: Path, *files: dict[str, Any]) -> dict[str, str]:
    """The manifests of files that are merged in order."""
    configs = [folder / f"{number}.yaml" for number in range(len(files))]
    for config, file in zip(configs, files, strict=True):
        config.write_text(yaml.safe_dump(file, sort_keys=False))
    dist = folder / "dist"
    dist.mkdir()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        synthesize(configs, dist)
    return read_folder(dist)


@pytest.mark.parametrize("stack", ONE_CACHE, ids=lambda path: path.stem)
def test_one_cache_under_its_name_is_written_as_without_a_fleet(stack: Path, tmp_path: Path) -> None:
    (tmp_path / "alone").mkdir()
    file = yaml.safe_load(stack.read_text())
    name = file.pop("dragonfly_name", "dragonfly")
    fleet = {**file, "dragonfly_instances": {name: {}}, "dragonfly_monitoring_dashboard_scope": "instance"}
    alone = written(tmp_path / "alone", {**file, "dragonfly_name": name})
    assert written(tmp_path, fleet) == alone


def test_each_instance_is_written_as_it_would_be_alone(tmp_path: Path) -> None:
    flat = yaml.safe_load(FLEET.read_text())
    instances = flat.pop("dragonfly_instances")
    flat["dragonfly_monitoring_dashboard_scope"] = "instance"
    together = written(tmp_path, {**flat, "dragonfly_instances": instances})
    for name, own in instances.items():
        (tmp_path / name).mkdir()
        alone = written(tmp_path / name, {**flat, "dragonfly_instances": {name: own}})
        mine = {path: text for path, text in alone.items() if path.startswith((f"{name}/", f"{name}-backup/"))}
        assert mine
        rules = f"{name}/PrometheusRule.{name}-alerts.yaml"
        if name != "sessions":  # the operator's alert comes with the first
            assert "DragonflyOperatorDown" in mine.pop(rules)
            assert "DragonflyOperatorDown" not in together[rules]
        assert mine.items() <= together.items()


def test_the_operator_is_there_once_and_everything_is_in_a_namespace_that_is_written(tmp_path: Path) -> None:
    files = written(tmp_path, yaml.safe_load(FLEET.read_text()))
    manifests = [yaml.safe_load(text) for text in files.values()]
    assert [each["kind"] for each in manifests].count("HelmRelease") == 1
    namespaces = {each["metadata"]["name"]: each for each in manifests if each["kind"] == "Namespace"}
    assert {each["metadata"].get("namespace") for each in manifests} - {None} == {*namespaces}
    level = "pod-security.kubernetes.io/enforce"
    assert {name: each["metadata"]["labels"][level] for name, each in namespaces.items()} == {
        "dragonfly-operator-system": "restricted",
        "cache": "baseline",  # sessions needs it, pages does not
        "jobs": "baseline",
    }


def test_the_fleets_dashboard_shows_every_instance_and_lets_some_be_picked(tmp_path: Path) -> None:
    files = written(tmp_path, yaml.safe_load(FLEET.read_text()))
    assert [path for path, text in files.items() if "grafana_dashboard" in text] == [
        "dragonfly-fleet/ConfigMap.dragonfly-fleet.yaml"
    ]
    config_map = yaml.safe_load(files["dragonfly-fleet/ConfigMap.dragonfly-fleet.yaml"])
    dashboard = json.loads(config_map["data"]["dragonfly-fleet.json"])
    picked = {each["name"]: each.get("current", {}).get("value") for each in dashboard["templating"]["list"]}
    assert (picked["namespace"], picked["app"]) == (["$__all"], ["$__all"])
    assert "Budget that is left" in [panel["title"] for panel in dashboard["panels"]]


def test_of_several_objectives_no_budget_is_shown(tmp_path: Path) -> None:
    file = yaml.safe_load(FLEET.read_text())
    file["dragonfly_instances"]["queue"]["dragonfly_monitoring_availability_objective"] = 99
    config_map = yaml.safe_load(written(tmp_path, file)["dragonfly-fleet/ConfigMap.dragonfly-fleet.yaml"])
    titles = [panel["title"] for panel in json.loads(config_map["data"]["dragonfly-fleet.json"])["panels"]]
    assert "Available in 30 days" in titles
    assert "Budget that is left" not in titles


def test_an_overlay_is_a_file_more(tmp_path: Path) -> None:
    base = {"dragonfly_enabled": True, "dragonfly_instances": {"sessions": {}, "queue": {}}}
    prod = {"dragonfly_replicas": 3, "dragonfly_instances": {"queue": None}}
    (tmp_path / "at-once").mkdir()
    at_once = {"dragonfly_enabled": True, "dragonfly_replicas": 3, "dragonfly_instances": {"sessions": {}}}
    assert written(tmp_path, base, prod) == written(tmp_path / "at-once", at_once)


@pytest.mark.parametrize("command", ["main.py", "synth --config", "synth CLUSTER_CONFIG"])
def test_several_files_are_given_to_every_command(command: str, tmp_path: Path) -> None:
    for name, text in (("base", "dragonfly_enabled: true\n"), ("prod", "dragonfly_replicas: 3\n")):
        (tmp_path / f"{name}.yaml").write_text(text)
    files = [str(tmp_path / f"{name}.yaml") for name in ("base", "prod")]
    words = {
        "main.py": [str(ROOT / "main.py")],
        "synth --config": ["-m", "tests.cli.command", "synth", "--config", files[0], "--config", files[1]],
        "synth CLUSTER_CONFIG": ["-m", "tests.cli.command", "synth"],
    }[command]
    named = {} if command == "synth --config" else {"CLUSTER_CONFIG": os.pathsep.join(files)}
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CDK8S_OUTDIR": str(tmp_path / "dist"), **named}
    done = subprocess.run(
        [sys.executable, *words], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    manifest = yaml.safe_load((tmp_path / "dist" / "dragonfly" / "Dragonfly.dragonfly.yaml").read_text())
    assert manifest["spec"]["replicas"] == 3


@pytest.mark.parametrize("number", range(2))
def test_a_fleet_of_the_guide_is_taken(number: int, tmp_path: Path) -> None:
    blocks = [block.split("```")[0] for block in GUIDE.split("```yaml\n")[1:]]
    (tmp_path / "cluster.yaml").write_text("dragonfly_enabled: true\n" * number + blocks[number])
    assert load(tmp_path / "cluster.yaml").instances


def test_the_overlay_of_the_guide_is_taken(tmp_path: Path) -> None:
    base, prod = [yaml.safe_load(block.split("```")[0]) for block in GUIDE.split("```yaml\n")[3:]]
    files = written(tmp_path, base, prod)
    assert yaml.safe_load(files["queue/Dragonfly.queue.yaml"])["spec"]["resources"]["limits"]["memory"] == "4Gi"
    assert yaml.safe_load(files["sessions/Dragonfly.sessions.yaml"])["spec"]["replicas"] == 3
