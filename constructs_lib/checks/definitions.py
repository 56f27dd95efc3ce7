"""The CRDs that manifests are checked against: from a folder of files, or from their publishers, kept in a cache.

Each address names a version, so what it leads to never changes and one fetch is enough.
"""

from __future__ import annotations

import hashlib
import json
import os
import urllib.request
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from constructs_lib.values.version import Version

if TYPE_CHECKING:
    from jsonschema import Draft4Validator

OPERATOR_GROUP = "dragonflydb.io"


@dataclass(frozen=True)
class Publication:
    """Where the CRDs of an API group are published."""

    group: str
    address: str
    whole: bool = True
    """Whether those are all kinds of the group."""


PUBLICATIONS = (
    Publication(
        OPERATOR_GROUP,
        "https://raw.githubusercontent.com/dragonflydb/dragonfly-operator/{operator_version}/manifests/crd.yaml",
    ),
    Publication(
        "kustomize.toolkit.fluxcd.io",
        "https://raw.githubusercontent.com/fluxcd/kustomize-controller/v1.9.6/config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml",
    ),
    Publication(
        "helm.toolkit.fluxcd.io",
        "https://raw.githubusercontent.com/fluxcd/helm-controller/v1.6.5/config/crd/bases/helm.toolkit.fluxcd.io_helmreleases.yaml",
    ),
    Publication(
        "source.toolkit.fluxcd.io",
        "https://raw.githubusercontent.com/fluxcd/source-controller/v1.9.6/config/crd/bases/source.toolkit.fluxcd.io_helmrepositories.yaml",
        whole=False,
    ),
    Publication(
        "source.toolkit.fluxcd.io",
        "https://raw.githubusercontent.com/fluxcd/source-controller/v1.9.6/config/crd/bases/source.toolkit.fluxcd.io_ocirepositories.yaml",
        whole=False,
    ),
    Publication(
        "monitoring.coreos.com",
        "https://raw.githubusercontent.com/prometheus-operator/prometheus-operator/v0.93.0/example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml",
        whole=False,
    ),
    Publication(
        "monitoring.coreos.com",
        "https://raw.githubusercontent.com/prometheus-operator/prometheus-operator/v0.93.0/example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml",
        whole=False,
    ),
    Publication(
        "monitoring.coreos.com",
        "https://raw.githubusercontent.com/prometheus-operator/prometheus-operator/v0.93.0/example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml",
        whole=False,
    ),
    Publication(
        "cilium.io",
        "https://raw.githubusercontent.com/cilium/cilium/v1.20.1/pkg/k8s/apis/cilium.io/client/crds/v2/ciliumnetworkpolicies.yaml",
        whole=False,
    ),
    Publication(
        "cert-manager.io",
        "https://github.com/cert-manager/cert-manager/releases/download/v1.21.2/cert-manager.crds.yaml",
    ),
    Publication(
        "external-secrets.io",
        "https://raw.githubusercontent.com/external-secrets/external-secrets/v1.3.2/config/crds/bases/external-secrets.io_externalsecrets.yaml",
        whole=False,
    ),
    Publication(
        "grafana.integreatly.org",
        "https://raw.githubusercontent.com/grafana/grafana-operator/v5.25.0/config/crd/bases/grafana.integreatly.org_grafanadashboards.yaml",
        whole=False,
    ),
)
"""The CRDs of everything that the library writes, at the versions that imports/ is bound to, and of ServiceMonitors."""

GROUPS_IN_PART = {row.group for row in PUBLICATIONS if not row.whole}
"""The groups with further kinds, which are passed over where their CRDs are not at hand."""


class NoDefinitions(Exception):
    """The CRDs cannot be had; the text says why and what else to do."""


@dataclass(frozen=True)
class Definition:
    """One version of one custom resource."""

    api_version: str
    kind: str
    crd: Mapping[str, Any]
    """The whole CustomResourceDefinition."""

    @property
    def schema(self) -> Mapping[str, Any]:
        """What the CRD says of an object of this version."""
        name = self.api_version.rpartition("/")[2]
        version = next(version for version in self.crd["spec"]["versions"] if version["name"] == name)
        schema: Mapping[str, Any] = version["schema"]["openAPIV3Schema"]
        return schema

    @cached_property
    def validator(self) -> Draft4Validator:
        from constructs_lib.checks.schemas import validator_of

        return validator_of(self.schema)


class Definitions:
    """The custom resources that are known, by API version and kind."""

    def __init__(self, crds: Iterable[Mapping[str, Any]], missing: Iterable[str] = ()) -> None:
        self.crds = tuple(crds)
        self.missing = tuple(missing)
        """Why CRDs are not among them that were asked for: one line each."""
        self._known = {
            (definition.api_version, definition.kind): definition for crd in self.crds for definition in _versions(crd)
        }
        self._groups = {crd["spec"]["group"] for crd in self.crds}

    def get(self, api_version: str, kind: str) -> Definition | None:
        """The definition of a kind, or None."""
        return self._known.get((api_version, kind))

    def has_group(self, group: str) -> bool:
        """Whether any kind of that API group is known."""
        return group in self._groups

    def rules_out(self, api_version: str, kind: str) -> bool:
        """Whether there is no such kind: its group's kinds are all known, or it is known in another version."""
        group = api_version.rpartition("/")[0]
        of_group = {name for version, name in self._known if version.rpartition("/")[0] == group}
        return self.has_group(group) and (kind in of_group or group not in GROUPS_IN_PART)


@cache
def written_definitions() -> Definitions:
    """The CRDs of everything that the library writes but the operator's, at the versions of `PUBLICATIONS`.

    They come with the library, for what must be told with no cluster and no network: tools/imports/make_crd_schemas.py.
    """
    table = files("constructs_lib.checks").joinpath("data/crds.json").read_text("utf-8")
    return Definitions(json.loads(table))


def definitions_in(folder: Path, operator_version: Version) -> Definitions:
    """The CRDs in a folder's YAML files.

    Where several files define the operator's resource, the one whose name holds the version counts:
    `dragonfly-operator-v1.3.1.yaml`.

    Raises:
        NoDefinitions: there is none, or of the operator's none for that version.
    """
    found = [(file, crd) for file in sorted(folder.glob("*.y*ml")) for crd in _crds(file.read_bytes(), str(file))]
    if not found:
        raise NoDefinitions(f"{folder}: no CustomResourceDefinition in its *.yaml files")
    of_operator = [(file, crd) for file, crd in found if crd["spec"]["group"] == OPERATOR_GROUP]
    if len(of_operator) > 1:
        chosen = [pair for pair in of_operator if str(operator_version) in pair[0].stem.split("-")]
        if not chosen:
            names = ", ".join(file.name for file, _ in of_operator)
            raise NoDefinitions(f"{folder}: none of {names} is for operator {operator_version}")
        found = [pair for pair in found if pair not in of_operator] + chosen[-1:]
    return Definitions(crd for _, crd in found)


def published_definitions(operator_version: Version, groups: Collection[str] | None = None) -> Definitions:
    """The CRDs at their publishers' addresses, fetched once.

    What cannot be fetched is among `missing`, with the reason and another way.

    Args:
        operator_version: the version whose CRD of the operator's counts.
        groups: the API groups that are wanted; all without it.
    """
    addresses = [
        row.address.format(operator_version=operator_version)
        for row in PUBLICATIONS
        if groups is None or row.group in groups
    ]
    with ThreadPoolExecutor(max_workers=len(addresses) or 1) as fetching:
        fetched = list(fetching.map(_published_or_missing, addresses))
    return Definitions((crd for crds, _ in fetched for crd in crds), (reason for _, reason in fetched if reason))


def _published_or_missing(address: str) -> tuple[list[Mapping[str, Any]], str]:
    """The CRDs at an address, or why there are none."""
    try:
        return _published(address), ""
    except NoDefinitions as reason:
        return [], str(reason)


def _published(address: str) -> list[Mapping[str, Any]]:
    """The CRDs at an address, or the copy that was kept of them.

    Raises:
        NoDefinitions: the address does not answer, or with something else.
    """
    kept = _cache_folder() / f"{hashlib.sha256(address.encode()).hexdigest()[:16]}.yaml"
    if kept.exists():
        return list(_crds(kept.read_bytes(), str(kept)))
    try:
        with urllib.request.urlopen(address, timeout=60) as response:
            content = bytes(response.read())
    except OSError as error:
        raise NoDefinitions(f"{address}: {error}; the CRDs as files do as well: --crds FOLDER") from error
    crds = list(_crds(content, address))
    if not crds:
        raise NoDefinitions(f"{address}: no CustomResourceDefinition there; as files they do as well: --crds FOLDER")
    kept.parent.mkdir(parents=True, exist_ok=True)
    written = kept.with_suffix(f".{os.getpid()}")
    written.write_bytes(content)
    written.replace(kept)  # whole or not at all, for whoever reads it meanwhile
    return crds


def _cache_folder() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "cdk8s-dragonfly", "crds")


def _crds(content: bytes, source: str) -> Iterator[Mapping[str, Any]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        documents = list(yaml.load_all(content, Loader=loader))
    except yaml.YAMLError as error:
        raise NoDefinitions(f"{source}: no YAML: {error}") from error
    for document in documents:
        if isinstance(document, dict) and document.get("kind") == "CustomResourceDefinition":
            yield document


def _versions(crd: Mapping[str, Any]) -> Iterator[Definition]:
    spec = crd["spec"]
    for version in spec["versions"]:
        if version.get("served"):
            yield Definition(f"{spec['group']}/{version['name']}", spec["names"]["kind"], crd)
