"""What others build on beside the Python interface, as one file: commands, JSON, the package, defaults, names.

    python -m tools.release.surface

A part has things, such as an option; a thing has facts. So a reviewer sees each change of one in a diff, and
`compare_surfaces.py` finds those that break what somebody else wrote. What a fact begins with says how it counts.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import griffe
from packaging.specifiers import SpecifierSet

from constructs_lib.config.reference import secret_references, variable_references
from constructs_lib.deprecations import rows
from constructs_lib.doctor.doctor import CHECKS
from constructs_lib.dragonfly.flags import versions_with
from constructs_lib.dragonfly.operator_versions import NEWEST_SEEN_RUNNING, OPERATOR_RELEASES
from constructs_lib.monitoring.alerts import CATALOGUE
from constructs_lib.review.changes.model import Effect
from constructs_lib.testing import plugin
from tools.release.surface_commands import commands
from tools.release.surface_json import fields

ROOT = Path(__file__).resolve().parents[2]

FILE = Path("tests", "__snapshots__", "surface.json")
"""Where it is written, from the root."""

Things = dict[str, list[str]]
"""Facts by the thing that they are about: `review --format`, `extra: node`."""

# How a fact counts: of any other, that it is gone breaks something.
RESTRICTIONS = ("must ", "may ")
"""Its being new breaks something: `must be given`, and of JSON `may be null`."""
DEFAULT = "default "
"""Nothing is added by a new one."""
IN_WORDS = "in words: "
"""Nothing can compare it; it stands there for whoever reads the diff."""


def main() -> None:
    """Write it."""
    (ROOT / FILE).write_text(surface())


def surface() -> str:
    """All of it."""
    parts: dict[str, Things] = {
        "commands": commands(),
        "json": fields(),
        "pytest": of_plugin(plugin),
        "package": of_package(tomllib.loads((ROOT / "pyproject.toml").read_text())),
        "defaults": _defaults(),
        "versions": _versions(),
        "alerts": {alert.name: [] for alert in CATALOGUE},
        "checks": {check.name: [] for check in CHECKS},
        "effects": {effect.id: [] for effect in Effect},
        "deprecated": {name: [f"{IN_WORDS}gone in {row.removed_in}"] for name, row in rows()},
    }
    return json.dumps(parts, indent=1, ensure_ascii=False) + "\n"


def of_plugin(module: ModuleType) -> Things:
    """Fixtures, with what they give, and options of a pytest plugin."""
    source = griffe.visit(module.__name__, Path(str(module.__file__)), code=Path(str(module.__file__)).read_text())
    fixtures = {
        f"fixture: {function.name}": [f"gives {function.returns}"]
        for function in source.functions.values()
        if any(decorator.callable_path == "pytest.fixture" for decorator in function.decorators)
    }
    options = _Options()
    getattr(module, "pytest_addoption", lambda _: None)(options)
    return {**fixtures, **{f"option: {name}": [] for name in options.names}}


def of_package(said: dict[str, Any]) -> Things:
    """What `pyproject.toml` promises whoever installs it: versions of Python, extras, programs."""
    project = said["project"]
    told = [each.split(" :: ")[-1] for each in project["classifiers"] if re.search(r":: Python :: \d\.\d+$", each)]
    things = [
        *(f"python: {version}" for version in SpecifierSet(project["requires-python"]).filter(told)),
        *(f"extra: {name}" for name in project["optional-dependencies"]),
        *(f"program: {name}" for name in project["scripts"]),
        *(f"plugin: {name}" for group in project["entry-points"].values() for name in group),
    ]
    return {thing: [] for thing in things}


def _defaults() -> Things:
    """Of each variable what counts where it is left out, also where no schema has it."""
    found = {each.key: [_default(each.default)] for each in variable_references()}
    return {**found, **{each.key: [f"{DEFAULT}none"] for each in secret_references()}}


def _default(told: str) -> str:
    """A value; what is told in a sentence is compared by whoever reads it."""
    if told == "required":
        return "must be given"
    value = re.fullmatch(r"`([^`]*)`|(\S+)", told)
    if value is None:
        return f"{IN_WORDS}{told}"
    return f"{DEFAULT}{'none' if told == '–' else value[1] or value[2]}"


def _versions() -> Things:
    """What is supported of what others make."""
    operators = (release.version for release in OPERATOR_RELEASES if release.version <= NEWEST_SEEN_RUNNING)
    return {
        **{f"operator: {version}": [] for version in operators},
        **{f"server: {version}": [] for version in versions_with("maxmemory")},
    }


class _Options:
    """Takes the options that a plugin adds, as pytest's parser does."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def addoption(self, *names: str, **_: Any) -> None:
        self.names += names

    def addini(self, name: str, *_: Any, **__: Any) -> None:
        self.names.append(name)

    def getgroup(self, *_: Any, **__: Any) -> _Options:
        return self


if __name__ == "__main__":
    main()
