"""Every finding in a set of manifests, without a cluster: CRDs' schemas, Kubernetes' own types, doubles."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from constructs_lib.arguments.core_v1 import core_v1_faults, core_v1_object
from constructs_lib.checks.definitions import Definitions
from constructs_lib.checks.manifests import Manifest
from constructs_lib.errors import Fault
from constructs_lib.operator.arguments import CHART
from constructs_lib.values.version import Version

SOPS = "sops"
"""The field that SOPS adds to a file it has encrypted, and Flux takes away when it decrypts."""


@dataclass
class Findings:
    """What a check found, and what it looked at."""

    faults: list[str] = field(default_factory=list)
    checked: int = 0
    unknown: dict[str, int] = field(default_factory=dict)
    """How many manifests were passed over, by kind: those of API groups that no schema is known of."""
    notes: list[str] = field(default_factory=list)
    """What whoever reads the result should know of how it came about."""

    def __iadd__(self, other: Findings) -> Findings:
        """These findings and those in another set of manifests."""
        self.faults += other.faults
        self.checked += other.checked
        for kind, number in other.unknown.items():
            self.unknown[kind] = self.unknown.get(kind, 0) + number
        self.notes += [note for note in other.notes if note not in self.notes]
        return self


def check_manifests(manifests: Iterable[Manifest], definitions: Definitions) -> Findings:
    """Check every manifest by its schema; each fault is one line that names file, object and field."""
    findings = Findings()
    first_of: dict[tuple[str, str, str, str], Manifest] = {}
    for manifest in manifests:
        faults = manifest_faults(manifest, definitions)
        if faults is None:
            kind = f"{manifest.api_version} {manifest.kind}"
            findings.unknown[kind] = findings.unknown.get(kind, 0) + 1
        else:
            findings.checked += 1
            findings.faults += [f"{manifest}: {fault}" for fault in faults]
        identity = (manifest.group, manifest.kind, manifest.namespace, manifest.name)
        if first_of.setdefault(identity, manifest) is not manifest and manifest.name:
            findings.faults.append(f"{manifest}: it is in {first_of[identity].file} too; accepted: once")
    return findings


def installed_operator_version(manifests: Iterable[Manifest]) -> Version | None:
    """The version of the operator that the manifests install, or None where none of them does."""
    for manifest in manifests:
        for version in _chart_versions(manifest, CHART):
            try:
                return Version.of(version)
            except ValueError:
                continue
    return None


def _chart_versions(manifest: Manifest, chart: str) -> Iterator[str]:
    spec = manifest.object.get("spec") or {}
    if manifest.kind == "HelmRelease":
        template = (spec.get("chart") or {}).get("spec") or {}
        if template.get("chart") == chart:
            yield str(template.get("version"))
    elif manifest.kind == "OCIRepository" and str(spec.get("url", "")).endswith(f"/{chart}"):
        yield str((spec.get("ref") or {}).get("tag"))


def manifest_faults(manifest: Manifest, definitions: Definitions) -> list[Fault] | None:
    """The faults of one manifest; None where no schema is known that could tell."""
    definition = definitions.get(manifest.api_version, manifest.kind)
    if definition:
        from constructs_lib.checks.schemas import schema_faults

        return list(schema_faults(manifest.object, definition.validator))
    if definitions.has_group(manifest.group):
        return [Fault("", f"the CRDs know no {manifest.kind} in {manifest.api_version}")]
    return _core_faults(manifest)


def _core_faults(manifest: Manifest) -> list[Fault] | None:
    """The faults of an object of Kubernetes' own, by the types of Kubernetes 1.28."""
    kind = core_v1_object(manifest.api_version, manifest.kind)
    if kind is None:
        return None
    body = {name: part for name, part in manifest.object.items() if name not in {"apiVersion", "kind", "status"}}
    faults = list(_without_name(manifest))
    if manifest.kind == "Secret":
        faults += _secret_faults(body)
    return faults + [Fault(fault.where.lstrip("."), fault.text) for fault in core_v1_faults("", kind, body)]


def _without_name(manifest: Manifest) -> Iterator[Fault]:
    if not manifest.name and "generateName" not in manifest.metadata:
        yield Fault("metadata.name", "missing; it is required")


def _secret_faults(body: dict[str, Any]) -> Iterator[Fault]:
    """The faults of a Secret's values, which are taken out: no value is ever shown."""
    encrypted = body.pop(SOPS, None) is not None
    for part in ("data", "stringData"):
        values = body.pop(part, None)
        if values is not None and not isinstance(values, Mapping):
            yield Fault(part, "no mapping; accepted: a mapping of texts")
            continue
        for name, value in (values or {}).items():
            if not isinstance(value, str):
                yield Fault(f"{part}.{name}", "no text; accepted: a text (in YAML: in quotes)")
            elif part == "data" and not encrypted and not _is_base64(value):
                yield Fault(f"{part}.{name}", "not in base64; accepted: base64, or the plain text under stringData")


def _is_base64(value: str) -> bool:
    try:
        base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return False
    return True
