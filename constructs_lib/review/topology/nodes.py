"""The nodes of a picture that more than one part of it speaks of."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.checks.manifests import Manifest
from constructs_lib.review.topology.drawn_instance import DrawnInstance, SavedTo
from constructs_lib.review.topology.operator_policy import MADE_BY_OPERATOR
from constructs_lib.review.topology.topology import Node, NodeKey, NodeKind
from constructs_lib.review.topology.written_stack import WrittenJob, WrittenOperator, WrittenStack
from constructs_lib.values.fields import mapping


def operator_node(operator: WrittenOperator) -> Node:
    """The operator, as its HelmRelease installs it."""
    release = operator.release
    title = f"Operator {operator.version}" if operator.version else "Operator"
    return Node(NodeKind.OPERATOR, f"{release.namespace}/{release.name}", (title, f"in {release.namespace}"))


def pods_node(instance: DrawnInstance, stack: WrittenStack) -> Node:
    """An instance's pods, and the policies that are for them."""
    return Node(NodeKind.PODS, instance.id, tuple(_pods_lines(instance, stack)), instance.namespace)


def job_node(job: WrittenJob) -> Node:
    """A Job or CronJob of ours."""
    return object_node(NodeKind.JOB, job.manifest, *([f"at {job.schedule}"] if job.schedule else []))


def object_node(kind: NodeKind, manifest: Manifest, *lines: str) -> Node:
    """An object by its kind and name, in the frame of its namespace."""
    id = f"{manifest.kind} {manifest.namespace}/{manifest.name}"
    return Node(kind, id, (manifest.kind, manifest.name, *lines), manifest.namespace)


def store_node(saved_to: SavedTo) -> Node:
    """Where snapshots are."""
    return Node(NodeKind.STORE, saved_to.id, (saved_to.name, saved_to.detail))


def instance_key(instance: DrawnInstance) -> NodeKey:
    """By what edges name an instance."""
    return NodeKind.INSTANCE.value, instance.id


def service_key(instance: DrawnInstance) -> NodeKey:
    """By what edges name its Service."""
    return NodeKind.SERVICE.value, f"{instance.namespace}/{instance.service}"


def pods_key(instance: DrawnInstance) -> NodeKey:
    """By what edges name its pods."""
    return NodeKind.PODS.value, instance.id


def _pods_lines(instance: DrawnInstance, stack: WrittenStack) -> Iterator[str]:
    replicas = instance.pods - 1
    if replicas < 0:
        yield "no pods"
    elif replicas == 0:
        yield "1 pod, the master"
    else:
        yield f"{instance.pods} pods: master, {replicas} replica{'' if replicas == 1 else 's'}"
    for manifest, policy in stack.policies(instance):
        is_operators = mapping(manifest.metadata, "labels").items() >= MADE_BY_OPERATOR.items()
        yield f"{manifest.kind} {manifest.name}{' of the operator' if is_operators else ''}"
        yield "enforced" if policy.enforced else "audits, drops nothing"
