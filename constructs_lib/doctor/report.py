"""What was found, as JSON for programs: `findings.schema.json` beside this module says what they may count on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from constructs_lib.doctor.model import Found

VERSION = 1
"""Of the format: another one where a program that reads this one would fail."""


def as_json(findings: Iterable[Found]) -> str:
    """A JSON document."""
    return json.dumps({"version": VERSION, "findings": [_finding(found) for found in findings]}, indent=2) + "\n"


def schema() -> dict[str, Any]:
    """The JSON schema of the document."""
    text = files("constructs_lib.doctor").joinpath("findings.schema.json").read_text("utf-8")
    return dict(json.loads(text))


def _finding(found: Found) -> dict[str, Any]:
    manifest = found.manifest
    return {
        "check": found.check.name,
        "severity": found.check.severity.value,
        "object": {"kind": manifest.kind, "namespace": manifest.namespace, "name": manifest.name},
        "field": found.field,
        "what": found.what,
        "fix": found.fix,
        "docs": found.check.docs,
        **({"patch": [dict(operation) for operation in found.patch]} if found.patch else {}),
    }
