"""A tree of manifests, and what several of the picture's parts ask of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from constructs_lib.checks.findings import installed_operator_version
from constructs_lib.checks.manifests import Manifest
from constructs_lib.network.policies import policies_of
from constructs_lib.network.rules import WrittenPolicy
from constructs_lib.operator.helm_release import installs_operator, source_of
from constructs_lib.review.topology.drawn_instance import DrawnInstance
from constructs_lib.review.topology.operator_policy import policy_of_operator
from constructs_lib.review.topology.policy_ways import POLICY_KINDS
from constructs_lib.values.fields import mapping, mappings, text
from constructs_lib.values.version import Version

JOBS = {
    "bucket": "sets up the bucket",
    "drill": "tries the newest snapshot",
    "restore": "copies a snapshot to start from",
    "retention": "deletes old snapshots",
}
"""What our Jobs do, by their label app.kubernetes.io/component (`backup/script_job.py`)."""


@dataclass(frozen=True)
class WrittenOperator:
    """A HelmRelease that installs the operator."""

    release: Manifest
    version: Version | None
    """None where nothing says it."""


@dataclass(frozen=True)
class WrittenJob:
    """A Job or CronJob of ours that works on snapshots."""

    manifest: Manifest

    @property
    def does(self) -> str:
        """What it is for, in words; empty for a Job of others."""
        labels = mapping(self.manifest.metadata, "labels")
        ours = labels.get("app.kubernetes.io/name") == "dragonfly-backup"
        return JOBS.get(text(labels, "app.kubernetes.io/component"), "") if ours else ""

    @property
    def schedule(self) -> str:
        """When it runs; empty for once."""
        return text(self.manifest.object, "spec", "schedule")

    @property
    def instance(self) -> str:
        """The instance that it works for, as namespace/name."""
        return f"{self.manifest.namespace}/{text(self.manifest.metadata, 'labels', 'app.kubernetes.io/instance')}"

    @property
    def pod_labels(self) -> Mapping[str, str]:
        """The labels of its pods."""
        labels = mapping(self._template, "metadata", "labels")
        return {name: each for name, each in labels.items() if isinstance(each, str)}

    @property
    def environment(self) -> Mapping[str, str]:
        """The variables of its containers that are given in the clear."""
        pod = mapping(self._template, "spec")
        containers = [*mappings(pod, "initContainers"), *mappings(pod, "containers")]
        return {text(each, "name"): text(each, "value") for one in containers for each in mappings(one, "env")}

    @property
    def _template(self) -> Mapping[str, Any]:
        spec = mapping(self.manifest.object, "spec")
        return mapping(spec, "template") or mapping(spec, "jobTemplate", "spec", "template")


@dataclass(frozen=True)
class WrittenStack:
    """The manifests of a folder."""

    manifests: tuple[Manifest, ...]
    tree: Path
    """The folder."""

    def of_kind(self, *kinds: str) -> Iterator[tuple[Manifest, Mapping[str, Any]]]:
        """The objects of those kinds, each with its spec."""
        for manifest in self.manifests:
            if manifest.kind in kinds:
                yield manifest, mapping(manifest.object, "spec")

    @cached_property
    def instances(self) -> tuple[DrawnInstance, ...]:
        """Every Dragonfly."""
        return tuple(DrawnInstance(each.name, each.namespace, spec) for each, spec in self.of_kind("Dragonfly"))

    @cached_property
    def operators(self) -> tuple[WrittenOperator, ...]:
        """What installs the operator."""
        objects = [each.object for each in self.manifests]
        return tuple(
            WrittenOperator(release, self._chart_version(release))
            for release, _ in self.of_kind("HelmRelease")
            if installs_operator(release.object, objects)
        )

    def _chart_version(self, release: Manifest) -> Version | None:
        source = source_of(release.object, (each.object for each in self.manifests))
        return installed_operator_version([release, *(each for each in self.manifests if each.object is source)])

    @cached_property
    def jobs(self) -> tuple[WrittenJob, ...]:
        """Our Jobs and CronJobs that work on snapshots."""
        return tuple(job for each, _ in self.of_kind("Job", "CronJob") if (job := WrittenJob(each)).does)

    def policies(self, instance: DrawnInstance) -> Sequence[tuple[Manifest, WrittenPolicy]]:
        """The policies for an instance's pods, the operator's own too; one of Cilium's once for each of its specs."""
        return self._policies[instance.id]

    @cached_property
    def _policies(self) -> Mapping[str, Sequence[tuple[Manifest, WrittenPolicy]]]:
        written = [manifest for manifest, _ in self.of_kind(*POLICY_KINDS)]
        every = [
            (manifest, policy)
            for manifest in (*written, *self._policies_of_operators())
            for policy in policies_of(manifest.object).values()
        ]
        return {
            instance.id: [
                (manifest, policy)
                for manifest, policy in every
                if policy.namespace == instance.namespace and instance.is_selected_by(policy.pods)
            ]
            for instance in self.instances
        }

    def _policies_of_operators(self) -> Iterator[Manifest]:
        for operator in self.operators:
            for instance in self.instances:
                if operator.version and (
                    made := policy_of_operator(instance, operator.version, operator.release.namespace)
                ):
                    yield made

    def is_in(self, manifest: Manifest, path: str) -> bool:
        """Whether Flux finds a manifest below a path of its own repository, of which this tree may be a part."""
        folder = PurePosixPath(path).parts
        below = manifest.file.relative_to(self.tree).parent.parts if self.tree.is_dir() else ()
        return any(folder[-length:] == below[:length] for length in range(1, len(below) + 1))
