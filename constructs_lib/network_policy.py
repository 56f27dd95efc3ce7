"""`DragonflyNetworkPolicy`: the flows that a cache needs, and no others, as a CiliumNetworkPolicy."""

from __future__ import annotations

from typing import Any

from cdk8s import ApiObject, JsonPatch
from constructs import Construct

from constructs_lib.arguments import takes
from constructs_lib.cache import DragonflyCache
from constructs_lib.resource import resource
from constructs_lib.values.flows import Address, Flow, Hosts, Pods, flows, snapshot_flows
from constructs_lib.values.network_policy_arguments import NetworkPolicyArguments
from constructs_lib.values.snapshots import Snapshots

NAMESPACE_LABEL = "io.kubernetes.pod.namespace"


class _Arguments(NetworkPolicyArguments):
    cache: DragonflyCache


class DragonflyNetworkPolicy(Construct):
    """Who may reach a cache, and what it may reach: operator and replication on port 9999, clients on 6379.

    Port 9999 takes every command with no password; this policy is all that protects it.

        DragonflyNetworkPolicy(chart, "network-policy", cache=cache, clients=[Client(namespace="identity")],
                               prometheus_namespace="monitoring")
    """

    @takes(_Arguments)
    def __init__(self, scope: Construct, id: str, arguments: _Arguments) -> None:
        super().__init__(scope, id)
        self._arguments = arguments
        self._cache = arguments.cache
        self._api_object = self._policy(self._cache)
        arguments.cache.when_snapshots(self._let_snapshots_out)

    @property
    def arguments(self) -> NetworkPolicyArguments:
        """What the policy was made of, validated."""
        return self._arguments

    @property
    def api_object(self) -> ApiObject:
        """The CiliumNetworkPolicy, for what the arguments do not foresee."""
        return self._api_object

    @property
    def _instance(self) -> Pods:
        return Pods(self._cache.namespace, self._cache.pod_labels)

    @property
    def _enforces(self) -> bool:
        return self._arguments.mode == "enforce"

    def _policy(self, cache: DragonflyCache) -> ApiObject:
        from imports.dragonfly.io.cilium import CiliumNetworkPolicy, CiliumNetworkPolicySpec

        spec = CiliumNetworkPolicySpec(
            endpoint_selector={"matchLabels": cache.pod_labels},
            enable_default_deny={"ingress": self._enforces, "egress": self._enforces},
            ingress=[self._rule(flow) for flow in self._flows("ingress")],
            egress=[self._rule(flow) for flow in self._flows("egress")],
        )
        return resource(
            self, "CiliumNetworkPolicy", CiliumNetworkPolicy, spec, name=cache.name, namespace=cache.namespace
        )

    def _let_snapshots_out(self, snapshots: Snapshots) -> None:
        from imports.dragonfly.io.cilium import CiliumNetworkPolicy

        for flow in snapshot_flows(snapshots.server, self._instance) if snapshots.server else ():
            manifest = CiliumNetworkPolicy.manifest(spec={"egress": [self._rule(flow)]})
            self._api_object.add_json_patch(JsonPatch.add("/spec/egress/-", manifest["spec"]["egress"][0]))
            if isinstance(flow.peer, Hosts):
                self._read_names()

    def _read_names(self) -> None:
        """Cilium learns the addresses behind `toFQDNs` from the answers that pass its DNS proxy."""
        to_dns = next(index for index, flow in enumerate(self._flows("egress")) if flow.resolves_names)
        path = f"/spec/egress/{to_dns}/toPorts/0/rules"
        self._api_object.add_json_patch(JsonPatch.add(path, {"dns": [{"matchPattern": "*"}]}))

    def _flows(self, direction: str) -> list[Flow]:
        needed = flows(self._instance, self._arguments, self._cache.arguments.memcached_port)
        return [flow for flow in needed if flow.direction == direction]

    def _rule(self, flow: Flow) -> Any:
        to_ports: dict[str, Any] = {
            "ports": [
                _struct(flow, "ToPortsPorts")(port=str(port), protocol=_struct(flow, "ToPortsPortsProtocol")[protocol])
                for port in flow.ports
                for protocol in flow.protocols
            ]
        }
        if flow.only_get and self._enforces:
            # A rule on layer 7 drops what it does not name even where nothing else is dropped: not while auditing.
            get = _struct(flow, "ToPortsRulesHttp")(method="GET", path=flow.only_get)
            to_ports["rules"] = {"http": [get]}
        return _struct(flow, "")(**_peer(flow), to_ports=[_struct(flow, "ToPorts")(**to_ports)])


def _peer(flow: Flow) -> dict[str, Any]:
    peer = flow.peer
    if isinstance(peer, Hosts):
        to_fqdns = _struct(flow, "ToFqdNs")
        return {
            "to_fqd_ns": [
                to_fqdns(match_pattern=host) if "*" in host else to_fqdns(match_name=host) for host in peer.patterns
            ]
        }
    if isinstance(peer, Address):
        return {"to_cidr": [peer.cidr]}
    field = "from_endpoints" if flow.direction == "ingress" else "to_endpoints"
    return {field: [{"matchLabels": {NAMESPACE_LABEL: peer.namespace, **peer.labels}}]}


def _struct(flow: Flow, name: str) -> Any:
    """The binding's type for a part of a rule: it has one set for each direction."""
    from imports.dragonfly.io import cilium

    return getattr(cilium, f"CiliumNetworkPolicySpec{flow.direction.capitalize()}{name}")
