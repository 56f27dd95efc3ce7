"""The kinds of network policy, one a module: each is made of the same flows."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any, Protocol, cast

from constructs_lib.network.arguments import Provider
from constructs_lib.network.flows import Flow, Pods


class PolicyKind(Protocol):
    """What the module of a kind has."""

    API_VERSION: str
    KIND: str

    def policy_name(self, instance: str) -> str:
        """Name of the policy's object for an instance of that name."""

    def policy_spec(self, pods: Pods, flows: Sequence[Flow], enforces: bool) -> dict[str, Any]:
        """Its spec: what those pods let through, and whether it drops everything else."""


def policy_kind(provider: Provider) -> PolicyKind:
    """The module of a kind, loaded when it is asked for."""
    return cast("PolicyKind", import_module(f"constructs_lib.network.{provider}"))
