"""Manifests as others write them, and what is read of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from constructs_lib.adoption.draft import settings_of
from constructs_lib.adoption.model import NotCarried, Settings
from constructs_lib.adoption.namespaces import with_namespaces
from constructs_lib.adoption.surroundings import Surroundings, surroundings_of
from constructs_lib.adoption.writers.variables import variables_of
from constructs_lib.checks.manifests import Manifest

IMAGE = "docker.dragonflydb.io/dragonflydb/dragonfly:v1.36.0"

ARGS = [
    "--maxmemory=512mb",
    "--proactor_threads=2",
    "--slowlog_log_slower_than=10000",
    "--slowlog_max_len=128",
    "--version_check=false",
]
"""The flags that we always write, as they are by default."""


def dragonfly(spec: Mapping[str, Any] | None = None, args: Iterable[str] = ()) -> dict[str, Any]:
    """A Dragonfly that is what `cluster.yaml` gives when nothing is asked for, but for these fields and flags."""
    own = {
        "replicas": 1,
        "image": IMAGE,
        "args": [*ARGS, *args],
        "resources": {"requests": {"cpu": "100m", "memory": "256Mi"}, "limits": {"memory": "1Gi"}},
        "authentication": {"passwordFromSecret": {"name": "dragonfly-auth", "key": "password"}},
    }
    return object_of("dragonflydb.io/v1alpha1", "Dragonfly", {"spec": {**own, **(spec or {})}})


def object_of(api_version: str, kind: str, fields: Mapping[str, Any], name: str = "dragonfly") -> dict[str, Any]:
    """An object in namespace `cache`."""
    return {"apiVersion": api_version, "kind": kind, "metadata": {"name": name, "namespace": "cache"}, **fields}


def around(*objects: Mapping[str, Any]) -> Surroundings:
    """The Dragonfly among these objects, with the others around it."""
    manifests = [Manifest(Path("all.yaml"), each, number) for number, each in enumerate(objects)]
    return surroundings_of(with_namespaces(manifests, None)[0], None, None)


def settings(*objects: Mapping[str, Any]) -> Settings:
    """What is read of them."""
    return settings_of(around(*objects))


def variables(*objects: Mapping[str, Any]) -> dict[str, Any]:
    """The variables of `cluster.yaml` that they come to."""
    return {key: each.value for key, each in variables_of(settings(*objects))[0].items()}


def not_carried(*objects: Mapping[str, Any]) -> list[NotCarried]:
    """What the modules of kinds and the table of variables have no place for."""
    read = settings(*objects)
    return [*read.not_carried, *variables_of(read)[1]]
