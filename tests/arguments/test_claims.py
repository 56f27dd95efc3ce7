"""A claim that the API server would refuse is refused at synth, with the field that it lacks."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.arguments.model import validate
from constructs_lib.backup.arguments import BackupArguments
from constructs_lib.cache.arguments import CacheArguments

WHOLE = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "5Gi"}}}


@pytest.mark.parametrize(
    ("claim", "lacking"),
    [
        ({"storageClassName": "fast"}, ["accessModes", "resources.requests.storage"]),
        ({**WHOLE, "accessModes": []}, ["accessModes"]),
        ({**WHOLE, "resources": {"limits": {"storage": "5Gi"}}}, ["resources.requests.storage"]),
        (WHOLE, []),
    ],
)
def test_a_claim_has_modes_and_a_size(claim: dict[str, Any], lacking: list[str]) -> None:
    tiering = validate(CacheArguments, {"operator_version": "v1.6.1", "tiering": claim}).errors
    snapshots = validate(BackupArguments, {"persistent_volume_claim_spec": claim}).errors
    assert [error.where for error in tiering] == [f"tiering.{field}" for field in lacking]
    assert [error.where for error in snapshots] == [f"persistent_volume_claim_spec.{field}" for field in lacking]
