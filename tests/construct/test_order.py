"""Constructs keep state and render once, at synth: in whatever order they are made, the bytes are the same.

A JSON patch of the user's own comes after all that the library writes, whatever is made later.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Iterator
from copy import deepcopy
from difflib import unified_diff
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import pytest
from cdk8s import ApiObject, App, Chart, JsonPatch, YamlOutputType
from hypothesis import example, given, settings
from hypothesis import strategies as st

from constructs_lib import (
    Client,
    DragonflyBackup,
    DragonflyCache,
    DragonflyCertificate,
    DragonflyMonitoring,
    DragonflyNetworkPolicy,
    DragonflyRestoreDrill,
    DragonflySecrets,
    DragonflyWarning,
    Issuer,
)
from tests.charts import new_chart, synthesized
from tests.conftest import read_folder

_Key = TypeVar("_Key", str, tuple[str, str])

Made = dict[str, Any]
"""The constructs that there are, by the step that made them."""

SOURCES: dict[str, dict[str, Any]] = {
    "substitute": {"source": "substitute", "version": "1"},
    "external-secrets": {"source": "external-secrets", "secret_store": {"name": "vault"}, "version": "1"},
}


def add_cache(chart: Chart, made: Made, way: str) -> DragonflyCache:
    return DragonflyCache(chart, "cache", annotations={"note": "a"})


def add_users(chart: Chart, made: Made, way: str) -> None:
    made["cache"].add_user("keycloak", preset="keycloak")
    made["cache"].add_user("worker", keys=["jobs:*"])
    made["cache"].allow_from(Client(namespace="workers"))


def add_certificate(chart: Chart, made: Made, way: str) -> DragonflyCertificate:
    return DragonflyCertificate(chart, "certificate", cache=made["cache"], issuer=Issuer(name="internal-ca"))


def add_backup(chart: Chart, made: Made, way: str) -> DragonflyBackup:
    return DragonflyBackup(chart, "backup", cache=made["cache"], bucket="backups", retention="14d")


def add_monitoring(chart: Chart, made: Made, way: str) -> DragonflyMonitoring:
    return DragonflyMonitoring(chart, "monitoring", cache=made["cache"])


def add_policy(chart: Chart, made: Made, way: str) -> DragonflyNetworkPolicy:
    return DragonflyNetworkPolicy(
        chart,
        "policy",
        cache=made["cache"],
        clients=[Client(namespace="shop")],
        prometheus_namespace="monitoring",
    )


def add_secrets(chart: Chart, made: Made, way: str) -> DragonflySecrets:
    return DragonflySecrets(chart, "secrets", cache=made["cache"], **SOURCES[way])


def add_drill(chart: Chart, made: Made, way: str) -> DragonflyRestoreDrill:
    return DragonflyRestoreDrill(chart, "drill", backup=made["backup"], monitoring=made.get("monitoring"))


STEPS: dict[str, Callable[[Chart, Made, str], object]] = {
    "users": add_users,
    "certificate": add_certificate,
    "backup": add_backup,
    "monitoring": add_monitoring,
    "policy": add_policy,
    "secrets": add_secrets,
    "drill": add_drill,
}
"""What is added to a cache; in this order the outcome is what every other order is compared with."""

DRILL_TAKES = ("backup", "monitoring")


def possible(order: tuple[str, ...]) -> tuple[str, ...]:
    """An order in which what a construct takes as an argument is there: the drill waits for that."""
    if "drill" not in order:
        return order
    last = max(order.index(step) for step in ("drill", *DRILL_TAKES) if step in order)
    rest = [step for step in order if step != "drill"]
    rest.insert(last, "drill")
    return tuple(rest)


ALL = tuple(STEPS)
ORDERS = {
    "backwards": possible(tuple(reversed(ALL))),
    "secrets-first": ("secrets", "policy", "monitoring", "users", "backup", "certificate", "drill"),
    "drill-early": ("backup", "monitoring", "drill", "secrets", "policy", "certificate", "users"),
}
"""Some orders of all of them, for what is not tried with any."""


@st.composite
def orders(draw: st.DrawFn) -> tuple[str, ...]:
    """Some of the steps, in any order that is possible."""
    chosen = draw(st.sets(st.sampled_from(ALL), min_size=2))
    if "drill" in chosen:
        chosen.add("backup")
    return possible(tuple(draw(st.permutations([step for step in ALL if step in chosen]))))


def make(chart: Chart, order: tuple[str, ...], way: str, after_each: Callable[[str, Any], None] | None = None) -> Made:
    """Make a cache and what is added to it; `after_each` is called with what was just made."""
    made: Made = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DragonflyWarning)
        for step, add in {"cache": add_cache, **{step: STEPS[step] for step in order}}.items():
            made[step] = add(chart, made, way)
            if after_each:
                after_each(step, made[step])
    return made


def written(chart: Chart) -> dict[tuple[str, str], dict[str, Any]]:
    """A chart's manifests by kind and name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DragonflyWarning)
        found = synthesized(chart)
    by_name = {(manifest["kind"], manifest["metadata"]["name"]): manifest for manifest in found}
    assert len(by_name) == len(found)
    return by_name


def as_text(manifests: dict[tuple[str, str], dict[str, Any]]) -> dict[tuple[str, str], str]:
    """The manifests as JSON, their keys in the order in which they are written."""
    return {key: json.dumps(manifest, indent=1) for key, manifest in sorted(manifests.items())}


def compare(found: dict[_Key, str], usual: dict[_Key, str]) -> None:
    """Fail where two outcomes differ, and say where, object by object."""
    told: list[str] = []
    for key in sorted(found.keys() | usual.keys()):
        before, after = (outcome.get(key, "").splitlines() for outcome in (usual, found))
        told += unified_diff(before, after, f"usual {key}", f"found {key}", lineterm="", n=2)
    if told:
        pytest.fail("\n".join(told), pytrace=False)


@lru_cache
def in_the_usual_order(steps: frozenset[str], way: str) -> dict[tuple[str, str], str]:
    """What these steps give in the order in which they stand above."""
    chart = new_chart()
    make(chart, tuple(step for step in ALL if step in steps), way)
    return as_text(written(chart))


@pytest.mark.parametrize("way", SOURCES)
@settings(max_examples=12)
@example(order=ORDERS["backwards"])
@example(order=ORDERS["secrets-first"])
@example(order=ORDERS["drill-early"])
@given(order=orders())
def test_in_any_order_the_same_is_written(way: str, order: tuple[str, ...]) -> None:
    chart = new_chart()
    make(chart, order, way)
    compare(as_text(written(chart)), in_the_usual_order(frozenset(order), way))


def files(folder: Path, order: tuple[str, ...], way: str) -> dict[str, str]:
    """What an app writes, as the project's own app does: one file a resource."""
    app = App(
        outdir=str(folder),
        output_file_extension=".yaml",
        yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
    )
    make(Chart(app, "sessions", namespace="cache"), order, way)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DragonflyWarning)
        app.synth()
    return read_folder(folder)


@pytest.mark.parametrize("way", SOURCES)
def test_in_any_order_the_files_are_the_same_to_the_byte(way: str, tmp_path: Path) -> None:
    usual = files(tmp_path / "usual", ALL, way)
    assert len(usual) == 11
    for name, order in ORDERS.items():
        compare(files(tmp_path / name, order, way), usual)


# Patches of the user's own


Patch = tuple[str, str, Any]
"""Operation, path, value."""

CACHE_PATCHES: list[Patch] = [
    ("replace", "/spec/replicas", 5),
    ("add", "/spec/annotations/own", "b"),
    ("add", "/spec/args/-", "--own"),
    ("add", "/extra", {"b": 1, "a": [2]}),
]
POLICY_PATCHES: list[Patch] = [
    ("add", "/spec/ingress/-", {"fromEntities": ["host"]}),
    ("add", "/spec/egress/0", {"toEntities": ["kube-apiserver"]}),
    ("add", "/extra", "own"),
]
SECRET_PATCHES: dict[str, list[Patch]] = {
    "substitute": [("replace", "/stringData/password", "${OWN}"), ("add", "/extra", "own")],
    "external-secrets": [
        ("add", "/spec/data/-", {"secretKey": "own", "remoteRef": {"key": "own"}}),
        ("replace", "/spec/refreshInterval", "5m"),
        ("add", "/extra", "own"),
    ],
}


def patches(step: str, construct: Any, way: str) -> Iterator[tuple[ApiObject, list[Patch]]]:
    """Each object that a step's construct hands out, with patches that hold as soon as it is made."""
    extra: Patch = ("add", "/extra", "own")
    if step == "cache":
        yield construct.api_object, CACHE_PATCHES
    elif step == "certificate":
        yield construct.api_object, [("add", "/spec/duration", "48h"), extra]
    elif step == "backup":
        yield construct.retention_jobs[0], [("add", "/spec/suspend", True), extra]
    elif step == "monitoring":
        own = {"name": "own", "rules": []}
        yield (
            construct.prometheus_rule,
            [("replace", "/spec/groups/0/name", "first"), ("add", "/spec/groups/-", own), extra],
        )
        yield construct.pod_monitor, [("add", "/metadata/labels/team", "blue"), ("add", "/spec/sampleLimit", 9), extra]
        yield construct.dashboard, [("add", "/data/own.json", "{}"), extra]
    elif step == "policy":
        yield construct.api_object, POLICY_PATCHES
    elif step == "secrets":
        yield construct.api_object, SECRET_PATCHES[way]
    elif step == "drill":
        yield construct.api_object, [("replace", "/spec/schedule", "0 1 * * *"), extra]


def patched(manifest: dict[str, Any], wanted: list[Patch]) -> dict[str, Any]:
    """A manifest after patches: of RFC 6902 what these need."""
    result = deepcopy(manifest)
    for _, path, value in wanted:
        *way, last = path.removeprefix("/").split("/")
        target: Any = result
        for name in way:
            target = target[int(name)] if isinstance(target, list) else target[name]
        if isinstance(target, list):
            target.insert(len(target) if last == "-" else int(last), value)
        else:
            target[last] = value
    return result


@pytest.mark.parametrize("order", [ALL, *ORDERS.values()], ids=["usual", *ORDERS])
@pytest.mark.parametrize("way", SOURCES)
def test_patches_of_ones_own_come_last_whatever_is_made_later(way: str, order: tuple[str, ...]) -> None:
    expected = {key: json.loads(text) for key, text in in_the_usual_order(frozenset(order), way).items()}

    def patch(step: str, construct: Any) -> None:
        for api_object, wanted in patches(step, construct, way):
            for operation, path, value in wanted:
                add = JsonPatch.add if operation == "add" else JsonPatch.replace
                api_object.add_json_patch(add(path, value))
            key = (api_object.kind, api_object.name)
            expected[key] = patched(expected[key], wanted)

    chart = new_chart()
    make(chart, order, way, patch)
    compare(as_text(written(chart)), as_text(expected))


@pytest.mark.parametrize("way", SOURCES)
def test_a_patch_replaces_what_a_later_construct_writes(way: str) -> None:
    chart = new_chart()

    def patch(step: str, construct: Any) -> None:
        if step == "cache":
            construct.api_object.add_json_patch(JsonPatch.add("/spec/annotations", {"own": "b"}))
            construct.api_object.add_json_patch(JsonPatch.add("/spec/tlsSecretRef", {"name": "own"}))
            construct.api_object.add_json_patch(JsonPatch.add("/spec/env", []))

    make(chart, ALL, way, patch)
    spec = written(chart)["Dragonfly", "dragonfly"]["spec"]
    assert (spec["annotations"], spec["tlsSecretRef"], spec["env"]) == ({"own": "b"}, {"name": "own"}, [])


# Asked before synth


@pytest.mark.parametrize("way", SOURCES)
def test_an_object_can_be_asked_for_its_manifest_at_any_time(way: str) -> None:
    chart = new_chart()
    seen: list[ApiObject] = []

    def ask(step: str, construct: Any) -> None:
        seen.extend(api_object for api_object, _ in patches(step, construct, way))
        for api_object in seen:
            assert api_object.to_json()["metadata"]["name"] == api_object.name

    make(chart, ORDERS["backwards"], way, ask)
    asked = {(api_object.kind, api_object.name): api_object.to_json() for api_object in seen}
    found = as_text(written(chart))
    compare(as_text(asked), {key: text for key, text in found.items() if key in asked})
    compare(found, in_the_usual_order(frozenset(ALL), way))
