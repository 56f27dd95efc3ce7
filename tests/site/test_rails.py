"""The page on Rails, by its own cache store and Sidekiq (Debian: ruby-activesupport, ruby-redis, ruby-sidekiq)."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path
from shutil import which

import pytest
import yaml

from constructs_lib.acl.judgement import may_run
from tests.site.clients import SENT, SERVER, blocks, cache_of, cache_with, environment
from tests.site.recordings import Recorder, kind, recorder

PROGRAMS = Path(__file__).parent / "rails"
GEMS = ("activesupport", "redis", "sidekiq")

pytestmark = pytest.mark.skipif(
    which("ruby") is None
    or which("redis-server") is None
    or subprocess.run(["ruby", "-e", "ARGV.each { |name| gem name }", *GEMS], capture_output=True).returncode != 0,
    reason="no Ruby with its gems here: apt-get install redis-server ruby-activesupport ruby-redis ruby-sidekiq",
)


def test_the_store_of_the_page_caches_and_clears(tmp_path: Path) -> None:
    with recorder(cache_of("rails", tmp_path), tmp_path / "server") as server:
        found = json.loads(run("use", store(), server))
        recording = server.recording()
    assert found == {
        "read": "apples",
        "increment": [1, 2, 1],
        "fetch": "apples",
        "fetch_multi": {"a": 1, "c": "cc"},
        "cleared": None,
    }
    assert recording.denied == []
    assert {kind(words) for words in recording.sent} == {kind(line.split()) for line in SENT["rails"]}


def test_without_its_namespace_the_store_is_denied_to_clear(tmp_path: Path) -> None:
    named = ', namespace: "rails"'
    assert named in store()
    with recorder(cache_of("rails", tmp_path), tmp_path / "server") as server:
        run("clear", store().replace(named, ""), server)
        assert server.recording().denied == ["flushdb"]


def test_the_user_of_sidekiq_may_do_what_sidekiq_sends(tmp_path: Path) -> None:
    first, _, queue = (yaml.safe_load(block) for block in blocks("rails"))
    cache = cache_with(first | queue, tmp_path)
    with recorder(cache, tmp_path / "server") as server:
        said = work(tmp_path / "done", server)
        recording = server.recording()
    assert "ERROR" not in said
    assert recording.denied == []
    assert {"LPUSH", "BRPOP", "ZADD", "EVALSHA", "HMSET", "PING", "INFO"} <= {kind(each) for each in recording.sent}
    (user,) = [user for user in cache.users if user.name == "sidekiq"]
    judged = {kind(words): may_run(user.permissions(SERVER), *words) for words in recording.sent}
    assert {line: str(verdict) for line, verdict in judged.items() if not verdict} == {}


def store() -> str:
    """The page's block."""
    (block,) = blocks("rails", "ruby")
    return block


def run(what: str, store: str, server: Recorder) -> str:
    """What is said when a store that is configured so is used or cleared, in the page's environment."""
    command = ["ruby", "-W0", str(PROGRAMS / "cache.rb"), what]
    environment = environment_of("rails", server)
    done = subprocess.run(command, input=store, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def work(done: Path, server: Recorder) -> str:
    """What a worker says until it has done a job, and failed at another."""
    environment = environment_of("sidekiq", server)
    jobs = str(PROGRAMS / "jobs.rb")
    subprocess.run(["ruby", "-W0", jobs, str(done)], env=environment, capture_output=True, text=True, check=True)
    worker = subprocess.Popen(
        ["sidekiq", "-r", jobs, "-c", "1"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    deadline = time.monotonic() + 30
    while not done.exists() and worker.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    worker.terminate()
    said = worker.communicate()[0]
    assert done.exists(), said
    return said


def environment_of(user: str, server: Recorder) -> dict[str, str]:
    """The page's, for one of its users."""
    (shown,) = [each["value"] for each in environment("rails")[1] if each["name"] == "REDIS_URL"]
    return {**os.environ, "REDIS_URL": server.url(shown.replace("rails", user))}
