"""Arguments of a network policy: who is named how, and what a kind of policy has no words for."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.arguments.model import validate
from constructs_lib.backup.arguments import BackupArguments
from constructs_lib.cache.arguments import CacheArguments
from constructs_lib.cache.clients import Client
from constructs_lib.cache.snapshots import S3Server
from constructs_lib.network.arguments import NetworkPolicyArguments, S3Egress
from constructs_lib.network.flows import Address, Entities, Pods, client_flow, findings_beside, snapshot_flows
from constructs_lib.values.s3 import S3Endpoint


def errors(**given: Any) -> list[str]:
    return [str(error) for error in validate(NetworkPolicyArguments, given).errors]


def warnings(**given: Any) -> list[str]:
    return [str(warning) for warning in validate(NetworkPolicyArguments, given).warnings]


@pytest.mark.parametrize(
    ("client", "peer"),
    [
        (Client(namespace="shop"), Pods("shop")),
        (Client(namespace="shop", pod_labels={"app": "web"}), Pods("shop", {"app": "web"})),
        (Client(cidr="203.0.113.0/24"), Address("203.0.113.0/24")),
        (Client(cidr="203.0.113.7"), Address("203.0.113.7/32")),
        (Client(cidr="2001:db8::/64"), Address("2001:db8::/64")),
        (Client(entities=["world", "remote-node"]), Entities(("world", "remote-node"))),
    ],
)
def test_a_client_is_pods_addresses_or_entities(client: Client, peer: object) -> None:
    assert client_flow(client).peer == peer


@pytest.mark.parametrize(
    ("client", "error"),
    [
        ({}, "clients[0]: nothing given; accepted: one of namespace, cidr, entities"),
        (
            {"namespace": "shop", "cidr": "10.0.0.0/8"},
            "clients[0]: namespace and cidr given; accepted: one of namespace, cidr, entities",
        ),
        (
            {"cidr": "10.0.0.0/8", "pod_labels": {"app": "web"}},
            "clients[0]: pod_labels given beside cidr; they go with namespace",
        ),
        (
            {"cidr": "10.0.0.1/8"},
            "clients[0].cidr: '10.0.0.1/8' is no block of addresses (10.0.0.1/8 has host bits set); accepted: CIDR "
            "notation, such as 10.1.0.0/16 or 10.1.2.3/32",
        ),
        (
            {"entities": ["internet"]},
            "clients[0].entities[0]: 'internet' is not accepted; accepted: 'all', 'cluster', 'host', 'ingress', "
            "'remote-node' or 'world'",
        ),
    ],
)
def test_a_client_is_one_of_the_three(client: dict[str, Any], error: str) -> None:
    assert errors(clients=[client]) == [error]


def test_kubernetes_own_policy_cannot_audit() -> None:
    assert errors(provider="kubernetes", mode="audit") == [
        "mode: 'audit' is more than a NetworkPolicy can do: it drops what it does not allow, or is not there; "
        "accepted: 'enforce', or `provider` 'cilium'"
    ]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"clients": [Client(entities=["world"])]}, "clients: Client(entities=['world']): entities are Cilium's"),
        ({"s3_egress": [S3Egress(host="s3.example.com")]}, "s3_egress: S3Egress(host='s3.example.com'): a Network"),
    ],
)
def test_kubernetes_own_policy_knows_neither_entities_nor_hosts(given: dict[str, Any], error: str) -> None:
    (found,) = errors(provider="kubernetes", **given)
    assert found.startswith(error)
    assert errors(provider="cilium", **given) == []


def test_prometheus_by_namespace_alone_has_port_9999_whole_with_kubernetes_own_policy() -> None:
    given: dict[str, Any] = {"prometheus_namespace": "monitoring"}
    (found,) = warnings(provider="kubernetes", **given)
    assert found.startswith("prometheus_pod_labels: none: every pod in namespace 'monitoring' may do everything on")
    assert warnings(provider="cilium", **given) == []
    given["prometheus_pod_labels"] = {"app.kubernetes.io/name": "prometheus"}
    assert warnings(provider="kubernetes", **given) == []


@pytest.mark.parametrize(
    ("given", "is_refused"),
    [
        ({}, True),
        ({"prometheus_pod_labels": {"control-plane": "controller-manager"}}, True),
        ({"prometheus_pod_labels": {"app": "prometheus"}}, False),
        ({"mode": "audit"}, False),
        ({"provider": "kubernetes"}, False),
        ({"operator_namespace": "elsewhere"}, False),
    ],
)
def test_prometheus_selector_never_covers_the_operator(given: dict[str, Any], is_refused: bool) -> None:
    """Cilium would send the operator's commands through its HTTP proxy, and no master would ever be elected."""
    found = errors(**{"prometheus_namespace": "ops", "operator_namespace": "ops", **given})
    assert bool(found) is is_refused
    assert all("is the operator as well" in error for error in found)


def beside(
    policy: dict[str, Any], cache: dict[str, Any] | None = None, backup: dict[str, Any] | None = None
) -> list[tuple[bool, str]]:
    found = findings_beside(
        NetworkPolicyArguments(**policy),
        CacheArguments(namespace="cache", **cache or {}),
        BackupArguments(**backup).s3_server if backup else None,
    )
    return [(finding.is_warning, str(finding)) for finding in found]


def test_prometheus_selector_never_covers_the_instance() -> None:
    ((is_warning, found),) = beside({"prometheus_namespace": "cache"})
    assert not is_warning
    assert "is the instance itself as well" in found
    assert beside({"prometheus_namespace": "cache", "prometheus_pod_labels": {"app": "prometheus"}}) == []


@pytest.mark.parametrize("service_type", ["NodePort", "LoadBalancer"])
def test_a_service_that_leads_in_from_outside_wants_clients_from_outside(service_type: str) -> None:
    ((is_warning, found),) = beside({"clients": [Client(namespace="shop")]}, {"service_type": service_type})
    assert is_warning
    assert found.startswith(f"clients: none from outside, while the Service is of type {service_type}: the policy")
    assert beside({"clients": [Client(cidr="10.0.0.0/8")]}, {"service_type": service_type}) == []
    assert beside({"mode": "audit"}, {"service_type": service_type}) == []
    assert beside({}, {"service_type": "ClusterIP"}) == []


@pytest.mark.parametrize(("backup", "store"), [({"endpoint": "s3.example.com"}, "s3.example.com"), ({}, "Amazon S3")])
def test_kubernetes_own_policy_is_told_where_an_s3_server_outside_is(backup: dict[str, str], store: str) -> None:
    backup["bucket"] = "backups"
    ((is_warning, found),) = beside({"provider": "kubernetes"}, backup=backup)
    assert not is_warning
    assert found.startswith(f"s3_egress: snapshots go to {store}: a NetworkPolicy knows pods and addresses, no host")
    assert beside({"provider": "kubernetes", "s3_egress": [S3Egress(cidr="0.0.0.0/0")]}, backup=backup) == []
    assert beside({"provider": "cilium"}, backup=backup) == []


def test_snapshots_go_where_the_policy_says_they_do() -> None:
    server = S3Server(S3Endpoint.of("rustfs.storage.svc:80"), https=False)
    egress = [S3Egress(namespace="storage", pod_labels={"app": "rustfs"}, port=9000), S3Egress(cidr="10.0.0.0/8")]
    found = [(flow.peer, flow.ports) for flow in snapshot_flows(server, Pods("cache"), egress)]
    assert found == [(Pods("storage", {"app": "rustfs"}), (9000,)), (Address("10.0.0.0/8"), (80,))]
