"""Manifests that others wrote may be anything: what is written of them always works, and the list forgets nothing."""

from __future__ import annotations

import random
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from constructs_lib.checks.manifests import KUSTOMIZE_GROUP, Manifest, find_manifests
from tests.adoption.imports import entries, not_named, run
from tests.conftest import ROOT
from tests.doctor.test_any_manifest import AROUND_IT, CANARY, OTHER_VALUES, is_secret, places
from tests.doctor.test_fixtures import FIXTURES

STACKS = sorted((ROOT / "tests" / "__snapshots__" / "test_stacks").iterdir())
VALUES = [
    *OTHER_VALUES,
    -1,
    "${VARIABLE}",
    "1Gi",
    "0 0 * * *",
    "v9.9.9",
    "s3://bucket/prefix",
    ["--foo=bar"],
    ["--cache_mode"],
]
NAMES = {("apiVersion",), ("kind",), ("metadata",), ("metadata", "name"), ("metadata", "namespace")}


def objects(path: Path) -> list[dict[str, Any]]:
    manifests = [each for each in find_manifests(path).manifests if each.group != KUSTOMIZE_GROUP]
    return [deepcopy(dict(each.object)) for each in manifests]


TREES = [
    tree
    for tree in map(objects, [*FIXTURES, *STACKS])
    if [manifest["kind"] for manifest in tree].count("Dragonfly") == 1
]


def put(tree: list[dict[str, Any]], which: int, path: tuple[Any, ...], value: Any) -> None:
    node: Any = tree[which]
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = deepcopy(value)


@pytest.mark.parametrize("form", [(), ("--python",)], ids=["cluster.yaml", "python"])
@settings(max_examples=40)
@given(st.integers(0, len(TREES) - 1), st.randoms(use_true_random=False), st.integers(1, 3))
def test_a_value_of_any_kind_in_any_place_is_carried_over_or_listed(
    form: tuple[str, ...], which: int, chance: random.Random, times: int
) -> None:
    tree = deepcopy(TREES[which])
    for _ in range(times):
        # Half of the time the Dragonfly itself, since it has most of what is read.
        numbers = [number for number, each in enumerate(tree) if chance.random() < 0.5 or each["kind"] == "Dragonfly"]
        number = chance.choice(numbers)
        if paths := [path for path in places(tree[number]) if path not in NAMES]:
            put(tree, number, chance.choice(paths), chance.choice(VALUES))
    with TemporaryDirectory() as folder:
        manifests = Path(folder, "manifests")
        manifests.mkdir()
        (manifests / "all.yaml").write_text(yaml.safe_dump_all(tree))
        result = run(manifests, *form)
        assert result.exit_code == 0, result.output
        assert not_named(manifests, result, Path(folder)) == []


def secret_places(manifest: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Where what stands there may be a password: values of Secrets, lines of an ACL file."""
    if manifest["kind"] not in {"Secret", "ExternalSecret", "ConfigMap"}:
        return []
    found = Manifest(Path(), manifest)
    return [path for path in places(manifest) if is_secret(found, path) and isinstance(value_at(manifest, path), str)]


def value_at(node: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        node = node[step]
    return node


@pytest.mark.parametrize("around", AROUND_IT)
def test_no_value_of_a_secret_is_written_or_listed(around: str, tmp_path: Path) -> None:
    told = []
    for tree in TREES:
        marked = deepcopy(tree)
        secret = [(number, path) for number, each in enumerate(tree) for path in secret_places(each)]
        for number, path in secret:
            put(marked, number, path, around.format(CANARY, CANARY))
        if secret:
            (tmp_path / "all.yaml").write_text(yaml.safe_dump_all(marked))
            result = run(tmp_path)
            assert result.exit_code == 0
            told.append(result.stdout + result.stderr)
    assert len(told) > 5
    assert CANARY not in "".join(told).lower()


@pytest.mark.parametrize(
    "spec",
    [
        {"args": [f"--requirepass={CANARY}"]},
        {"args": ["--requirepass", CANARY]},
        {"args": [f"--tls_key_password={CANARY}"]},
        {"env": [{"name": "API_TOKEN", "value": CANARY}]},
        {"env": [{"name": "DFLY_requirepass", "value": CANARY}]},
        {"env": [{"name": "REDIS_URL", "value": f"redis://default:{CANARY}@orders:6379"}]},
        {"additionalContainers": [{"name": "a", "image": "a:1", "env": [{"name": "PASSWORD", "value": CANARY}]}]},
        {"annotations": {"example.com/url": f"redis://default:{CANARY}@orders:6379"}},
    ],
    ids=lambda spec: str(spec).replace(CANARY, "…"),
)
@pytest.mark.parametrize("form", [(), ("--python",)], ids=["cluster.yaml", "python"])
def test_a_password_in_the_clear_is_not_carried_over_and_the_list_says_where_it_stands(
    form: tuple[str, ...], spec: dict[str, Any], tmp_path: Path
) -> None:
    dragonfly = {"apiVersion": "dragonflydb.io/v1alpha1", "kind": "Dragonfly", "metadata": {"name": "orders"}}
    (tmp_path / "all.yaml").write_text(yaml.safe_dump({**dragonfly, "spec": {"replicas": 1, **spec}}))
    result = run(tmp_path, *form)
    (field,) = spec
    assert CANARY not in result.stdout + result.stderr
    assert any(entry.field.startswith(f"/spec/{field}") for entry in entries(result.stderr))
