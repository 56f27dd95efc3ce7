"""What a change of our Jobs does: how long snapshots are kept, whether a restore is tried, what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.review.changes.model import Effect
from tests.review.stacks import changed, effects, key, read, said, stack, without

RETENTION, DRILL = key("CronJob", "dragonfly-retention"), key("CronJob", "dragonfly-drill")
VOLUME_RETENTION = key("CronJob", "dragonfly-retention-0")
RESTORE = key("Job", "dragonfly-restore-017a3f5f")


def container(manifest: dict[str, Any]) -> dict[str, Any]:
    spec = manifest["spec"]
    pod = spec["jobTemplate"]["spec"]["template"] if "jobTemplate" in spec else spec["template"]
    found: dict[str, Any] = pod["spec"]["containers"][0]
    return found


def argument(before: str, after: str) -> Any:
    def edit(manifest: dict[str, Any]) -> None:
        words = container(manifest)["args"]
        assert before in words
        place = words.index(before)
        words[place : place + 1] = after.split()

    return edit


def spec(**fields: Any) -> Any:
    return lambda manifest: manifest["spec"].update(fields)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (argument("--hours=336", "--hours=24"), Effect.UNSAVED),
        (argument("--hours=336", "--hours=700"), Effect.LIVE),
        (argument("--hours=336", "--hours 336"), Effect.LIVE),
        (argument("--hours=336", "--keep=3"), Effect.UNSAVED),
        (argument("cache/dragonfly", "elsewhere"), Effect.UNKNOWN),
        (spec(schedule="0 4 * * *"), Effect.LIVE),
        (spec(suspend=True), Effect.LIVE),
        (lambda manifest: container(manifest).update(image="python:3.14"), Effect.LIVE),
        (lambda manifest: container(manifest).update(command=["rm"]), Effect.UNKNOWN),
        (lambda manifest: container(manifest)["env"][2].update(value="other-bucket"), Effect.UNKNOWN),
        (lambda manifest: container(manifest).update(name="other"), Effect.UNKNOWN),
        (spec(concurrencyPolicy="Allow"), Effect.LIVE),
        (spec(somethingElse=1), Effect.REFUSED),
    ],
)
def test_a_change_of_the_retention_does_this(edit: Any, expected: Effect) -> None:
    assert effects(changed(stack("restored"), RETENTION, edit)) == {expected}


def test_a_retention_that_is_resumed_deletes_what_was_kept_meanwhile() -> None:
    old, new = stack("restored"), stack("restored")
    old[RETENTION]["spec"]["suspend"] = True
    assert effects(read(old, new, RETENTION)) == {Effect.UNSAVED}


def test_snapshots_on_a_volume_are_kept_by_number() -> None:
    changes = changed(stack("volume-snapshots"), VOLUME_RETENTION, argument("--keep=6", "--keep=2"))
    assert effects(changes) == {Effect.UNSAVED}
    assert "kept for less long, 2 snapshots of each pod instead of 6" in said(changes)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (argument("--tolerance=0.2", "--tolerance=0.9"), Effect.UNWATCHED),
        (argument("--tolerance=0.2", "--tolerance=0.1"), Effect.LIVE),
        (argument("--within=3540", "--within=60"), Effect.LIVE),
        (argument("--pushgateway", "--live"), Effect.UNWATCHED),
        (spec(suspend=True), Effect.UNWATCHED),
        (spec(schedule="0 0 1 * *"), Effect.LIVE),
    ],
)
def test_a_change_of_the_drill_does_this(edit: Any, expected: Effect) -> None:
    assert effects(changed(stack("restored"), DRILL, edit)) == {expected}


def test_a_drill_that_is_gone_tries_no_restore() -> None:
    objects = stack("restored")
    assert effects(read(objects, without(objects, DRILL), DRILL)) == {Effect.PRUNED, Effect.UNWATCHED}


def test_a_retention_that_is_gone_deletes_no_longer() -> None:
    objects = stack("restored")
    assert effects(read(objects, without(objects, RETENTION), RETENTION)) == {Effect.PRUNED}


def test_the_first_retention_deletes_what_was_kept_until_now() -> None:
    objects = stack("restored")
    changes = read(without(objects, RETENTION), objects, RETENTION)

    assert effects(changes) == {Effect.UNSAVED, Effect.CREATED}
    assert said(changes) == (
        "Snapshots older than 336 hours are deleted from its first run on, for good; until now all of them were kept."
    )


@pytest.mark.parametrize(
    ("words", "doomed"),
    [("--keep=6", "but the newest 6 are deleted"), ("--keep=1", "but the newest are deleted")],
)
def test_the_first_retention_of_a_volume_that_was_there_deletes_all_but_some(words: str, doomed: str) -> None:
    objects = stack("volume-snapshots")
    container(objects[VOLUME_RETENTION])["args"][-1] = words
    changes = read(without(objects, VOLUME_RETENTION), objects, VOLUME_RETENTION)

    assert effects(changes) == {Effect.UNSAVED, Effect.CREATED}
    assert doomed in said(changes)


def _without_backup(objects: Any) -> None:
    del objects[key("Dragonfly")]["spec"]["snapshot"]


def _with_no_pod(objects: Any) -> None:
    objects[key("Dragonfly")]["spec"]["replicas"] = 0


def _saved_elsewhere(objects: Any) -> None:
    objects[key("Dragonfly")]["spec"]["snapshot"]["dir"] = "s3://dragonfly-backups/elsewhere/$(POD_NAME)"


@pytest.mark.parametrize(
    ("name", "which", "edit"),
    [
        ("restored", RETENTION, _without_backup),
        ("restored", RETENTION, _saved_elsewhere),
        ("restored", RETENTION, lambda objects: objects.pop(key("Dragonfly"))),
        ("volume-snapshots", VOLUME_RETENTION, _with_no_pod),
    ],
    ids=["no backup until now", "saved elsewhere until now", "no instance until now", "no such pod until now"],
)
def test_a_retention_where_nothing_was_saved_is_only_made(name: str, which: Any, edit: Any) -> None:
    new = stack(name)
    old = without(stack(name), which)
    edit(old)

    assert effects(read(old, new, which)) == {Effect.CREATED}


@pytest.mark.parametrize("args", [["--keep"], ["--hours", "--keep"], None])
def test_a_retention_whose_arguments_cannot_be_read_is_told_all_the_same(args: Any) -> None:
    objects = stack("volume-snapshots")
    container(objects[VOLUME_RETENTION])["args"] = args
    changes = read(without(objects, VOLUME_RETENTION), objects, VOLUME_RETENTION)

    assert effects(changes) == {Effect.UNSAVED, Effect.CREATED}
    assert said(changes).startswith("Old snapshots are deleted")


@pytest.mark.parametrize("which", [RETENTION, DRILL, RESTORE])
def test_the_same_job_does_nothing(which: Any) -> None:
    assert changed(stack("restored"), which, lambda manifest: None) == []


def test_another_template_of_a_job_is_refused() -> None:
    objects = stack("restored")
    del objects[RESTORE]["metadata"]["annotations"]
    changes = changed(objects, RESTORE, argument("--pod=dragonfly-1", "--pod=dragonfly-2"))
    assert effects(changes) == {Effect.REFUSED}


def test_our_own_jobs_are_made_anew() -> None:
    changes = changed(stack("restored"), RESTORE, argument("--pod=dragonfly-1", "--pod=dragonfly-2"))
    assert effects(changes) == {Effect.LIVE}
    assert "runs once more" in said(changes)


def other_spelling(manifest: dict[str, Any]) -> None:
    container(manifest)["resources"]["limits"]["memory"] = "262144Ki"


def default_written_out(manifest: dict[str, Any]) -> None:
    manifest["spec"]["template"]["spec"]["dnsPolicy"] = "ClusterFirst"


@pytest.mark.parametrize("edit", [other_spelling, default_written_out])
def test_what_is_the_same_to_the_api_server_is_not_refused(edit: Any) -> None:
    assert effects(changed(stack("restored"), RESTORE, edit)) == {Effect.NONE}


def test_what_of_a_job_can_be_changed_is_live() -> None:
    assert effects(changed(stack("restored"), RESTORE, spec(backoffLimit=1))) == {Effect.LIVE}


def test_a_job_that_flux_makes_anew_is_not_refused() -> None:
    objects = stack("restored")
    objects[RESTORE]["metadata"]["annotations"] = {"kustomize.toolkit.fluxcd.io/force": "enabled"}
    changes = changed(objects, RESTORE, argument("--pod=dragonfly-1", "--pod=dragonfly-2"))
    assert effects(changes) == {Effect.LIVE}


def test_a_restore_of_another_name_is_made() -> None:
    objects = stack("restored")
    changes = read(without(objects, RESTORE), objects, RESTORE)
    assert effects(changes) == {Effect.CREATED}
    assert "copies a snapshot" in said(changes)


def test_a_job_of_others_is_unknown() -> None:
    objects = stack("restored")
    objects[RETENTION]["metadata"]["labels"] = {}
    assert effects(changed(objects, RETENTION, argument("--hours=336", "--hours=24"))) == {Effect.UNKNOWN}
