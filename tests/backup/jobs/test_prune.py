"""What retention deletes, in a bucket and on a volume: never the newest whole snapshot, nor what somebody named."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from constructs_lib.backup.jobs.prune import main, superfluous
from constructs_lib.backup.jobs.s3 import Bucket, Object
from constructs_lib.backup.jobs.snapshots import Snapshot, snapshots
from tests.backup.jobs.conftest import BUCKET, contents, put_snapshot, summary

ROOT = "cache/dragonfly"
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def place(day: int, pod: int = 0) -> str:
    return f"{ROOT}/dragonfly-{pod}/dump-2026-05-{day:02}T00:00:00"


def left(store: Any) -> list[str]:
    suffix = "-summary.dfs"
    return [key.removesuffix(suffix) for key in contents(store) if key.endswith(suffix)]


def made(*days: int, lacks: tuple[int, ...] = (), name: str = "a/dump-2026-05-{:02}T00:00:00") -> list[Snapshot]:
    parts = [(day, part) for day in days for part in ("0000", "summary") if not (day in lacks and part == "summary")]
    return snapshots(
        Object(f"{name.format(day)}-{part}.dfs", 1, datetime(2026, 5, day, tzinfo=UTC)) for day, part in parts
    )


def doomed(found: list[Snapshot], keep: int | None = None, age: timedelta | None = None) -> list[str]:
    return [snapshot.name[-11:-9] for snapshot in superfluous(found, lambda each: each.fault(), keep, age, NOW)]


def test_each_pod_keeps_its_newest(store: Any, environment: dict[str, str]) -> None:
    for day in (1, 2, 3):
        put_snapshot(store, place(day))
    put_snapshot(store, place(1, pod=1))
    kept = {key: digest for key, digest in contents(store).items() if "-01T" not in key or "dragonfly-1" in key}
    assert main(["--prefix", ROOT, "--keep=2"], environment) == 0
    assert contents(store) == kept
    assert left(store) == [place(2), place(3), place(1, pod=1)]


def test_another_caches_snapshots_are_not_looked_at(store: Any, environment: dict[str, str]) -> None:
    for day in (1, 2):
        put_snapshot(store, place(day).replace("dragonfly/", "dragonfly2/", 1))
    assert main(["--prefix", ROOT, "--keep=1"], environment) == 0
    assert len(left(store)) == 2


@pytest.mark.parametrize("limit", ["--keep=1", "--hours=1"])
def test_the_newest_whole_one_stays_whatever_its_age_and_however_many_are_broken_after_it(
    store: Any, environment: dict[str, str], limit: str
) -> None:
    put_snapshot(store, place(1))
    put_snapshot(store, place(2))
    put_snapshot(store, place(3), lacks=("0001",))
    put_snapshot(store, place(4), lacks=("summary",))
    assert main(["--prefix", ROOT, limit], environment) == 0
    assert left(store) == [place(2), place(3)]
    assert f"{place(4)}-0000.dfs" in contents(store)


def test_old_ones_go_by_age() -> None:
    found = made(1, 10, 20, 31)
    assert doomed(found, age=timedelta(days=14)) == ["10", "01"]
    assert doomed(found, age=timedelta(hours=1)) == ["20", "10", "01"]


def test_a_snapshot_that_is_being_written_is_no_leftover() -> None:
    assert doomed(made(1, 2, 3, lacks=(1,)), keep=5) == ["01"]
    assert doomed(made(1, 2, 3, lacks=(3,)), keep=5) == []
    fresh = [Object("a/dump-2026-05-01T00:00:00-0000.dfs", 1, NOW - timedelta(hours=23))]
    whole = [Object(f"a/dump-2026-05-02T00:00:00-{part}.dfs", 1, NOW) for part in ("0000", "summary")]
    assert doomed(snapshots([*fresh, *whole]), keep=1) == []


def test_what_somebody_named_stays() -> None:
    assert doomed(made(1, 2, name="a/before-upgrade-{}"), keep=1) == []


def test_nothing_goes_where_nothing_is_whole() -> None:
    assert doomed(made(1, 2, lacks=(1, 2)), keep=1) == []


def test_killed_in_the_middle_no_server_takes_the_rest_for_a_snapshot(
    store: Any, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put_snapshot(store, place(1))
    put_snapshot(store, place(2))
    delete = Bucket.delete

    def killed(self: Bucket, key: str) -> None:
        delete(self, key)
        raise KeyboardInterrupt

    monkeypatch.setattr(Bucket, "delete", killed)
    with pytest.raises(KeyboardInterrupt):
        main(["--prefix", ROOT, "--keep=1"], environment)
    assert left(store) == [place(2)]


def test_two_at_once_delete_the_same(store: Any, environment: dict[str, str]) -> None:
    put_snapshot(store, place(1))
    put_snapshot(store, place(2))
    for part in ("0000", "summary"):
        store.delete_object(Bucket=BUCKET, Key=f"{place(1)}-{part}.dfs")
    assert main(["--prefix", ROOT, "--keep=1"], environment) == 0
    assert left(store) == [place(2)]


@pytest.mark.parametrize("key", ["AWS_ACCESS_KEY_ID", "S3_ENDPOINT"])
def test_a_bucket_that_is_not_reached_is_an_error(store: Any, environment: dict[str, str], key: str) -> None:
    broken = {**environment, key: "http://127.0.0.1:9" if key == "S3_ENDPOINT" else ""}
    assert main(["--prefix", ROOT, "--keep=1"], broken) == 1


def test_a_volume_keeps_as_many(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for day in range(1, 5):
        for part, content in (("0000", b"x"), ("summary", summary(1))):
            file = tmp_path / f"dump-2026-05-{day:02}T00:00:00-{part}.dfs"
            file.write_bytes(content)
    (tmp_path / "lost+found").mkdir()
    (tmp_path / "dump-2026-04-01T00:00:00-0000.dfs").write_bytes(b"x")
    old = time.time() - 2 * 86400
    os.utime(tmp_path / "dump-2026-04-01T00:00:00-0000.dfs", (old, old))
    assert main(["--directory", str(tmp_path), "--keep=2"], {}) == 0
    assert sorted(path.name for path in tmp_path.glob("*.dfs")) == [
        f"dump-2026-05-{day:02}T00:00:00-{part}.dfs" for day in (3, 4) for part in ("0000", "summary")
    ]
    assert capsys.readouterr().out.endswith("2 snapshots kept, 3 deleted\n")
