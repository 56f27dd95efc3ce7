"""Readings of a CiliumNetworkPolicy that Cilium's own engine corrected: what it makes of rules that say nothing."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.network.peers import Party
from constructs_lib.network.reach import EVERYTHING, HTTP, allowed

SHOP = Party("shop", "shop", {"app": "web"})
S3 = Party("s3", address="198.51.100.7", host="s3.example.com")
FROM_SHOP = {"fromEndpoints": [{"matchLabels": {"io.kubernetes.pod.namespace": "shop"}}]}
TO_S3 = {"toFQDNs": [{"matchName": "s3.example.com"}], "toPorts": [{"ports": [{"port": "443", "protocol": "TCP"}]}]}
DNS = {"toPorts": [{"ports": [{"port": "53"}], "rules": {"dns": [{"matchPattern": "*"}]}}]}


def policy(enforced: bool = True, **rules: Any) -> dict[str, Any]:
    denies = {"ingress": enforced, "egress": enforced}
    spec = {"endpointSelector": {}, "enableDefaultDeny": denies, **rules}
    return {"kind": "CiliumNetworkPolicy", "metadata": {"name": "sessions", "namespace": "cache"}, "spec": spec}


@pytest.mark.parametrize("to_ports", [{}, {"ports": []}], ids=["no ports", "an empty list"])
def test_a_list_of_no_ports_lets_nothing_through(to_ports: dict[str, Any]) -> None:
    assert allowed(policy(ingress=[{**FROM_SHOP, "toPorts": [to_ports]}]), "ingress", SHOP, 6379, "TCP") == frozenset()


@pytest.mark.parametrize("rule", [FROM_SHOP, {**FROM_SHOP, "toPorts": []}], ids=["nothing", "an empty list"])
def test_a_rule_that_says_nothing_of_ports_lets_every_port_through(rule: dict[str, Any]) -> None:
    assert allowed(policy(ingress=[rule]), "ingress", SHOP, 6379, "TCP") == EVERYTHING


def test_without_a_rule_nothing_is_dropped_whatever_is_said_of_denying() -> None:
    assert allowed(policy(ingress=[FROM_SHOP]), "egress", SHOP, 6379, "TCP") == EVERYTHING


def test_no_names_are_everybody() -> None:
    nameless = {**TO_S3, "toFQDNs": []}
    assert allowed(policy(egress=[nameless]), "egress", SHOP, 443, "TCP") == EVERYTHING


def test_a_name_is_unknown_where_the_rule_on_dns_leads_to_nobody() -> None:
    assert allowed(policy(egress=[TO_S3, {"toEndpoints": [{}], **DNS}]), "egress", S3, 443, "TCP") == EVERYTHING
    assert allowed(policy(egress=[TO_S3, {"toEndpoints": [], **DNS}]), "egress", S3, 443, "TCP") == frozenset()


def test_where_nothing_is_dropped_a_rule_on_requests_stops_other_protocols_alone() -> None:
    rules = {"http": [{"method": "GET", "path": "/metrics"}]}
    by_request = {**FROM_SHOP, "toPorts": [{"ports": [{"port": "9999", "protocol": "TCP"}], "rules": rules}]}
    passes = allowed(policy(enforced=False, ingress=[by_request]), "ingress", SHOP, 9999, "TCP")
    assert passes == frozenset(HTTP)
