"""The pods that the manifests lead to are admitted, and others are not: Pod Security as the namespaces' labels say."""

from __future__ import annotations

import copy
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from constructs_lib.checks.manifests import Manifest, read_manifests
from tests.e2e.clusters import Cluster, wait_for
from tests.e2e.flux import Flux
from tests.e2e.pods import LEVELS, PODS, pod_specs, try_pod
from tests.e2e.stacks import STACKS, Stacks

EVERY_STACK = pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.stem)
ENFORCE = "pod-security.kubernetes.io/enforce"


@EVERY_STACK
def test_its_pods_are_admitted_where_they_belong(
    stack: Path, operator: str, cluster: Cluster, stacks: Stacks, flux: Flux
) -> None:
    dist = stacks.dist(stack, operator)
    flux.reconcile(dist)
    manifests = [manifest for manifest in read_manifests(dist) if [*pod_specs(manifest)]]
    told = []
    for manifest in manifests:
        cluster.wait_for_service_account(manifest.namespace)
        told += [f"{manifest}: {text}" for text in refusals(cluster, manifest.namespace, manifest)]
    assert manifests
    assert told == []


@EVERY_STACK
def test_its_jobs_pass_the_strictest_level(
    stack: Path, operator: str, cluster: Cluster, stacks: Stacks, flux: Flux
) -> None:
    """Whatever level the cache's own namespace has; the operator's pods need not, unless they are asked to."""
    restricted = cluster.namespace("restricted", {ENFORCE: "restricted"})
    told = []
    for manifest in read_manifests(stacks.dist(stack, operator)):
        if manifest.kind in {"CronJob", "Job"}:
            told += [f"{manifest}: {text}" for text in refusals(cluster, restricted, manifest)]
    assert told == []


@EVERY_STACK
def test_the_controllers_make_pods_of_its_jobs(
    stack: Path, operator: str, cluster: Cluster, stacks: Stacks, flux: Flux
) -> None:
    """A Job as Flux applies it; a CronJob by a Job of its template, as `kubectl create job --from` makes it."""
    dist = stacks.dist(stack, operator)
    jobs = [job for manifest in read_manifests(dist) for job in jobs_of(manifest)]
    if jobs:
        flux.reconcile(dist)
    for job in jobs:
        namespace, name = job["metadata"]["namespace"], job["metadata"]["name"]
        answer = cluster.server.apply(job)
        assert answer.accepted, answer.message
        try:
            wait_for(partial(has_pod, cluster, namespace, name), f"a pod of Job {name}")
        finally:
            path = f"/apis/batch/v1/namespaces/{namespace}/jobs/{name}"
            cluster.server.request("DELETE", path, propagationPolicy="Background")


@EVERY_STACK
def test_a_namespace_admits_its_level_and_nothing_weaker(
    stack: Path, operator: str, cluster: Cluster, stacks: Stacks, flux: Flux
) -> None:
    dist = stacks.dist(stack, operator)
    flux.reconcile(dist)
    namespaces = [manifest for manifest in read_manifests(dist) if manifest.kind == "Namespace"]
    assert namespaces
    for namespace in namespaces:
        cluster.wait_for_service_account(namespace.name)
        level = namespace.metadata["labels"][ENFORCE]
        admitted = [name for name, spec in PODS.items() if try_pod(cluster.server, namespace.name, spec).accepted]
        assert admitted == LEVELS[: LEVELS.index(level) + 1], f"{namespace} at {level}"


def refusals(cluster: Cluster, namespace: str, manifest: Manifest) -> list[str]:
    """What the server says against an object's pods in a namespace."""
    told: list[str] = []
    for spec in pod_specs(manifest):
        tried = {**spec, "serviceAccountName": "default"} if namespace != manifest.namespace else spec
        answer = try_pod(cluster.server, namespace, tried)
        told += [answer.message] if not answer.accepted else []
        told += answer.warnings
    return told


def jobs_of(manifest: Manifest) -> list[dict[str, Any]]:
    """A Job of an object's own pods, that no earlier one of the same name stands in the way of."""
    spec = manifest.object.get("spec", {})
    if manifest.kind == "CronJob":
        spec = spec["jobTemplate"]["spec"]
    elif manifest.kind != "Job":
        return []
    metadata = {"name": f"{manifest.name}-trial", "namespace": manifest.namespace}
    return [{"apiVersion": "batch/v1", "kind": "Job", "metadata": metadata, "spec": copy.deepcopy(spec)}]


def has_pod(cluster: Cluster, namespace: str, job: str) -> bool:
    path = f"/api/v1/namespaces/{namespace}/pods"
    pods = cluster.server.request("GET", path, labelSelector=f"batch.kubernetes.io/job-name={job}")
    return bool(pods.body["items"])
