"""One side of a review: the objects in a set of files, each with its place for whoever must look at it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from constructs_lib.checks.manifests import KUSTOMIZE_GROUP, UnreadableManifest, documents, is_object, unfolded
from constructs_lib.checks.places import Node, documents_with_places, line_of
from constructs_lib.review.changes.model import Manifest, ObjectKey, Tree

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class File:
    """A file of one side."""

    name: str
    """Its path in the side, by which the two versions of a file are told to be the same."""
    shown: str
    """Its path as a reader finds it."""
    content: bytes


@dataclass(frozen=True, slots=True)
class Source:
    """Where an object stands."""

    file: str
    content: bytes = b""
    document: int = 0
    """Which of the file's YAML documents it is, from 0."""
    within: str = ""
    """Its place in the document, a JSON pointer, where that is a List."""

    def line(self, field: str = "") -> int:
        """The line of a field, from 1, or of what stands nearest around it.

        Args:
            field: a JSON pointer from the object's root.
        """
        return line_of(_with_places(self.content), self.document, f"{self.within}{field}")


@dataclass(frozen=True, slots=True)
class Side:
    """What one side of a review holds."""

    tree: Tree
    sources: Mapping[ObjectKey, Source] = field(default_factory=dict)
    folders: Mapping[ObjectKey, str] = field(default_factory=dict)
    """The folder of each object's file: Flux applies it by that."""
    others: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    """By file, the documents that are no objects of a cluster, of which a review can say nothing."""


class Reader:
    """Reads sides. What stands on both, to the byte, is parsed once and compared by identity."""

    def __init__(self) -> None:
        self._parsed: dict[bytes, list[Any]] = {}

    def read(self, files: Iterable[File]) -> Side:
        """The side that a set of files makes; of an object that stands there twice, the last counts.

        Raises:
            UnreadableManifest: naming the file and what is wrong with it.
        """
        tree: dict[ObjectKey, Manifest] = {}
        sources: dict[ObjectKey, Source] = {}
        folders: dict[ObjectKey, str] = {}
        others: dict[str, list[Any]] = {}
        for file in files:
            for number, document in enumerate(self._documents(file)):
                for place, each in unfolded(document):
                    if not is_object(each) or str(each["apiVersion"]).startswith(f"{KUSTOMIZE_GROUP}/"):
                        others.setdefault(file.name, []).append(each)
                        continue
                    key = key_of(each)
                    tree[key] = each
                    sources[key] = Source(file.shown, file.content, number, place)
                    folders[key] = str(PurePosixPath(file.shown).parent)
        return Side(tree, sources, folders, others)

    def _documents(self, file: File) -> list[Any]:
        if file.content not in self._parsed:
            self._parsed[file.content] = documents(file.content, file.shown)
        return self._parsed[file.content]


def files_of(path: Path) -> Iterator[File]:
    """A file, or the `*.yaml` and `*.yml` files of a folder.

    Raises:
        UnreadableManifest: one of them cannot be read.
    """
    if path.is_file():
        found = [("", path)]
    else:
        below = sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES and file.is_file())
        found = [(file.relative_to(path).as_posix(), file) for file in below]
    for name, file in found:
        try:
            yield File(name, shown(file), file.read_bytes())
        except OSError as error:
            raise UnreadableManifest(f"{file}: cannot be read: {error.strerror}") from error


def shown(path: Path) -> str:
    """A path as annotations have it: from the working folder where it is below that."""
    absolute = path.absolute()
    return (absolute.relative_to(Path.cwd()) if absolute.is_relative_to(Path.cwd()) else path).as_posix()


def key_of(manifest: Manifest) -> ObjectKey:
    """By what an object is paired; of one whose name the server makes, by what that begins with."""
    metadata = _metadata(manifest)
    name = name_of(manifest) or str(metadata.get("generateName") or "")
    return ObjectKey(str(manifest["kind"]), str(metadata.get("namespace") or ""), name)


def name_of(manifest: Manifest) -> str:
    """The name that an object is given, or nothing."""
    return str(_metadata(manifest).get("name") or "")


def not_reviewed(old: Side, new: Side) -> list[str]:
    """The files in which something else than an object of the cluster has changed."""
    return [name for name in sorted({*old.others, *new.others}) if old.others.get(name) != new.others.get(name)]


def _metadata(manifest: Manifest) -> Mapping[str, Any]:
    metadata = manifest.get("metadata")
    return metadata if isinstance(metadata, Mapping) else {}


@lru_cache(maxsize=64)
def _with_places(content: bytes) -> list[Node]:
    """Asked for changed objects alone."""
    return documents_with_places(content)
