"""What each version of the Dragonfly operator knows and does: fields of the CRD, defaults, quirks.

Read off the charts' CRDs and seen on running operators v1.3.1, v1.4.0, v1.5.0 and v1.6.1; of v1.7 the
release notes alone are known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from constructs_lib.errors import Finding
from constructs_lib.values.version import Version


@dataclass(frozen=True, slots=True)
class OperatorRelease:
    """One version of the operator, as far as manifests depend on it."""

    version: Version
    default_server: str
    """The server's version where a CR names no image."""
    makes_network_policies: bool = False
    """Makes a NetworkPolicy for every instance unless told not to: it cuts off Prometheus and, from v1.6,
    clients in other namespaces."""
    network_policies_close_namespaces: bool = False
    """These policies let clients in from the instance's own namespace alone."""
    service_spec_replaces_labels: bool = False
    """`serviceSpec`, set at all, replaces the Service's labels, so that they must be written out."""
    clears_labels_of_living_service: bool = False
    """It does so to a Service that is already there; later ones only to one that they make."""
    fails_on_reserved_labels: bool = False
    """A label of the operator's own in `labels` fails every reconcile, where others ignore it."""
    fails_on_changed_claims: bool = False
    """A claim template that is larger, or gone, fails every reconcile, where later ones leave the claims as they are.
    A new one fails every reconcile in all of them."""
    fails_without_pods: bool = False
    """With no replicas it looks for a master at every reconcile and fails."""


def _release(version: str, default_server: str, **quirks: bool) -> OperatorRelease:
    return OperatorRelease(Version.of(version), default_server, **quirks)


OPERATOR_RELEASES = (
    _release(
        "v1.3.1",
        "v1.35.0",
        service_spec_replaces_labels=True,
        clears_labels_of_living_service=True,
        fails_on_changed_claims=True,
    ),
    _release(
        "v1.4.0",
        "v1.36.0",
        service_spec_replaces_labels=True,
        clears_labels_of_living_service=True,
        fails_on_changed_claims=True,
    ),
    _release(
        "v1.5.0",
        "v1.37.0",
        service_spec_replaces_labels=True,
        makes_network_policies=True,
        fails_on_reserved_labels=True,
        fails_on_changed_claims=True,
        fails_without_pods=True,
    ),
    _release(
        "v1.6.1",
        "v1.39.0",
        makes_network_policies=True,
        network_policies_close_namespaces=True,
        fails_on_reserved_labels=True,
    ),
    _release("v1.7.0", "v1.39.0", fails_on_reserved_labels=True),
)

OLDEST_SUPPORTED = OPERATOR_RELEASES[0].version
NEWEST_SEEN_RUNNING = Version.of("v1.6.1")

REFUSED_VERSIONS = {
    Version.of("v1.6.0"): "its chart lacks a right that the operator needs, so that it makes nothing",
}

FIELD_SINCE = {
    "additionalContainers": "v1.4.0",
    "additionalVolumes": "v1.4.0",
    "ownedObjectsMetadata": "v1.4.0",
    "tiering": "v1.4.0",
    "snapshot.existingPersistentVolumeClaimName": "v1.4.0",
    "podSecurityContext.seLinuxChangePolicy": "v1.4.0",
    "podSecurityContext.supplementalGroupsPolicy": "v1.4.0",
    "pdb": "v1.5.0",
    "networkPolicyEnabled": "v1.5.0",
    # In the CRD since v1.5.0, but until v1.6.1 the chart lacks the right that the gate needs.
    "enableReplicationReadinessGate": "v1.6.1",
    # In the CRD since v1.6.0, which is refused.
    "podMetadata": "v1.6.1",
    "customLivenessProbeConfigMap": "v1.6.1",
    "customReadinessProbeConfigMap": "v1.6.1",
    "customStartupProbeConfigMap": "v1.6.1",
}
"""Fields of the CR's `spec` by the first version whose chart installs a CRD with them (and that serves them);
what is not listed is in v1.3.1. The v1.3.1 code knows the first four, but its chart's CRD does not."""

IN_CRD_SINCE = FIELD_SINCE | {
    "enableReplicationReadinessGate": "v1.5.0",
    "podMetadata": "v1.6.0",
    "customLivenessProbeConfigMap": "v1.6.0",
    "customReadinessProbeConfigMap": "v1.6.0",
    "customStartupProbeConfigMap": "v1.6.0",
}
"""The same by the first version whose API server takes them, whether the operator serves them or not."""

FIELD_GONE = {"networkPolicyEnabled": "v1.7.0"}
"""Fields that a later CRD refuses again."""


def operator_release(version: Version) -> OperatorRelease:
    """The catalogue's row for a version: its own, or the nearest older one."""
    return max(
        (release for release in OPERATOR_RELEASES if release.version <= version),
        key=lambda release: release.version,
        default=OPERATOR_RELEASES[0],
    )


def has_field(version: Version, field: str) -> bool:
    """Whether that version's CRD has the field and its operator serves it."""
    return _is_there(version, FIELD_SINCE.get(field), FIELD_GONE.get(field))


def is_in_crd(version: Version, field: str) -> bool:
    """Whether the API server takes the field with that version's CRD, whether its operator serves it or not."""
    return _is_there(version, IN_CRD_SINCE.get(field), FIELD_GONE.get(field))


def operator_version_findings(version: Version, argument: str = "operator_version") -> Iterator[Finding]:
    """What is wrong or worth a warning about choosing that version."""
    if version in REFUSED_VERSIONS:
        yield Finding.error(
            argument, f"{version} does not work: {REFUSED_VERSIONS[version]}; use {NEWEST_SEEN_RUNNING}"
        )
    elif version < OLDEST_SUPPORTED:
        yield Finding.error(
            argument, f"{version} is not supported; accepted: {OLDEST_SUPPORTED} to {NEWEST_SEEN_RUNNING}"
        )
    elif version > NEWEST_SEEN_RUNNING:
        taken = operator_release(version).version
        yield Finding.warning(
            argument,
            f"{version} is newer than what was tried; taken as {taken}, the newest known. "
            f"Versions {OLDEST_SUPPORTED} to {NEWEST_SEEN_RUNNING} were seen running",
        )
    elif version not in {release.version for release in OPERATOR_RELEASES}:
        yield Finding.warning(
            argument, f"{version} is not in the catalogue; taken as {operator_release(version).version}"
        )


def field_findings(version: Version, field: str, argument: str) -> Iterator[Finding]:
    """The error of using a CRD field that the chosen version lacks."""
    if has_field(version, field):
        return
    gone = FIELD_GONE.get(field)
    if gone and version >= Version.of(gone):
        yield Finding.error(argument, f"operator {version} has no field {field}: {gone} removed it; leave it out")
    else:
        yield Finding.error(
            argument,
            f"operator {version} has no field {field}; it comes with {FIELD_SINCE[field]}: use that version "
            "or leave it out",
        )


def _is_there(version: Version, since: str | None, gone: str | None) -> bool:
    """Whether a version is none before the one that brought something, and before the one that took it away."""
    return (since is None or Version.of(since) <= version) and (gone is None or version < Version.of(gone))
