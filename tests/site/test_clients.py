"""How-to pages for clients: their users may do what the clients send, and their environment is what the cache tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from constructs_lib.acl.judgement import may, may_run
from tests.site.clients import CLIENTS, SERVER, cache_of, cluster_of, environment, lines
from tests.site.pages import DOCS

NEVER = ("FLUSHDB", "KEYS *", "CONFIG SET notify-keyspace-events Ex")


def test_every_client_page_has_the_lines_that_its_client_sends() -> None:
    others = {"clients", "upgrading", "rotating", "moving-from-redis"}
    assert {page.stem for page in (DOCS / "how-to").glob("*.md")} - others == CLIENTS


@pytest.mark.parametrize("page", sorted(CLIENTS))
def test_the_user_of_a_page_may_do_what_its_client_sends(page: str, tmp_path: Path) -> None:
    name, _ = environment(page)
    (user,) = [user for user in cache_of(page, tmp_path).users if user.name == name]
    permissions = user.permissions(SERVER)
    judged = {line: may_run(permissions, *line.split()) for line in lines(page)}
    assert {line: str(verdict) for line, verdict in judged.items() if not verdict} == {}


@pytest.mark.parametrize("page", sorted(CLIENTS - {"langfuse"}))
def test_the_user_of_a_page_reaches_no_more(page: str, tmp_path: Path) -> None:
    name, _ = environment(page)
    (user,) = [user for user in cache_of(page, tmp_path).users if user.name == name]
    permissions = user.permissions(SERVER)
    assert [line for line in NEVER if may_run(permissions, *line.split())] == []
    assert not may(permissions, "GET", keys=["another:1"])


@pytest.mark.parametrize("page", ["clients", *sorted(CLIENTS)])
def test_the_environment_of_a_page_is_what_the_cache_tells(page: str, tmp_path: Path) -> None:
    name, shown = environment(page)
    (url,) = [each["name"] for each in shown if "value" in each]
    told = cache_of(page, tmp_path).connection(name).env(names={"url": url})
    assert [each for each in shown if each not in told] == []


@pytest.mark.parametrize("page", ["clients", *sorted(CLIENTS)])
def test_the_policy_of_a_page_keeps_others_out(page: str, tmp_path: Path) -> None:
    (instance,) = cluster_of(page, tmp_path).instances
    assert (instance.network_policy or {}).get("mode") == "enforce"
