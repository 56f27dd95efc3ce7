"""What the doctor knows and what it says: a check, and one place where it found something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from constructs_lib.checks.manifests import Manifest

Operation = Mapping[str, Any]
"""One step of a JSON patch: https://www.rfc-editor.org/rfc/rfc6902"""

PAGE = "docs/doctor.md"
"""Where each check is described, under a heading of its name."""


class Severity(Enum):
    """How bad it is."""

    ERROR = "error"
    """It does not run, it opens a door, or it loses data."""
    WARNING = "warning"
    """It is without effect, or goes wrong one day."""
    INFO = "info"
    """Worth knowing, and harmless."""


ERROR, WARNING, INFO = Severity


@dataclass(frozen=True, slots=True)
class Check:
    """A known fault."""

    name: str
    """In kebab case, as it is ignored by."""
    severity: Severity
    kinds: tuple[str, ...]
    """The kinds of objects that it is found in."""
    meaning: str
    """What happens, for whoever has never met it."""
    source: str
    """Where this is known from: a part of docs/dragonfly.md, or an address."""

    @property
    def docs(self) -> str:
        """Where it is described."""
        return f"{PAGE}#{self.name}"

    def found(self, manifest: Manifest, field: str, what: str, fix: str, *patch: Operation) -> Found:
        """It was found.

        Args:
            manifest: in this object.
            field: at this field, a JSON pointer; empty for the whole object.
            what: what is wrong, in one sentence, without the value of a secret.
            fix: what to do.
            patch: the same as a JSON patch on the object, where that is safe for whoever knows no more than the object.
        """
        return Found(self, manifest, field, what, fix, patch)


@dataclass(frozen=True, slots=True)
class Found:
    """One field of one object that a check says something about."""

    check: Check
    manifest: Manifest
    field: str
    what: str
    fix: str
    patch: tuple[Operation, ...] = ()

    @property
    def object(self) -> str:
        """The object, for a reader: `Dragonfly cache/sessions`."""
        manifest = self.manifest
        name = f"{manifest.namespace}/{manifest.name}" if manifest.namespace else manifest.name
        return f"{manifest.kind} {name}"


def remove(field: str) -> Operation:
    """The step of a patch that removes a field."""
    return {"op": "remove", "path": field}


def add(field: str, value: object) -> Operation:
    """The step of a patch that adds a field, or replaces it."""
    return {"op": "add", "path": field, "value": value}
