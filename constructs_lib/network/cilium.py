"""Flows as a CiliumNetworkPolicy: by pods, addresses, host names and entities, and by HTTP request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cdk8s import ApiObject, JsonPatch
from constructs import Construct

from constructs_lib.construct.resource import resource
from constructs_lib.network.flows import Address, Entities, Flow, Hosts, Pods

NAMESPACE_LABEL = "io.kubernetes.pod.namespace"


def add_policy(scope: Construct, name: str, instance: Pods, flows: Sequence[Flow], enforces: bool) -> CiliumPolicy:
    """Add a CiliumNetworkPolicy with the instance's own name."""
    return CiliumPolicy(scope, name, instance, flows, enforces)


class CiliumPolicy:
    """A CiliumNetworkPolicy that takes further flows."""

    def __init__(self, scope: Construct, name: str, instance: Pods, flows: Sequence[Flow], enforces: bool) -> None:
        from imports.dragonfly.io.cilium import CiliumNetworkPolicy, CiliumNetworkPolicySpec

        self._enforces = enforces
        self._egress = [flow for flow in flows if flow.direction == "egress"]
        spec = CiliumNetworkPolicySpec(
            endpoint_selector={"matchLabels": instance.labels},
            enable_default_deny={"ingress": enforces, "egress": enforces},
            ingress=[self._rule(flow) for flow in flows if flow.direction == "ingress"],
            egress=[self._rule(flow) for flow in self._egress],
        )
        self._api_object = resource(
            scope, "CiliumNetworkPolicy", CiliumNetworkPolicy, spec, name=name, namespace=instance.namespace
        )

    @property
    def api_object(self) -> ApiObject:
        """The CiliumNetworkPolicy."""
        return self._api_object

    def allow(self, flow: Flow) -> None:
        """Let a further flow through."""
        from imports.dragonfly.io.cilium import CiliumNetworkPolicy

        manifest = CiliumNetworkPolicy.manifest(spec={flow.direction: [self._rule(flow)]})
        self._api_object.add_json_patch(JsonPatch.add(f"/spec/{flow.direction}/-", manifest["spec"][flow.direction][0]))
        if isinstance(flow.peer, Hosts):
            self._read_names()

    def _read_names(self) -> None:
        """Cilium learns the addresses behind `toFQDNs` from the answers that pass its DNS proxy."""
        to_dns = next(index for index, flow in enumerate(self._egress) if flow.resolves_names)
        path = f"/spec/egress/{to_dns}/toPorts/0/rules"
        self._api_object.add_json_patch(JsonPatch.add(path, {"dns": [{"matchPattern": "*"}]}))

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
    peer, way = flow.peer, "from" if flow.direction == "ingress" else "to"
    if isinstance(peer, Hosts):
        fqdns = _struct(flow, "ToFqdNs")
        return {
            f"{way}_fqd_ns": [
                fqdns(match_pattern=host) if "*" in host else fqdns(match_name=host) for host in peer.patterns
            ]
        }
    if isinstance(peer, Address):
        return {f"{way}_cidr": [peer.cidr]}
    if isinstance(peer, Entities):
        entity = _struct(flow, f"{way.capitalize()}Entities")
        return {f"{way}_entities": [entity[name.upper().replace("-", "_HYPHEN_")] for name in peer.names]}
    return {f"{way}_endpoints": [{"matchLabels": {NAMESPACE_LABEL: peer.namespace, **peer.labels}}]}


def _struct(flow: Flow, name: str) -> Any:
    """The binding's type for a part of a rule: it has one set for each direction."""
    from imports.dragonfly.io import cilium

    return getattr(cilium, f"CiliumNetworkPolicySpec{flow.direction.capitalize()}{name}")
