"""What a Flux Kustomization's change does to its folder, and what becomes of objects that are gone."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.review.changes.model import Effect, ObjectKey, Pair
from constructs_lib.review.changes.pruning import gone
from tests.review.stacks import changed, context, effects, key, read, said, stack, without

CACHE, OPERATOR = key("Kustomization"), key("Kustomization", "dragonfly-operator")
SECRET = key("Secret", "dragonfly-auth")


def spec(**fields: Any) -> Any:
    """An edit that sets fields of the spec; None takes one away."""

    def edit(manifest: dict[str, Any]) -> None:
        for name, value in fields.items():
            manifest["spec"][name] = value
            if value is None:
                del manifest["spec"][name]

    return edit


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (spec(suspend=True), {Effect.ORPHANED}),
        (spec(prune=False), {Effect.ORPHANED}),
        (spec(path="./dist/other"), {Effect.PRUNED}),
        (spec(targetNamespace="other"), {Effect.DATA_LOST, Effect.PRUNED, Effect.ADDRESS_CHANGED}),
        (spec(dependsOn=None), {Effect.LIVE}),
        (spec(dependsOn=[{"name": "nobody"}]), {Effect.LIVE, Effect.UNKNOWN}),
        (spec(interval="2h", timeout="1m", retryInterval="1m"), {Effect.LIVE}),
        (spec(wait=False), {Effect.UNWATCHED}),
        (spec(healthCheckExprs=None), {Effect.UNWATCHED}),
        (spec(sourceRef={"kind": "Bucket", "name": "b"}), {Effect.UNKNOWN}),
        (spec(serviceAccountName="other"), {Effect.UNKNOWN}),
        (spec(patches=[{"patch": "…"}]), {Effect.UNKNOWN}),
        (spec(decryption=None), {Effect.UNKNOWN}),
    ],
)
def test_a_change_of_one_field_does_this(edit: Any, expected: set[Effect]) -> None:
    assert effects(changed(stack("everything-on"), CACHE, edit)) == expected


def test_the_same_kustomization_does_nothing() -> None:
    assert changed(stack("everything-on"), CACHE, lambda manifest: None) == []


def test_an_encrypted_secret_fails_a_folder_that_no_longer_decrypts() -> None:
    objects = {
        **stack("everything-on"),
        SECRET: {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "dragonfly-auth"}, "sops": {}},
    }
    changes = changed(objects, CACHE, spec(decryption=None))
    assert effects(changes) == {Effect.STUCK}
    assert "Secret cache/dragonfly-auth" in said(changes)


def test_resuming_brings_what_nobody_sees_here() -> None:
    objects = stack("default")
    objects[CACHE]["spec"]["suspend"] = True
    assert effects(changed(objects, CACHE, spec(suspend=False))) == {Effect.UNKNOWN}


def test_variables_that_nothing_uses_are_none() -> None:
    objects = {each: manifest for each, manifest in stack("everything-on").items() if each.kind == "Kustomization"}
    assert effects(changed(objects, CACHE, spec(postBuild=None))) == {Effect.NONE}


def test_variables_that_something_uses_are_unknown() -> None:
    assert effects(changed(stack("substituted-secret"), CACHE, spec(postBuild=None))) == {Effect.UNKNOWN}


def test_two_that_wait_for_each_other_are_stuck() -> None:
    changes = changed(stack("default"), OPERATOR, spec(dependsOn=[{"name": "dragonfly"}]))
    assert Effect.STUCK in effects(changes)


def test_what_it_waits_for_is_told_in_the_order_of_the_names() -> None:
    names = ["a", "b", "c", "d", "e", "f"]
    (change,) = changed(stack("default"), CACHE, spec(dependsOn=[{"name": name} for name in reversed(names)]))
    told = [change.what.index(f"Kustomization cache/{name} is not among") for name in names]
    assert told == sorted(told)


def test_a_kustomization_that_is_gone_takes_its_cache_along() -> None:
    objects = stack("everything-on")
    changes = read(objects, without(objects, CACHE), CACHE)
    assert effects(changes) == {Effect.PRUNED, Effect.DATA_LOST}


def test_the_operators_kustomization_takes_no_cache_along_but_leaves_one_waiting() -> None:
    objects = stack("everything-on")
    changes = read(objects, without(objects, OPERATOR), OPERATOR)
    assert effects(changes) == {Effect.PRUNED, Effect.STUCK}


def test_what_does_not_prune_leaves_its_folder_when_it_is_gone() -> None:
    objects = stack("default")
    objects[CACHE]["spec"]["prune"] = False
    assert effects(read(objects, without(objects, CACHE), CACHE)) == {Effect.ORPHANED}


def test_what_a_new_kustomization_asks_of_its_cluster_is_said_and_no_fault() -> None:
    objects = stack("everything-on")
    changes = read(without(objects, OPERATOR), objects, OPERATOR)
    assert effects(changes) == {Effect.CREATED}
    assert "Kustomization kube-system/coredns is not among these files" in said(changes)


@pytest.mark.parametrize(
    ("source", "is_said"),
    [
        ({"kind": "Secret", "name": "cluster-secrets"}, True),
        ({"kind": "Secret", "name": "cluster-secrets", "optional": True}, False),
        ({"kind": "ConfigMap", "name": "dragonfly-dashboard"}, False),
    ],
    ids=["outside of the files", "optional", "among the files"],
)
def test_where_a_new_kustomization_takes_values_from_is_said(source: dict[str, Any], is_said: bool) -> None:
    objects = stack("everything-on")
    objects[CACHE]["spec"]["postBuild"] = {"substituteFrom": [source]}
    changes = read(without(objects, CACHE), objects, CACHE)
    assert effects(changes) == {Effect.CREATED}
    assert (f"takes values from {source['kind']} cache/{source['name']}" in said(changes)) is is_said


def test_a_new_kustomization_that_waits_for_one_that_is_gone_is_stuck() -> None:
    objects = stack("everything-on")
    assert effects(read({OPERATOR: objects[OPERATOR]}, {CACHE: objects[CACHE]}, CACHE)) == {
        Effect.CREATED,
        Effect.STUCK,
    }


ALERTS = key("PrometheusRule", "dragonfly-alerts")


@pytest.mark.parametrize("place", ["annotations", "labels"])
def test_an_object_that_flux_may_not_prune_is_orphaned(place: str) -> None:
    objects = stack("everything-on")
    objects[ALERTS]["metadata"].setdefault(place, {})["kustomize.toolkit.fluxcd.io/prune"] = "disabled"
    assert gone(Pair(ALERTS, objects[ALERTS], None), context(objects, {})).effects == (Effect.ORPHANED,)


def test_an_object_of_a_folder_that_does_not_prune_is_orphaned() -> None:
    objects = stack("everything-on")
    objects[CACHE]["spec"]["prune"] = False
    pair = Pair(ALERTS, objects[ALERTS], None)
    new = without(objects, ALERTS)
    for folder in ("dragonfly", "dist/dragonfly", "somewhere/dist/dragonfly"):
        assert gone(pair, context(objects, new, old_folders={ALERTS: folder})).effects == (Effect.ORPHANED,)
    assert gone(pair, context(objects, new, old_folders={ALERTS: "dragonfly-operator"})).effects == (Effect.PRUNED,)


def test_where_the_folder_is_not_known_it_is_said_whose_it_must_be_to_stay() -> None:
    objects = stack("everything-on")
    objects[CACHE]["spec"]["prune"] = False
    change = gone(Pair(ALERTS, objects[ALERTS], None), context(objects, without(objects, ALERTS)))
    assert change.effects == (Effect.PRUNED,)
    assert "It stays if it is Kustomization dragonfly that applies it" in change.what


def test_another_groups_kind_of_that_name_is_unknown() -> None:
    objects = stack("default")
    objects[CACHE]["apiVersion"] = "kustomize.config.k8s.io/v1beta1"
    assert effects(changed(objects, CACHE, spec(interval="2h"))) == {Effect.UNKNOWN}


def test_a_label_that_nobody_knows_is_unknown() -> None:
    changes = changed(stack("default"), CACHE, lambda manifest: manifest["metadata"].update(labels={"a": "b"}))
    assert effects(changes) == {Effect.UNKNOWN}


def test_being_left_alone_by_flux_is_said() -> None:
    annotations = {"kustomize.toolkit.fluxcd.io/reconcile": "disabled"}
    changes = changed(stack("everything-on"), ALERTS, lambda each: each["metadata"].update(annotations=annotations))
    assert effects(changes) == {Effect.ORPHANED}


def test_variables_that_flux_would_take_for_its_own_fail_the_folder() -> None:
    dashboard = ObjectKey("ConfigMap", "cache", "dragonfly-dashboard")

    def edit(manifest: dict[str, Any]) -> None:
        del manifest["metadata"]["annotations"]["kustomize.toolkit.fluxcd.io/substitute"]

    assert effects(changed(stack("everything-on"), dashboard, edit)) == {Effect.STUCK}


def test_a_further_source_of_values_must_be_there() -> None:
    source = {"kind": "Secret", "name": "other"}
    changes = changed(stack("default"), CACHE, spec(postBuild={"substituteFrom": [source]}))
    assert effects(changes) == {Effect.UNKNOWN}


def test_a_field_that_flux_cannot_do_without_is_refused() -> None:
    assert effects(changed(stack("default"), CACHE, spec(interval=None))) == {Effect.REFUSED}


def test_an_object_of_a_suspended_kustomization_stays_until_it_is_resumed() -> None:
    objects = stack("everything-on")
    objects[CACHE]["spec"]["suspend"] = True
    change = gone(
        Pair(ALERTS, objects[ALERTS], None),
        context(objects, without(objects, ALERTS), old_folders={ALERTS: "dragonfly"}),
    )
    assert change.effects == (Effect.ORPHANED,)
    assert "is suspended" in change.what
