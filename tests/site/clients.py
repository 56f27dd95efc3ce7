"""The how-to pages of clients: the cache of their variables, the environment they show, what their clients send."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import cdk8s
import yaml

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
        "AUTH rails x",
        "SET rails:a 1 PX 5000",
        "GET rails:a",
        "MSET rails:a 1 rails:b 2",
        "MGET rails:a rails:b",
        "INCRBY rails:a 1",
        "DECRBY rails:a 1",
        "TTL rails:a",
        "EXPIRE rails:a 10",
        "DEL rails:a rails:b",
        "SCAN 0 MATCH rails:* COUNT 1000",
    ),
    "spring": (
        "HELLO 3 AUTH spring x",
        "SET spring:cache:a x PX 600000",
        "GET spring:cache:a",
        "UNLINK spring:cache:a",
        "SCAN 0 MATCH spring:cache:* COUNT 1000",
        "HMSET spring:session:sessions:1 a b",
        "PEXPIREAT spring:session:sessions:1 1800",
        "EXISTS spring:session:sessions:1",
        "RENAME spring:session:sessions:1 spring:session:sessions:2",
        "HGETALL spring:session:sessions:1",
        "DEL spring:session:sessions:1",
    ),
}
"""Command lines by page, as clients were seen sending them, by MONITOR, in November 2026: BullMQ 6.7, Celery 5.7 and
Django 5.2. Those of Rails 6.1 are seen at each run of tests/site/test_rails.py, those of Spring Boot 4.1 at each run of
tests/e2e/test_spring.py."""

READ = {
    "rails": ("HELLO 3", "UNLINK rails:a", "PEXPIRE rails:a 10"),
    "spring": ("CLIENT SETINFO lib-name Lettuce",),
    "keycloak": ("HELLO 3", "SET keycloak:s:1 x EX 60", "GET keycloak:s:1", "DEL keycloak:s:1"),
    "langfuse": ("HELLO 3", "INFO", "EVALSHA 0 1 bull:q:wait", "SET prompt:1 x EX 300", "UNLINK prompt:1", "SCAN 0"),
}
"""Further ones, which nobody saw: they are read in the clients' sources. Of Rails in versions that the tests do not
have; of Spring what redis-server 7.0 does not know."""

CLIENTS = SENT.keys() | READ.keys()


def lines(page: str) -> tuple[str, ...]:
    """All that the client of a page sends."""
    return SENT.get(page, ()) + READ.get(page, ())


def cache_of(page: str, folder: Path) -> DragonflyCache:
    """The cache of a page's first variables."""
    return cache_in(cluster_of(page, folder))


def cluster_of(page: str, folder: Path) -> Cluster:
    """What a page's first variables ask for."""
    return cluster_with(yaml.safe_load(blocks(page)[0]), folder)


def cache_with(variables: dict[str, Any], folder: Path) -> DragonflyCache:
    """The cache of variables."""
    return cache_in(cluster_with(variables, folder))


def cluster_with(variables: dict[str, Any], folder: Path) -> Cluster:
    """What variables ask for."""
    (folder / "cluster.yaml").write_text(yaml.safe_dump({"dragonfly_enabled": True, **variables}))
    return load(folder / "cluster.yaml")


def cache_in(cluster: Cluster) -> DragonflyCache:
    """The one cache of a cluster, made."""
    from constructs_lib.stack import add_stack

    app = cdk8s.App()
    add_stack(app, cluster)
    (cache,) = [node for node in app.node.find_all() if type(node).__name__ == "DragonflyCache"]
    return cache  # type: ignore[return-value]  # told by its name


def blocks(page: str, language: str = "yaml") -> list[str]:
    """The blocks of a page in a language."""
    return [fence.code for fence in fences(DOCS / "how-to" / f"{page}.md") if fence.language == language]


def environment(page: str) -> tuple[str, list[dict[str, Any]]]:
    """The user that a page names, and the environment that it shows."""
    block = blocks(page)[1]
    return block.splitlines()[0].removeprefix("# environment of user "), yaml.safe_load(block)
