"""What the tests of a changed Dragonfly share: manifests, and what a review says of two of them."""

from __future__ import annotations

from typing import Any

from constructs_lib.review.changes.model import Change, Context, Effect, Manifest, ObjectKey, Pair
from constructs_lib.review.dragonfly.dragonfly import changes
from constructs_lib.values.version import Version

KEY = ObjectKey("Dragonfly", "cache", "dragonfly")

RESTARTS = frozenset({Effect.DATA_LOST, Effect.RESTART, Effect.ROLLING_RESTART})

IN_A_BUCKET = {"cron": "0 */6 * * *", "dir": "s3://backups/cache/$(POD_NAME)"}
ON_A_CLAIM = {
    "cron": "0 */6 * * *",
    "persistentVolumeClaimSpec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "2Gi"}}},
}

BASE: dict[str, Any] = {
    "replicas": 1,
    "image": "docker.dragonflydb.io/dragonflydb/dragonfly:v1.36.0",
    "args": ["--maxmemory=1gb", "--proactor_threads=2"],
    "resources": {"requests": {"cpu": "100m", "memory": "256Mi"}, "limits": {"memory": "2Gi"}},
    "authentication": {"passwordFromSecret": {"name": "dragonfly-auth", "key": "password"}},
}


def dragonfly(spec: dict[str, Any] | None = None, key: ObjectKey = KEY, **over: Any) -> dict[str, Any]:
    """A manifest; None removes a field of the spec."""
    fields = {name: value for name, value in {**(BASE if spec is None else spec), **over}.items() if value is not None}
    metadata = {"name": key.name, "namespace": key.namespace}
    return {"apiVersion": "dragonflydb.io/v1alpha1", "kind": "Dragonfly", "metadata": metadata, "spec": fields}


def context(old: Manifest | None, new: Manifest | None, operator: str = "v1.3.1", after: str | None = None) -> Context:
    """Two trees of one object each."""
    return Context(
        {KEY: old} if old else {},
        {KEY: new} if new else {},
        Version.of(operator),
        Version.of(after or operator),
    )


def reviewed(old: Manifest | None, new: Manifest | None, operator: str = "v1.3.1") -> list[Change]:
    """What a review says of one Dragonfly, before and after."""
    return list(changes(Pair(KEY, old, new), context(old, new, operator)))


def effects(old: Manifest | None, new: Manifest | None, operator: str = "v1.3.1") -> set[Effect]:
    """Every effect of all the changes."""
    return {effect for change in reviewed(old, new, operator) for effect in change.effects}
