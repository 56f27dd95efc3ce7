"""A client with job queues is not put on a server that evicts them, or that its scripts fail on."""

from __future__ import annotations

import pytest

from constructs_lib.cache.queue_clients import queue_client_findings
from constructs_lib.cache.server import ServerArguments


@pytest.mark.parametrize(
    ("arguments", "where"), [({"cache_mode": True}, "cache_mode"), ({"profile": "cache"}, "profile")]
)
def test_queues_are_not_evicted(arguments: dict[str, object], where: str) -> None:
    (finding,) = queue_client_findings("langfuse", ServerArguments.model_validate(arguments))
    assert finding.is_error
    assert finding.where == where


def test_scripts_that_fail_are_warned_of() -> None:
    (finding,) = queue_client_findings("langfuse", ServerArguments())
    assert finding.is_warning
    assert finding.where == "default_lua_flags"


@pytest.mark.parametrize(
    "arguments",
    [
        {"profile": "queue"},
        {"default_lua_flags": ["allow-undeclared-keys"]},
        {"cluster_mode": "emulated", "lock_on_hashtags": True},
    ],
)
def test_a_server_for_queues_is_right(arguments: dict[str, object]) -> None:
    assert list(queue_client_findings("langfuse", ServerArguments.model_validate(arguments))) == []


def test_other_clients_may_be_cached() -> None:
    assert list(queue_client_findings("litellm", ServerArguments(cache_mode=True))) == []
