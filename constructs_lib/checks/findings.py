"""Every finding in a set of manifests, without a cluster: CRDs' schemas, Kubernetes' own types, doubles."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from constructs_lib.arguments.core_v1 import core_v1_findings, core_v1_object
from constructs_lib.checks.definitions import Definitions
from constructs_lib.checks.manifests import Manifest
from constructs_lib.errors import Finding
from constructs_lib.operator.arguments import CHART
from constructs_lib.operator.helm_release import is_operator_chart
from constructs_lib.values.fields import mapping
from constructs_lib.values.version import Version

SOPS = "sops"
"""The field that SOPS adds to a file it has encrypted, and Flux takes away when it decrypts."""


@dataclass
class CheckResult:
    """What a check found, and what it looked at."""

    errors: list[str] = field(default_factory=list)
    checked: int = 0
    unknown: dict[str, int] = field(default_factory=dict)
    """How many manifests were passed over, by kind: those that no schema is known of."""
    notes: list[str] = field(default_factory=list)
    """What whoever reads the result should know of how it came about."""

    def __iadd__(self, other: CheckResult) -> CheckResult:
        """These findings and those in another set of manifests."""
        self.errors += other.errors
        self.checked += other.checked
        for kind, number in other.unknown.items():
            self.unknown[kind] = self.unknown.get(kind, 0) + number
        self.notes += [note for note in other.notes if note not in self.notes]
        return self


def check_manifests(manifests: Iterable[Manifest], definitions: Definitions) -> CheckResult:
    """Check every manifest by its schema; each error is one line that names file, object and field."""
    findings = CheckResult(notes=list(definitions.missing))
    first_of: dict[tuple[str, str, str, str], Manifest] = {}
    for manifest in manifests:
        errors = manifest_errors(manifest, definitions)
        if errors is None:
            kind = f"{manifest.api_version} {manifest.kind}"
            findings.unknown[kind] = findings.unknown.get(kind, 0) + 1
        else:
            findings.checked += 1
            findings.errors += [f"{manifest}: {error}" for error in errors]
        identity = (manifest.group, manifest.kind, manifest.namespace, manifest.name)
        if first_of.setdefault(identity, manifest) is not manifest and manifest.name:
            findings.errors.append(f"{manifest}: it is in {first_of[identity].file} too; accepted: once")
    return findings


def installed_operator_version(manifests: Iterable[Manifest]) -> Version | None:
    """The version of the operator that the manifests install, or None where none of them does."""
    for manifest in manifests:
        for version in chart_versions(manifest):
            try:
                return Version.of(version)
            except ValueError:
                continue
    return None


def chart_versions(manifest: Manifest) -> Iterator[str]:
    """The versions that an object of Flux' names for the operator's chart."""
    spec = mapping(manifest.object, "spec")
    if manifest.kind == "HelmRelease":
        template = mapping(spec, "chart", "spec")
        if template.get("chart") == CHART:
            yield str(template.get("version"))
    elif manifest.kind == "OCIRepository" and is_operator_chart(str(spec.get("url", ""))):
        yield str(mapping(spec, "ref").get("tag"))


def manifest_errors(manifest: Manifest, definitions: Definitions) -> list[Finding] | None:
    """The errors of one manifest; None where no schema is known that could tell."""
    definition = definitions.get(manifest.api_version, manifest.kind)
    if definition:
        from constructs_lib.checks.schemas import schema_errors

        return list(schema_errors(manifest.object, definition.validator))
    if definitions.rules_out(manifest.api_version, manifest.kind):
        return [Finding.error("", f"the CRDs know no {manifest.kind} in {manifest.api_version}")]
    return core_errors(manifest)


def core_errors(manifest: Manifest) -> list[Finding] | None:
    """The errors of an object of Kubernetes' own, by the types of Kubernetes 1.28; None for any other."""
    kind = core_v1_object(manifest.api_version, manifest.kind)
    if kind is None:
        return None
    body = {name: part for name, part in manifest.object.items() if name not in {"apiVersion", "kind", "status"}}
    errors = list(_without_name(manifest))
    if manifest.kind == "Secret":
        errors += _secret_findings(body)
    return errors + [Finding.error(error.where.lstrip("."), error.text) for error in core_v1_findings("", kind, body)]


def _without_name(manifest: Manifest) -> Iterator[Finding]:
    if not manifest.name and "generateName" not in manifest.metadata:
        yield Finding.error("metadata.name", "missing; it is required")


def _secret_findings(body: dict[str, Any]) -> Iterator[Finding]:
    """The errors of a Secret's values, which are taken out: no value is ever shown."""
    encrypted = body.pop(SOPS, None) is not None
    for part in ("data", "stringData"):
        values = body.pop(part, None)
        if values is not None and not isinstance(values, Mapping):
            yield Finding.error(part, "no mapping; accepted: a mapping of texts")
            continue
        for name, value in (values or {}).items():
            if not isinstance(value, str):
                yield Finding.error(f"{part}.{name}", "no text; accepted: a text (in YAML: in quotes)")
            elif part == "data" and not encrypted and not _is_base64(value):
                yield Finding.error(
                    f"{part}.{name}", "not in base64; accepted: base64, or the plain text under stringData"
                )


def _is_base64(value: str) -> bool:
    try:
        base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return False
    return True
