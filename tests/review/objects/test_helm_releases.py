"""What the operator's upgrade and its chart's values do to the instances."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.review.changes.model import Effect
from tests.review.stacks import Objects, changed, effects, key, read, said, stack, without

RELEASE = key("HelmRelease", "dragonfly-operator", "dragonfly-operator-system")
REPOSITORY = key("HelmRepository", "dragonfly-operator", "dragonfly-operator-system")
OCI = key("OCIRepository", "dragonfly-operator", "dragonfly-operator-system")
CACHE = key("Dragonfly")


def version(text: str) -> Any:
    def edit(release: dict[str, Any]) -> None:
        release["spec"]["chart"]["spec"]["version"] = text

    return edit


def values(path: str, value: Any) -> Any:
    def edit(release: dict[str, Any]) -> None:
        *above, last = path.split(".")
        part = release["spec"].setdefault("values", {})
        for step in above:
            part = part.setdefault(step, {})
        part[last] = value

    return edit


def upgraded(objects: Objects, before: str, after: str) -> Any:
    version(before)(objects[RELEASE])
    return changed(objects, RELEASE, version(after))


def test_pods_of_a_pinned_image_do_not_restart() -> None:
    changes = upgraded(stack("default"), "v1.3.1", "v1.4.0")
    assert effects(changes) == {Effect.LIVE}


def test_with_no_image_every_pod_restarts() -> None:
    objects = stack("three-replicas")
    del objects[CACHE]["spec"]["image"]
    assert Effect.ROLLING_RESTART in effects(upgraded(objects, "v1.3.1", "v1.4.0"))


def test_the_only_pod_of_a_cache_that_saves_nothing_loses_its_data() -> None:
    objects = stack("default")
    del objects[CACHE]["spec"]["image"]
    objects[CACHE]["spec"].pop("snapshot", None)
    assert Effect.DATA_LOST in effects(upgraded(objects, "v1.3.1", "v1.4.0"))


def test_the_policy_that_the_operator_makes_cuts_off_prometheus() -> None:
    changes = upgraded(stack("default"), "v1.4.0", "v1.5.0")
    assert Effect.ACCESS_CLOSED in effects(changes)
    assert "cuts off Prometheus," in said(changes)


def test_from_v1_6_1_it_cuts_off_clients_of_other_namespaces_too() -> None:
    assert "clients in other namespaces" in said(upgraded(stack("default"), "v1.4.0", "v1.6.1"))
    assert "clients in other namespaces" in said(upgraded(stack("default"), "v1.5.0", "v1.6.1"))


def test_told_not_to_it_makes_none() -> None:
    objects = stack("default")
    objects[CACHE]["spec"]["networkPolicyEnabled"] = False
    assert effects(upgraded(objects, "v1.5.0", "v1.6.1")) == {Effect.LIVE}


def test_a_field_that_the_new_crd_lacks_is_refused() -> None:
    objects = stack("default")
    objects[CACHE]["spec"]["networkPolicyEnabled"] = False
    assert Effect.REFUSED in effects(upgraded(objects, "v1.6.1", "v1.7.0"))


def test_the_operators_own_labels_stop_it_from_v1_5_0_on() -> None:
    objects = stack("default")
    objects[CACHE]["spec"].update(labels={"app": "mine"}, networkPolicyEnabled=False)
    assert Effect.STUCK in effects(upgraded(objects, "v1.4.0", "v1.5.0"))


@pytest.mark.parametrize("text", ["v1.6.0", "1.4.0"])
def test_a_version_that_cannot_work_is_stuck(text: str) -> None:
    assert effects(upgraded(stack("default"), "v1.3.1", text)) == {Effect.STUCK}


@pytest.mark.parametrize(("before", "after"), [("v1.4.0", "v1.3.1"), ("v1.3.1", "v1.9.0"), ("v1.3.1", ">=1.3")])
def test_what_nobody_saw_is_unknown(before: str, after: str) -> None:
    assert Effect.UNKNOWN in effects(upgraded(stack("default"), before, after))


def test_another_kind_of_source_for_the_same_chart_is_live() -> None:
    old, new = stack("operator-v1.3.1"), stack("operator-v1.5.0")
    new[OCI]["spec"]["ref"]["tag"] = "v1.3.1"
    found = [change for change in read(old, new, RELEASE) if change.field.startswith("/spec/chart")]
    assert len(found) > 1
    assert effects(found) == {Effect.LIVE}


def test_the_tag_of_an_oci_repository_is_the_operators_version() -> None:
    objects = stack("operator-v1.5.0")
    changes = changed(objects, OCI, lambda source: source["spec"]["ref"].update(tag="v1.6.0"))
    assert effects(changes) == {Effect.STUCK}


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("manager.resources.limits.memory", "256Mi", Effect.LIVE),
        ("replicaCount", 2, Effect.LIVE),
        ("replicaCount", 0, Effect.STUCK),
        ("crds.keep", False, Effect.PRUNED),
        ("crds.install", False, Effect.ORPHANED),
        ("serviceMonitor.enabled", False, Effect.UNWATCHED),
        ("rbacProxy.enabled", True, Effect.UNWATCHED),
        ("serviceMonitor.interval", "60s", Effect.LIVE),
        ("serviceMonitor.labels", {"a": "b"}, Effect.UNWATCHED),
        ("priorityClassName", "high", Effect.NONE),
        ("resources", {"limits": {"memory": "1Gi"}}, Effect.NONE),
        ("containerSecurityContext", {"readOnlyRootFilesystem": True}, Effect.NONE),
        ("podSecurityContext", {}, Effect.UNKNOWN),
        ("manager.image.tag", "v1.6.0", Effect.UNKNOWN),
        ("somethingElse", 1, Effect.UNKNOWN),
    ],
)
def test_a_value_of_the_chart_does_this(path: str, value: Any, expected: Effect) -> None:
    assert effects(changed(stack("everything-on"), RELEASE, values(path, value))) == {expected}


def test_crds_that_helm_does_not_keep_go_with_every_instance() -> None:
    objects = stack("default")
    values("crds.keep", False)(objects[RELEASE])
    assert effects(changed(objects, RELEASE, values("crds.install", False))) == {Effect.DATA_LOST}
    assert effects(read(objects, without(objects, RELEASE), RELEASE)) == {Effect.PRUNED, Effect.DATA_LOST}


@pytest.mark.parametrize("it_comes", [True, False], ids=["comes", "goes"])
def test_of_a_monitor_that_comes_or_goes_only_that_is_said(it_comes: bool) -> None:
    without_it, with_it = stack("everything-on"), stack("everything-on")
    del without_it[RELEASE]["spec"]["values"]["serviceMonitor"]
    values("serviceMonitor.labels", {"release": "prometheus"})(with_it[RELEASE])
    changes = read(without_it, with_it, RELEASE) if it_comes else read(with_it, without_it, RELEASE)
    assert len(changes) == 3
    expected = (Effect.LIVE, "Prometheus scrapes the operator.")
    if not it_comes:
        expected = (Effect.UNWATCHED, "Prometheus no longer scrapes the operator.")
    assert {(*change.effects, change.what) for change in changes} == {expected}


def test_a_field_of_a_monitor_that_is_off_does_nothing() -> None:
    objects = stack("default")
    values("serviceMonitor", {"enabled": False, "interval": "30s"})(objects[RELEASE])
    assert effects(changed(objects, RELEASE, values("serviceMonitor.interval", "60s"))) == {Effect.NONE}


def test_an_operator_that_is_gone_leaves_its_instances() -> None:
    objects = stack("default")
    assert effects(read(objects, without(objects, RELEASE), RELEASE)) == {Effect.PRUNED}


MOVED = key("HelmRelease", "dragonfly-operator", "ops")


def moved(objects: Objects) -> Objects:
    """The same with the operator in another namespace."""
    places = {RELEASE: MOVED, REPOSITORY: key("HelmRepository", "dragonfly-operator", "ops")}
    return {places.get(each, each): manifest for each, manifest in objects.items()}


def test_an_operator_that_moves_may_be_refused_for_the_crds_of_the_old_release() -> None:
    old = stack("default")
    gone, new = read(old, moved(old), RELEASE), read(old, moved(old), MOVED)
    assert effects(gone) == {Effect.PRUNED}
    assert "moves to HelmRelease ops/dragonfly-operator" in said(gone)
    assert effects(new) == {Effect.CREATED, Effect.UNKNOWN}
    assert "moves here from HelmRelease dragonfly-operator-system/dragonfly-operator" in said(new)
    assert "meta.helm.sh/release-namespace" in said(new)


@pytest.mark.parametrize("path", ["crds.keep", "crds.install"])
def test_an_operator_that_moves_without_its_crds_takes_none_over(path: str) -> None:
    old = stack("default")
    values(path, False)(old[RELEASE])
    assert effects(read(old, moved(old), MOVED)) == {Effect.CREATED}


def test_an_operator_that_moves_and_does_not_keep_its_crds_still_deletes_every_instance() -> None:
    old = stack("default")
    values("crds.keep", False)(old[RELEASE])
    assert effects(read(old, moved(old), RELEASE)) == {Effect.PRUNED, Effect.DATA_LOST}


def test_a_first_operator_moves_from_nowhere() -> None:
    objects = stack("default")
    assert effects(read(without(objects, RELEASE), objects, RELEASE)) == {Effect.CREATED}


def test_a_second_operator_that_goes_does_not_move_to_the_one_that_stays() -> None:
    new = stack("default")
    old = {**new, **moved(new)}
    assert "move" not in said(read(old, new, MOVED))


def test_a_release_of_another_chart_beside_it_is_no_move() -> None:
    old = stack("default")
    new = moved(old)
    new[MOVED] = {**new[MOVED], "spec": {"chart": {"spec": {"chart": "other"}}}}
    assert "move" not in said([*read(old, new, RELEASE), *read(old, new, MOVED)])


def test_values_of_another_chart_are_unknown() -> None:
    objects = stack("default")
    objects[RELEASE]["spec"]["chart"]["spec"]["chart"] = "other"
    assert effects(changed(objects, RELEASE, values("replicaCount", 3))) == {Effect.UNKNOWN}
    assert effects(read(objects, without(objects, RELEASE), RELEASE)) == {Effect.PRUNED, Effect.UNKNOWN}


def test_another_address_of_charts_is_unknown() -> None:
    changes = changed(
        stack("default"), REPOSITORY, lambda source: source["spec"].update(url="oci://example.com/charts")
    )
    assert effects(changes) == {Effect.UNKNOWN}


def test_a_source_that_is_gone_leaves_its_release_without_a_chart() -> None:
    objects = stack("default")
    assert effects(read(objects, without(objects, REPOSITORY), REPOSITORY)) == {Effect.PRUNED, Effect.STUCK}
