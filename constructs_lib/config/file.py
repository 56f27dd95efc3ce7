"""A configuration file: what it gives under each key, and where a finding's key stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from constructs_lib.config.yaml_file import read_mapping
from constructs_lib.errors import Finding, InvalidConfig


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """What one file holds."""

    path: Path
    keys: tuple[Any, ...]
    """Every key, in the file's order."""
    given: Mapping[Any, Any]
    """What stands under each key that is not left empty."""
    errors: tuple[Finding, ...]
    """What is wrong with the YAML."""

    @property
    def folder(self) -> Path:
        """Where the file is: paths in it are relative to that."""
        return self.path.parent

    def refusal(self, findings: Iterable[Finding]) -> InvalidConfig:
        """The exception with every error once, by its place in the file; what stands nowhere in it comes last."""
        places = {key: place for place, key in enumerate(self.keys)}
        errors = dict.fromkeys(finding for finding in findings if finding.is_error)
        return InvalidConfig(self.path.name, sorted(errors, key=lambda error: places.get(_key(error), len(places))))


def read_file(path: Path) -> ConfigFile:
    """Read a file.

    Raises:
        InvalidConfig: it has no keys that could be looked at.
    """
    mapping, errors = read_mapping(path)
    if errors and not mapping:
        raise InvalidConfig(path.name, errors)
    given = {key: value for key, value in mapping.items() if value is not None}
    return ConfigFile(path, tuple(mapping), given, tuple(errors))


def _key(finding: Finding) -> str:
    """The key of the file that a finding is about: `dragonfly_labels` of `dragonfly_labels.team`."""
    return re.split(r"[.\[]", finding.where)[0]
