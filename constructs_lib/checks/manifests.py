"""Manifests in files, read as Kubernetes reads them, with their place for whoever must mend them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

KUSTOMIZE_GROUP = "kustomize.config.k8s.io"
"""Files of this group steer `kustomize build`; no API server ever sees them."""

PIPED = Path("-")
"""In the place of a file: what is piped in."""

KUSTOMIZATION_FILES = ("kustomization.yaml", "kustomization.yml")
"""As kustomize calls its own file."""

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""YAML 1.1, as Kubernetes reads it, and in C where there is C: `on` is a boolean for both."""


class UnreadableManifest(Exception):
    """A file is not YAML, or a document in it is no Kubernetes object."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """One object of one file."""

    file: Path
    object: Mapping[str, Any]
    document: int = 0
    """Which of the file's documents it is, from 0."""
    within: str = ""
    """Its place in the document as a JSON pointer: `/items/0` in a List."""

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


@dataclass(slots=True)
class FoundManifests:
    """What is in files of which nobody said that they hold manifests alone."""

    manifests: list[Manifest] = field(default_factory=list)
    passed_over: dict[Path, str] = field(default_factory=dict)
    """Files with something that is no manifest (a chart's values or templates, another tool's settings), and what."""


def find_manifests(path: Path, piped: bytes | None = None) -> FoundManifests:
    """The objects in a file, in a folder's `*.yaml` and `*.yml` files, or in `-`, which is what is piped in.

    Lists are unfolded, and what is no manifest is passed over. Hidden folders (`.git`, `.venv`) are left out.

    Args:
        path: the file, the folder or `-`.
        piped: what is piped in, where it was read before; it can be read but once.
    """
    found = FoundManifests()
    for file in _files(path):
        if any(part.startswith(".") for part in file.relative_to(path).parts):
            continue
        try:
            content = piped if piped is not None and file == PIPED else _content(file)
            found_here = documents(content, file)
        except UnreadableManifest as error:
            found.passed_over[file] = str(error).removeprefix(f"{file}: ")
            continue
        for number, document in enumerate(found_here):
            if is_object(document):
                found.manifests += [
                    Manifest(file, each, number, place) for place, each in unfolded(document) if is_object(each)
                ]
            elif document is not None:
                found.passed_over[file] = "no Kubernetes object"
    return found


def unfolded(document: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """A document, or what a List holds, which `kubectl get -o yaml` writes; each with its place, a JSON pointer.

    Nothing for an empty document.
    """
    if document is None:
        return
    items = document.get("items") if is_object(document) and str(document["kind"]).endswith("List") else None
    if not isinstance(items, list):
        yield place, document
        return
    for number, item in enumerate(items):
        yield from unfolded(item, f"{place}/items/{number}")


def has_kustomization_file(path: Path) -> bool:
    """Whether a folder has a file of kustomize's own: with that alone it is empty on purpose."""
    return any(file.name in KUSTOMIZATION_FILES for file in _files(path))


def is_object(document: Any) -> bool:
    """Whether a document is a Kubernetes object, as far as its two fields say."""
    return isinstance(document, dict) and bool(document.get("apiVersion")) and bool(document.get("kind"))


def documents(content: bytes, file: Path | str) -> list[Any]:
    """Every document in a file's content, whatever it is; None where one is empty.

    Args:
        content: what stands in the file.
        file: its name, for errors.

    Raises:
        UnreadableManifest: naming the file and what is wrong with it.
    """
    try:
        text = content.decode("utf-8")
        found = list(yaml.load_all(text, Loader=LOADER))
    except UnicodeDecodeError as error:
        raise UnreadableManifest(f"{file}: no text in UTF-8") from error
    except yaml.YAMLError as error:
        raise UnreadableManifest(f"{file}: no YAML: {_where(error)}") from error
    except (KeyError, ValueError) as error:  # a 13th month, `!!int` of a word: it parses and has no value
        raise UnreadableManifest(f"{file}: a value that is not what its form says") from error
    except RecursionError as error:
        raise UnreadableManifest(f"{file}: nested too deep to be read") from error
    if "&" in text and "*" in text and any(_holds_itself(document, ()) for document in found):
        raise UnreadableManifest(f"{file}: an alias inside of what it stands for")
    return found


def _files(path: Path) -> list[Path]:
    return [path] if path == PIPED or path.is_file() else sorted([*path.rglob("*.yaml"), *path.rglob("*.yml")])


def _documents(file: Path) -> Iterator[Mapping[str, Any]]:
    for document in documents(_content(file), file):
        if document is None:
            continue
        if not is_object(document):
            raise UnreadableManifest(f"{file}: no Kubernetes object; apiVersion and kind are missing")
        yield document


def _holds_itself(value: Any, around: tuple[int, ...]) -> bool:
    if not isinstance(value, dict | list):
        return False
    parts = value.values() if isinstance(value, dict) else value
    return id(value) in around or any(_holds_itself(part, (*around, id(value))) for part in parts)


def _content(file: Path) -> bytes:
    """What stands in a file, or for `-` what is piped in, which can be read but once."""
    return sys.stdin.buffer.read() if file == PIPED else file.read_bytes()


def _where(error: yaml.YAMLError) -> str:
    """The problem and its line. The error's own text would quote the file, which may hold a secret."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return f"line {error.problem_mark.line + 1}: {error.problem}"
    return type(error).__name__
