"""Selections of peers: which takes in which, however they are written."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.network.peers import Addresses, Entity, Everybody, HostName, Peer, SelectedPods
from constructs_lib.network.reach import UnreadablePolicy, Way, reach_of
from constructs_lib.network.rules import Ports
from constructs_lib.network.selectors import Requirement, Selector, selector_of


def labels(**wanted: str) -> Selector:
    return Selector.of({"matchLabels": wanted})


def expression(operator: str, *values: str) -> Selector:
    return Selector.of({"matchExpressions": [{"key": "app", "operator": operator, "values": list(values)}]})


@pytest.mark.parametrize(
    ("wide", "narrow", "covers"),
    [
        (labels(), labels(app="a"), True),
        (labels(app="a"), labels(), False),
        (labels(app="a"), labels(app="a", role="b"), True),
        (labels(app="a"), labels(app="b"), False),
        (expression("In", "a", "b"), labels(app="a"), True),
        (labels(app="a"), expression("In", "a", "b"), False),
        (expression("Exists"), labels(app="a"), True),
        (expression("NotIn", "b"), labels(app="a"), True),
        (expression("NotIn", "a"), labels(app="a"), False),
        (expression("NotIn", "a"), expression("NotIn", "a", "b"), True),
        (expression("NotIn", "a"), expression("DoesNotExist"), True),
        (expression("DoesNotExist"), expression("NotIn", "a"), False),
    ],
)
def test_a_selector_covers_what_selects_less(wide: Selector, narrow: Selector, covers: bool) -> None:
    assert wide.covers(narrow) is covers


def test_a_label_and_an_expression_of_one_value_are_the_same() -> None:
    assert labels(app="a") == expression("In", "a")


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (labels(app="a"), labels(app="b"), False),
        (labels(app="a"), labels(role="b"), True),
        (labels(app="a"), expression("NotIn", "a"), False),
        (labels(app="a"), expression("DoesNotExist"), False),
        (expression("NotIn", "a"), expression("NotIn", "b"), True),
    ],
)
def test_selectors_overlap_unless_nobody_can_meet_both(one: Selector, other: Selector, overlap: bool) -> None:
    assert one.overlaps(other) is overlap
    assert other.overlaps(one) is overlap


@pytest.mark.parametrize(
    ("operator", "mine", "holds"),
    [
        ("In", {"app": "a"}, True),
        ("In", {}, False),
        ("NotIn", {}, True),
        ("NotIn", {"app": "a"}, False),
        ("Exists", {}, False),
    ],
)
def test_a_label_that_is_not_there_has_none_of_the_values(operator: str, mine: dict[str, str], holds: bool) -> None:
    assert expression(operator, "a").selects(mine) is holds


def one_expression(operator: str, *values: str) -> dict[str, Any]:
    return {"matchExpressions": [{"key": "tier", "operator": operator, "values": list(values)}]}


@pytest.mark.parametrize(
    ("selector", "web", "none"),
    [
        ({}, True, True),
        ({"matchLabels": {"tier": "web"}}, True, False),
        ({"matchLabels": {"tier": "job"}}, False, False),
        (one_expression("In", "web", "job"), True, False),
        (one_expression("NotIn", "web"), False, True),
        (one_expression("Exists"), True, False),
        (one_expression("DoesNotExist"), False, True),
        (one_expression("Unheard"), False, False),
        ({"matchLabels": ["tier"]}, False, False),
        ({"matchExpressions": "tier"}, False, False),
    ],
)
def test_a_selector_that_nobody_has_checked_selects_as_kubernetes_does(
    selector: dict[str, Any], web: bool, none: bool
) -> None:
    assert (selector_of(selector).selects({"tier": "web"}), selector_of(selector).selects({})) == (web, none)


def test_a_selector_is_said_as_kubectl_says_it() -> None:
    selector = {
        "matchLabels": {"app": "web"},
        "matchExpressions": [
            {"key": "tier", "operator": "In", "values": ["b", "a"]},
            {"key": "canary", "operator": "DoesNotExist"},
            {"key": "team", "operator": "Exists"},
        ],
    }
    assert Selector.of(selector).words() == ("app=web", "!canary", "team", "tier in (a, b)")


SHOP = SelectedPods.of_namespace("shop", labels())
WEB = SelectedPods.of_namespace("shop", labels(app="web"))
ALL_PODS = SelectedPods(Selector(), Selector())


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [
        (Everybody(), Entity("all")),
        (SHOP, WEB),
        (ALL_PODS, SHOP),
        (Addresses("10.0.0.0/8"), Addresses("10.1.0.0/16")),
        (Addresses("10.0.0.0/8"), Addresses("10.0.0.0/8", frozenset({"10.1.0.0/16"}))),
        (HostName("*"), HostName("*.example.com")),
        (HostName("*.example.com"), HostName("a.example.com")),
        (Entity("all"), WEB),
        (Entity("cluster"), WEB),
        (Entity("cluster"), Entity("host")),
        (Entity("world"), Addresses("192.0.2.0/24")),
        (Entity("world"), HostName("example.com")),
    ],
)
def test_a_peer_covers_what_selects_less_of_its_kind(wide: Peer, narrow: Peer) -> None:
    assert wide.covers(narrow)
    assert not narrow.covers(wide) or isinstance(wide, Everybody)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Entity("world"), WEB),
        (Addresses("10.0.0.0/8"), WEB),
        (HostName("*.example.com"), HostName("a.b.example.com")),
        (Entity("cluster"), Entity("kube-apiserver")),
    ],
)
def test_what_is_something_else_is_not_covered(one: Peer, other: Peer) -> None:
    assert not one.covers(other)
    assert not other.covers(one)


def policy(kind: str, spec: dict[str, Any]) -> dict[str, Any]:
    selector = "podSelector" if kind == "NetworkPolicy" else "endpointSelector"
    return {"kind": kind, "metadata": {"name": "a", "namespace": "cache"}, "spec": {selector: {}, **spec}}


def test_both_kinds_are_read_as_the_same_ways() -> None:
    peer = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "shop"}}}
    kubernetes = policy(
        "NetworkPolicy",
        {"ingress": [{"from": [peer], "ports": [{"port": 6379}]}], "policyTypes": ["Ingress"]},
    )
    endpoints = [{"matchLabels": {"k8s:io.kubernetes.pod.namespace": "shop"}}]
    ports = [{"ports": [{"port": "6379", "protocol": "TCP"}]}]
    cilium = policy("CiliumNetworkPolicy", {"ingress": [{"fromEndpoints": endpoints, "toPorts": ports}]})
    assert reach_of(kubernetes) == reach_of(cilium)
    assert reach_of(cilium).ways == (Way("ingress", SHOP, "TCP", Ports(6379, 6379)),)


@pytest.mark.parametrize(
    "spec",
    [
        {"ingressDeny": [{}]},
        {"ingress": [{"fromRequires": [{}]}]},
        {"ingress": [{"icmps": [{}]}]},
        {"ingress": [{"authentication": {"mode": "required"}}]},
        {"egress": [{"toServices": [{}]}]},
        {"egress": [{"toCIDRSet": [{"cidrGroupRef": "a"}]}]},
        {"ingress": [{"toPorts": [{"rules": {"kafka": [{}]}}]}]},
        {"ingress": [{"toPorts": [{"ports": [{"port": "1", "listener": "a"}]}]}]},
        {"ingress": [{"fromEndpoints": [{"matchLabels": {"reserved:host": ""}}]}]},
        {"enableDefaultDeny": {"both": True}},
    ],
)
def test_what_is_not_understood_is_no_reach(spec: dict[str, Any]) -> None:
    with pytest.raises(UnreadablePolicy):
        reach_of(policy("CiliumNetworkPolicy", spec))


def test_a_selector_with_something_else_in_it_is_refused() -> None:
    with pytest.raises(ValueError, match="matchFields"):
        Selector.of({"matchFields": []})
    with pytest.raises(ValueError, match="Gt"):
        Selector.of({"matchExpressions": [{"key": "a", "operator": "Gt"}]})


def test_a_requirement_says_itself() -> None:
    assert str(Requirement("app", frozenset({"a", "b"}))) == "app=a|b"
    assert str(SelectedPods.of_namespace("shop", labels(app="web"))) == "pods of shop (app=web)"
