"""`DragonflyNetworkPolicy`: the flows that a cache needs, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cdk8s import ApiObject
from constructs import Construct
from pydantic import ValidationInfo, field_validator

from constructs_lib.arguments.model import Arguments, rule
from constructs_lib.cache.clients import Client, clients_in
from constructs_lib.cache.instance import DragonflyInstance
from constructs_lib.cache.peers import as_clients
from constructs_lib.cache.snapshots import S3Server
from constructs_lib.construct.api_object import RESOURCE, RenderedObject
from constructs_lib.construct.keyword_arguments import keyword_arguments
from constructs_lib.errors import Finding
from constructs_lib.network.arguments import NetworkPolicyArguments, outside_warnings
from constructs_lib.network.flows import Flow, Pods, client_flow, instance_flows, snapshot_flows, unsupported
from constructs_lib.network.providers import policy_kind


class _OfACache(Arguments):
    cache: DragonflyInstance


class _Arguments(NetworkPolicyArguments, _OfACache):
    # Of several bases the last one's fields are validated first: which namespace is the cache's own is known by then.
    @field_validator("clients", mode="before")
    @classmethod
    def _are_clients(cls, given: Any, info: ValidationInfo) -> Any:
        # Without a cache nothing is made; what is wrong with the clients is told all the same.
        return as_clients(given, info.data["cache"].namespace if "cache" in info.data else "default")

    @rule("cache")
    def _cache_has_no_other(self) -> Iterator[Finding]:
        if self.cache.network_policy is not None:
            yield Finding.error(
                "cache", f"'{self.cache.name}' has a DragonflyNetworkPolicy already; give that one all `clients`"
            )

    @rule("cache", "mode", "provider", "prometheus_namespace", "prometheus_pod_labels")
    def _replicas_are_not_taken_for_prometheus(self) -> Iterator[Finding]:
        cache = self.cache
        yield from self.taken_for_prometheus("the instance itself", cache.namespace, cache.pod_labels)


class DragonflyNetworkPolicy(Construct):
    """Who may reach a cache, and what it may reach: operator and replication on port 9999, clients on 6379.

    Port 9999 takes every command with no password; this policy is all that protects it. Clients may also be let in
    by `cache.allow_from(…)`, before the policy is made or after.

        DragonflyNetworkPolicy(chart, "network-policy", cache=cache, clients=[Client(namespace="identity")],
                               prometheus_namespace="monitoring")
    """

    @keyword_arguments(_Arguments)
    def __init__(self, scope: Construct, id: str, arguments: _Arguments) -> None:
        super().__init__(scope, id)
        self._arguments = arguments
        self._cache = arguments.cache
        self._kind = policy_kind(arguments.provider)
        self._api_object = RenderedObject(
            self,
            RESOURCE,
            self._kind.API_VERSION,
            self._kind.KIND,
            self._fields,
            name=self._kind.policy_name(self._cache.name),
            namespace=self._cache.namespace,
        )
        self._cache.network_policy = self

    @property
    def arguments(self) -> NetworkPolicyArguments:
        """What the policy was made of, validated."""
        return self._arguments

    @property
    def api_object(self) -> ApiObject:
        """The CiliumNetworkPolicy or NetworkPolicy, for what the arguments do not foresee."""
        return self._api_object

    @property
    def flows(self) -> tuple[Flow, ...]:
        """Every connection that it lets through, as far as it is known by now."""
        base = instance_flows(self._pods, self._arguments, self._cache.arguments.memcached_port)
        return (*base, *self._snapshot_flows(), *self._client_flows())

    def findings(self) -> Iterator[Finding]:
        """What is wrong or worth a warning about it when the app is finished."""
        arguments = self._arguments
        for flow in self._snapshot_flows():
            if reason := unsupported(flow, arguments.provider):
                yield Finding.error("s3_egress", reason)
        for client, flow in zip(self._further_clients(), self._client_flows(), strict=True):
            if reason := unsupported(flow, arguments.provider):
                yield Finding.error("clients", f"{client}: {reason}")
        scraped = self._cache.monitoring is not None
        if arguments.mode == "enforce" and scraped and arguments.prometheus_namespace is None:
            yield Finding.warning(
                "prometheus_namespace",
                "left out, while the cache has a DragonflyMonitoring: every scrape is dropped; give the namespace that "
                "Prometheus runs in",
            )
        clients = (*clients_in(arguments.clients), *self._further_clients())
        yield from outside_warnings(arguments.mode, self._cache.arguments.service_type, clients)

    @property
    def _pods(self) -> Pods:
        return Pods(self._cache.namespace, self._cache.pod_labels)

    def _further_clients(self) -> list[Client]:
        further: list[Client] = []
        for client in self._cache.clients:
            if client not in self._arguments.clients and client not in further:
                further.append(client)
        return further

    def _client_flows(self) -> list[Flow]:
        return [client_flow(client, self._cache.arguments.memcached_port) for client in self._further_clients()]

    def _snapshot_flows(self) -> list[Flow]:
        server = self._snapshot_server()
        return list(snapshot_flows(server, self._pods, self._arguments.s3_egress)) if server else []

    def _snapshot_server(self) -> S3Server | None:
        if not self._cache.IS_WRITTEN and self._arguments.s3_egress:
            # Where others' snapshots go is what `s3_egress` says of it.
            return S3Server()
        return self._cache.snapshots.server if self._cache.snapshots else None

    def _fields(self) -> dict[str, Any]:
        return {"spec": self._kind.policy_spec(self._pods, self.flows, self._arguments.mode == "enforce")}
