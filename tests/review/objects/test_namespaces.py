"""What a Namespace's change does to the pods in it."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.review.changes.model import Effect
from tests.review.stacks import changed, effects, key, read, said, stack, without

NAMESPACE = key("Namespace", "cache")
ENFORCE = "pod-security.kubernetes.io/enforce"


def labelled(name: str, value: str | None) -> Any:
    def edit(namespace: dict[str, Any]) -> None:
        labels = namespace["metadata"]["labels"]
        labels[name] = value
        if value is None:
            del labels[name]

    return edit


def test_a_namespace_that_flux_may_not_prune_stays() -> None:
    objects = stack("default")
    assert effects(read(objects, without(objects, NAMESPACE), NAMESPACE)) == {Effect.ORPHANED}


def test_a_namespace_takes_its_caches_along() -> None:
    objects = stack("default")
    del objects[NAMESPACE]["metadata"]["labels"]["kustomize.toolkit.fluxcd.io/prune"]
    changes = read(objects, without(objects, NAMESPACE), NAMESPACE)
    assert effects(changes) == {Effect.PRUNED, Effect.DATA_LOST}
    assert "the cache dragonfly" in said(changes)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        (ENFORCE, "baseline", {Effect.ACCESS_OPENED}),
        (ENFORCE, None, {Effect.ACCESS_OPENED}),
        (ENFORCE, "misspelt", {Effect.REFUSED}),
        ("pod-security.kubernetes.io/warn", "baseline", {Effect.UNWATCHED}),
        ("kustomize.toolkit.fluxcd.io/prune", None, {Effect.LIVE}),
        ("kubernetes.io/metadata.name", "cache", {Effect.NONE}),
        ("team", "platform", {Effect.UNKNOWN}),
    ],
)
def test_a_label_does_this(name: str, value: str | None, expected: set[Effect]) -> None:
    assert effects(changed(stack("everything-on"), NAMESPACE, labelled(name, value))) == expected


def test_a_level_that_the_instances_pods_do_not_pass_stops_them_at_their_next_start() -> None:
    objects = stack("default")
    labelled(ENFORCE, "baseline")(objects[NAMESPACE])
    changes = changed(objects, NAMESPACE, labelled(ENFORCE, "restricted"))
    assert effects(changes) == {Effect.STUCK, Effect.AT_NEXT_RESTART}


def test_a_level_that_they_pass_stops_nobody_known() -> None:
    objects = stack("everything-on")
    labelled(ENFORCE, "baseline")(objects[NAMESPACE])
    changes = changed(objects, NAMESPACE, labelled(ENFORCE, "restricted"))
    assert effects(changes) == {Effect.AT_NEXT_RESTART}
