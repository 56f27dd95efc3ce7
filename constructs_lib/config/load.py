"""From `cluster.yaml` to the arguments of the constructs, with every error of the file at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from constructs_lib.config.cluster import Cluster, cluster_of, instance_of
from constructs_lib.config.files.configuration import Configuration, read_configuration
from constructs_lib.config.fleet.fleet import Fleet
from constructs_lib.config.fleet.instances import given_instances, instance_named, placed
from constructs_lib.config.fleet.validated import ValidatedInstance, validated_instance
from constructs_lib.config.parts import OF_THE_CLUSTER, Parts, validate_parts
from constructs_lib.config.secrets import FileSecrets
from constructs_lib.errors import Finding, InvalidConfig


def load(*paths: Path) -> Cluster:
    """Read a `cluster.yaml`, or several files that are merged in order.

    Raises:
        InvalidConfig: with every error of the files.
    """
    validated = _validated(paths)
    findings = (*validated.findings, *validated.secret_findings())
    if any(finding.is_error for finding in findings):
        raise validated.refusal(*findings)
    told = dict.fromkeys((*(finding for finding in findings if finding.is_warning), *validated.notes()))
    shown = validated.configuration.shown
    return cluster_of(
        validated.shared,
        [instance_of(each.parts, each.users, each.secrets) for each in validated.instances],
        validated.fleet,
        tuple(f"{shown(finding)}: {finding.severity.value}: {finding}" for finding in told),
    )


def load_secrets(*paths: Path, instance: str | None = None) -> FileSecrets:
    """Read what `cdk8s-dragonfly secrets` works with: what that command mends is no error here.

    Args:
        paths: the files.
        instance: the instance's name; needed where there are several.

    Raises:
        InvalidConfig: with every other error of the files.
        NoInstance: there is none of that name, or there are several and no name.
    """
    validated = _validated(paths)
    if any(finding.is_error for finding in validated.findings):
        raise validated.refusal(*validated.findings)
    secrets = instance_named(instance, validated.instances).secrets
    if secrets is None:
        raise validated.refusal(
            Finding.error("dragonfly_enabled", "false, so that there is no Secret; accepted here: true")
        )
    return secrets


@dataclass(frozen=True, slots=True)
class _Validated:
    """What both readers need of a configuration."""

    configuration: Configuration
    shared: Parts
    """What belongs to no instance alone."""
    instances: list[ValidatedInstance]
    fleet: Fleet | None
    findings: tuple[Finding, ...]
    """All but those of the secrets."""

    def secret_findings(self) -> Iterator[Finding]:
        """What `cdk8s-dragonfly secrets` mends."""
        yield from placed((each.given, each.secret_findings()) for each in self.instances)

    def notes(self) -> Iterator[Finding]:
        """What must be somewhere else for the caches to work."""
        yield from placed((each.given, each.secrets.notes() if each.secrets else ()) for each in self.instances)

    def refusal(self, *findings: Finding) -> InvalidConfig:
        """The exception with the errors among the findings."""
        return self.configuration.refusal(findings)


def _validated(paths: tuple[Path, ...]) -> _Validated:
    configuration = read_configuration(paths)
    given = given_instances(configuration.given)
    folder = configuration.folder_of("dragonfly_secrets_file")
    instances = [validated_instance(each, folder) for each in given.instances]
    shared = validate_parts(given.flat, OF_THE_CLUSTER) if given.is_fleet else instances[0].parts
    fleet = Fleet(given.flat, shared.switches, instances) if given.is_fleet else None
    findings = (
        *configuration.errors,
        *given.errors,
        *(shared.findings if fleet else ()),
        *placed((each.given, each.findings()) for each in instances),
        *(fleet.findings() if fleet else ()),
        *given.warnings,
    )
    return _Validated(configuration, shared, instances, fleet, findings)
