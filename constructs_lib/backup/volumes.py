"""The volumes that pods save to: what their claims are called, and how a Job's pod comes to one.

Most volumes are attached to one node alone (ReadWriteOnce), where other pods may mount them too; ReadWriteOncePod lets
in one pod of the whole cluster: https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes
"""

from __future__ import annotations

from typing import Any

from constructs_lib.arguments.core_v1 import plain
from constructs_lib.backup.arguments import BackupArguments
from constructs_lib.cache.arguments import CacheArguments
from constructs_lib.cache.pods import CONTROL_PLANE_LABEL

CLAIM = "df"
"""The operator's name for the volume: its pods' claims are `df-NAME-0`, `df-NAME-1` …"""

SNAPSHOT_FOLDER = "/dragonfly/snapshots"
"""Where a volume is mounted in the server's own pod (docs/dragonfly.md, "Snapshots")."""

ONE_POD = "ReadWriteOncePod"


def claim_name(cache: CacheArguments, backup: BackupArguments, number: int) -> str:
    """The claim of the pod with that number."""
    return backup.existing_persistent_volume_claim_name or f"{CLAIM}-{pod_name(cache, number)}"


def pod_name(cache: CacheArguments, number: int) -> str:
    """The pod with that number."""
    return f"{cache.name}-{number}"


def claim_volume(name: str, cache: CacheArguments, backup: BackupArguments, number: int) -> dict[str, Any]:
    """That pod's volume, under a name, for the pod of a Job."""
    return {"name": name, "persistentVolumeClaim": {"claimName": claim_name(cache, backup, number)}}


def beside_pod(cache: CacheArguments, number: int) -> dict[str, Any]:
    """Fields of a pod that has to run on the node of that pod, where its volume is attached."""
    term = {
        "labelSelector": {"matchLabels": {"statefulset.kubernetes.io/pod-name": pod_name(cache, number)}},
        "topologyKey": "kubernetes.io/hostname",
    }
    tolerations = list(plain(cache.tolerations) or [])
    if cache.control_plane_only:
        tolerations.append({"key": CONTROL_PLANE_LABEL, "operator": "Exists", "effect": "NoSchedule"})
    return {
        "affinity": {"podAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [term]}},
        **({"tolerations": tolerations} if tolerations else {}),
    }


def admits_one_pod(backup: BackupArguments) -> bool:
    """Whether the claims let in the server's own pod alone. What an existing claim says is not known here."""
    claim = plain(backup.persistent_volume_claim_spec) or {}
    return ONE_POD in (claim.get("accessModes") or ())
