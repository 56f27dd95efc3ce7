"""The `spec` of the operator's `Dragonfly` resource: of a cache's arguments, and of what was added to the cache since.

Keys are the CRD's. What is not given stays out, so that the operator's own defaults hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from constructs_lib.arguments.core_v1 import plain
from constructs_lib.arguments.references import SecretKey, SecretKeyReference, secret_key_of
from constructs_lib.arguments.types import secret_name
from constructs_lib.cache.arguments import IMAGE, CacheArguments
from constructs_lib.cache.pods import (
    CONTROL_PLANE_LABEL,
    DRAGONFLY_ID,
    RESTRICTED_CONTAINER,
    RESTRICTED_POD,
)
from constructs_lib.cache.snapshots import Snapshots
from constructs_lib.dragonfly.operator_versions import operator_release
from constructs_lib.values.cpu import Cpu
from constructs_lib.values.memory import Memory


@dataclass(frozen=True, slots=True)
class Additions:
    """What users, certificates, backups and Secrets add to a cache after it was made."""

    acl_from_secret: SecretKey | None = None
    tls_secret_ref: str | None = None
    snapshots: Snapshots | None = None
    flags: Sequence[str] = ()
    """Words of the server's command line, behind its own."""
    env: Sequence[Mapping[str, Any]] = ()
    """core/v1 `EnvVar`s, behind the cache's own."""
    annotations: Mapping[str, str] = field(default_factory=dict)


def dragonfly_spec(arguments: CacheArguments, additions: Additions) -> dict[str, Any]:
    """The spec as plain data, in the order in which a reader looks for things."""
    spec: dict[str, Any] = plain(
        _given(
            {
                "replicas": arguments.replicas,
                "image": arguments.image or f"{IMAGE}:{arguments.server}",
                "imagePullPolicy": arguments.image_pull_policy,
                "imagePullSecrets": [_named(secret_name(secret)) for secret in arguments.image_pull_secrets],
                "args": [*arguments.command_line(), *additions.flags],
                "resources": _resources(arguments),
                "authentication": _authentication(arguments),
                "aclFromSecret": _secret_key(additions.acl_from_secret or arguments.acl_from_secret),
                "tlsSecretRef": _named(additions.tls_secret_ref or arguments.tls_secret),
                "snapshot": additions.snapshots.spec() if additions.snapshots else None,
                "env": [*(arguments.env or ()), *additions.env],
                "memcachedPort": arguments.memcached_port,
                "serviceSpec": _service(arguments),
                "serviceAccountName": arguments.service_account_name,
                "pdb": _given(
                    {"minAvailable": arguments.pdb_min_available, "maxUnavailable": arguments.pdb_max_unavailable}
                ),
                "networkPolicyEnabled": _network_policy_enabled(arguments),
                "enableReplicationReadinessGate": arguments.enable_replication_readiness_gate,
                "tiering": {"persistentVolumeClaimSpec": arguments.tiering} if arguments.tiering else None,
                **_scheduling(arguments),
                **_security(arguments),
                **_metadata(arguments, additions),
                "initContainers": arguments.init_containers,
                "additionalContainers": arguments.additional_containers,
                "additionalVolumes": arguments.additional_volumes,
                "customLivenessProbeConfigMap": _named(arguments.custom_liveness_probe_config_map),
                "customReadinessProbeConfigMap": _named(arguments.custom_readiness_probe_config_map),
                "customStartupProbeConfigMap": _named(arguments.custom_startup_probe_config_map),
            }
        )
    )
    return spec


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, {}, [])}


def _named(name: str | None) -> dict[str, str] | None:
    return {"name": name} if name else None


def _secret_key(reference: SecretKeyReference | None) -> dict[str, str] | None:
    return secret_key_of(reference).model_dump() if reference else None


def _resources(arguments: CacheArguments) -> dict[str, dict[str, str]]:
    limits = {"memory": str(Memory.of(arguments.memory_limit))}
    if arguments.cpu_limit is not None:
        limits["cpu"] = str(Cpu.of(arguments.cpu_limit))
    requests = {"cpu": str(Cpu.of(arguments.cpu_request)), "memory": str(Memory.of(arguments.memory_request))}
    return {"requests": requests, "limits": limits}


def _authentication(arguments: CacheArguments) -> dict[str, Any]:
    return _given(
        {
            "passwordFromSecret": _secret_key(arguments.password_secret),
            "clientCaCertSecret": _secret_key(arguments.client_ca_cert_secret),
        }
    )


def _service(arguments: CacheArguments) -> dict[str, Any] | None:
    """The Service's spec, left out while it is what the operator makes by itself.

    Up to operator v1.5.0 a `serviceSpec` replaces the Service's labels, so that those are written out with it.
    """
    wanted = _given(
        {
            "type": arguments.service_type if arguments.service_type != "ClusterIP" else None,
            "name": arguments.service_name if arguments.service_name != arguments.name else None,
            "nodePort": arguments.service_node_port,
            "annotations": arguments.service_annotations,
            "labels": arguments.service_labels,
        }
    )
    if not wanted:
        return None
    if operator_release(arguments.operator).service_spec_replaces_labels:
        wanted["labels"] = _labels_of_the_service(arguments) | wanted.get("labels", {})
    return {"type": arguments.service_type, **wanted}


def _labels_of_the_service(arguments: CacheArguments) -> dict[str, str]:
    """The labels that operators up to v1.5.0 put on a Service (seen running)."""
    prefix = "app.kubernetes.io"
    return {
        "app": arguments.name,
        f"{prefix}/name": "dragonfly",
        f"{prefix}/instance": arguments.name,
        f"{prefix}/component": "dragonfly",
        f"{prefix}/part-of": "dragonfly",
        f"{prefix}/managed-by": "dragonfly-operator",
        f"{prefix}/version": operator_release(arguments.operator).default_server,
    }


def _network_policy_enabled(arguments: CacheArguments) -> bool | None:
    if arguments.network_policy_enabled is not None:
        return arguments.network_policy_enabled
    return False if operator_release(arguments.operator).makes_network_policies else None


def _scheduling(arguments: CacheArguments) -> dict[str, Any]:
    node_selector = dict(arguments.node_selector)
    tolerations = list(arguments.tolerations or ())
    if arguments.control_plane_only:
        node_selector[CONTROL_PLANE_LABEL] = ""
        tolerations.append({"key": CONTROL_PLANE_LABEL, "operator": "Exists", "effect": "NoSchedule"})
    return {
        "affinity": arguments.affinity or (_preferably_apart(arguments) if arguments.replicas > 1 else None),
        "topologySpreadConstraints": [
            _selecting_own_pods(plain(constraint), arguments)
            for constraint in arguments.topology_spread_constraints or ()
        ],
        "nodeSelector": node_selector,
        "tolerations": tolerations,
        "priorityClassName": arguments.priority_class_name,
    }


def _preferably_apart(arguments: CacheArguments) -> dict[str, Any]:
    """Rather not two pods of the instance on one node."""
    term = {"labelSelector": {"matchLabels": arguments.pod_labels}, "topologyKey": "kubernetes.io/hostname"}
    return {
        "podAntiAffinity": {
            "preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 100, "podAffinityTerm": term}]
        }
    }


def _selecting_own_pods(constraint: Any, arguments: CacheArguments) -> Any:
    """A topology spread constraint with a selector: without one it counts no pod and spreads nothing."""
    if isinstance(constraint, dict) and "labelSelector" not in constraint:
        return {**constraint, "labelSelector": {"matchLabels": arguments.pod_labels}}
    return constraint


def _security(arguments: CacheArguments) -> dict[str, Any]:
    if arguments.pod_security == "restricted":
        return {"podSecurityContext": RESTRICTED_POD, "containerSecurityContext": RESTRICTED_CONTAINER}
    context = plain(arguments.pod_security_context)
    if isinstance(context, dict) and not arguments.skip_fs_group:
        # Setting the context drops the operator's own fsGroup, without which the server cannot write to a volume.
        context = {"fsGroup": DRAGONFLY_ID, **context}
    return {
        "podSecurityContext": context,
        "containerSecurityContext": arguments.container_security_context,
        "skipFSGroup": arguments.skip_fs_group or None,
    }


def _metadata(arguments: CacheArguments, additions: Additions) -> dict[str, Any]:
    return {
        "labels": arguments.labels,
        "annotations": {**arguments.annotations, **additions.annotations},
        "podMetadata": _given(
            {"labels": arguments.pod_metadata_labels, "annotations": arguments.pod_metadata_annotations}
        ),
        "ownedObjectsMetadata": _given(
            {
                "labels": arguments.owned_objects_metadata_labels,
                "annotations": arguments.owned_objects_metadata_annotations,
            }
        ),
    }
