"""The fields of a Dragonfly: of what type each is, what a change of it has to do with, and how that is known.

A row stands for its field and all below it that has no row of its own. What has no row is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from constructs_lib.flux.annotations import FLUX_GROUP
from constructs_lib.review.changes.model import Effect
from constructs_lib.review.dragonfly import access, memory, snapshots
from constructs_lib.review.dragonfly.consequences import Consequence, Rule, Step
from constructs_lib.review.dragonfly.pods import affinity, restart, restarts, scale
from constructs_lib.review.dragonfly.server_faults import server_faults
from constructs_lib.values.fields import mappings, steps_of, whole_number
from constructs_lib.values.names import OPERATOR_LABELS
from constructs_lib.values.version import Version

_UNSET = object()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the resource."""

    kind: str
    """Its type, in the notation of `arguments/core_v1.py`; `integer` and `object` beside, whose fields are rows."""
    rules: tuple[Rule, ...]
    source: str
    """Rows of tests/data/dragonfly-operator-effects.json, or where else it is known from."""
    default: Any = _UNSET
    """What it stands for when it is left out; by itself the empty value of its type."""
    by_key: bool = False
    """Whether each key of the mapping is a change of its own."""

    @property
    def has_quantities(self) -> bool:
        """Whether the spelling of an amount in it does not matter: in core/v1's own types, not in texts."""
        return self.kind.removeprefix("[]")[:1].isupper() or self.kind == "{}number or text"

    def is_default(self, value: Any) -> bool:
        """Whether a value comes to the same as none."""
        default = self.default
        if default is _UNSET:
            default = _EMPTY.get(self.kind[:2] if self.kind[:2] in _EMPTY else self.kind)
        return value is None or (value == default and type(value) is type(default))


_EMPTY: dict[str, Any] = {"text": "", "boolean": False, "integer": 0, "[]": [], "{}": {}}
"""What Go leaves out of what it writes; an object that is empty is there all the same."""


def _nothing(clause: str) -> Rule:
    """Nobody reads it."""

    def rule(step: Step) -> Iterator[Consequence]:
        yield Consequence(Effect.NONE, clause)

    return rule


def _image(step: Step) -> Iterator[Consequence]:
    """Another image, unless the operator runs the same by itself."""
    old, new = step.old, step.new
    if old.image == new.image:
        return
    yield from restarts(step)
    starts_with_data = restart(old, new).effect is not Effect.DATA_LOST
    if starts_with_data and old.server and new.server and new.server < old.server:
        yield Consequence(
            Effect.UNKNOWN, f"whether server {new.server} reads what {old.server} saved or sends is not known"
        )


def _metadata(step: Step) -> Iterator[Consequence]:
    """A label or annotation of the Dragonfly itself: the operator reads none, Flux its own."""
    name = _last_name(step)
    if name == f"{FLUX_GROUP}/prune":
        yield Consequence(
            Effect.LIVE, "whether Flux deletes it once it is gone from the files changes, and nothing else"
        )
    elif name.startswith(f"{FLUX_GROUP}/"):
        yield Consequence(Effect.UNKNOWN, "what Flux makes of it is not known here")
    else:
        yield Consequence(Effect.NONE, "the operator does not read it")


def _labels(step: Step) -> Iterator[Consequence]:
    """A label of the pods; one of the operator's own does nothing, where it does not fail at it."""
    if _last_name(step) in OPERATOR_LABELS:
        yield Consequence(Effect.NONE, "the operator keeps its own value of this label")
    else:
        yield from restarts(step)


def _metadata_of_pods(step: Step) -> Iterator[Consequence]:
    yield from restarts(step)
    if _last_name(step) in OPERATOR_LABELS:
        yield Consequence(Effect.UNKNOWN, "what the operator makes of a label of its own here is not known")


def _metadata_of_objects(step: Step) -> Iterator[Consequence]:
    if _last_name(step) in OPERATOR_LABELS:
        yield Consequence(Effect.UNKNOWN, "what the operator makes of a label of its own here is not known")
    else:
        yield Consequence(Effect.LIVE, "the operator writes it to the StatefulSet and the Service, and no pod restarts")


def _last_name(step: Step) -> str:
    return steps_of(step.difference.field)[-1]


def _budget(step: Step) -> Iterator[Consequence]:
    if whole_number(step.new.get("replicas")) > 1:
        yield Consequence(Effect.LIVE, "the PodDisruptionBudget is changed in place, and no pod restarts")
    else:
        yield Consequence(Effect.NONE, "with one pod there is no PodDisruptionBudget")


def _claim_template(step: Step) -> Iterator[Consequence]:
    """What the operator does not fail at: one that goes, and from v1.6.1 on one that is another."""
    if step.difference.field.endswith("/persistentVolumeClaimSpec") and step.difference.after is None:
        yield from restarts(step)
    else:
        yield Consequence(
            Effect.NONE, "the operator leaves claims as they were made, so that the volumes stay as they are"
        )


def _readiness_gate(step: Step) -> Iterator[Consequence]:
    yield from restarts(step)
    if step.new.operator.version < Version.of("v1.6.1") and step.new.get("enableReplicationReadinessGate") is True:
        yield Consequence(
            restart(step.old, step.new).effect,
            f"the chart of operator {step.new.operator.version} lacks a right for the gate, so pods may not get ready",
        )


def _containers(step: Step) -> Iterator[Consequence]:
    yield from restarts(step)
    names = [container.get("name") for container in mappings(step.new.get("additionalContainers"))]
    if "dragonfly" in names:
        yield Consequence(Effect.DATA_LOST, "the container named dragonfly takes the server's place in every pod")


_FACTS = 'docs/dragonfly.md, "The operator"'
_READ = "read in the operator's source: it reads name, namespace and spec"

FIELDS: dict[str, Field] = {
    "/metadata/annotations": Field("{}text", (_metadata,), _READ, by_key=True),
    "/metadata/labels": Field("{}text", (_metadata,), _READ, by_key=True),
    "/status": Field("any", (_nothing("a manifest's status is not applied"),), "a subresource in the CRD"),
    "/spec/aclFromSecret": Field(
        "SecretKeySelector", (access.users, restarts), "aclFromSecret added; aclFromSecret key"
    ),
    "/spec/additionalContainers": Field(
        "[]Container", (_containers,), "additionalContainers; additionalContainers replaces dragonfly"
    ),
    "/spec/additionalVolumes": Field("[]Volume", (restarts,), "additionalVolumes"),
    "/spec/affinity": Field("Affinity", (affinity,), "affinity"),
    "/spec/annotations": Field("{}text", (restarts,), "annotations", by_key=True),
    "/spec/args": Field("[]text", (restarts,), "args; args repeat the operator's; flags by `flag_rules.py`"),
    "/spec/authentication": Field("object", (restarts,), "authentication removed"),
    "/spec/authentication/clientCaCertSecret": Field(
        "SecretKeySelector",
        (access.client_certificate, restarts, server_faults),
        "authentication.clientCaCertSecret",
    ),
    "/spec/authentication/passwordFromSecret": Field(
        "SecretKeySelector",
        (access.password, restarts, server_faults),
        "authentication removed; authentication.passwordFromSecret",
    ),
    "/spec/containerSecurityContext": Field("SecurityContext", (restarts,), "containerSecurityContext"),
    "/spec/customLivenessProbeConfigMap": Field("LocalObjectReference", (restarts,), "customReadinessProbeConfigMap"),
    "/spec/customReadinessProbeConfigMap": Field("LocalObjectReference", (restarts,), "customReadinessProbeConfigMap"),
    "/spec/customStartupProbeConfigMap": Field("LocalObjectReference", (restarts,), "customReadinessProbeConfigMap"),
    "/spec/enableReplicationReadinessGate": Field("boolean", (_readiness_gate,), "enableReplicationReadinessGate"),
    "/spec/env": Field(
        "[]EnvVar", (restarts, access.password, memory.memory, memory.cache_mode, snapshots.place, server_faults), "env"
    ),
    "/spec/image": Field("text", (_image, server_faults), "image; image left out"),
    "/spec/imagePullPolicy": Field("text", (restarts,), "imagePullPolicy; the CRD's default", default="Always"),
    "/spec/imagePullSecrets": Field("[]LocalObjectReference", (restarts,), "imagePullSecrets"),
    "/spec/initContainers": Field("[]Container", (restarts,), "initContainers"),
    "/spec/labels": Field("{}text", (_labels,), "labels; labels reserved; labels part-of", by_key=True),
    "/spec/memcachedPort": Field("integer", (access.memcached, restarts), "memcachedPort"),
    "/spec/networkPolicyEnabled": Field(
        "boolean",
        (access.network_policy,),
        "networkPolicyEnabled false; networkPolicyEnabled true; the CRD's default",
        default=True,
    ),
    "/spec/nodeSelector": Field("{}text", (restarts,), "nodeSelector", by_key=True),
    "/spec/ownedObjectsMetadata": Field("object", (_metadata_of_objects,), "ownedObjectsMetadata"),
    "/spec/ownedObjectsMetadata/annotations": Field(
        "{}text", (_metadata_of_objects,), "ownedObjectsMetadata", by_key=True
    ),
    "/spec/ownedObjectsMetadata/labels": Field("{}text", (_metadata_of_objects,), "ownedObjectsMetadata", by_key=True),
    "/spec/pdb": Field("object", (_budget,), "pdb both"),
    "/spec/pdb/maxUnavailable": Field("number or text", (_budget,), "pdb.maxUnavailable; pdb both"),
    "/spec/pdb/minAvailable": Field("number or text", (_budget,), "pdb.minAvailable; pdb both"),
    "/spec/podMetadata": Field("object", (restarts,), "podMetadata"),
    "/spec/podMetadata/annotations": Field("{}text", (restarts,), "podMetadata", by_key=True),
    "/spec/podMetadata/labels": Field("{}text", (_metadata_of_pods,), "podMetadata", by_key=True),
    "/spec/podSecurityContext": Field(
        "PodSecurityContext",
        (restarts, snapshots.volume_rights),
        "podSecurityContext; podSecurityContext without fsGroup",
    ),
    "/spec/priorityClassName": Field("text", (restarts,), "priorityClassName"),
    "/spec/replicas": Field("integer", (scale,), "replicas down; replicas up; replicas left out"),
    "/spec/resources": Field(
        "ResourceRequirements",
        (restarts, memory.memory, server_faults),
        "resources.limits.memory; resources.requests",
    ),
    "/spec/resources/limits": Field(
        "{}number or text", (restarts, memory.memory, server_faults), "resources.limits.memory"
    ),
    "/spec/resources/requests": Field("{}number or text", (restarts,), "resources.requests"),
    "/spec/serviceAccountName": Field("text", (restarts,), "serviceAccountName"),
    "/spec/serviceSpec": Field("object", (access.service,), "serviceSpec ClusterIP; serviceSpec removed"),
    "/spec/serviceSpec/annotations": Field(
        "{}text", (access.service,), "serviceSpec LoadBalancer; serviceSpec removed", by_key=True
    ),
    "/spec/serviceSpec/labels": Field("{}text", (access.service,), "serviceSpec LoadBalancer", by_key=True),
    "/spec/serviceSpec/name": Field("text", (access.service_name,), "serviceSpec.name"),
    "/spec/serviceSpec/nodePort": Field("integer", (access.service, access.node_port), "serviceSpec.nodePort"),
    "/spec/serviceSpec/type": Field(
        "text", (access.service,), "serviceSpec ClusterIP; serviceSpec LoadBalancer; serviceSpec removed"
    ),
    "/spec/skipFSGroup": Field("boolean", (restarts, snapshots.volume_rights), "skipFSGroup"),
    "/spec/snapshot": Field("object", (restarts, snapshots.place, snapshots.schedule), "snapshot removed"),
    "/spec/snapshot/cron": Field(
        "text",
        (restarts, snapshots.schedule, server_faults),
        "snapshot added s3; snapshot removed; snapshot.cron; snapshot cron only",
    ),
    "/spec/snapshot/dir": Field(
        "text", (restarts, snapshots.place), "snapshot added s3; snapshot removed; snapshot.dir; snapshot PVC and s3"
    ),
    "/spec/snapshot/enableOnMasterOnly": Field("boolean", (snapshots.master_only,), "snapshot.enableOnMasterOnly"),
    "/spec/snapshot/existingPersistentVolumeClaimName": Field(
        "text", (restarts, snapshots.place), "snapshot existing claim; snapshot both claims"
    ),
    "/spec/snapshot/persistentVolumeClaimSpec": Field(
        "PersistentVolumeClaimSpec",
        (_claim_template, snapshots.place),
        "snapshot PVC added; snapshot PVC larger; snapshot PVC removed; snapshot PVC and s3; snapshot both claims",
    ),
    "/spec/tiering": Field("object", (restarts,), "tiering"),
    "/spec/tiering/persistentVolumeClaimSpec": Field(
        "PersistentVolumeClaimSpec", (_claim_template, memory.tiering), "tiering; tiering removed"
    ),
    "/spec/tlsSecretRef": Field("object", (access.tls, restarts, server_faults), "tlsSecretRef added"),
    "/spec/tlsSecretRef/name": Field(
        "text", (access.tls, access.client_certificate, restarts, server_faults), "tlsSecretRef added"
    ),
    "/spec/tlsSecretRef/namespace": Field(
        "text",
        (_nothing("the operator reads the Secret of the instance's own namespace, whatever stands here"),),
        _FACTS,
    ),
    "/spec/tolerations": Field("[]Toleration", (restarts,), "tolerations"),
    "/spec/topologySpreadConstraints": Field("[]TopologySpreadConstraint", (restarts,), "topologySpreadConstraints"),
}


def row_of(field: str) -> tuple[str, Field] | None:
    """The row of a JSON pointer, its own or the nearest above it, with the pointer that the row is for."""
    while field:
        if field in FIELDS:
            return field, FIELDS[field]
        field = field.rpartition("/")[0]
    return None


def has_parts(field: str) -> bool:
    """Whether a mapping's keys are looked at one by one, also where all of them are new or gone."""
    row = FIELDS.get(field)
    return field in {"", "/metadata", "/spec"} or (row is not None and (row.by_key or row.kind == "object"))
