"""What is found in manifests, in the formats of code hosts: annotations of GitHub Actions, and SARIF."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Level = Literal["error", "warning", "note"]

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that was found."""

    rule: str
    """Identifier of what was looked for: a check, an effect."""
    level: Level
    message: str
    object: str
    """The object that it is about, for a reader."""
    file: str = ""
    """Path as code hosts know it (`hosted_path`); empty where the object is in no file."""
    line: int = 1


def hosted_path(file: str, root: Path | None) -> str:
    """A file's path from the root of the repository; outside of one from the working folder, or as it is.

    Args:
        file: from the working folder.
        root: of the repository around the working folder.
    """
    absolute = Path(os.path.normpath(Path.cwd() / file))
    for folder in (root, Path.cwd()):
        if folder and absolute.is_relative_to(folder):
            return absolute.relative_to(folder).as_posix()
    return file


def github(results: Iterable[Result]) -> str:
    """Workflow commands, one a line, that GitHub shows as annotations.

    https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    """
    return "".join(f"{_command(result)}\n" for result in results)


def sarif(results: Iterable[Result], tool: str, version: str, rules: Mapping[str, str]) -> str:
    """A SARIF 2.1.0 log.

    Args:
        results: what was found.
        tool: what found it.
        version: its version.
        rules: what each identifier means, in one line.
    """
    driver = {
        "name": tool,
        "version": version,
        "rules": [{"id": rule, "shortDescription": {"text": meaning}} for rule, meaning in rules.items()],
    }
    run = {"tool": {"driver": driver}, "results": [_sarif_result(result) for result in results]}
    return json.dumps({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _command(result: Result) -> str:
    properties = {"title": result.rule}
    if result.file:
        properties |= {"file": result.file, "line": str(result.line)}
    listed = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in properties.items())
    name = "notice" if result.level == "note" else result.level
    return f"::{name} {listed}::{_escaped(f'{result.object}: {result.message}')}"


def _escaped(text: str, further: str = "") -> str:
    for character in ("%", "\r", "\n", *further):
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def _sarif_result(result: Result) -> dict[str, Any]:
    location: dict[str, Any] = {"logicalLocations": [{"fullyQualifiedName": result.object, "kind": "object"}]}
    if result.file:
        region = {"startLine": result.line}
        location["physicalLocation"] = {"artifactLocation": {"uri": result.file}, "region": region}
    return {
        "ruleId": result.rule,
        "level": result.level,
        "message": {"text": f"{result.object}: {result.message}"},
        "locations": [location],
    }
