"""The surface beside the Python interface: what it says, and what of a change of it breaks."""

from __future__ import annotations

import json
from types import ModuleType

import pytest
import typer
from typer.core import TyperGroup

from constructs_lib.cli.app import app
from constructs_lib.config.variables import known_keys
from tests.conftest import ROOT
from tools.release.changelog import CLUSTER_YAML, COMMAND_LINE, PYTHON, Change
from tools.release.compare_surfaces import SECTIONS, breaks, deprecated, gains
from tools.release.surface import FILE, Things, of_package, of_plugin
from tools.release.surface_json import of_samples

SURFACE: dict[str, Things] = json.loads((ROOT / FILE).read_text())


def changed(part: str, **things: list[str] | None) -> str:
    """Another surface: things of a part with other facts, or gone."""
    new = {name: dict(facts) for name, facts in SURFACE.items()}
    for thing, facts in things.items():
        new[part].pop(thing, None)
        if facts is not None:
            new[part][thing] = facts
    return json.dumps(new)


def found(new: str) -> list[tuple[str, Change]]:
    old = json.dumps(SURFACE)
    return [(section, each) for section in dict.fromkeys(SECTIONS.values()) for each in breaks(old, new, section)]


def without(part: str, thing: str, fact: str) -> list[str]:
    assert fact in SURFACE[part][thing]
    return [each for each in SURFACE[part][thing] if each != fact]


@pytest.mark.parametrize(
    ("part", "thing", "fact"),
    [
        ("commands", "cdk8s-dragonfly", "ends with `2`"),
        ("commands", "review 1", "must be given"),
        ("commands", "check 1", "takes several"),
        ("commands", "--help", "also `-h`"),
        ("commands", "synth --config", "is read from `CLUSTER_CONFIG`"),
        ("commands", "graph --format", "takes `svg`"),
        ("commands", "secrets rotate --keep-old", "is a switch"),
        ("json", "review changes[].object.kind", "may be string"),
        ("json", "doctor findings[].patch", "may be absent"),
        ("json", "connect network_policy.mode", "may be null"),
        ("json", "backup list snapshots[].fault", "may be string"),
        ("json", "variables variables[].feeds", "may be array"),
        ("pytest", "fixture: dragonfly_manifests", "gives Callable[[Chart], Manifests]"),
        ("defaults", "dragonfly_maxclients", "default 64000"),
        ("defaults", "dragonfly_replicas", "default 1"),
        ("defaults", "dragonfly_tls_issuer", "must be given"),
    ],
)
def test_it_says_what_others_build_on(part: str, thing: str, fact: str) -> None:
    assert fact in SURFACE[part][thing]


def test_it_has_every_command_and_every_variable() -> None:
    group = typer.main.get_group(app)
    below = [
        f"{name} {each}" for name, one in group.commands.items() if isinstance(one, TyperGroup) for each in one.commands
    ]
    assert {*group.commands, *below} <= SURFACE["commands"].keys()
    assert SURFACE["defaults"].keys() == known_keys()


@pytest.mark.parametrize(
    "thing", ["python: 3.11", "extra: node", "program: cdk8s-dragonfly", "plugin: cdk8s-dragonfly"]
)
def test_it_has_what_the_package_promises(thing: str) -> None:
    assert thing in SURFACE["package"]


def test_a_python_that_is_not_installed_on_is_none_that_is_supported() -> None:
    project = {
        "requires-python": ">=3.12",
        "classifiers": [f"Programming Language :: Python :: {version}" for version in ("3 :: Only", "3.11", "3.12")],
        "optional-dependencies": {},
        "scripts": {},
        "entry-points": {},
    }
    assert of_package({"project": project}) == {"python: 3.12": []}


def test_it_has_the_options_that_a_plugin_adds() -> None:
    plugin = ModuleType("plugin")
    plugin.__file__ = __file__
    plugin.pytest_addoption = lambda parser: parser.getgroup("x").addoption("--explain", "-e")  # type: ignore[attr-defined]
    assert of_plugin(plugin) == {"option: --explain": [], "option: -e": []}


def test_a_field_of_samples_may_be_what_it_is_in_one_of_them() -> None:
    assert of_samples([{"a": [{"b": 1}, {"b": None, "c": "x"}]}, {"a": []}]) == {
        "a": ["may be array"],
        "a[].b": ["may be integer", "may be null"],
        "a[].c": ["may be string", "may be absent"],
    }


@pytest.mark.parametrize(
    ("part", "thing", "facts", "section", "change"),
    [
        ("commands", "schema", None, COMMAND_LINE, Change(("schema",), "was removed")),
        ("commands", "review --fail-on", None, COMMAND_LINE, Change(("review", "--fail-on"), "was removed")),
        (
            "commands",
            "doctor --format",
            without("commands", "doctor --format", "takes `sarif`"),
            COMMAND_LINE,
            Change(("doctor", "--format", "sarif"), "no longer: takes sarif"),
        ),
        (
            "commands",
            "review",
            without("commands", "review", "ends with `1`"),
            COMMAND_LINE,
            Change(("review", "1"), "no longer: ends with 1"),
        ),
        (
            "commands",
            "synth --config",
            without("commands", "synth --config", "is read from `CLUSTER_CONFIG`"),
            COMMAND_LINE,
            Change(("synth", "--config", "CLUSTER_CONFIG"), "no longer: is read from CLUSTER_CONFIG"),
        ),
        (
            "commands",
            "connect --scheme",
            ["takes a value", "must be given"],
            COMMAND_LINE,
            Change(("connect", "--scheme"), "is new, and must be given"),
        ),
        (
            "json",
            "doctor findings[].fix",
            None,
            COMMAND_LINE,
            Change(("doctor", "findings[].fix"), "was removed"),
        ),
        (
            "json",
            "doctor findings[].fix",
            ["may be string", "may be null"],
            COMMAND_LINE,
            Change(("doctor", "findings[].fix"), "now: may be null"),
        ),
        ("effects", "evicts", None, COMMAND_LINE, Change(("evicts",), "was removed")),
        (
            "pytest",
            "fixture: dragonfly_manifests",
            None,
            PYTHON,
            Change(("dragonfly_manifests",), "fixture was removed"),
        ),
        ("package", "extra: node", None, PYTHON, Change(("node",), "extra was removed")),
        ("package", "python: 3.11", None, PYTHON, Change(("3.11",), "python was removed")),
        ("versions", "operator: v1.3.1", None, CLUSTER_YAML, Change(("v1.3.1",), "operator was removed")),
        ("alerts", "DragonflyDown", None, CLUSTER_YAML, Change(("DragonflyDown",), "was removed")),
        ("defaults", "dragonfly_replicas", None, CLUSTER_YAML, Change(("dragonfly_replicas",), "was removed")),
        (
            "defaults",
            "dragonfly_maxclients",
            ["default 32000"],
            CLUSTER_YAML,
            Change(("dragonfly_maxclients",), "no longer: default 64000"),
        ),
    ],
)
def test_a_change_breaks_that_takes_something_away(
    part: str, thing: str, facts: list[str] | None, section: str, change: Change
) -> None:
    assert found(changed(part, **{thing: facts})) == [(section, change)]


@pytest.mark.parametrize(
    ("part", "thing", "facts", "new"),
    [
        ("commands", "restore", ["ends with `0`"], [Change(("restore",), "is new")]),
        ("commands", "schema --draft", ["takes a value", "default 7"], [Change(("schema", "--draft"), "is new")]),
        (
            "commands",
            "review --format",
            [*SURFACE["commands"]["review --format"], "takes `html`"],
            [Change(("review", "--format", "html"), "now: takes html")],
        ),
        ("json", "doctor findings[].line", ["may be integer"], [Change(("doctor", "findings[].line"), "is new")]),
        ("json", "connect network_policy.mode", ["may be string"], []),
        ("commands", "connect 1", ["in words: USER", "default default"], []),
        ("defaults", "dragonfly_cpu_limit", ["in words: none at all"], []),
        ("defaults", "dragonfly_tls_issuer", ["default ca"], []),
        ("alerts", "DragonflySlow", [], [Change(("DragonflySlow",), "is new")]),
    ],
)
def test_what_is_new_or_promises_more_breaks_nothing(
    part: str, thing: str, facts: list[str], new: list[Change]
) -> None:
    assert found(changed(part, **{thing: facts})) == []
    assert gains(json.dumps(SURFACE), changed(part, **{thing: facts})) == new


def test_of_a_command_that_is_gone_or_new_its_options_are_not_told() -> None:
    gone = {thing: None for thing in SURFACE["commands"] if thing.startswith("backup")}
    assert found(changed("commands", **gone)) == [(COMMAND_LINE, Change(("backup",), "was removed"))]
    assert gains(changed("commands", **gone), json.dumps(SURFACE)) == [Change(("backup",), "is new")]


def test_what_is_deprecated_now_is_told() -> None:
    new = changed("deprecated", dragonfly_threads=["in words: gone in 2.0.0"])
    assert deprecated(json.dumps(SURFACE), new) == [Change(("dragonfly_threads",), "is deprecated")]
    assert (found(new), gains(json.dumps(SURFACE), new)) == ([], [])


def test_before_there_was_a_surface_nothing_breaks() -> None:
    assert [each for section in SECTIONS.values() for each in breaks("", json.dumps(SURFACE), section)] == []
