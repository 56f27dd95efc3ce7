"""The configuration as its files give it: what stands under each key, and in which file and line.

Several files are merged in order, such as `base.yaml` and `prod.yaml`: mappings key by key, anything else is replaced,
and null unsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

from constructs_lib.config.files.merge import merged
from constructs_lib.config.files.yaml_file import Document, read_document
from constructs_lib.errors import Finding, InvalidConfig

INSTANCES = "dragonfly_instances"
"""The key with what each instance of a fleet has otherwise than the others."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What one file holds, or several together."""

    paths: Sequence[Path]
    documents: Sequence[Document]
    given: Mapping[Any, Any]
    """What stands under each key that is not left empty."""

    @property
    def name(self) -> str:
        """What a message calls it."""
        return ", ".join(self._names)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What is wrong with the YAML."""
        return tuple(error for document in self.documents for error in document.errors)

    def folder_of(self, key: str) -> Path:
        """The folder of the file that sets a key, which a path under it is relative to; the first file's by default."""
        file, _ = self._place(key)
        return self.paths[file if file < len(self.paths) else 0].parent

    def refusal(self, findings: Iterable[Finding]) -> InvalidConfig:
        """The exception with every error once, by its place in the files; what stands nowhere in them comes last."""
        errors = dict.fromkeys(finding for finding in findings if finding.is_error)
        return InvalidConfig({error: self.shown(error) for error in sorted(errors, key=self._place_of)})

    def shown(self, finding: Finding) -> str:
        """The file and line that a finding is about, such as `cluster.yaml:3`."""
        file, line = self._place_of(finding)
        if file < len(self.paths):
            return f"{self._names[file]}:{line}"
        broken = (name for name, each in zip(self._names, self.documents, strict=True) if finding in each.errors)
        return next(broken, self.name)

    @property
    def _names(self) -> list[str]:
        names = [path.name for path in self.paths]
        return names if len(set(names)) == len(names) else [str(path) for path in self.paths]

    def _place_of(self, finding: Finding) -> tuple[int, int]:
        return self._place(finding.where)

    def _place(self, where: str) -> tuple[int, int]:
        """The file, by its number, and the line; a file beyond the last for what stands in none."""
        of_instance = re.fullmatch(rf"({INSTANCES}\.[^.]+)\.(\w+)(.*)", where, re.DOTALL)
        if of_instance:
            instance, key, rest = of_instance.groups()
            if not any(f"{instance}.{key}" in document.lines for document in self.documents) and key in self.given:
                return self._place(f"{key}{rest}")
        for number, document in reversed(list(enumerate(self.documents))):
            found = next((way for way in _ways(where) if way in document.lines), None)
            if found is not None and (found == where or not isinstance(_value(document, found), Mapping)):
                return number, document.lines[found]
        nearest = [
            (-len(way), number, document.lines[way])
            for number, document in enumerate(self.documents)
            for way in _ways(where)
            if way in document.lines
        ]
        return min(nearest)[1:] if nearest else (len(self.paths), 0)


def read_configuration(paths: Sequence[Path]) -> Configuration:
    """Read one file, or several that are merged in order.

    Raises:
        InvalidConfig: one of them has no keys that could be looked at.
    """
    documents = [read_document(path) for path in paths]
    first = {key: value for key, value in documents[0].values.items() if value is not None}
    configuration = Configuration(paths, documents, reduce(merged, (each.values for each in documents[1:]), first))
    if unread := [error for each in documents if not each.values for error in each.errors]:
        raise configuration.refusal(unread)
    return configuration


def _ways(where: str) -> Iterable[str]:
    """A way and those above it, the longest first: `a.b[0]`, `a.b`, `a`."""
    ends = [match.start() for match in re.finditer(r"[.\[]", where)]
    return (where[:end] for end in (len(where), *reversed(ends)))


def _value(document: Document, way: str) -> Any:
    """What stands at the end of a way that leads over mappings alone; None over anything else."""
    value: Any = document.values
    for step in way.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value
