"""A Job of ours that goes with its instance to another bucket or prefix is no danger; one that goes elsewhere is."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from constructs_lib.review.changes.model import Change, Effect, ObjectKey
from tests.review.stacks import Objects, effects, key, read, said, stack

INSTANCE = key("Dragonfly")
RETENTION, DRILL = key("CronJob", "dragonfly-retention"), key("CronJob", "dragonfly-drill")

Edit = Callable[[str], str]


def said_in(before: str, after: str) -> Edit:
    return lambda text: text.replace(before, after)


PREFIX = said_in("cache/dragonfly", "elsewhere/dragonfly")
BUCKET = said_in("dragonfly-backups", "other-bucket")
ENDPOINT = said_in("rustfs-svc.storage.svc.cluster.local:9000", "s3.example.com")
KEYS = said_in("dragonfly-auth", "s3-keys")


def everywhere(node: Any, edit: Edit) -> Any:
    """The same with every text edited."""
    if isinstance(node, dict):
        return {name: everywhere(value, edit) for name, value in node.items()}
    if isinstance(node, list):
        return [everywhere(value, edit) for value in node]
    return edit(node) if isinstance(node, str) else node


def container(job: dict[str, Any]) -> dict[str, Any]:
    """The one that knows the bucket."""
    pod = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    found: dict[str, Any] = (pod.get("initContainers") or pod["containers"])[0]
    return found


def reviewed(which: ObjectKey, of_job: Edit, of_instance: Edit, *, with_words: str = "") -> list[Change]:
    old = stack("restored")
    new: Objects = deepcopy(old)
    for field in ("args", "env"):
        container(new[which])[field] = everywhere(container(new[which])[field], of_job)
    if with_words:
        container(new[which])["args"][-1] = with_words
    new[INSTANCE]["spec"] = everywhere(new[INSTANCE]["spec"], of_instance)
    return read(old, new, which)


@pytest.mark.parametrize("edit", [PREFIX, BUCKET, ENDPOINT, KEYS], ids=["prefix", "bucket", "endpoint", "keys"])
@pytest.mark.parametrize("which", [RETENTION, DRILL], ids=lambda which: str(which.name))
def test_a_job_that_goes_where_its_instance_goes_is_live(which: ObjectKey, edit: Edit) -> None:
    changes = reviewed(which, edit, edit)
    assert effects(changes) == {Effect.LIVE}
    assert "where the instance now saves itself" in said(changes)


@pytest.mark.parametrize("edit", [PREFIX, BUCKET, ENDPOINT, KEYS], ids=["prefix", "bucket", "endpoint", "keys"])
@pytest.mark.parametrize("which", [RETENTION, DRILL], ids=lambda which: str(which.name))
def test_a_job_that_goes_elsewhere_alone_is_unknown(which: ObjectKey, edit: Edit) -> None:
    assert effects(reviewed(which, edit, lambda text: text)) == {Effect.UNKNOWN}


@pytest.mark.parametrize("prefix", ["cache", "c", "", "cache/dragonfly/restored-cb30a1c8/dragonfly-0"])
def test_a_prefix_that_holds_more_or_less_than_the_instances_snapshots_is_unknown(prefix: str) -> None:
    old = stack("restored")
    new = deepcopy(old)
    container(new[RETENTION])["args"][1] = prefix
    assert effects(read(old, new, RETENTION)) == {Effect.UNKNOWN}


def test_what_else_changes_beside_the_place_is_still_told() -> None:
    changes = reviewed(RETENTION, PREFIX, PREFIX, with_words="--hours=24")
    assert effects(changes) == {Effect.UNSAVED, Effect.LIVE}
    assert "kept for less long" in said(changes)


def test_another_variable_of_a_job_is_unknown() -> None:
    assert effects(reviewed(RETENTION, said_in("PYTHONUNBUFFERED", "PYTHONPATH"), lambda text: text)) == {
        Effect.UNKNOWN
    }
