"""The Job that restores: a whole snapshot below a fresh prefix, and an original that nobody touches."""

from __future__ import annotations

import json
import re
import threading
from typing import Any

import pytest

from constructs_lib.backup.jobs.restore import main
from constructs_lib.backup.jobs.s3 import Bucket, Object
from tests.backup.jobs.conftest import BUCKET, contents, put_snapshot

ROOT = "cache/dragonfly"
OLD = f"{ROOT}/dragonfly-0/dump-2026-05-01T00:00:00"
NEW = f"{ROOT}/dragonfly-0/dump-2026-05-02T00:00:00"
FRESH = f"{ROOT}/restored-1"


def words(snapshot: str = "latest", to: str = FRESH, pods: int = 2, source: str = ROOT) -> list[str]:
    named = [f"--pod=dragonfly-{number}" for number in range(pods)]
    return ["--snapshot", snapshot, "--source", source, "--to", to, *named]


def names(store: Any, prefix: str) -> list[str]:
    return [key.removeprefix(f"{prefix}/") for key in contents(store, f"{prefix}/")]


@pytest.fixture
def originals(store: Any) -> dict[str, str]:
    """Two snapshots; what they are made of."""
    put_snapshot(store, OLD)
    put_snapshot(store, NEW)
    return contents(store)


def test_each_pod_finds_a_whole_copy_and_the_original_is_byte_identical(
    store: Any, originals: dict[str, str], environment: dict[str, str]
) -> None:
    assert main(words(), environment) == 0
    after = contents(store)
    assert {key: after[key] for key in originals} == originals
    for pod in ("dragonfly-0", "dragonfly-1"):
        for part in ("0000", "0001", "summary"):
            assert after[f"{FRESH}/{pod}/dump-2026-05-02T00:00:00-{part}.dfs"] == originals[f"{NEW}-{part}.dfs"]
    told = json.loads(store.get_object(Bucket=BUCKET, Key=f"{FRESH}/restored.json")["Body"].read())
    assert told["snapshot"] == NEW
    assert len(after) == len(originals) + 7


@pytest.mark.parametrize(
    ("which", "taken"),
    [
        ("latest", NEW),
        ("2026-05-01T23:59:59Z", OLD),
        ("2026-05-02", NEW),
        ("dump-2026-05-01T00:00:00", OLD),
        ("dragonfly-0/dump-2026-05-01T00:00:00", OLD),
    ],
)
def test_a_snapshot_is_named_by_latest_a_time_or_its_name(
    store: Any, originals: dict[str, str], environment: dict[str, str], which: str, taken: str
) -> None:
    assert main(words(which), environment) == 0
    told = json.loads(store.get_object(Bucket=BUCKET, Key=f"{FRESH}/restored.json")["Body"].read())
    assert told["snapshot"] == taken


@pytest.mark.parametrize("lacks", ["0000", "0001", "summary"])
def test_half_a_snapshot_is_never_the_latest_and_refused_by_its_name(
    store: Any,
    originals: dict[str, str],
    environment: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    lacks: str,
) -> None:
    half = f"{ROOT}/dragonfly-0/dump-2026-05-03T00:00:00"
    put_snapshot(store, half, lacks=(lacks,))
    before = contents(store)
    assert main(words("dump-2026-05-03T00:00:00"), environment) == 1
    assert (f"shard {lacks} is missing" if lacks != "summary" else "no summary") in capsys.readouterr().err
    assert contents(store) == before
    assert main(words(), environment) == 0
    assert f"{NEW}: whole" in capsys.readouterr().out


def test_once_restored_a_second_run_does_nothing_whatever_the_server_has_saved_since(
    store: Any, originals: dict[str, str], environment: dict[str, str]
) -> None:
    assert main(words(), environment) == 0
    put_snapshot(store, f"{FRESH}/dragonfly-0/dump-2026-06-01T00:00:00")
    store.delete_object(Bucket=BUCKET, Key=f"{FRESH}/dragonfly-1/dump-2026-05-02T00:00:00-0000.dfs")
    before = contents(store)
    assert main(words(), environment) == 0
    assert contents(store) == before


def test_a_prefix_that_is_in_use_is_refused(
    store: Any, originals: dict[str, str], environment: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    put_snapshot(store, f"{FRESH}/dragonfly-0/dump-2026-06-01T00:00:00")
    before = contents(store)
    assert main(words(), environment) == 1
    assert "is in use: it holds" in capsys.readouterr().err
    assert contents(store) == before


@pytest.mark.parametrize("killed_at", range(6))
def test_killed_in_the_middle_it_goes_on_where_it_was(
    store: Any,
    originals: dict[str, str],
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    killed_at: int,
) -> None:
    copied: list[str] = []
    copy = Bucket.copy

    def killed(self: Bucket, source: Bucket, of: Object, key: str) -> None:
        if len(copied) == killed_at:
            raise KeyboardInterrupt
        copy(self, source, of, key)
        copied.append(key)

    monkeypatch.setattr(Bucket, "copy", killed)
    with pytest.raises(KeyboardInterrupt):
        main(words(), environment)
    left = names(store, FRESH)
    # No server takes what is left for a snapshot, but one whose copy was done.
    assert [name for name in left if name.endswith("summary.dfs")] == (
        ["dragonfly-0/dump-2026-05-02T00:00:00-summary.dfs"] if killed_at >= 3 else []
    )
    again: list[str] = []

    def counted(self: Bucket, source: Bucket, of: Object, key: str) -> None:
        copy(self, source, of, key)
        again.append(key)

    monkeypatch.setattr(Bucket, "copy", counted)
    assert main(words(), environment) == 0
    # What was copied is not copied again: it would be newer than what a server has saved meanwhile.
    assert len(again) == 6 - killed_at
    assert len(names(store, FRESH)) == 7
    after = contents(store)
    assert {key: after[key] for key in originals} == originals


def test_two_at_once_leave_one_whole_copy(store: Any, originals: dict[str, str], environment: dict[str, str]) -> None:
    ended: list[int] = []
    both = [threading.Thread(target=lambda: ended.append(main(words(), environment))) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert ended == [0, 0]
    after = contents(store)
    assert len(names(store, FRESH)) == 7
    assert {key: after[key] for key in originals} == originals


def test_the_copies_of_an_earlier_restore_are_not_taken_for_the_latest(
    store: Any, originals: dict[str, str], environment: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    store.put_object(Bucket=BUCKET, Key=f"{ROOT}/dragonfly-0/by-hand-summary.dfs", Body=b"x")
    store.put_object(Bucket=BUCKET, Key=f"{ROOT}/dragonfly-0/by-hand-0000.dfs", Body=b"x")
    assert main(words("by-hand"), environment) == 0
    put_snapshot(store, f"{ROOT}/dragonfly-0/latest-summary-less", lacks=("summary",))
    capsys.readouterr()
    assert main(words(to=f"{ROOT}/restored-2"), environment) == 0
    # The copy of `by-hand` is younger than its original; both have no timestamp in their name.
    assert f"{ROOT}/dragonfly-0/by-hand: whole" in capsys.readouterr().out


def test_what_was_saved_after_a_restore_can_be_restored(
    store: Any, originals: dict[str, str], environment: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words(), environment) == 0
    put_snapshot(store, f"{FRESH}/dragonfly-0/dump-2026-06-01T00:00:00")
    capsys.readouterr()
    assert main(words(to=f"{ROOT}/restored-2"), environment) == 0
    assert f"{FRESH}/dragonfly-0/dump-2026-06-01T00:00:00: whole" in capsys.readouterr().out


def test_another_caches_snapshot_comes_from_another_bucket(store: Any, environment: dict[str, str]) -> None:
    store.create_bucket(Bucket="other")
    put_snapshot(store, "old/a-0/dump-2026-05-02T00:00:00", bucket="other")
    before = contents(store, bucket="other")
    assert main([*words(source="old"), "--source-bucket", "other"], environment) == 0
    assert contents(store, bucket="other") == before
    assert len(names(store, FRESH)) == 7


def test_of_three_pods_snapshots_of_one_second_the_largest_is_taken(
    store: Any, environment: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    for pod, shards in enumerate((2, 3, 1)):
        put_snapshot(store, f"{ROOT}/dragonfly-{pod}/dump-2026-05-02T00:00:00", shards=shards)
    assert main(words(), environment) == 0
    assert "dragonfly-1/dump-2026-05-02T00:00:00: whole, 4 files" in capsys.readouterr().out


def test_no_snapshot_at_all_is_told(
    store: Any, environment: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words(), environment) == 1
    assert capsys.readouterr().err == "no whole snapshot among 0\n"
    assert contents(store) == {}


def test_no_bucket_is_told(s3: Any, environment: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words(), environment) == 1
    assert capsys.readouterr().err.startswith(f"list {FRESH}/: NoSuchBucket: ")


def test_a_snapshot_that_was_named_by_hand_is_found_at_start(store: Any, environment: dict[str, str]) -> None:
    put_snapshot(store, f"{ROOT}/dragonfly-0/before-upgrade")
    assert main(words("before-upgrade", pods=1), environment) == 0
    (summary,) = [name for name in names(store, FRESH) if name.endswith("-summary.dfs")]
    assert re.fullmatch(r"dragonfly-0/dump-\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-summary\.dfs", summary)


def test_a_copy_has_the_name_that_this_server_looks_for(
    store: Any, originals: dict[str, str], environment: dict[str, str]
) -> None:
    assert main([*words(pods=1), "--dbfilename", "night-{Y}{m}{d}"], environment) == 0
    assert "dragonfly-0/night-20260502-summary.dfs" in names(store, FRESH)
