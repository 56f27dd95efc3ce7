"""What Flux' kustomize-controller does with a written folder, as far as the API server sees it.

It applies the folders in the order that the Kustomizations give, as the same field manager, with its owner's labels,
and prunes what went out of a folder: https://fluxcd.io/flux/components/kustomize/kustomizations/
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from constructs_lib.checks.api_server import ApiServer
from constructs_lib.checks.findings import SOPS
from constructs_lib.checks.manifests import Manifest, read_manifests

TOOLKIT = ".toolkit.fluxcd.io"
GROUP = f"kustomize{TOOLKIT}"
VARIABLE = re.compile(r"\$\{(DRAGONFLY_\w+)\}")
"""Variables that this Flux has values for, in its `cluster-secrets`."""
ROOT = "flux"
"""The one folder that the cluster's own Flux is pointed at."""
FIRST = ("CustomResourceDefinition", "Namespace", "ServiceAccount", "Role", "ClusterRole")
"""Kinds that Flux applies before others of a folder: what the rest stands on."""

Identity = tuple[str, str, str, str]
"""API version, kind, namespace, name."""


@dataclass(frozen=True)
class Part:
    """What one Kustomization applies."""

    name: str
    prunes: bool
    substitutes: bool
    manifests: tuple[Manifest, ...]


@dataclass
class Flux:
    """One cluster's Flux, which knows what it has applied."""

    server: ApiServer
    ensure_namespace: Callable[[str], None]
    """Makes a namespace that is another component's, such as Prometheus'."""
    alone: bool
    """Whether the cluster has no controllers of others, such as a Flux that would act on what is applied."""
    objects: dict[Identity, Mapping[str, Any]] = field(default_factory=dict)
    """Everything that was applied, as the server had it after that."""
    changed: list[Identity] = field(default_factory=list)
    """What the last reconciliation changed of objects that were there."""
    suffix: str = ""
    """What the namespaces' names get, so that several stacks are there side by side."""
    requests: int = 0
    """How many objects were sent, each time counted."""
    applied: set[Identity] = field(default_factory=set)
    """Everything that any reconciliation applied."""
    _parts: dict[str, Part] = field(default_factory=dict)
    _owners: dict[Identity, str] = field(default_factory=dict)

    def reconcile(self, dist: Path) -> list[str]:
        """Apply a folder and prune what is no longer in it; every refusal and warning is one line."""
        told: list[str] = []
        parts = {part.name: _with_suffix(part, self.suffix) for part in parts_of(dist)}
        self._make_neighbours(parts.values())
        self.changed = []
        owners: dict[Identity, str] = {}
        for part in parts.values():
            for manifest in part.manifests:
                told += self._apply(part, manifest)
                owners[identity(manifest)] = part.name
        told += self._prune({**self._parts, **parts}, owners)
        self._parts, self._owners = parts, owners
        return told

    def versions(self) -> dict[Identity, str]:
        """The resourceVersion of every object."""
        return {each: body["metadata"]["resourceVersion"] for each, body in self.objects.items()}

    def remaining(self) -> set[Identity]:
        """What is there, and to stay, of all that was ever applied."""
        live = {each: self.server.get(*each) for each in self.applied}
        return {
            each
            for each, answer in live.items()
            if answer.accepted and "deletionTimestamp" not in answer.body["metadata"]
        }

    def remove(self) -> None:
        """Take away everything that was ever applied, but the namespaces."""
        for each in self.applied:
            if each[1] != "Namespace":
                self._delete(each)
        self.applied.clear()
        self._parts, self._owners = {}, {}

    def _make_neighbours(self, parts: Iterable[Part]) -> None:
        manifests = [manifest for part in parts for manifest in part.manifests]
        written = {manifest.name for manifest in manifests if manifest.kind == "Namespace"}
        for namespace in {manifest.namespace for manifest in manifests} - written - {""}:
            self.ensure_namespace(namespace)

    def _apply(self, part: Part, manifest: Manifest) -> Iterator[str]:
        resource = self.server.resource(manifest.api_version, manifest.kind)
        if resource and resource.namespaced and not manifest.namespace:
            yield f"{manifest}: refused: Flux wants a namespace"
            return
        sent = delivered(manifest, part)
        if not self.alone and manifest.group.endswith(TOOLKIT):
            # A Flux on that cluster would take it at its word, and prune what it finds at the same path of its source.
            sent["spec"]["suspend"] = True
        answer = self.server.apply(sent)
        self.requests += 1
        if answer.accepted:
            each = identity(manifest)
            if each in self.objects and _content(self.objects[each]) != _content(answer.body):
                self.changed.append(each)
            self.applied.add(each)
            self.objects[each] = answer.body
        else:
            yield f"{manifest}: refused: {answer.message}"
        yield from (f"{manifest}: warning: {warning}" for warning in answer.warnings)

    def _prune(self, parts: Mapping[str, Part], kept: Mapping[Identity, str]) -> Iterator[str]:
        for each, owner in self._owners.items():
            if each in kept or not parts[owner].prunes:
                continue
            live = self.server.get(*each)
            metadata = live.body.get("metadata", {})
            marks = {**metadata.get("labels", {}), **metadata.get("annotations", {})}
            if live.accepted and marks.get(f"{GROUP}/prune") != "disabled" and marks.get(f"{GROUP}/name") == owner:
                answer = self._delete(each)
                if not answer.accepted:
                    yield f"{each[1]} {each[3]}: not pruned: {answer.message}"

    def _delete(self, each: Identity) -> Any:
        api_version, kind, namespace, name = each
        self.objects.pop(each, None)
        resource = self.server.resource(api_version, kind)
        assert resource
        return self.server.request("DELETE", resource.at(namespace, name), propagationPolicy="Background")


def _content(body: Mapping[str, Any]) -> dict[str, Any]:
    """An object without what the server and controllers keep in it."""
    metadata = {key: part for key, part in body["metadata"].items() if key not in {"resourceVersion", "managedFields"}}
    return {**body, "metadata": metadata, "status": None}


def identity(manifest: Manifest) -> Identity:
    return manifest.api_version, manifest.kind, manifest.namespace, manifest.name


def parts_of(dist: Path) -> list[Part]:
    """The folder's parts in the order in which Flux gets to them.

    Where the folder has no Kustomizations (a library user's may not), it is one part.
    """
    if not (dist / ROOT).is_dir():
        return [Part("all", True, False, _sorted(read_manifests(dist)))]
    root = _sorted(read_manifests(dist / ROOT))
    parts = [Part("flux-system", True, False, root)]
    assert any((dist / ROOT).iterdir()), f"git does not keep {ROOT}, which is empty"
    applied = {ROOT}
    for kustomization in _in_order([each for each in root if each.group == GROUP and each.kind == "Kustomization"]):
        spec = kustomization.object["spec"]
        folder = dist / PurePosixPath(spec["path"]).name
        assert folder.is_dir(), f"{kustomization}: spec.path {spec['path']} leads to no folder"
        assert any(folder.iterdir()), f"{kustomization}: git does not keep {spec['path']}, which is empty"
        applied.add(folder.name)
        manifests = _sorted(read_manifests(folder))
        parts.append(Part(kustomization.name, spec["prune"], "postBuild" in spec, manifests))
    unapplied = {folder.name for folder in dist.iterdir() if folder.is_dir()} - applied
    assert not unapplied, f"no Kustomization applies {', '.join(sorted(unapplied))}"
    return parts


def delivered(manifest: Manifest, part: Part) -> dict[str, Any]:
    """The object as the controller sends it: decrypted, variables put in, labelled."""
    made: dict[str, Any] = json.loads(json.dumps({k: v for k, v in manifest.object.items() if k != SOPS}))
    if SOPS in manifest.object and "data" in made:
        made["data"] = dict.fromkeys(made["data"], "ZGVjcnlwdGVk")
    metadata = made["metadata"]
    marks = {**metadata.get("labels", {}), **metadata.get("annotations", {})}
    if part.substitutes and marks.get(f"{GROUP}/substitute") != "disabled":
        made = json.loads(VARIABLE.sub(_value, json.dumps(made)))
        metadata = made["metadata"]
        unknown = re.findall(r"(?<!\$)\$\{[^}]*\}", json.dumps(made))
        assert not unknown, f"{manifest}: Flux puts a variable, or nothing, where {unknown[0]} stands"
    metadata["labels"] = {**metadata.get("labels", {}), f"{GROUP}/name": part.name, f"{GROUP}/namespace": "flux-system"}
    return made


def _value(variable: re.Match[str]) -> str:
    return "0" * 64 if variable[1].endswith("_SHA256") else f"value-of-{variable[1]}"


def _with_suffix(part: Part, suffix: str) -> Part:
    """The same part in namespaces of other names. What manifests say of namespaces in their specs stays."""
    manifests = []
    for manifest in part.manifests if suffix else ():
        field_of_name = "name" if manifest.kind == "Namespace" else "namespace"
        metadata = {**manifest.metadata, field_of_name: f"{manifest.metadata[field_of_name]}{suffix}"}
        manifests.append(Manifest(manifest.file, {**manifest.object, "metadata": metadata}))
    return replace(part, manifests=tuple(manifests) or part.manifests)


def _sorted(manifests: Iterable[Manifest]) -> tuple[Manifest, ...]:
    rank = {kind: index for index, kind in enumerate(FIRST)}
    return tuple(sorted(manifests, key=lambda manifest: rank.get(manifest.kind, len(rank))))


def _in_order(kustomizations: list[Manifest]) -> list[Manifest]:
    """After what they depend on; what is not written here is another component's, and there."""
    written = {(each.namespace, each.name): each for each in kustomizations}
    done: dict[tuple[str, str], Manifest] = {}

    def visit(key: tuple[str, str], way: tuple[tuple[str, str], ...]) -> None:
        assert key not in way, f"the Kustomizations wait for each other: {way}"
        for dependency in written[key].object["spec"].get("dependsOn", []):
            needed = (dependency.get("namespace", key[0]), dependency["name"])
            if needed in written and needed not in done:
                visit(needed, (*way, key))
        done[key] = written[key]

    for key in written:
        if key not in done:
            visit(key, ())
    return list(done.values())
