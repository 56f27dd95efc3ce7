"""Who must reach whom."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.cache.snapshots import S3Server
from constructs_lib.network.arguments import NetworkPolicyArguments
from constructs_lib.network.flows import Address, Flow, Hosts, Pods, instance_flows, snapshot_flows
from constructs_lib.operator.arguments import OPERATOR_POD_LABELS
from constructs_lib.values.s3 import S3Endpoint

INSTANCE = Pods("cache", {"app": "sessions"})


def of(memcached_port: int | None = None, **given: Any) -> list[Flow]:
    return list(instance_flows(INSTANCE, NetworkPolicyArguments(**given), memcached_port))


def test_without_a_client_there_are_operator_replication_and_names_alone() -> None:
    assert [(flow.direction, flow.peer, flow.ports, flow.protocols) for flow in of()] == [
        ("ingress", Pods("dragonfly-operator-system", OPERATOR_POD_LABELS), (9999,), ("TCP",)),
        ("ingress", INSTANCE, (9999,), ("TCP",)),
        ("egress", INSTANCE, (9999,), ("TCP",)),
        ("egress", Pods("kube-system", {"k8s-app": "kube-dns"}), (53,), ("UDP", "TCP")),
    ]


def test_clients_reach_6379_and_never_9999() -> None:
    clients = [{"namespace": "identity", "pod_labels": {"app": "keycloak"}}, {"namespace": "default"}]
    found = [flow for flow in of(clients=clients) if flow.purpose == "clients"]
    assert [(flow.peer, flow.ports) for flow in found] == [
        (Pods("identity", {"app": "keycloak"}), (6379,)),
        (Pods("default"), (6379,)),
    ]


def test_clients_reach_memcached_where_it_is_open() -> None:
    (found,) = [flow for flow in of(11211, clients=[{"namespace": "web"}]) if flow.purpose == "clients"]
    assert found.ports == (6379, 11211)


def test_prometheus_may_get_metrics_and_nothing_else() -> None:
    given: dict[str, Any] = {"prometheus_namespace": "monitoring", "prometheus_pod_labels": {"app": "prometheus"}}
    (found,) = [flow for flow in of(**given) if flow.only_get]
    assert (found.peer, found.ports, found.only_get) == (
        Pods("monitoring", {"app": "prometheus"}),
        (9999,),
        "/metrics",
    )


def test_only_operator_instance_and_prometheus_reach_9999() -> None:
    given: dict[str, Any] = {
        "prometheus_namespace": "monitoring",
        "clients": [{"namespace": "web"}],
        "operator_namespace": "ops",
    }
    reach = [flow.peer for flow in of(**given) if flow.direction == "ingress" and 9999 in flow.ports]
    assert reach == [Pods("ops", OPERATOR_POD_LABELS), INSTANCE, Pods("monitoring")]


def test_names_are_resolved_by_the_dns_that_was_named() -> None:
    given: dict[str, Any] = {"dns_namespace": "dns", "dns_pod_labels": {"app": "coredns"}}
    (found,) = [flow for flow in of(**given) if flow.resolves_names]
    assert found.peer == Pods("dns", {"app": "coredns"})


@pytest.mark.parametrize(
    ("server", "peer", "port"),
    [
        (S3Server(S3Endpoint.of("rustfs-svc.storage.svc.cluster.local:9000"), https=False), Pods("storage"), 9000),
        (S3Server(S3Endpoint.of("minio.data.svc"), https=False), Pods("data"), 80),
        (S3Server(S3Endpoint.of("minio:9000"), https=False), Pods("cache"), 9000),
        (S3Server(S3Endpoint.of("s3.example.com")), Hosts(("s3.example.com", "*.s3.example.com")), 443),
        (S3Server(S3Endpoint.of("10.1.2.3:9000")), Address("10.1.2.3/32"), 9000),
        (
            S3Server(region="eu-central-1"),
            Hosts(
                (
                    "s3.amazonaws.com",
                    "s3.eu-central-1.amazonaws.com",
                    "*.s3.amazonaws.com",
                    "*.s3.eu-central-1.amazonaws.com",
                )
            ),
            443,
        ),
        (
            S3Server(),
            Hosts(("s3.amazonaws.com", "s3.*.amazonaws.com", "*.s3.amazonaws.com", "*.s3.*.amazonaws.com")),
            443,
        ),
    ],
)
def test_snapshots_reach_the_s3_server_wherever_it_is(server: S3Server, peer: object, port: int) -> None:
    (found,) = snapshot_flows(server, INSTANCE)
    assert (found.direction, found.peer, found.ports) == ("egress", peer, (port,))
