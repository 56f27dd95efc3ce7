"""Who must reach whom: the flows of one instance, as values that any kind of network policy can be made of.

From the facts' table "Who must reach whom"; without the first three an enforced policy leaves the instance
without a master (seen running).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING, Literal

from constructs_lib.cache.clients import Client, clients_in
from constructs_lib.cache.snapshots import S3Server
from constructs_lib.dragonfly.ports import ADMIN_PORT, REDIS_PORT
from constructs_lib.errors import Finding
from constructs_lib.network.arguments import (
    ENTITIES_ARE_CILIUMS,
    NO_HOST_NAMES,
    NetworkPolicyArguments,
    Provider,
    S3Egress,
    outside_warnings,
)
from constructs_lib.operator.arguments import OPERATOR_POD_LABELS

if TYPE_CHECKING:
    from constructs_lib.cache.arguments import CacheArguments


@dataclass(frozen=True, slots=True)
class Pods:
    """The pods of a namespace that have these labels; all of them when there are none."""

    namespace: str
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hosts:
    """Hosts outside the cluster, by name; `*` stands for any characters but a dot."""

    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Address:
    """IP addresses outside the cluster."""

    cidr: str


@dataclass(frozen=True, slots=True)
class Entities:
    """What is neither pod nor address, by Cilium's names."""

    names: tuple[str, ...]


Peer = Pods | Hosts | Address | Entities


@dataclass(frozen=True, slots=True)
class Flow:
    """A connection that the instance needs, in or out, and why."""

    purpose: str
    direction: Literal["ingress", "egress"]
    peer: Peer
    ports: tuple[int, ...]
    protocols: tuple[Literal["TCP", "UDP"], ...] = ("TCP",)
    only_get: str | None = None
    """A path: the peer may `GET` it and do nothing else on that port."""
    resolves_names: bool = False
    """The peer is the cluster's DNS."""


def instance_flows(
    instance: Pods, arguments: NetworkPolicyArguments, memcached_port: int | None = None
) -> Iterator[Flow]:
    """The flows of an instance, without those of its snapshots."""
    operator = Pods(arguments.operator_namespace, OPERATOR_POD_LABELS)
    yield Flow("the operator elects, rolls and fails over", "ingress", operator, (ADMIN_PORT,))
    yield Flow("replication", "ingress", instance, (ADMIN_PORT,))
    yield Flow("replication", "egress", instance, (ADMIN_PORT,))
    for client in clients_in(arguments.clients):
        yield client_flow(client, memcached_port)
    if arguments.prometheus_namespace:
        prometheus = Pods(arguments.prometheus_namespace, arguments.prometheus_pod_labels)
        yield Flow("Prometheus scrapes", "ingress", prometheus, (ADMIN_PORT,), only_get="/metrics")
    dns = Pods(arguments.dns_namespace, arguments.dns_pod_labels)
    yield Flow("names", "egress", dns, (arguments.dns_port,), ("UDP", "TCP"), resolves_names=True)


def client_flow(client: Client, memcached_port: int | None = None) -> Flow:
    """The flow of one client, to all ports that clients have."""
    ports = (REDIS_PORT, memcached_port) if memcached_port else (REDIS_PORT,)
    return Flow("clients", "ingress", _client_peer(client), ports)


def snapshot_flows(server: S3Server, instance: Pods, egress: Sequence[S3Egress] = ()) -> Iterator[Flow]:
    """The flows of an instance's snapshots to an S3 server, or to where the policy says that it is."""
    if egress:
        for way in egress:
            yield Flow("snapshots", "egress", _egress_peer(way), (way.port or server.port,))
    else:
        yield Flow("snapshots", "egress", _server_peer(server, instance), (server.port,))


def unsupported(flow: Flow, provider: Provider) -> str | None:
    """Why a provider has no words for a flow, and the way out; None where it has."""
    return _UNSUPPORTED.get((provider, type(flow.peer)))


def findings_beside(policy: NetworkPolicyArguments, cache: CacheArguments, store: S3Server | None) -> Iterator[Finding]:
    """What is wrong or worth a warning about a policy for that instance, saved to that S3 server, if to one."""
    instance = Pods(cache.namespace or "", cache.pod_labels)
    yield from policy.taken_for_prometheus("the instance itself", instance.namespace, instance.labels)
    yield from outside_warnings(policy.mode, cache.service_type, clients_in(policy.clients))
    if store and not policy.s3_egress:
        for flow in snapshot_flows(store, instance):
            if reason := unsupported(flow, policy.provider):
                yield Finding.error("s3_egress", f"snapshots go to {store.endpoint or 'Amazon S3'}: {reason}")


_UNSUPPORTED = {("kubernetes", Hosts): NO_HOST_NAMES, ("kubernetes", Entities): ENTITIES_ARE_CILIUMS}
"""https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/"""


def _client_peer(client: Client) -> Peer:
    if client.namespace is not None:
        return Pods(client.namespace, client.pod_labels)
    return Address(client.cidr) if client.cidr else Entities(tuple(client.entities))


def _egress_peer(egress: S3Egress) -> Peer:
    if egress.namespace is not None:
        return Pods(egress.namespace, egress.pod_labels)
    return Address(egress.cidr) if egress.cidr else Hosts((str(egress.host),))


def _server_peer(server: S3Server, instance: Pods) -> Peer:
    if server.endpoint is None:
        return Hosts(_amazon(server.region))
    if namespace := server.endpoint.namespace_seen_from(instance.namespace):
        return Pods(namespace)
    # Buckets are addressed as hosts below the endpoint by some servers.
    return _address(server.endpoint.host) or Hosts((server.endpoint.host, f"*.{server.endpoint.host}"))


def _amazon(region: str | None) -> tuple[str, ...]:
    """S3's own names, with the bucket in the host or in the path, with the region or without."""
    place = region or "*"
    hosts = ("s3.amazonaws.com", f"s3.{place}.amazonaws.com")
    return hosts + tuple(f"*.{host}" for host in hosts)


def _address(host: str) -> Address | None:
    try:
        return Address(f"{ip_address(host)}/32")
    except ValueError:
        return None
