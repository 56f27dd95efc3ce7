"""`spec.args` flag by flag: the last one wins, and spelling is another pod template."""

from __future__ import annotations

import pytest

from constructs_lib.review.changes.model import Effect
from constructs_lib.review.dragonfly.arguments import flag_differences, flags_in, is_same_value, last_of_each
from tests.review.dragonflies import IN_A_BUCKET, dragonfly, effects, reviewed


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--maxmemory=1gb", "--maxmemory", "2gb"], {"maxmemory": "2gb"}),
        (["--cache_mode", "1gb", "--nocache_mode"], {"cache_mode": "false"}),
        (["--dbfilename="], {"dbfilename": ""}),
        (["word", "--"], {}),
    ],
)
def test_of_a_flag_given_twice_the_last_one_counts(words: list[str], expected: dict[str, str]) -> None:
    assert {name: flag.value for name, flag in last_of_each(flags_in(words)).items()} == expected


def test_a_flag_that_is_overridden_changes_the_template_and_nothing_else() -> None:
    old = dragonfly(replicas=2)
    new = dragonfly(replicas=2, args=["--maxmemory=256mb", *old["spec"]["args"]])
    (change,) = reviewed(old, new)

    assert change.effects == (Effect.ROLLING_RESTART,)
    assert "order or number" in change.what


def test_another_order_is_another_template() -> None:
    args = dragonfly()["spec"]["args"]

    assert effects(dragonfly(replicas=2), dragonfly(replicas=2, args=args[::-1])) == {Effect.ROLLING_RESTART}


@pytest.mark.parametrize("spelling", ["--maxmemory=1024mb", "--maxmemory=1GiB", "-maxmemory=1gb"])
def test_another_spelling_is_another_template_and_the_same_memory(spelling: str) -> None:
    new = dragonfly(snapshot=IN_A_BUCKET, args=[spelling, "--proactor_threads=2"])
    (change,) = reviewed(dragonfly(snapshot=IN_A_BUCKET), new)

    assert change.effects == (Effect.RESTART,)
    assert "written in another way" in change.what


def test_each_flag_is_a_change_of_its_own() -> None:
    new = dragonfly(replicas=2, args=["--maxmemory=2gb", "--dbnum=4"])
    found = [(change.field, change.before, change.after) for change in reviewed(dragonfly(replicas=2), new)]

    assert found == [
        ("/spec/args", "--maxmemory=1gb", "--maxmemory=2gb"),
        ("/spec/args", "--proactor_threads=2", None),
        ("/spec/args", None, "--dbnum=4"),
    ]


def test_a_flag_of_the_operators_own_wins_over_one_in_args() -> None:
    snapshot = {"dir": "s3://backups"}
    old, new = (dragonfly(snapshot=snapshot, args=[f"--dir=s3://{name}"]) for name in "ab")

    assert effects(old, new) == {Effect.RESTART}


def test_a_flag_in_args_wins_over_a_variable() -> None:
    old, new = (
        dragonfly(replicas=2, args=["--maxmemory=1gb"], env=[{"name": "DFLY_maxmemory", "value": size}])
        for size in ("2gb", "1gb")
    )

    assert effects(old, new) == {Effect.ROLLING_RESTART}


def test_command_lines_that_are_the_same_but_for_order_are_one_difference() -> None:
    (difference,) = flag_differences(["--a=1", "--b=2"], ["--b=2", "--a=1"])

    assert difference.name == ""


@pytest.mark.parametrize(
    ("name", "before", "after", "same"),
    [
        ("maxmemory", "1gb", "1024mb", True),
        ("maxmemory", "1gb", "2gb", False),
        ("maxmemory", "much", "more", False),
        ("cache_mode", "true", "1", True),
        ("cache_mode", "true", "false", False),
        ("dbfilename", "a", "b", False),
    ],
)
def test_values_are_compared_by_the_flags_type(name: str, before: str, after: str, same: bool) -> None:
    assert is_same_value(name, before, after) == same
