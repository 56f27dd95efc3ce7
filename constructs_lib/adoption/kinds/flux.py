"""How Flux applies the folders: one Kustomization each for the operator, the preparation and the cache."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from constructs_lib.adoption.model import Carried, Origin, Setting
from constructs_lib.adoption.surroundings import Surroundings
from constructs_lib.arguments.references import Reference
from constructs_lib.checks.manifests import Manifest
from constructs_lib.flux.arguments import Dependency, HealthCheckExpression, SourceReference, SubstituteFrom
from constructs_lib.values.fields import items, mapping, text, value

FIELDS = {
    "path": "path",
    "interval": "interval",
    "retryInterval": "retry_interval",
    "timeout": "timeout",
    "prune": "prune",
    "wait": "wait",
    "suspend": "suspend",
    "serviceAccountName": "service_account_name",
}
"""Fields that are an argument as they stand."""

OF_THE_OPERATOR, OF_THE_PREPARATION, OF_THE_CACHE = (
    "operator_kustomization",
    "preparation_kustomization",
    "kustomization",
)
"""The parts that the three are; the last is the one whose arguments `cluster.yaml` has variables for."""

_IN_CRD_WORDS = {"apiVersion": "api_version", "inProgress": "in_progress"}


def read_flux(around: Surroundings) -> Carried:
    """The arguments of each Kustomization, and the Namespaces."""
    found = {
        OF_THE_OPERATOR: around.operator_kustomization,
        OF_THE_PREPARATION: around.preparation,
        OF_THE_CACHE: around.kustomization,
    }
    for part, manifest in found.items():
        if manifest is not None:
            yield from _kustomization(part, manifest)
    for manifest in around.namespaces:
        level = text(manifest.metadata, "labels", "pod-security.kubernetes.io/enforce")
        if level:
            yield Setting("namespaces", manifest.name, level, Origin.of(manifest, "/metadata/labels"))


def _kustomization(part: str, manifest: Manifest) -> Carried:
    spec = mapping(manifest.object, "spec")
    yield Setting(part, "name", manifest.name, Origin.of(manifest, "/metadata/name"))
    yield Setting(part, "namespace", manifest.namespace, Origin.of(manifest, "/metadata/namespace"))
    for field, argument in FIELDS.items():
        found = value(spec, field)
        if found is not None and (field != "path" or isinstance(found, str)):
            yield Setting(part, argument, found, Origin.of(manifest, f"/spec/{field}"))
    source = _reference(SourceReference, mapping(spec, "sourceRef"))
    yield Setting(part, "source_ref", source, Origin.of(manifest, "/spec/sourceRef"))
    lists: tuple[tuple[str, str, type[Reference], list[Any]], ...] = (
        ("dependsOn", "depends_on", Dependency, items(spec, "dependsOn")),
        ("postBuild/substituteFrom", "substitute_from", SubstituteFrom, items(spec, "postBuild", "substituteFrom")),
        ("healthCheckExprs", "health_check_exprs", HealthCheckExpression, items(spec, "healthCheckExprs")),
    )
    for field, argument, kind, found in lists:
        references = [_reference(kind, each) for each in found]
        yield Setting(part, argument, references, Origin.of(manifest, f"/spec/{field}"))
    if secret := text(spec, "decryption", "secretRef", "name"):
        yield Setting(part, "decryption_secret", secret, Origin.of(manifest, "/spec/decryption"))


def _reference(kind: type[Reference], found: Mapping[str, Any]) -> dict[str, Any]:
    """What a reference says beyond its own defaults, in the words of its arguments."""
    given = {_IN_CRD_WORDS.get(name, name): each for name, each in mapping(found).items()}
    fields = kind.model_fields
    return {name: each for name, each in given.items() if name not in fields or each != fields[name].default}
