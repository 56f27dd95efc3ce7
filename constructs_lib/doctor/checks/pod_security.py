"""Namespaces whose Pod Security level refuses the pods that are to run there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from constructs_lib.cache.pods import RESTRICTED_CONTAINER, RESTRICTED_POD
from constructs_lib.checks.manifests import Manifest
from constructs_lib.doctor.model import ERROR, Check, Found, add
from constructs_lib.doctor.objects import Objects
from constructs_lib.values.fields import items, mapping, text, value

POD_SECURITY_REFUSES = Check(
    "pod-security-refuses",
    ERROR,
    ("Dragonfly", "HelmRelease"),
    "The namespace enforces Pod Security `restricted`. The pods as operator and chart make them pass `baseline`, so "
    "none is admitted until security contexts say more.",
    "docs/dragonfly.md#secrets",
)

CHECKS = (POD_SECURITY_REFUSES,)

ENFORCE = "pod-security.kubernetes.io/enforce"


def find(tree: Objects) -> Iterator[Found]:
    """Instances and the operator in namespaces that are restricted."""
    restricted = {
        namespace.name
        for namespace in tree.of_kind("Namespace")
        if mapping(namespace.metadata, "labels").get(ENFORCE) == "restricted"
    }
    for instance in tree.instances:
        if instance.namespace in restricted:
            yield from _instance(instance.manifest, instance.spec)
    for release in tree.operator_releases:
        if (text(release.object, "spec", "targetNamespace") or release.namespace) in restricted:
            yield from _operator(release)


def _instance(manifest: Manifest, spec: Mapping[str, Any]) -> Iterator[Found]:
    pod, container = mapping(spec, "podSecurityContext"), mapping(spec, "containerSecurityContext")
    if not _is_restricted(pod, container):
        where = (
            "/spec/podSecurityContext"
            if not _is_restricted(pod, RESTRICTED_CONTAINER)
            else "/spec/containerSecurityContext"
        )
        what = f"namespace {manifest.namespace} enforces restricted, which refuses its pods"
        fix = (
            f"give podSecurityContext {_listed(RESTRICTED_POD)}, and containerSecurityContext "
            "allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}"
        )
        patch = [
            add("/spec/podSecurityContext", {**RESTRICTED_POD, **pod, "runAsNonRoot": True}),
            add("/spec/containerSecurityContext", {**container, **RESTRICTED_CONTAINER}),
        ]
        safe = pod.keys() <= {"fsGroup"} and not container
        yield POD_SECURITY_REFUSES.found(manifest, where, what, fix, *(patch if safe else []))


def _operator(release: Manifest) -> Iterator[Found]:
    context = mapping(release.object, "spec", "values", "podSecurityContext")
    if "valuesFrom" in mapping(release.object, "spec"):
        return
    if context.get("runAsNonRoot") is True and text(context, "seccompProfile", "type") == "RuntimeDefault":
        return
    where = "/spec/values/podSecurityContext"
    what = "its namespace enforces restricted, which refuses the operator's pods"
    fix = "give the value podSecurityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}"
    yield POD_SECURITY_REFUSES.found(release, where, what, fix)


def _is_restricted(pod: Mapping[str, Any], container: Mapping[str, Any]) -> bool:
    """Whether the two contexts pass. https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted"""
    return (
        (pod.get("runAsNonRoot") is True or container.get("runAsNonRoot") is True)
        and "RuntimeDefault" in (text(pod, "seccompProfile", "type"), text(container, "seccompProfile", "type"))
        and container.get("allowPrivilegeEscalation") is False
        and "ALL" in items(container, "capabilities", "drop")
        and value(container, "privileged") is not True
    )


def _listed(context: Mapping[str, Any]) -> str:
    return ", ".join(f"{key}: {each}" for key, each in context.items() if not isinstance(each, dict)).lower()
