"""Manifests that others wrote may be anything: the doctor never breaks, and never tells a secret."""

from __future__ import annotations

import random
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constructs_lib.checks.manifests import Manifest, find_manifests
from constructs_lib.doctor.doctor import examine
from constructs_lib.doctor.objects import Objects, installed_operator
from constructs_lib.doctor.report import as_json
from tests.doctor.test_fixtures import FIXTURES

MANIFESTS = [find_manifests(fixture).manifests for fixture in FIXTURES]
OTHER_VALUES: list[Any] = [None, True, 0, 1.5, "", "x", [], {}, ["x"], [None], [{}], {"x": "x"}, {"x": None}, {1: 2}]
CANARY = "canary-0123456789"
AROUND_IT = ("{}", "--requirepass={}", "--requirepass {}", "--x={}", "USER a on >{} +{}", "{}\t ")


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    steps = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    for step in steps:
        yield (*path, step)
        yield from places(node[step], (*path, step))


def changed(manifest: Manifest, path: tuple[Any, ...], value: Any) -> Manifest:
    object: Any = deepcopy(dict(manifest.object))
    node = object
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    return replace(manifest, object=object)


def findings(manifests: list[Manifest]) -> str:
    return as_json(examine(Objects(manifests, installed_operator(manifests))).findings)


@settings(max_examples=400)
@given(st.integers(0, len(MANIFESTS) - 1), st.randoms(use_true_random=False), st.integers(1, 3))
def test_a_value_of_any_kind_in_any_place_is_taken(which: int, chance: random.Random, times: int) -> None:
    manifests = list(MANIFESTS[which])
    for _ in range(times):
        number = chance.randrange(len(manifests))
        paths = [path for path in places(manifests[number].object) if path not in {("apiVersion",), ("kind",)}]
        if paths:
            manifests[number] = changed(manifests[number], chance.choice(paths), chance.choice(OTHER_VALUES))
    findings(manifests)


def is_secret(manifest: Manifest, path: tuple[Any, ...]) -> bool:
    """Whether what stands there may be a password: values of the environment and of Secrets, words of args."""
    if manifest.kind in {"Secret", "ExternalSecret", "ConfigMap"}:
        return path[0] in {"data", "stringData"} or "template" in path
    return manifest.kind == "Dragonfly" and (("env" in path and path[-1] == "value") or "args" in path)


@pytest.mark.parametrize("around", AROUND_IT)
def test_no_word_that_may_be_a_secret_is_told(around: str) -> None:
    told = []
    for manifests in MANIFESTS:
        for number, manifest in enumerate(manifests):
            for path in places(manifest.object):
                if is_secret(manifest, path):
                    given = changed(manifest, path, around.format(CANARY, CANARY))
                    told.append(findings([*manifests[:number], given, *manifests[number + 1 :]]))
    assert len(told) > 100
    assert CANARY not in "".join(told).lower()
