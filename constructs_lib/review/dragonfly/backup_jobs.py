"""The library's Jobs that work on an instance's snapshots: on which, and with what arguments.

The arguments are those of the scripts in `backup/jobs/`; what of them cannot be read counts as left out.
"""

from __future__ import annotations

from argparse import ArgumentError, ArgumentParser
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from constructs_lib.review.changes.model import Context, Manifest
from constructs_lib.review.dragonfly.instance import Instance
from constructs_lib.values.fields import mapping, mappings, text, texts


@dataclass(frozen=True)
class BackupJob:
    """A Job or CronJob of a backup."""

    manifest: Manifest

    @property
    def name(self) -> str:
        return text(self.manifest, "metadata", "name")

    @property
    def instance(self) -> str:
        """The name of the instance whose snapshots they are."""
        return text(self.manifest, "metadata", "labels", "app.kubernetes.io/instance")

    @property
    def component(self) -> str:
        """What it is for: `restore`, `retention`, …"""
        return text(self.manifest, "metadata", "labels", "app.kubernetes.io/component")

    @cached_property
    def pod(self) -> Mapping[str, Any]:
        """The spec of its pods."""
        spec = mapping(self.manifest, "spec")
        return mapping(mapping(spec, "jobTemplate", "spec") or spec, "template", "spec")

    def arguments(self, *names: str) -> tuple[str | None, ...]:
        """What its script is given under these names; None where it is not."""
        parser = ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
        for name in names:
            parser.add_argument(f"--{name}")
        with suppress(ArgumentError):
            given = parser.parse_known_args(texts(self._container, "args"))[0]
            return tuple(getattr(given, name) for name in names)
        return (None,) * len(names)

    def is_below(self, prefix: str, instance: Instance) -> bool:
        """Whether the instance saves itself, and looks for a snapshot, below a prefix in the bucket of this Job."""
        variables = {entry.get("name"): entry.get("value") for entry in mappings(self._container, "env")}
        address = "/".join(filter(None, (f"s3://{variables.get('S3_BUCKET')}", prefix)))
        return instance.place is not None and f"{instance.place}/".startswith(f"{address}/")

    @property
    def _container(self) -> Mapping[str, Any]:
        return next(iter(mappings(self.pod, "containers")), {})


def restore_of(instance: Instance, context: Context) -> str:
    """The snapshot that an instance is to start from, and the Job that copies it there; empty where none does."""
    for job in context.once(_restores).get((instance.namespace, instance.name), ()):
        snapshot, to = job.arguments("snapshot", "to")
        if snapshot and to and job.is_below(to, instance):
            return f"snapshot {snapshot}, which Job {job.name} copies to {instance.place}"
    return ""


def _restores(context: Context) -> dict[tuple[str, str], list[BackupJob]]:
    """By namespace and name of the instance."""
    found: dict[tuple[str, str], list[BackupJob]] = {}
    for key, manifest in context.new.items():
        if key.kind == "Job" and (job := BackupJob(manifest)).component == "restore":
            found.setdefault((key.namespace, job.instance), []).append(job)
    return found
