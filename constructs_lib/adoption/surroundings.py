"""One Dragonfly among the objects of a tree, and which of the others belong to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePath

from constructs_lib.checks.manifests import KUSTOMIZE_GROUP, Manifest
from constructs_lib.doctor.instance import Instance
from constructs_lib.doctor.objects import Objects, installed_operator, lies_under
from constructs_lib.flux.annotations import FLUX_GROUP
from constructs_lib.network.reach import Reach, UnreadablePolicy, reach_of
from constructs_lib.network.selectors import selector_of
from constructs_lib.operator.arguments import CHART, OPERATOR_NAMESPACE
from constructs_lib.operator.helm_release import installs_operator
from constructs_lib.review.sides.trees import key_of
from constructs_lib.values.fields import mapping, text
from constructs_lib.values.version import Version

DEFAULT_NAMESPACE = "cache"
"""Where an instance comes to be whose namespace nobody names: the default of `dragonfly_namespace`."""

OF_THE_CLUSTER = frozenset(
    {
        "ClusterIssuer",
        "ClusterRole",
        "ClusterRoleBinding",
        "ClusterSecretStore",
        "CiliumClusterwideNetworkPolicy",
        "CustomResourceDefinition",
        "Namespace",
        "PersistentVolume",
        "PriorityClass",
        "StorageClass",
    }
)
"""Kinds without a namespace, as far as they stand beside a cache."""

POLICIES = ("CiliumNetworkPolicy", "NetworkPolicy")


class NoInstance(Exception):
    """There is no Dragonfly to carry over, or nobody said which; the text says what there is."""


@dataclass(frozen=True)
class Surroundings:
    """An instance, and what belongs to it."""

    instance: Instance
    objects: Objects

    @property
    def operator(self) -> Version:
        """The version of the operator that serves it."""
        return self.objects.operator

    @cached_property
    def release(self) -> Manifest | None:
        """The HelmRelease that installs the operator."""
        return next(iter(self.objects.operator_releases), None)

    @cached_property
    def source(self) -> Manifest | None:
        """The HelmRepository or OCIRepository that its chart comes from."""
        if self.release is None:
            return None
        spec = self.release.object.get("spec")
        reference = mapping(spec, "chartRef") or mapping(spec, "chart", "spec", "sourceRef")
        named = (reference.get("kind"), reference.get("name"))
        return self._first(manifest for manifest in self.objects.manifests if (manifest.kind, manifest.name) == named)

    @cached_property
    def pod_monitor(self) -> Manifest | None:
        """The PodMonitor that selects its pods."""
        return self._first(
            manifest
            for manifest in self.objects.of_kind("PodMonitor")
            if selector_of(mapping(manifest.object, "spec", "selector")).selects(self.instance.pod_labels)
        )

    @cached_property
    def prometheus_rule(self) -> Manifest | None:
        """The PrometheusRule with its alerts."""
        rules = list(self.objects.of_kind("PrometheusRule"))
        own = (rule for rule in rules if self.is_here(rule) and rule.name == f"{self.instance.name}-alerts")
        return self._first(own) or self._first(rule for rule in rules if "dragonfly" in str(rule.object.get("spec")))

    @cached_property
    def dashboard(self) -> Manifest | None:
        """The ConfigMap or GrafanaDashboard that draws it."""
        return self._first(
            manifest
            for manifest in self.objects.of_kind("ConfigMap", "GrafanaDashboard")
            if self.is_here(manifest) and manifest.name == f"{self.instance.name}-dashboard"
        )

    @cached_property
    def policy(self) -> tuple[Manifest, Reach] | None:
        """The network policy that is for its pods, read."""
        for manifest, reach in self._policies:
            if isinstance(reach, UnreadablePolicy):
                continue
            if reach.namespace == self.instance.namespace and reach.pods.selects(self.instance.pod_labels):
                return manifest, reach
        return None

    @cached_property
    def unreadable_policies(self) -> list[tuple[Manifest, UnreadablePolicy]]:
        """The network policies of its namespace of which nobody knows what they let through, and why."""
        return [
            (manifest, reach)
            for manifest, reach in self._policies
            if isinstance(reach, UnreadablePolicy) and self.is_here(manifest)
        ]

    @cached_property
    def _policies(self) -> list[tuple[Manifest, Reach | UnreadablePolicy]]:
        return [(manifest, _read(manifest)) for manifest in self.objects.of_kind(*POLICIES)]

    @cached_property
    def certificate(self) -> Manifest | None:
        """The Certificate in whose Secret its key stands."""
        secret = text(self.instance.spec, "tlsSecretRef", "name")
        return self._first(
            manifest
            for manifest in self.objects.of_kind("Certificate")
            if self.is_here(manifest) and secret and text(manifest.object, "spec", "secretName") == secret
        )

    def secret(self, name: str) -> Manifest | None:
        """The Secret, or the ExternalSecret that makes it."""
        return self._first(
            manifest
            for manifest in self.objects.of_kind("Secret", "ExternalSecret")
            if self.is_here(manifest) and name in (manifest.name, text(manifest.object, "spec", "target", "name"))
        )

    def job(self, component: str) -> Manifest | None:
        """The Job or CronJob of ours for a part of its backup: `retention`, `restore`, `bucket`, `drill`."""
        wanted = {
            "app.kubernetes.io/name": "dragonfly-backup",
            "app.kubernetes.io/instance": self.instance.name,
            "app.kubernetes.io/component": component,
        }
        return self._first(
            manifest
            for manifest in self.objects.of_kind("Job", "CronJob")
            if self.is_here(manifest) and wanted.items() <= mapping(manifest.metadata, "labels").items()
        )

    @cached_property
    def operator_kustomization(self) -> Manifest | None:
        """What applies the operator."""
        return self._kustomization(CHART, self.release)

    @cached_property
    def preparation(self) -> Manifest | None:
        """What applies the folder with the Jobs that come before the cache."""
        return self._kustomization(f"{self.instance.name}-backup", self.job("restore") or self.job("bucket"))

    @cached_property
    def kustomization(self) -> Manifest | None:
        """What applies the instance."""
        return self._kustomization(self.instance.name, self.instance.manifest)

    @property
    def namespaces(self) -> Iterator[Manifest]:
        """The Namespaces of the operator and of the instance."""
        operators = self.release.namespace if self.release else OPERATOR_NAMESPACE
        wanted = (operators, self.instance.namespace)
        return (manifest for manifest in self.objects.of_kind("Namespace") if manifest.name in wanted)

    def is_here(self, manifest: Manifest) -> bool:
        """Whether an object is in the instance's namespace."""
        return manifest.namespace == self.instance.namespace

    def _kustomization(self, name: str, applied: Manifest | None) -> Manifest | None:
        found = [each for each in self.objects.of_kind("Kustomization") if each.group == FLUX_GROUP]
        by_name = (each for each in found if each.name == name or _folder(each) == name)
        return self._first(by_name) or self._first(
            each for each in found if applied is not None and lies_under(applied, each)
        )

    @staticmethod
    def _first(manifests: Iterator[Manifest]) -> Manifest | None:
        return next(iter(manifests), None)


def surroundings_of(manifests: Sequence[Manifest], name: str | None, operator: Version | None) -> Surroundings:
    """The Dragonfly of that name, or the only one.

    Args:
        manifests: the objects, each with its namespace.
        name: its name, or NAMESPACE/NAME.
        operator: the operator that serves it; without it the one that the manifests install.

    Raises:
        NoInstance: there is none, or several and no name.
    """
    objects = Objects(manifests, operator or installed_operator(manifests))
    found = [each for each in objects.instances if name in (None, each.name, f"{each.namespace}/{each.name}")]
    if len(found) == 1:
        return Surroundings(found[0], objects)
    there = ", ".join(sorted(f"{each.namespace}/{each.name}" for each in objects.instances))
    if not there:
        raise NoInstance("no Dragonfly in the manifests; accepted: a file or a folder with one")
    if not found:
        raise NoInstance(f"no Dragonfly {name!r} in the manifests; accepted as --name: {there}")
    raise NoInstance(f"several Dragonflies in the manifests; accepted as --name, one of: {there}")


def with_namespaces(manifests: Sequence[Manifest], namespace: str | None) -> tuple[list[Manifest], list[Manifest]]:
    """Each object of a cluster in the namespace that it comes to be in, and those of them that do not name it.

    kustomize's own file names it, or Flux' Kustomization; else it is the one that was given. Of an object that stands
    there twice, in a base and in what changes it, the last counts.

    Args:
        manifests: what the files hold, kustomize's own files among it.
        namespace: for those of which nobody says it.
    """
    kustomize = {
        manifest.file.parent: text(manifest.object, "namespace")
        for manifest in manifests
        if manifest.group == KUSTOMIZE_GROUP
    }
    objects = [manifest for manifest in manifests if manifest.group != KUSTOMIZE_GROUP]
    targets = [
        (each, text(each.object, "spec", "targetNamespace"))
        for each in objects
        if each.kind == "Kustomization" and text(each.object, "spec", "targetNamespace")
    ]
    placed, unnamed = {}, {}
    for manifest in objects:
        if manifest.namespace or manifest.kind in OF_THE_CLUSTER:
            placed[key_of(manifest.object)] = manifest
            continue
        found = next((target for each, target in targets if lies_under(manifest, each)), "")
        found = found or _of_kustomize(manifest, kustomize) or namespace or _usual_namespace(manifest)
        metadata = {**manifest.metadata, "namespace": found}
        named = replace(manifest, object={**manifest.object, "metadata": metadata})
        placed[key_of(named.object)] = unnamed[key_of(named.object)] = named
    return list(placed.values()), list(unnamed.values())


def _of_kustomize(manifest: Manifest, namespaces: Mapping[Path, str]) -> str:
    folders = manifest.file.parents
    return next((namespaces[folder] for folder in folders if namespaces.get(folder)), "")


def _usual_namespace(manifest: Manifest) -> str:
    is_called_so = manifest.kind in ("HelmRelease", "HelmRepository", "OCIRepository") and manifest.name == CHART
    installs_it = manifest.kind == "HelmRelease" and installs_operator(manifest.object)
    return OPERATOR_NAMESPACE if is_called_so or installs_it else DEFAULT_NAMESPACE


def _folder(kustomization: Manifest) -> str:
    return PurePath(text(kustomization.object, "spec", "path")).name


def _read(policy: Manifest) -> Reach | UnreadablePolicy:
    try:
        return reach_of(policy.object)
    except UnreadablePolicy as reason:
        return reason
