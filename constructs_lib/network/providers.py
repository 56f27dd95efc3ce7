"""The kinds of network policy, one a module: each is made of the same flows, and takes further ones later."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any, Protocol

from cdk8s import ApiObject
from constructs import Construct

from constructs_lib.network.arguments import Provider
from constructs_lib.network.flows import Flow, Pods


class Policy(Protocol):
    """A policy of one kind for the pods of one instance."""

    @property
    def api_object(self) -> ApiObject:
        """The policy's object."""

    def allow(self, flow: Flow) -> None:
        """Let a further flow through."""


def add_policy(
    provider: Provider, scope: Construct, name: str, instance: Pods, flows: Sequence[Flow], enforces: bool
) -> Policy:
    """Add a policy of a kind to the tree.

    Args:
        provider: the kind; its module is loaded when it is asked for.
        scope: the construct that it belongs to.
        name: the instance's name.
        instance: the pods that it is for.
        flows: what it lets through.
        enforces: it drops everything else.
    """
    module: Any = import_module(f"constructs_lib.network.{provider}")
    policy: Policy = module.add_policy(scope, name, instance, flows, enforces)
    return policy
