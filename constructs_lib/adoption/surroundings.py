"""One Dragonfly among the objects of a tree, and which of the others belong to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from constructs_lib.checks.manifests import Manifest
from constructs_lib.doctor.instance import Instance
from constructs_lib.doctor.objects import Objects, installed_operator, lies_under
from constructs_lib.flux.annotations import FLUX_GROUP
from constructs_lib.network.reach import KINDS, Reach, UnreadablePolicy, reach_of
from constructs_lib.network.selectors import selector_of
from constructs_lib.operator.arguments import CHART, OPERATOR_NAMESPACE
from constructs_lib.values.fields import mapping, text
from constructs_lib.values.version import Version

OF_A_JOB = {"app.kubernetes.io/name": "dragonfly-backup"}
"""A label of our Jobs for a backup, and of their pods."""


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
        return [(manifest, _read(manifest)) for manifest in self.objects.of_kind(*KINDS)]

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
            **OF_A_JOB,
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
        raise NoInstance("no Dragonfly in the manifests, and no redis.conf; accepted: a file or a folder with one")
    if not found:
        raise NoInstance(f"no Dragonfly {name!r} in the manifests; accepted as --name: {there}")
    raise NoInstance(f"several Dragonflies in the manifests; accepted as --name, one of: {there}")


def _folder(kustomization: Manifest) -> str:
    return PurePath(text(kustomization.object, "spec", "path")).name


def _read(policy: Manifest) -> Reach | UnreadablePolicy:
    try:
        return reach_of(policy.object)
    except UnreadablePolicy as reason:
        return reason
