"""`DragonflyNetworkPolicy`: the flows that a cache needs, and no others."""

from __future__ import annotations

from collections.abc import Iterator

from cdk8s import ApiObject
from constructs import Construct

from constructs_lib.arguments.model import rule
from constructs_lib.cache.cache import DragonflyCache
from constructs_lib.cache.snapshots import Snapshots
from constructs_lib.construct.at_synth import warnings_at_synth
from constructs_lib.construct.keyword_arguments import describe, keyword_arguments
from constructs_lib.errors import Finding, InvalidArguments
from constructs_lib.network.arguments import Client, NetworkPolicyArguments, outside_warnings
from constructs_lib.network.flows import Flow, Pods, client_flow, flows, snapshot_flows, unsupported
from constructs_lib.network.providers import add_policy


class _Arguments(NetworkPolicyArguments):
    cache: DragonflyCache

    @rule("cache")
    def _cache_has_no_other(self) -> Iterator[Finding]:
        if "DragonflyNetworkPolicy" in self.cache.companions:
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
        self._clients = list(arguments.clients)
        self._policy = add_policy(
            arguments.provider,
            self,
            self._cache.name,
            self._instance,
            tuple(flows(self._instance, arguments, self._cache.arguments.memcached_port)),
            arguments.mode == "enforce",
        )
        self._cache.when_snapshots(self._let_snapshots_out)
        self._cache.when_clients(self._let_in)
        self._cache.add_companion("DragonflyNetworkPolicy")
        if arguments.prometheus_namespace is None:
            warnings_at_synth(self, self._scrape_warnings)
        if self._cache.arguments.service_type != "ClusterIP":
            warnings_at_synth(self, self._outside_warnings)

    @property
    def arguments(self) -> NetworkPolicyArguments:
        """What the policy was made of, validated."""
        return self._arguments

    @property
    def api_object(self) -> ApiObject:
        """The CiliumNetworkPolicy or NetworkPolicy, for what the arguments do not foresee."""
        return self._policy.api_object

    @property
    def _instance(self) -> Pods:
        return Pods(self._cache.namespace, self._cache.pod_labels)

    def _let_snapshots_out(self, snapshots: Snapshots) -> None:
        if snapshots.server:
            for flow in snapshot_flows(snapshots.server, self._instance, self._arguments.s3_egress):
                self._allow(flow, "s3_egress")

    def _let_in(self, client: Client) -> None:
        if client not in self._clients:
            self._allow(client_flow(client, self._cache.arguments.memcached_port), "clients")
            self._clients.append(client)

    def _allow(self, flow: Flow, argument: str) -> None:
        if reason := unsupported(flow, self._arguments.provider):
            raise InvalidArguments(describe(self, self, ""), [Finding.error(argument, reason)])
        self._policy.allow(flow)

    def _scrape_warnings(self) -> Iterator[Finding]:
        if self._arguments.mode == "enforce" and "DragonflyMonitoring" in self._cache.companions:
            yield Finding.warning(
                "prometheus_namespace",
                "left out, while the cache has a DragonflyMonitoring: every scrape is dropped; give the namespace that "
                "Prometheus runs in",
            )

    def _outside_warnings(self) -> Iterator[Finding]:
        yield from outside_warnings(self._arguments.mode, self._cache.arguments.service_type, self._clients)
