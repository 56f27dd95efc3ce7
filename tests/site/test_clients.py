"""How-to pages for clients: their users may do what the clients send, and their environment is what the cache tells."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import cdk8s
import pytest
import yaml

from constructs_lib.acl.judgement import may, may_run
from constructs_lib.config.load import load
from constructs_lib.values.version import Version
from tests.site.pages import DOCS, fences

if TYPE_CHECKING:
    from constructs_lib import DragonflyCache
    from constructs_lib.config.cluster import Cluster

SERVER = Version.of("v1.36.0")

SENT = {
    "bullmq": (
        "HELLO 3",
        "INFO",
        "CLIENT SETNAME bull:jobs",
        "HSET bull:jobs:meta opts.maxLenEvents 10000",
        "EVALSHA 0 2 bull:jobs:wait bull:jobs:active",
        "EVAL x 1 bull:jobs:meta",
        "BZPOPMIN bull:jobs:marker 5",
        "XREAD BLOCK 10000 STREAMS bull:jobs:events $",
        "QUIT",
        # Within the scripts, where the server judges each by itself.
        "HMGET bull:jobs:1 stamp",
        "ZADD bull:jobs:delayed 1 1",
        "XADD bull:jobs:events * event added",
        "RPOPLPUSH bull:jobs:wait bull:jobs:active",
        "ZPOPMIN bull:jobs:prioritized",
        "INCR bull:jobs:id",
        "XTRIM bull:jobs:events MAXLEN 0",
        "LREM bull:jobs:active 1 1",
        "SMEMBERS bull:jobs:stalled",
        "HEXISTS bull:jobs:meta paused",
    ),
    "celery": (
        "HELLO 3",
        "PING",
        "MULTI",
        "EXEC",
        "TIME",
        "LLEN celery:celery",
        "LPUSH celery:celery x",
        "BRPOP celery:celery celery:celery@host.celery.pidbox 1",
        "SADD celery:_kombu.binding.celery x",
        "SMEMBERS celery:_kombu.binding.celery",
        "SISMEMBER celery:_kombu.binding.celery x",
        "ZADD celery:unacked_index 1 x",
        "ZRANGEBYSCORE celery:unacked_index 0 1",
        "HSET celery:unacked x y",
        "HDEL celery:unacked x",
        "SET celery:unacked_mutex x NX EX 300",
        "EVALSHA 0 1 celery:unacked_mutex x",
        "SCRIPT LOAD x",
        "SETEX celery:celery-task-meta-1 86400 x",
        "SUBSCRIBE celery:celery-task-meta-1",
        "PUBLISH celery:celery-task-meta-1 x",
        "PUBLISH celery:/0.celery.pidbox x",
        "PUBLISH celery:/0.celeryev/worker.heartbeat x",
        "PSUBSCRIBE celery:/0.celery.pidbox",
        "PSUBSCRIBE celery:/0.celeryev/worker.*",
    ),
    "django": (
        "HELLO 3",
        "SET django:1:a 1 EX 5",
        "GET django:1:a",
        "INCRBY django:1:a 1",
        "MULTI",
        "MSET django:1:x 1 django:1:y 2",
        "EXPIRE django:1:x 10",
        "EXEC",
        "MGET django:1:a django:1:b",
        "EXISTS django:1:a",
        "DEL django:1:a django:1:x",
    ),
    "rails": (
        "HELLO 3",
        "SET rails:a 1 PX 5000",
        "GET rails:a",
        "MGET rails:a rails:b",
        "UNLINK rails:a",
        "INCRBY rails:a 1",
        "PEXPIRE rails:a 10",
        "SCAN 0 MATCH rails:* COUNT 1000",
        "DEL rails:a",
    ),
    "spring": (
        "HELLO 3",
        "CLIENT SETINFO lib-name Lettuce",
        "SET spring:cache:a x PX 600000",
        "GET spring:cache:a",
        "DEL spring:cache:a",
        "SCAN 0 MATCH spring:cache:*",
        "HGETALL spring:session:sessions:1",
        "HSET spring:session:sessions:1 a b",
        "EXPIRE spring:session:sessions:1 1800",
        "RENAME spring:session:sessions:1 spring:session:sessions:2",
    ),
    "keycloak": ("HELLO 3", "SET keycloak:s:1 x EX 60", "GET keycloak:s:1", "DEL keycloak:s:1"),
    "langfuse": ("HELLO 3", "INFO", "EVALSHA 0 1 bull:q:wait", "SET prompt:1 x EX 300", "UNLINK prompt:1", "SCAN 0"),
}
"""Command lines by page. BullMQ 6.7, Celery 5.7 and Django 5.2 were seen sending them, by MONITOR, in November 2026;
the others are read in their clients' sources."""

NEVER = ("FLUSHDB", "KEYS *", "CONFIG SET notify-keyspace-events Ex")


def cache_of(page: str, folder: Path) -> DragonflyCache:
    """The cache of a page's first variables."""
    from constructs_lib.stack import add_stack

    app = cdk8s.App()
    add_stack(app, cluster_of(page, folder))
    (cache,) = [node for node in app.node.find_all() if type(node).__name__ == "DragonflyCache"]
    return cache  # type: ignore[return-value]  # told by its name


def cluster_of(page: str, folder: Path) -> Cluster:
    variables = yaml.safe_load(blocks(page)[0])
    (folder / "cluster.yaml").write_text(yaml.safe_dump({"dragonfly_enabled": True, **variables}))
    return load(folder / "cluster.yaml")


def blocks(page: str) -> list[str]:
    return [fence.code for fence in fences(DOCS / "how-to" / f"{page}.md") if fence.language == "yaml"]


def environment(page: str) -> tuple[str, list[dict[str, Any]]]:
    """The user that a page names, and the environment that it shows."""
    block = blocks(page)[1]
    return block.splitlines()[0].removeprefix("# environment of user "), yaml.safe_load(block)


def test_every_client_page_has_the_lines_that_its_client_sends() -> None:
    others = {"clients", "upgrading", "rotating", "moving-from-redis"}
    assert {page.stem for page in (DOCS / "how-to").glob("*.md")} - others == SENT.keys()


@pytest.mark.parametrize("page", SENT)
def test_the_user_of_a_page_may_do_what_its_client_sends(page: str, tmp_path: Path) -> None:
    name, _ = environment(page)
    (user,) = [user for user in cache_of(page, tmp_path).users if user.name == name]
    permissions = user.permissions(SERVER)
    assert {
        line: str(may_run(permissions, *line.split())) for line in SENT[page] if not may_run(permissions, *line.split())
    } == {}


@pytest.mark.parametrize("page", sorted(SENT.keys() - {"langfuse"}))
def test_the_user_of_a_page_reaches_no_more(page: str, tmp_path: Path) -> None:
    name, _ = environment(page)
    (user,) = [user for user in cache_of(page, tmp_path).users if user.name == name]
    permissions = user.permissions(SERVER)
    assert [line for line in NEVER if may_run(permissions, *line.split())] == []
    assert not may(permissions, "GET", keys=["another:1"])


@pytest.mark.parametrize("page", ["clients", *SENT])
def test_the_environment_of_a_page_is_what_the_cache_tells(page: str, tmp_path: Path) -> None:
    name, shown = environment(page)
    (url,) = [each["name"] for each in shown if "value" in each]
    told = cache_of(page, tmp_path).connection(name).env(names={"url": url})
    assert [each for each in shown if each not in told] == []


@pytest.mark.parametrize("page", ["clients", *sorted(SENT.keys() - {"rails", "spring"})])
def test_the_policy_of_a_page_keeps_others_out(page: str, tmp_path: Path) -> None:
    (instance,) = cluster_of(page, tmp_path).instances
    assert (instance.network_policy or {}).get("mode") == "enforce"
