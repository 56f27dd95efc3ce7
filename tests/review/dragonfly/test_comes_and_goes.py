"""A Dragonfly that is new, gone, renamed or moved, and what Flux makes of it."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.review.changes.model import Change, Context, Effect, Manifest, ObjectKey, Pair, Tree
from constructs_lib.review.dragonfly.dragonfly import changes
from constructs_lib.values.version import Version
from tests.review.dragonflies import BASE, IN_A_BUCKET, KEY, dragonfly, effects

OPERATOR = Version.of("v1.3.1")
RENAMED = ObjectKey("Dragonfly", "cache", "sessions")
MOVED = ObjectKey("Dragonfly", "elsewhere", "dragonfly")


def _kustomization(name: str = "dragonfly", **spec: Any) -> Tree:
    manifest = {"apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization", "spec": spec}
    return {ObjectKey("Kustomization", "cache", name): manifest}


def _change(key: ObjectKey, old: Tree, new: Tree) -> Change:
    context = Context(old, new, OPERATOR, OPERATOR)
    (change,) = changes(Pair(key, old.get(key), new.get(key)), context)
    return change


def _when_gone(manifest: Manifest, old: Tree, new: Tree) -> tuple[Effect, ...]:
    return _change(KEY, {KEY: manifest, **old}, new).effects


def test_a_new_instance_is_created() -> None:
    change = _change(KEY, {}, {KEY: dragonfly()})

    assert (change.field, change.before, change.effects) == ("", None, (Effect.CREATED,))


@pytest.mark.parametrize(
    ("fields", "effect"),
    [
        ({"pdb": {"minAvailable": 1}}, Effect.REFUSED),
        ({"snapshot": {"cron": "0 * * * *"}}, Effect.STUCK),
        ({"args": ["--maxmemory=100mb", "--proactor_threads=2"]}, Effect.STUCK),
    ],
)
def test_a_new_instance_that_never_runs_says_why(fields: dict[str, Any], effect: Effect) -> None:
    assert effects(None, dragonfly(**fields)) == {effect, Effect.CREATED}


def test_a_new_instance_under_a_name_that_ends_every_server_is_stuck() -> None:
    key = ObjectKey("Dragonfly", "cache", "dfly-cache")

    assert _change(key, {}, {key: dragonfly(key=key)}).effects == (Effect.STUCK, Effect.CREATED)


def test_an_instance_that_is_gone_is_pruned_with_its_data() -> None:
    assert _when_gone(dragonfly(), {}, {}) == (Effect.DATA_LOST, Effect.PRUNED)


@pytest.mark.parametrize("kind", ["labels", "annotations"])
@pytest.mark.parametrize("name", ["prune", "reconcile"])
def test_an_instance_that_is_kept_from_pruning_is_orphaned(kind: str, name: str) -> None:
    kept = dragonfly()
    kept["metadata"][kind] = {f"kustomize.toolkit.fluxcd.io/{name}": "disabled"}

    assert _when_gone(kept, {}, {}) == (Effect.ORPHANED,)


PRUNES, PRUNES_NOT = _kustomization(prune=True), _kustomization(prune=False)


@pytest.mark.parametrize(
    ("old", "new", "pruned"),
    [
        (PRUNES, PRUNES, True),
        (PRUNES_NOT, PRUNES_NOT, False),
        (PRUNES, PRUNES_NOT, False),
        (PRUNES, {}, True),
        (PRUNES_NOT, {}, False),
        (_kustomization(prune=True, deletionPolicy="Orphan"), {}, False),
        (_kustomization(prune=False, deletionPolicy="Delete"), {}, True),
    ],
    ids=["prunes", "prunes not", "no longer prunes", "gone too", "gone too, prunes not", "orphans", "deletes"],
)
def test_its_kustomization_decides_whether_it_is_pruned(old: Tree, new: Tree, pruned: bool) -> None:
    assert (Effect.PRUNED in _when_gone(dragonfly(), old, new)) == pruned
    assert (Effect.ORPHANED in _when_gone(dragonfly(), old, new)) == (not pruned)


@pytest.mark.parametrize("spec", [{"path": "./dist/dragonfly"}, {"targetNamespace": "cache"}])
def test_its_kustomization_is_the_one_of_its_path_or_namespace(spec: dict[str, Any]) -> None:
    (other,) = PRUNES.values()
    own = {ObjectKey("Kustomization", "flux-system", "other"): other, **_kustomization("apps", prune=False, **spec)}

    assert _when_gone(dragonfly(), own, own) == (Effect.ORPHANED,)


@pytest.mark.parametrize("after", [RENAMED, MOVED], ids=["renamed", "moved"])
def test_an_instance_of_another_name_or_namespace_is_lost_and_found_elsewhere(after: ObjectKey) -> None:
    old, new = {KEY: dragonfly()}, {after: dragonfly(key=after, replicas=3)}
    gone, arrived = _change(KEY, old, new), _change(after, old, new)

    assert gone.effects == (Effect.DATA_LOST, Effect.PRUNED, Effect.ADDRESS_CHANGED)
    assert f"clients find {after} instead" in gone.what
    assert arrived.effects == (Effect.CREATED,)
    assert f"in place of {KEY}" in arrived.what


def test_one_that_was_renamed_is_told_from_one_that_is_new() -> None:
    new_one = ObjectKey("Dragonfly", "cache", "another")
    other_spec = dragonfly(key=new_one, replicas=5)
    trees = {KEY: dragonfly()}, {new_one: other_spec, RENAMED: dragonfly(key=RENAMED)}

    assert f"clients find {RENAMED} instead" in _change(KEY, *trees).what


def test_what_a_bucket_keeps_of_it_is_said() -> None:
    change = _change(KEY, {KEY: dragonfly(snapshot=IN_A_BUCKET)}, {})

    assert IN_A_BUCKET["dir"] in change.what
    assert change.before["spec"]["image"] == BASE["image"]
    assert change.after is None
