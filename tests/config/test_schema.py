"""The JSON Schema of cluster.yaml: what the reader takes it takes, and a wrong name or type it sees by itself."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from jsonschema import Draft7Validator

from constructs_lib.config.load import load
from constructs_lib.config.schema import config_schema
from constructs_lib.config.variables import known_keys
from constructs_lib.errors import InvalidConfig
from tests.conftest import ROOT
from tests.test_properties import sound_files

SCHEMA = config_schema()
VALIDATOR = Draft7Validator(SCHEMA)
STACKS = sorted((ROOT / "tests" / "stacks").glob("*.yaml"))


def refused(file: dict[str, Any]) -> list[str]:
    """The places that the schema refuses."""
    return sorted(error.json_path.removeprefix("$.") for error in VALIDATOR.iter_errors(file))


def test_it_is_a_schema() -> None:
    Draft7Validator.check_schema(SCHEMA)


def test_it_has_every_variable_with_its_meaning() -> None:
    assert set(SCHEMA["properties"]) == known_keys()
    assert [key for key, each in SCHEMA["properties"].items() if not each["description"]] == []


@pytest.mark.parametrize("file", [*STACKS, ROOT / "cluster.yaml"], ids=lambda path: path.stem)
def test_every_stack_of_ours_is_taken(file: Path) -> None:
    assert refused(yaml.safe_load(file.read_text())) == []


@settings(max_examples=150)
@given(file=sound_files)
def test_what_the_reader_takes_the_schema_takes(file: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder, "cluster.yaml")
        config.write_text(yaml.safe_dump(file, allow_unicode=True))
        try:
            load(config)
        except InvalidConfig:
            return
    assert refused(file) == []


@pytest.mark.parametrize(
    ("file", "place"),
    [
        ({"dragonfly_replica": 1}, "$"),
        ({"dragonfly_replicas": 11}, "dragonfly_replicas"),
        ({"dragonfly_replicas": "3"}, "dragonfly_replicas"),
        ({"dragonfly_replicas": 1.5}, "dragonfly_replicas"),
        ({"dragonfly_cache_mode": "on"}, "dragonfly_cache_mode"),
        ({"dragonfly_profile": "fast"}, "dragonfly_profile"),
        ({"dragonfly_memory_limit": ["1Gi"]}, "dragonfly_memory_limit"),
        ({"dragonfly_labels": {"team": 1}}, "dragonfly_labels"),
        ({"dragonfly_clients": [{"namespac": "shop"}]}, "dragonfly_clients"),
        ({"dragonfly_tolerations": {"key": "a"}}, "dragonfly_tolerations"),
        ({"dragonfly_monitoring_alerts": {"DragonflyDown": {"fro": "5m"}}}, "dragonfly_monitoring_alerts"),
        ({"monitoring_enabled": "yes"}, "monitoring_enabled"),
    ],
    ids=str,
)
def test_a_wrong_name_or_type_is_seen(file: dict[str, Any], place: str) -> None:
    assert refused(file) == [place]


def test_keys_of_other_components_are_left_alone() -> None:
    assert refused({"cilium_version": "v1.20.2", "metallb": {"pools": []}}) == []


def test_an_alert_may_say_for_as_prometheus_does() -> None:
    assert refused({"dragonfly_monitoring_alerts": {"DragonflyDown": {"for": "5m"}}}) == []
