"""Manifests in files, read as Kubernetes reads them, with their place for whoever must mend them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

KUSTOMIZE_GROUP = "kustomize.config.k8s.io"
"""Files of this group steer `kustomize build`; no API server ever sees them."""

KUSTOMIZATION_FILES = ("kustomization.yaml", "kustomization.yml")
"""As kustomize calls its own file."""


class UnreadableManifest(Exception):
    """A file is not YAML, or a document in it is no Kubernetes object."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """One object of one file."""

    file: Path
    object: Mapping[str, Any]

    @property
    def api_version(self) -> str:
        return str(self.object["apiVersion"])

    @property
    def group(self) -> str:
        """The API group; empty for the core group."""
        return self.api_version.rpartition("/")[0]

    @property
    def kind(self) -> str:
        return str(self.object["kind"])

    @property
    def metadata(self) -> Mapping[str, Any]:
        metadata = self.object.get("metadata")
        return metadata if isinstance(metadata, Mapping) else {}

    @property
    def name(self) -> str:
        return str(self.metadata.get("name", ""))

    @property
    def namespace(self) -> str:
        return str(self.metadata.get("namespace", ""))

    def __str__(self) -> str:
        return f"{self.file}: {self.kind} {self.name}".rstrip()


def read_manifests(path: Path) -> Iterator[Manifest]:
    """Every object in a file, or in a folder's `*.yaml` and `*.yml` files, in the files' order.

    Raises:
        UnreadableManifest: naming the file and what is wrong with it.
    """
    for file in _files(path):
        for document in _documents(file):
            manifest = Manifest(file, document)
            if manifest.group != KUSTOMIZE_GROUP:
                yield manifest


def has_kustomization_file(path: Path) -> bool:
    """Whether a folder has a file of kustomize's own: with that alone it is empty on purpose."""
    return any(file.name in KUSTOMIZATION_FILES for file in _files(path))


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted([*path.rglob("*.yaml"), *path.rglob("*.yml")])


def _documents(file: Path) -> Iterator[Mapping[str, Any]]:
    # YAML 1.1, as Kubernetes reads it, and in C where there is C: `on` is a boolean for both.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        documents = list(yaml.load_all(file.read_text(encoding="utf-8"), Loader=loader))
    except UnicodeDecodeError as error:
        raise UnreadableManifest(f"{file}: no text in UTF-8") from error
    except yaml.YAMLError as error:
        raise UnreadableManifest(f"{file}: no YAML: {_where(error)}") from error
    for document in documents:
        if document is None:
            continue
        if not isinstance(document, dict) or not document.get("apiVersion") or not document.get("kind"):
            raise UnreadableManifest(f"{file}: no Kubernetes object; apiVersion and kind are missing")
        yield document


def _where(error: yaml.YAMLError) -> str:
    """The problem and its line. The error's own text would quote the file, which may hold a secret."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return f"line {error.problem_mark.line + 1}: {error.problem}"
    return type(error).__name__
