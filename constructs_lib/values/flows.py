"""Who must reach whom: the flows of one instance, as values that any kind of network policy can be made of.

From docs/dragonfly.md, "Port 9999"; without the first three an enforced policy leaves the instance
without a master (seen running).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Literal

from constructs_lib.values.network_policy_arguments import NetworkPolicyArguments
from constructs_lib.values.ports import ADMIN_PORT, REDIS_PORT
from constructs_lib.values.snapshots import S3Server

OPERATOR_POD_LABELS = {"app.kubernetes.io/name": "dragonfly-operator", "control-plane": "controller-manager"}
"""Labels by which the operator's pods are selected (docs/dragonfly.md, "Port 9999")."""


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
    """One IP address outside the cluster."""

    cidr: str


Peer = Pods | Hosts | Address


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


def flows(instance: Pods, arguments: NetworkPolicyArguments, memcached_port: int | None = None) -> Iterator[Flow]:
    """The flows of an instance, without those of its snapshots."""
    yield Flow("the operator elects, rolls and fails over", "ingress", _operator(arguments), (ADMIN_PORT,))
    yield Flow("replication", "ingress", instance, (ADMIN_PORT,))
    yield Flow("replication", "egress", instance, (ADMIN_PORT,))
    for client in arguments.clients:
        ports = (REDIS_PORT, memcached_port) if memcached_port else (REDIS_PORT,)
        yield Flow("clients", "ingress", Pods(client.namespace, client.pod_labels), ports)
    if arguments.prometheus_namespace:
        prometheus = Pods(arguments.prometheus_namespace, arguments.prometheus_pod_labels)
        yield Flow("Prometheus scrapes", "ingress", prometheus, (ADMIN_PORT,), only_get="/metrics")
    dns = Pods(arguments.dns_namespace, arguments.dns_pod_labels)
    yield Flow("names", "egress", dns, (53,), ("UDP", "TCP"), resolves_names=True)


def snapshot_flows(server: S3Server, instance: Pods) -> Iterator[Flow]:
    """The flows of an instance's snapshots to an S3 server."""
    port = server.port
    if server.endpoint is None:
        yield Flow("snapshots", "egress", Hosts(_amazon(server.region)), (port,))
    elif namespace := server.endpoint.namespace_seen_from(instance.namespace):
        yield Flow("snapshots", "egress", Pods(namespace), (port,))
    elif address := _address(server.endpoint.host):
        yield Flow("snapshots", "egress", address, (port,))
    else:
        # Buckets are addressed as hosts below the endpoint by some servers.
        yield Flow("snapshots", "egress", Hosts((server.endpoint.host, f"*.{server.endpoint.host}")), (port,))


def _operator(arguments: NetworkPolicyArguments) -> Pods:
    return Pods(arguments.operator_namespace, OPERATOR_POD_LABELS)


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
