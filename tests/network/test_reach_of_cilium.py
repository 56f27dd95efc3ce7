"""Readings of a CiliumNetworkPolicy that Cilium's own engine corrected: what it makes of rules that say nothing."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.network.peers import Party
from constructs_lib.network.reach import EVERYTHING, HTTP, allowed_by, reach_of
from constructs_lib.network.rules import Direction

SHOP = Party("shop", "shop", {"app": "web"})
S3 = Party("s3", address="198.51.100.7", host="s3.example.com")
FROM_SHOP = {"fromEndpoints": [{"matchLabels": {"io.kubernetes.pod.namespace": "shop"}}]}
TO_S3 = {"toFQDNs": [{"matchName": "s3.example.com"}], "toPorts": [{"ports": [{"port": "443", "protocol": "TCP"}]}]}
DNS = {"toPorts": [{"ports": [{"port": "53"}], "rules": {"dns": [{"matchPattern": "*"}]}}]}


def policy(enforced: bool = True, **rules: Any) -> dict[str, Any]:
    denies = {"ingress": enforced, "egress": enforced}
    spec = {"endpointSelector": {}, "enableDefaultDeny": denies, **rules}
    return {"kind": "CiliumNetworkPolicy", "metadata": {"name": "sessions", "namespace": "cache"}, "spec": spec}


def passing(policy: dict[str, Any], direction: Direction, party: Party, port: int) -> frozenset[Any]:
    return allowed_by(reach_of(policy), direction, party, port, "TCP")


@pytest.mark.parametrize("to_ports", [{}, {"ports": []}], ids=["no ports", "an empty list"])
def test_a_list_of_no_ports_lets_nothing_through(to_ports: dict[str, Any]) -> None:
    assert passing(policy(ingress=[{**FROM_SHOP, "toPorts": [to_ports]}]), "ingress", SHOP, 6379) == frozenset()


@pytest.mark.parametrize("rule", [{}, {"toPorts": []}], ids=["nothing", "an empty list of ports"])
def test_a_rule_for_neither_peers_nor_ports_lets_nobody_through(rule: dict[str, Any]) -> None:
    assert passing(policy(ingress=[rule]), "ingress", SHOP, 6379) == frozenset()


@pytest.mark.parametrize("rule", [FROM_SHOP, {**FROM_SHOP, "toPorts": []}], ids=["nothing", "an empty list"])
def test_a_rule_that_says_nothing_of_ports_lets_every_port_through(rule: dict[str, Any]) -> None:
    assert passing(policy(ingress=[rule]), "ingress", SHOP, 6379) == EVERYTHING


def test_without_a_rule_nothing_is_dropped_whatever_is_said_of_denying() -> None:
    assert passing(policy(ingress=[FROM_SHOP]), "egress", SHOP, 6379) == EVERYTHING


def test_no_names_are_everybody() -> None:
    nameless = {**TO_S3, "toFQDNs": []}
    assert passing(policy(egress=[nameless]), "egress", SHOP, 443) == EVERYTHING


def test_a_name_is_unknown_where_the_rule_on_dns_leads_to_nobody() -> None:
    assert passing(policy(egress=[TO_S3, {"toEndpoints": [{}], **DNS}]), "egress", S3, 443) == EVERYTHING
    assert passing(policy(egress=[TO_S3, {"toEndpoints": [], **DNS}]), "egress", S3, 443) == frozenset()


def test_where_nothing_is_dropped_a_rule_on_requests_stops_other_protocols_alone() -> None:
    rules = {"http": [{"method": "GET", "path": "/metrics"}]}
    by_request = {**FROM_SHOP, "toPorts": [{"ports": [{"port": "9999", "protocol": "TCP"}], "rules": rules}]}
    passes = passing(policy(enforced=False, ingress=[by_request]), "ingress", SHOP, 9999)
    assert passes == frozenset(HTTP)
