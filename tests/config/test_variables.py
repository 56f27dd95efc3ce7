"""The table of variables, against the arguments that they feed."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.arguments.model import validate
from constructs_lib.cache.server import TYPED_FLAGS
from constructs_lib.config.switches import Switches
from constructs_lib.config.variables import (
    MODELS,
    OTHER_KEYS,
    SECRET_VARIABLES,
    VARIABLES,
    Variable,
    given_arguments,
    known_keys,
    model_named,
)

BRIEF: dict[str, Any] = {
    "dragonfly_enabled": False,
    "dragonfly_version": "v1.36.0",
    "dragonfly_operator_version": "v1.3.1",
    "dragonfly_replicas": 1,
    "dragonfly_maxmemory": "512mb",
    "dragonfly_threads": 2,
    "dragonfly_cpu_request": "100m",
    "dragonfly_memory_request": "256Mi",
    "dragonfly_memory_limit": "1Gi",
    "dragonfly_cache_mode": None,
    "dragonfly_slowlog_threshold": 10000,
    "dragonfly_slowlog_max_len": 128,
    "dragonfly_control_plane_only": False,
    "dragonfly_backup_enabled": False,
    "dragonfly_s3_endpoint": "rustfs-svc.storage.svc.cluster.local:9000",
    "dragonfly_snapshot_cron": "0 */6 * * *",
    "dragonfly_monitoring_enabled": False,
    "dragonfly_acl_enabled": False,
}
"""Variables whose names and defaults are given."""


def default(key: str) -> Any:
    for variable in VARIABLES:
        if variable.key == key:
            return variable.field.default if variable.default is None else variable.default
    return Switches.model_fields[key].default


@pytest.mark.parametrize(("key", "value"), BRIEF.items())
def test_names_and_defaults_are_those_that_were_given(key: str, value: Any) -> None:
    assert default(key) == value


@pytest.mark.parametrize("variable", VARIABLES, ids=lambda variable: variable.key)
def test_a_variable_feeds_arguments_that_there_are(variable: Variable) -> None:
    assert variable.key.startswith("dragonfly_")
    for target in variable.feeds:
        model, argument = target.split(".")
        assert model in MODELS
        assert argument in model_named(model).model_fields


@pytest.mark.parametrize("model", MODELS)
def test_an_empty_file_gives_arguments_without_error(model: str) -> None:
    errors = validate(model_named(model), given_arguments(model, {})).errors
    assert [error for error in errors if error.text != "missing; it has no default"] == []


def test_no_key_stands_twice() -> None:
    keys = [*Switches.model_fields, *(v.key for v in VARIABLES), *(v.key for v in SECRET_VARIABLES)]
    assert len(keys) == len(set(keys)) == len(known_keys())


@pytest.mark.parametrize("flag", TYPED_FLAGS)
def test_a_flag_that_flags_refuses_has_a_variable_of_its_own(flag: str) -> None:
    """`dragonfly_flags` says of it: give that instead."""
    assert f"cache.{flag}" in {target for variable in VARIABLES for target in variable.feeds}


def test_what_stands_in_the_place_of_an_argument_is_a_variable() -> None:
    assert set(OTHER_KEYS.values()) <= known_keys()
    assert not set(OTHER_KEYS) & {target.split(".")[1] for variable in VARIABLES for target in variable.feeds}
