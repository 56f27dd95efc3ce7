"""A claim that the API server would refuse is refused at synth, with the field that it lacks."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.arguments.model import examine
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
    tiering = examine(CacheArguments, {"operator_version": "v1.6.1", "tiering": claim}).faults
    snapshots = examine(BackupArguments, {"persistent_volume_claim_spec": claim}).faults
    assert [fault.where for fault in tiering] == [f"tiering.{field}" for field in lacking]
    assert [fault.where for fault in snapshots] == [f"persistent_volume_claim_spec.{field}" for field in lacking]
