"""Write imports/, the typed bindings of every custom resource that the library writes.

    python -m tools.imports.make_imports                # from the addresses in cdk8s.yaml
    python -m tools.imports.make_imports --crds FOLDER  # from the YAML files of a folder

`cdk8s import` alone would bind each CRD whole: core/v1 spelt out again in every one, 26,500 lines for Dragonfly. So the
CRDs are simplified first, by the table `BINDINGS` and the functions below it, and then given to `cdk8s import`.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

ROOT = Path(__file__).resolve().parents[2]
PREFIX = "dragonfly"

Schema = dict[str, Any]
FREE: Schema = {"x-kubernetes-preserve-unknown-fields": True}


@dataclass(frozen=True)
class Binding:
    """One kind to bind. A property named in `opened`, wherever in the spec it stands, takes any value."""

    api_version: str
    kind: str
    opened: frozenset[str] = frozenset()

    @property
    def crd(self) -> tuple[str, str]:
        return self.api_version.split("/")[0], self.kind


def names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Opened is what is core/v1 (users write it as the YAML they know, and the library checks it against core/v1 itself) and
# what the library never writes. Opened, not left out: a JSON patch may still set it, and a binding drops what it lacks.
BINDINGS = (
    Binding("cert-manager.io/v1", "Certificate", names("keystores nameConstraints")),
    Binding(
        "cilium.io/v2",
        "CiliumNetworkPolicy",
        names(
            "authentication egressDeny fromGroups fromNodes fromRequires headerMatches icmps ingressDeny kafka l7"
            " listener log nodeSelector originatingTLS serverNames terminatingTLS toGroups toNodes toRequires"
            " toServices"
        ),
    ),
    Binding(
        "dragonflydb.io/v1alpha1",
        "Dragonfly",
        names(
            "additionalContainers additionalVolumes affinity containerSecurityContext env initContainers"
            " persistentVolumeClaimSpec podSecurityContext resources tolerations topologySpreadConstraints"
        ),
    ),
    Binding("external-secrets.io/v1", "ExternalSecret", names("dataFrom manifest sourceRef templateFrom")),
    Binding(
        "grafana.integreatly.org/v1beta1",
        "GrafanaDashboard",
        names(
            "configMapRef datasources envFrom envs grafanaCom instanceSelector jsonnetLib oci plugins publicSharing"
            " urlAuthorization variables"
        ),
    ),
    Binding("helm.toolkit.fluxcd.io/v2", "HelmRelease", names("driftDetection kubeConfig postRenderers rollback test")),
    Binding("kustomize.toolkit.fluxcd.io/v1", "Kustomization", names("ignore images kubeConfig")),
    Binding("monitoring.coreos.com/v1", "PodMonitor", names("authorization bearerTokenSecret oauth2")),
    Binding("monitoring.coreos.com/v1", "PrometheusRule"),
    Binding("source.toolkit.fluxcd.io/v1", "HelmRepository", names("accessFrom")),
    Binding("source.toolkit.fluxcd.io/v1", "OCIRepository"),
)


class ImportFailed(Exception):
    """The CRDs cannot be read, lack a kind, or `cdk8s import` failed."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--crds", type=Path, metavar="FOLDER", help="read the CRDs from this folder's *.yaml files")
    parser.add_argument("--output", type=Path, default=ROOT / "imports", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    try:
        crds = find_crds(read_folder(arguments.crds) if arguments.crds else read_addresses(ROOT / "cdk8s.yaml"))
        generate([simplify(crds[binding.crd], binding) for binding in BINDINGS], arguments.output)
    except ImportFailed as error:
        sys.exit(f"make imports: {error}")


def read_folder(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and text of each file, oldest version first: `operator-v1.10.0.yaml` comes after `operator-v1.9.0.yaml`."""
    files = sorted(
        folder.glob("*.yaml"), key=lambda file: ([int(digits) for digits in re.findall(r"\d+", file.name)], file.name)
    )
    if not files:
        raise ImportFailed(f"no *.yaml file in {folder}")
    return ((file.name, file.read_text(encoding="utf-8")) for file in files)


def read_addresses(config: Path) -> Iterator[tuple[str, str]]:
    """Address and text of each import that the cdk8s configuration lists."""
    for entry in YAML(typ="safe").load(config)["imports"]:
        address = entry.partition(":=")[2] or entry
        try:
            with urllib.request.urlopen(address, timeout=60) as response:
                yield address, response.read().decode("utf-8")
        except OSError as error:
            raise ImportFailed(
                f"{address}: {error}; a folder of files does as well: make imports CRDS=folder"
            ) from error


def find_crds(sources: Iterator[tuple[str, str]]) -> dict[tuple[str, str], Schema]:
    """The CRD of each binding, by group and kind; of several the last one read."""
    found: dict[tuple[str, str], Schema] = {}
    for source, text in sources:
        try:
            documents = list(YAML(typ="safe").load_all(text))
        except YAMLError as error:
            raise ImportFailed(f"{source}: not YAML: {error}") from error
        for document in documents:
            if isinstance(document, dict) and document.get("kind") == "CustomResourceDefinition":
                found[document["spec"]["group"], document["spec"]["names"]["kind"]] = document
    if missing := [f"{binding.api_version} {binding.kind}" for binding in BINDINGS if binding.crd not in found]:
        raise ImportFailed(f"no CustomResourceDefinition for {', '.join(missing)}")
    return found


def simplify(crd: Schema, binding: Binding) -> Schema:
    """The CRD with nothing but its names and the spec of the one version that we write."""
    wanted = binding.api_version.split("/")[1]
    served = [version for version in crd["spec"]["versions"] if version["name"] == wanted and version["served"]]
    if not served:
        raise ImportFailed(f"the CustomResourceDefinition of {binding.kind} does not serve {binding.api_version}")
    properties = served[0]["schema"]["openAPIV3Schema"]["properties"]
    root = {
        "type": "object",
        "properties": {"metadata": {"type": "object"}, "spec": simplify_schema(properties["spec"], binding)},
        "required": ["spec"],
    }
    return {
        "apiVersion": crd["apiVersion"],
        "kind": crd["kind"],
        "metadata": {"name": crd["metadata"]["name"]},
        "spec": {
            "group": crd["spec"]["group"],
            "names": crd["spec"]["names"],
            "scope": crd["spec"]["scope"],
            "versions": [{"name": wanted, "served": True, "storage": True, "schema": {"openAPIV3Schema": root}}],
        },
    }


def simplify_schema(schema: Schema, binding: Binding) -> Schema:
    """What a binding needs of a schema: types, property names, which are required, enums."""
    properties: dict[str, Schema] = schema.get("properties", {})
    # A label selector is metav1. A number or a string would be a class of its own, and each value a call into Node.
    if set(properties) == {"matchLabels", "matchExpressions"} or schema.get("x-kubernetes-int-or-string"):
        return FREE
    result: Schema = {
        key: schema[key] for key in ("type", "enum", "x-kubernetes-preserve-unknown-fields") if key in schema
    }
    if properties:
        result["properties"] = {
            name: opened(child) if name in binding.opened else simplify_schema(child, binding)
            for name, child in properties.items()
        }
        result["required"] = schema.get("required", [])
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            result[key] = simplify_schema(schema[key], binding)
    return result


def opened(schema: Schema) -> Schema:
    return {"type": "array", "items": FREE} if schema.get("type") == "array" else FREE


def generate(crds: list[Schema], output: Path) -> None:
    """Run `cdk8s import` on the CRDs, a module a group, and put what it writes in place of the output folder."""
    with tempfile.TemporaryDirectory() as scratch:
        sources = write_sources(crds, Path(scratch))
        configuration = {"language": "python", "imports": [f"{PREFIX}:={source}" for source in sources]}
        Path(scratch, "cdk8s.yaml").write_text(json.dumps(configuration), encoding="utf-8")
        run = subprocess.run(
            ["cdk8s", "import"], cwd=scratch, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        if run.returncode != 0:
            raise ImportFailed(f"cdk8s import failed:\n{run.stdout}")
        target = Path(scratch, "imports")
        for archive in target.rglob("*.tgz"):
            repack(archive)
        shutil.rmtree(output, ignore_errors=True)
        shutil.copytree(target, output)


def write_sources(crds: list[Schema], folder: Path) -> list[str]:
    """One file an API group, since one `cdk8s import` of all would put every group's code into every later archive."""
    groups = sorted({crd["spec"]["group"] for crd in crds})
    for group in groups:
        members = {"kind": "List", "items": [crd for crd in crds if crd["spec"]["group"] == group]}
        Path(folder, f"{group}.json").write_text(json.dumps(members), encoding="utf-8")
    return [f"{group}.json" for group in groups]


def repack(archive: Path) -> None:
    """Keep what jsii loads, in order, without times and owners: the same bytes on every run."""
    with tarfile.open(archive) as packed:
        members = sorted((member for member in packed if member.isfile()), key=lambda member: member.name)
        files = [
            (member.name, stream.read())
            for member in members
            if not member.name.endswith(".ts") and (stream := packed.extractfile(member))
        ]
    with (
        archive.open("wb") as raw,
        gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as zipped,
        tarfile.open(fileobj=zipped, mode="w", format=tarfile.USTAR_FORMAT) as repacked,
    ):
        for name, content in files:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            repacked.addfile(member, io.BytesIO(content))


if __name__ == "__main__":
    main()
