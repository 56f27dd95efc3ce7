"""The page on Spring, by an application of Spring Boot: its properties, its user, and what the two do not agree on."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from shutil import which

import pytest
import yaml

from constructs_lib import DragonflyCache
from constructs_lib.acl.judgement import may_run
from tests.site.clients import SENT, SERVER, blocks, cache_of, cache_with, environment
from tests.site.pages import DOCS
from tests.site.recordings import Recording, kind, recorder
from tests.spring import program
from tests.spring.program import Application, application

PAGE = (DOCS / "how-to" / "spring.md").read_text()
PROPERTIES = set(re.findall(r"\bspring\.(?:cache|data|session)\.[a-z.-]+[a-z]", PAGE)) - {"spring.session.redis"}
"""Those of its block, and those in its text."""

FOUND = ("kept", "dropped", "not cleared by KEYS", "cleared by SCAN", "session kept", "session deleted")
INDEXED = "--spring.session.data.redis.repository-type=indexed"

pytestmark = pytest.mark.skipif(
    not all(map(which, ("javac", "mvn", "redis-server"))),
    reason="no Java here: apt-get install default-jdk-headless maven redis-server",
)


@pytest.fixture(scope="module")
def shop() -> Application:
    return application()


def test_spring_boot_binds_every_property_of_the_page(shop: Application) -> None:
    known = shop.properties()
    assert set(settings()) <= PROPERTIES
    assert {name for name in PROPERTIES if name not in known or "deprecation" in known[name]} == set()


def test_the_properties_of_sessions_had_the_names_that_the_page_tells(shop: Application) -> None:
    known = shop.properties()
    assert "Before Spring Boot 4 the session's properties begin with `spring.session.redis.`." in PAGE
    for name in (name for name in PROPERTIES if name.startswith("spring.session.")):
        before = known[name.replace("spring.session.data.redis.", "spring.session.redis.")]
        assert before["deprecation"] == {"level": "error", "replacement": name, "since": "4.0.0"}


def test_the_user_of_the_page_caches_clears_and_keeps_sessions(shop: Application, tmp_path: Path) -> None:
    done, recording = run(shop, cache_of("spring", tmp_path), tmp_path)
    assert said(done) == dict.fromkeys(FOUND, True)
    assert recording.denied == ["keys"]
    assert "NOPERM" not in done.stdout
    assert {kind(words) for words in recording.sent} == {kind(line.split()) for line in SENT["spring"]}
    # What the properties say: prefix, time to live, namespace.
    (kept, *_) = [words for words in recording.sent if words[0] == "SET"]
    assert (kept[1], kept[-2:]) == ("spring:cache:prices::pear", ["PX", "600000"])
    assert {words[1].rpartition(":")[0] for words in recording.sent if words[0] == "HGETALL"} == {
        "spring:session:sessions"
    }


def test_the_page_clears_as_the_application_does() -> None:
    (shown,) = re.findall(r"`(RedisCacheWriter\..*?)`", PAGE)
    assert f"var writer = {shown};" in Path(program.__file__).with_name("Shop.java").read_text()


def test_indexed_sessions_are_denied_to_configure_the_server(shop: Application, tmp_path: Path) -> None:
    done, recording = run(shop, cache_of("spring", tmp_path), tmp_path, INDEXED)
    assert done.returncode != 0
    assert recording.denied == ["config|get"]


def test_indexed_sessions_are_kept_in_the_way_of_the_page(shop: Application, tmp_path: Path) -> None:
    first, _, indexed = (yaml.safe_load(block) for block in blocks("spring"))
    cache = cache_with(first | indexed, tmp_path)
    (left,) = re.findall(r"`(spring[a-z.-]+configure-action=none)`", PAGE)
    done, recording = run(shop, cache, tmp_path, INDEXED, f"--{left}")
    assert said(done) == dict.fromkeys(FOUND, True)
    assert recording.denied == ["keys"]
    assert {"SUBSCRIBE", "PSUBSCRIBE", "PUBLISH"} <= {kind(words) for words in recording.sent}
    (user,) = cache.users
    judged = {" ".join(words): may_run(user.permissions(SERVER), *words) for words in recording.sent}
    assert {line: str(verdict) for line, verdict in judged.items() if not verdict} == {}


def settings() -> list[str]:
    """The properties in the page's block."""
    (block,) = blocks("spring", "properties")
    return re.findall(r"(?m)^([^#\s=]+)=", block)


def run(
    shop: Application, cache: DragonflyCache, folder: Path, *arguments: str
) -> tuple[subprocess.CompletedProcess[str], Recording]:
    """The application with the page's properties, in the page's environment, at a server with the users of a cache."""
    (block,) = blocks("spring", "properties")
    (folder / "application.properties").write_text(block)
    (shown,) = [each["value"] for each in environment("spring")[1] if each["name"] == "SPRING_DATA_REDIS_URL"]
    here = [f"--spring.config.location={folder}/", "--server.address=127.0.0.1", "--server.port=0"]
    with recorder(cache, folder / "server") as server:
        given = {**os.environ, "SPRING_DATA_REDIS_URL": server.url(shown)}
        done = shop.run(*here, *arguments, environment=given)
        return done, server.recording()


def said(done: subprocess.CompletedProcess[str]) -> dict[str, bool]:
    """What the application found, and whether it was so."""
    assert done.returncode == 0, done.stdout
    return {what: found == "true" for what, found in re.findall(r"(?m)^> (.*): (true|false)$", done.stdout)}
