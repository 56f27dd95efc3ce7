"""The drill: the newest whole snapshot is read, loaded by a server of its own, counted and reported."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from constructs_lib.backup.jobs import drill, fetch
from tests.backup.jobs.conftest import Answer, contents, put_snapshot, summary

ROOT = "cache/dragonfly"
NEW = f"{ROOT}/dragonfly-0/dump-2026-05-02T00:00:00"


@pytest.fixture
def servers() -> Iterator[Callable[..., str]]:
    """Starts a server that speaks RESP, as far as a drill asks."""
    started = []

    def start(keys: int = 0, password: str = "", loading: int = 0) -> str:
        state = {"loading": loading}

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                allowed = not password
                while line := self.rfile.readline():
                    words = [self._word() for _ in range(int(line[1:]))]
                    allowed |= words == ["AUTH", password]
                    self.wfile.write(self._answer(words) if allowed else b"-NOAUTH Authentication required.\r\n")

            def _word(self) -> str:
                length = int(self.rfile.readline()[1:])
                return self.rfile.read(length + 2)[:-2].decode()

            def _answer(self, words: list[str]) -> bytes:
                if words[0] == "AUTH":
                    return b"+OK\r\n"
                if words[1] == "persistence":
                    state["loading"] -= 1
                    text = f"# Persistence\r\nloading:{int(state['loading'] >= 0)}\r\n"
                else:
                    text = f"# Keyspace\r\ndb0:keys={keys},expires=1,avg_ttl=-1\r\ndb3:keys=2,expires=0,avg_ttl=-1\r\n"
                return f"${len(text)}\r\n{text}\r\n".encode()

        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        started.append((server, thread))
        return f"127.0.0.1:{server.server_address[1]}"

    yield start
    for server, thread in started:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def fetched(tmp_path: Path) -> Path:
    (tmp_path / fetch.FETCHED).write_text(json.dumps({"snapshot": NEW, "taken": 1.0, "bytes": 3}))
    return tmp_path


def words(directory: Path, restored: str, live: str | None = None, *more: str) -> list[str]:
    told = ["--directory", str(directory), "--restored", restored, "--within=5", *more]
    return [*told, "--live", live] if live else told


def test_the_newest_whole_snapshot_is_read_and_the_bucket_left_as_it_is(
    store: Any, environment: dict[str, str], tmp_path: Path
) -> None:
    put_snapshot(store, NEW)
    put_snapshot(store, f"{ROOT}/dragonfly-1/dump-2026-05-03T00:00:00", lacks=("0001",))
    before = contents(store)
    assert fetch.main(["--prefix", ROOT, "--directory", str(tmp_path)], environment) == 0
    assert contents(store) == before
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["drill-0000.dfs", "drill-0001.dfs", "drill-summary.dfs", "drill.json"]
    assert (tmp_path / "drill-0001.dfs").read_bytes() == f"{NEW} 1".encode()


def test_nothing_whole_fails(
    store: Any, environment: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_snapshot(store, NEW, lacks=("summary",))
    assert fetch.main(["--prefix", ROOT, "--directory", str(tmp_path)], environment) == 1
    assert capsys.readouterr().err == "no whole snapshot among 1\n"


def test_the_newest_whole_snapshot_of_a_volume_is_read_and_the_volume_left_as_it_is(tmp_path: Path) -> None:
    volume, directory = tmp_path / "volume", tmp_path / "here"
    save(volume, "dump-2026-05-01T00:00:00")
    save(volume, "dump-2026-05-02T00:00:00")
    save(volume, "dump-2026-05-03T00:00:00", lacks="0001")
    (volume / "lost+found").mkdir()
    directory.mkdir()
    before = {path.name: path.read_bytes() for path in volume.glob("*.dfs")}
    assert fetch.main(["--volume", str(volume), "--directory", str(directory)], {}) == 0
    assert {path.name: path.read_bytes() for path in volume.glob("*.dfs")} == before
    names = sorted(path.name for path in directory.iterdir())
    assert names == ["drill-0000.dfs", "drill-0001.dfs", "drill-summary.dfs", "drill.json"]
    assert (directory / "drill-0001.dfs").read_bytes() == b"dump-2026-05-02T00:00:00 0001"
    told = json.loads((directory / fetch.FETCHED).read_text())
    assert told["snapshot"].endswith("/dump-2026-05-02T00:00:00")


def test_a_volume_with_nothing_whole_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save(tmp_path / "volume", "dump-2026-05-01T00:00:00", lacks="summary")
    assert fetch.main(["--volume", str(tmp_path / "volume"), "--directory", str(tmp_path)], {}) == 1
    assert capsys.readouterr().err == "no whole snapshot among 1\n"


def save(volume: Path, name: str, lacks: str = "") -> None:
    """A snapshot of two shards, as the server leaves it on a volume."""
    volume.mkdir(exist_ok=True)
    parts = {part: f"{name} {part}".encode() for part in ("0000", "0001")} | {"summary": summary(2)}
    for part, content in parts.items():
        if part != lacks:
            (volume / f"{name}-{part}.dfs").write_bytes(content)


def test_near_enough_is_good(servers: Callable[..., str], fetched: Path) -> None:
    assert drill.main(words(fetched, servers(98), servers(118)), {}) == 0


@pytest.mark.parametrize(("restored", "live"), [(10, 98), (98, 10), (0, 98)])
def test_too_few_keys_or_too_many_fail(
    servers: Callable[..., str], fetched: Path, capsys: pytest.CaptureFixture[str], restored: int, live: int
) -> None:
    assert drill.main(words(fetched, servers(restored), servers(live)), {}) == 1
    assert f"{restored + 2} keys in the snapshot, {live + 2} in the cache" in capsys.readouterr().err


def test_the_password_is_used_and_never_told(
    servers: Callable[..., str], fetched: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    live = servers(98, password="right-password")
    assert drill.main(words(fetched, servers(98), live), {"LIVE_PASSWORD": "right-password"}) == 0
    assert drill.main(words(fetched, servers(98), live), {"LIVE_PASSWORD": "wrong-password"}) == 1
    said = capsys.readouterr()
    assert "AUTH was refused: NOAUTH" in said.err
    assert "-password" not in said.out + said.err


def test_it_waits_while_the_snapshot_is_loaded(
    servers: Callable[..., str], fetched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    assert drill.main(words(fetched, servers(98, loading=3)), {}) == 0


def test_a_server_that_cannot_load_it_fails(fetched: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert drill.main(["--directory", str(fetched), "--restored", "127.0.0.1:9", "--within=1"], {}) == 1
    assert "was not loaded within 1 s: " in capsys.readouterr().err


def test_a_living_cache_that_is_not_reached_fails(
    servers: Callable[..., str], fetched: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert drill.main(words(fetched, servers(98), "127.0.0.1:9"), {}) == 1
    assert "the living cache at 127.0.0.1:9 was not reached: " in capsys.readouterr().err


@pytest.mark.parametrize("good", [True, False])
def test_a_pushgateway_is_told_of_success_and_failure(
    servers: Callable[..., str], serve: Callable[[Answer], str], fetched: Path, good: bool
) -> None:
    pushed: list[tuple[str, str, dict[str, float]]] = []

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        lines = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode().splitlines()
        metrics = {name: float(value) for name, value in (line.split() for line in lines)}
        pushed.append((environ["REQUEST_METHOD"], environ["PATH_INFO"], metrics))
        start("202 Accepted", [])
        return []

    gateway = ("--pushgateway", serve(answer), "--grouping", "/namespace/cache/app/dragonfly")
    assert drill.main(words(fetched, servers(98), servers(98 if good else 1), *gateway), {}) == (0 if good else 1)
    ((method, path, metrics),) = pushed
    # POST: the last success of before stays.
    assert (method, path) == ("POST", "/metrics/job/dragonfly_restore_drill/namespace/cache/app/dragonfly")
    assert metrics["dragonfly_restore_drill_success"] == good
    assert metrics["dragonfly_restore_drill_keys"] == 100
    assert ("dragonfly_restore_drill_last_success_timestamp_seconds" in metrics) is good


def test_a_pushgateway_that_is_down_fails(servers: Callable[..., str], fetched: Path) -> None:
    assert drill.main(words(fetched, servers(98), None, "--pushgateway", "http://127.0.0.1:9"), {}) == 1
