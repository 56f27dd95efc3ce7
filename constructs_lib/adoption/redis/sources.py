"""Texts with directives of Redis: files, keys of a ConfigMap, what is piped in.

source = source_of_file(Path("redis.conf"))
is_redis_configuration(source.content)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from constructs_lib.adoption.redis.directives import DIRECTIVES
from constructs_lib.checks.manifests import Manifest
from constructs_lib.review.sides.trees import key_of
from constructs_lib.values.fields import mapping

ENDINGS = ("*.conf", "*.acl")
"""Names of files that are looked into where a folder is given."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text, and where it stands."""

    file: str
    """Its file's name, by which `include` and `aclfile` find it."""
    content: str
    folder: Path | None = None
    """Where the file lies, by which others are found; None of what is no file."""
    object: str = ""
    """The ConfigMap of which it is a key."""

    @property
    def name(self) -> str:
        """What the list calls it."""
        return f"{self.object} {self.file}".lstrip()

    @property
    def within(self) -> str:
        """The same with its folder."""
        return str(self.folder / self.file) if self.folder else self.name

    @property
    def place(self) -> str:
        """What has its files together: a folder, or a ConfigMap."""
        return self.object or str(self.folder or "")


def is_redis_configuration(content: str) -> bool:
    """Whether a text is a redis.conf, or a file of its users, and nothing else that has such words in it.

    A manifest is none, nor what configures a Sentinel.
    """
    if re.search(r"^(apiVersion|kind)\s*:", content, re.MULTILINE):
        return False
    words = [line.split()[0].lower() for line in content.splitlines() if says_something(line)]
    known = sum(word in DIRECTIVES for word in words)
    return 0 < len(words) <= 2 * known and "sentinel" not in words


def says_something(line: str) -> bool:
    """Whether a line is neither empty nor a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def source_of_file(path: Path) -> Source:
    """A file. What in it is no UTF-8, in a comment say, is replaced."""
    return Source(path.name, as_text(path.read_bytes()), path.parent.resolve())


def as_text(content: bytes) -> str:
    """A file's text, without the mark that some editors put before it."""
    return content.decode("utf-8-sig", errors="replace")


def sources_in_folder(folder: Path) -> list[Source]:
    """The files of Redis in a folder and below, but for hidden ones."""
    files = sorted(file for ending in ENDINGS for file in folder.rglob(ending) if file.is_file())
    seen = (file for file in files if not any(part.startswith(".") for part in file.relative_to(folder).parts))
    return [source for source in map(source_of_file, seen) if is_redis_configuration(source.content)]


def sources_in_manifests(manifests: Iterable[Manifest]) -> list[Source]:
    """The keys of ConfigMaps that are files of Redis."""
    return [
        Source(str(key), content, object=str(key_of(manifest.object)))
        for manifest in manifests
        if manifest.kind == "ConfigMap"
        for key, content in mapping(manifest.object, "data").items()
        if isinstance(content, str) and is_redis_configuration(content)
    ]
