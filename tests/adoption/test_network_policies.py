"""A network policy is read by its flows, whoever wrote it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.adoption.manifests import around, dragonfly, not_carried, object_of, settings, variables

OWN = {"matchLabels": {"app": "dragonfly"}}


def cilium(*ingress: dict[str, Any], **spec: Any) -> dict[str, Any]:
    fields = {"spec": {"endpointSelector": OWN, "ingress": list(ingress), **spec}}
    return object_of("cilium.io/v2", "CiliumNetworkPolicy", fields)


def from_pods(namespace: str, *ports: str, **labels: str) -> dict[str, Any]:
    selector = {"matchLabels": {"io.kubernetes.pod.namespace": namespace, **labels}}
    to_ports = [{"ports": [{"port": port, "protocol": "TCP"} for port in ports]}] if ports else []
    return {"fromEndpoints": [selector], **({"toPorts": to_ports} if ports else {})}


def clients(*objects: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = settings(dragonfly(), *objects).value("network_policy", "clients")
    return found


def test_who_reaches_6379_is_a_client() -> None:
    policy = cilium(from_pods("shop", "6379", app="web"), from_pods("jobs", "6379"))
    assert clients(policy) == [{"namespace": "shop", "pod_labels": {"app": "web"}}, {"namespace": "jobs"}]


def test_who_reaches_every_port_is_a_client_and_not_prometheus() -> None:
    read = settings(dragonfly(), cilium(from_pods("shop")))
    assert read.value("network_policy", "clients") == [{"namespace": "shop"}]
    assert read.value("network_policy", "prometheus_namespace") is None


def test_who_reaches_9999_alone_is_the_operator_by_its_labels_or_prometheus() -> None:
    operator = {"app.kubernetes.io/name": "dragonfly-operator", "control-plane": "controller-manager"}
    policy = cilium(from_pods("operators", "9999", **operator), from_pods("watching", "9999", app="prometheus"))
    read = settings(dragonfly(), policy)
    assert read.value("network_policy", "operator_namespace") == "operators"
    assert read.value("network_policy", "prometheus_namespace") == "watching"
    assert read.value("network_policy", "prometheus_pod_labels") == {"app": "prometheus"}
    assert clients(policy) == []


def test_a_port_may_be_called_by_its_name() -> None:
    read = settings(dragonfly(), cilium(from_pods("shop", "redis"), from_pods("watching", "admin")))
    assert read.value("network_policy", "clients") == [{"namespace": "shop"}]
    assert read.value("network_policy", "prometheus_namespace") == "watching"


def test_the_instances_own_pods_are_no_client() -> None:
    assert clients(cilium(from_pods("cache", "6379", "9999", app="dragonfly"))) == []


def test_addresses_and_entities_are_clients() -> None:
    ports = [{"ports": [{"port": "6379", "protocol": "TCP"}]}]
    policy = cilium({"fromCIDR": ["203.0.113.0/24"], "toPorts": ports}, {"fromEntities": ["world"], "toPorts": ports})
    assert clients(policy) == [{"cidr": "203.0.113.0/24"}, {"entities": ["world"]}]


def test_a_peer_that_no_client_can_name_is_listed() -> None:
    ports = [{"ports": [{"port": "6379", "protocol": "TCP"}]}]
    policy = cilium({"fromCIDRSet": [{"cidr": "10.0.0.0/8", "except": ["10.1.0.0/16"]}], "toPorts": ports})
    (listed,) = not_carried(dragonfly(), policy)
    assert (listed.origin.field, listed.why) == (
        "/spec/ingress",
        "10.0.0.0/8 without 10.1.0.0/16 on 6379: no client can be named so",
    )


@pytest.mark.parametrize(("denied", "mode"), [({}, "enforce"), ({"ingress": False, "egress": False}, "audit")])
def test_what_drops_is_enforced_and_what_does_not_audits(denied: dict[str, bool], mode: str) -> None:
    policy = cilium(from_pods("shop", "6379"), enableDefaultDeny=denied)
    assert settings(dragonfly(), policy).value("network_policy", "mode") == mode


def test_a_policy_of_kubernetes_own_is_read_as_well() -> None:
    fields = {
        "spec": {
            "podSelector": OWN,
            "policyTypes": ["Ingress"],
            "ingress": [{"from": [{"podSelector": {"matchLabels": {"app": "web"}}}], "ports": [{"port": 6379}]}],
        }
    }
    policy = object_of("networking.k8s.io/v1", "NetworkPolicy", fields)
    read = variables(dragonfly(), policy)
    assert read["dragonfly_network_policy_provider"] == "kubernetes"
    assert read["dragonfly_clients"] == [{"namespace": "cache", "pod_labels": {"app": "web"}}]


def test_a_policy_for_other_pods_is_not_the_instances() -> None:
    policy = cilium(from_pods("shop", "6379"), endpointSelector={"matchLabels": {"app": "web"}})
    assert around(dragonfly(), policy).policy is None


def test_a_policy_that_has_not_its_form_is_listed_and_the_rest_is_carried_over() -> None:
    fields = {"spec": {"podSelector": OWN, "policyTypes": ["Ingress"], "ingress": [{"ports": [{"port": 1.5}]}]}}
    policy = object_of("networking.k8s.io/v1", "NetworkPolicy", fields)
    read = settings(dragonfly({"replicas": 3}), policy)
    assert read.value("cache", "replicas") == 3
    (listed,) = read.not_carried
    assert listed.why == "what it lets through is not known: port, which is no text"
