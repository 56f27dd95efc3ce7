"""Policies are compared by the flows that pass, whatever the words."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from constructs_lib.review.changes.model import Effect
from tests.review.stacks import changed, effects, key, read, said, stack, without

CILIUM = key("CiliumNetworkPolicy")
KUBERNETES = key("NetworkPolicy", "dragonfly-access")


def let_in(namespace: str, port: str, **rule: Any) -> dict[str, Any]:
    selector = {"matchLabels": {"io.kubernetes.pod.namespace": namespace}}
    ports = {"ports": [{"port": port, "protocol": "TCP"}], **rule}
    return {"fromEndpoints": [selector], "toPorts": [ports]}


def rules_on(policy: dict[str, Any], port: int, direction: str = "ingress") -> list[dict[str, Any]]:
    return [
        rule
        for rule in policy["spec"][direction]
        if any(str(each["port"]) == str(port) for ports in rule.get("toPorts", [rule]) for each in ports["ports"])
    ]


def test_a_policy_says_nothing_of_itself() -> None:
    for name in ("everything-on", "operator-v1.6.1", "restored"):
        assert changed(stack(name), CILIUM, lambda policy: None) == []
    assert changed(stack("kubernetes-policy"), KUBERNETES, lambda policy: None) == []


def test_a_flow_that_is_newly_let_in_names_the_peer_and_the_port() -> None:
    (change,) = changed(
        stack("everything-on"), CILIUM, lambda policy: policy["spec"]["ingress"].append(let_in("warehouse", "6379"))
    )
    assert (change.effects, change.what) == ((Effect.ACCESS_OPENED,), "Opened to pods of warehouse on 6379.")


def test_a_flow_that_is_gone_is_closed() -> None:
    objects = stack("everything-on")
    (first, *_) = rules_on(objects[CILIUM], 6379)
    changes = changed(objects, CILIUM, lambda policy: policy["spec"]["ingress"].remove(first))
    assert effects(changes) == {Effect.ACCESS_CLOSED}


def narrowed(rule: dict[str, Any], **labels: str) -> dict[str, Any]:
    """The rule for those alone of its peers that bear these labels as well."""
    narrower = deepcopy(rule)
    for selector in narrower["fromEndpoints"]:
        selector["matchLabels"].update(labels)
    return narrower


def test_a_peer_that_is_narrowed_is_told_with_whom_it_is_still_open_to() -> None:
    objects = stack("everything-on")
    objects[CILIUM]["spec"]["ingress"].append(let_in("shop", "9999"))
    rules = objects[CILIUM]["spec"]["ingress"]

    def narrow(policy: dict[str, Any]) -> None:
        policy["spec"]["ingress"][-1:] = [narrowed(rules[-1], app="b"), narrowed(rules[-1], app="a")]

    (change,) = changed(objects, CILIUM, narrow)
    assert (change.effects, change.what) == (
        (Effect.ACCESS_CLOSED,),
        "Closed to pods of shop on 9999, but for those with app=a and those with app=b.",
    )


def test_a_narrowed_peer_that_may_do_less_than_before_is_not_told_as_one_that_still_may() -> None:
    objects = stack("everything-on")
    objects[CILIUM]["spec"]["ingress"].append(let_in("warehouse", "6379"))

    def narrow(policy: dict[str, Any]) -> None:
        policy["spec"]["ingress"][-1] = narrowed(let_in("warehouse", "6380"), app="a")

    changes = changed(objects, CILIUM, narrow)
    assert "Closed to pods of warehouse on 6379." in said(changes)


def test_the_admin_port_opened_to_strangers_is_said_to_take_every_command() -> None:
    changes = changed(
        stack("everything-on"), CILIUM, lambda policy: policy["spec"]["ingress"].append(let_in("shop", "9999"))
    )
    assert effects(changes) == {Effect.ACCESS_OPENED}
    assert "every command with no password" in said(changes)


def test_a_scrape_is_not_said_to_take_every_command() -> None:
    rules = {"rules": {"http": [{"method": "GET", "path": "/metrics"}]}}
    rule = let_in("other-monitoring", "9999", **rules)
    changes = changed(stack("everything-on"), CILIUM, lambda policy: policy["spec"]["ingress"].append(rule))
    assert effects(changes) == {Effect.ACCESS_OPENED}
    assert "every command" not in said(changes)
    assert "GET /metrics alone" in said(changes)


def test_prometheus_given_the_whole_port_is_opened() -> None:
    def edit(policy: dict[str, Any]) -> None:
        for rule in policy["spec"]["ingress"]:
            for ports in rule["toPorts"]:
                ports.pop("rules", None)

    changes = changed(stack("everything-on"), CILIUM, edit)
    assert effects(changes) == {Effect.ACCESS_OPENED}
    assert "every command with no password" in said(changes)


@pytest.mark.parametrize("whom", ["operator", "replication"])
def test_without_the_operator_or_replication_no_master_is_elected(whom: str) -> None:
    namespace = "dragonfly-operator-system" if whom == "operator" else "cache"

    def edit(policy: dict[str, Any]) -> None:
        policy["spec"]["ingress"] = [
            rule
            for rule in policy["spec"]["ingress"]
            if rule not in rules_on(policy, 9999) or namespace not in str(rule.get("fromEndpoints"))
        ]

    changes = changed(stack("everything-on"), CILIUM, edit)
    assert effects(changes) == {Effect.ACCESS_CLOSED, Effect.STUCK}
    assert "no master is elected" in said(changes)


def test_the_operator_is_known_by_its_chart_whatever_its_release_is_called() -> None:
    objects = stack("everything-on")
    release = objects.pop(key("HelmRelease", "dragonfly-operator", "dragonfly-operator-system"))
    release["metadata"] = {"name": "caches", "namespace": "ops"}
    objects[key("HelmRelease", "caches", "ops")] = release
    objects[CILIUM]["spec"]["ingress"].append(let_in("ops", "9999"))
    assert Effect.STUCK in effects(changed(objects, CILIUM, lambda policy: policy["spec"]["ingress"].pop()))


def set_deny(policy: dict[str, Any], denies: bool) -> None:
    policy["spec"]["enableDefaultDeny"] = {"ingress": denies, "egress": denies}


def test_from_enforce_to_audit_everybody_gets_in() -> None:
    changes = changed(stack("everything-on"), CILIUM, lambda policy: set_deny(policy, False))
    assert Effect.ACCESS_OPENED in effects(changes)
    assert "Nothing is dropped any more" in said(changes)


def test_from_audit_to_enforce_others_lose_access() -> None:
    new = stack("everything-on")
    old = deepcopy(new)
    set_deny(old[CILIUM], False)
    changes = read(old, new, CILIUM)
    assert Effect.ACCESS_CLOSED in effects(changes)
    assert "is dropped from now on" in said(changes)


def test_a_policy_that_is_gone_opens_the_door() -> None:
    objects = stack("everything-on")
    changes = read(objects, without(objects, CILIUM), CILIUM)
    assert effects(changes) == {Effect.PRUNED, Effect.ACCESS_OPENED}


def test_a_policy_that_is_gone_and_stays_on_the_cluster_opens_nothing() -> None:
    objects = stack("everything-on")
    objects[CILIUM]["metadata"]["annotations"] = {"kustomize.toolkit.fluxcd.io/prune": "disabled"}
    assert effects(read(objects, without(objects, CILIUM), CILIUM)) == {Effect.ORPHANED}


def test_a_new_policy_shuts_out_whom_it_does_not_name() -> None:
    objects = stack("everything-on")
    changes = read(without(objects, CILIUM), objects, CILIUM)
    assert effects(changes) == {Effect.CREATED, Effect.ACCESS_CLOSED}


def test_another_kind_of_policy_with_the_same_flows_opens_and_closes_nothing() -> None:
    old = stack("kubernetes-policy")
    policy = old[KUBERNETES]
    renamed = key("NetworkPolicy", "other-name")
    new = {**without(old, KUBERNETES), renamed: {**policy, "metadata": {**policy["metadata"], "name": "other-name"}}}
    assert effects(read(old, new, KUBERNETES)) == {Effect.PRUNED}
    assert effects(read(old, new, renamed)) == {Effect.CREATED}


def split_ports(policy: dict[str, Any]) -> None:
    rules = policy["spec"]["egress"]
    for rule in list(rules):
        (ports,) = rule["toPorts"]
        rules.remove(rule)
        rules += [{**rule, "toPorts": [{**ports, "ports": [each]}]} for each in ports["ports"]]


def by_expression(policy: dict[str, Any]) -> None:
    selector = policy["spec"]["endpointSelector"]
    labels = selector.pop("matchLabels")
    selector["matchExpressions"] = [
        {"key": name, "operator": "In", "values": [value]} for name, value in labels.items()
    ]


def by_source(policy: dict[str, Any]) -> None:
    for rule in policy["spec"]["ingress"]:
        for selector in rule.get("fromEndpoints", []):
            selector["matchLabels"] = {f"k8s:{name}": value for name, value in selector["matchLabels"].items()}


def described(policy: dict[str, Any]) -> None:
    policy["spec"]["description"] = "Who reaches the cache."


@pytest.mark.parametrize("edit", [split_ports, by_expression, by_source, described])
def test_another_way_to_write_the_same_flows_is_none(edit: Any) -> None:
    (change,) = changed(stack("everything-on"), CILIUM, edit)
    assert change.effects == (Effect.NONE,)


def test_a_range_of_addresses_is_the_same_as_its_halves() -> None:
    objects = stack("kubernetes-policy")

    def edit(policy: dict[str, Any]) -> None:
        for rule in policy["spec"]["egress"]:
            if rule["to"] == [{"ipBlock": {"cidr": "52.219.0.0/16"}}]:
                rule["to"] = [{"ipBlock": {"cidr": cidr}} for cidr in ("52.219.0.0/17", "52.219.128.0/17")]

    (change,) = changed(objects, KUBERNETES, edit)
    assert change.effects == (Effect.NONE,)


def test_of_a_wider_range_only_the_rest_is_opened() -> None:
    def edit(policy: dict[str, Any]) -> None:
        for rule in policy["spec"]["egress"]:
            if rule["to"] == [{"ipBlock": {"cidr": "52.219.0.0/16"}}]:
                rule["to"] = [{"ipBlock": {"cidr": "52.218.0.0/15"}}]

    (change,) = changed(stack("kubernetes-policy"), KUBERNETES, edit)
    assert change.what == "These pods may connect to 52.218.0.0/16 on 443."


@pytest.mark.parametrize("field", ["ingressDeny", "nodeSelector", "fromGroups"])
def test_what_is_not_understood_is_unknown(field: str) -> None:
    def edit(policy: dict[str, Any]) -> None:
        denied = [{"fromEntities": ["world"]}]
        policy["spec"][field] = policy["spec"].pop("endpointSelector") if field == "nodeSelector" else denied

    def edit_rule(policy: dict[str, Any]) -> None:
        policy["spec"]["ingress"][0][field] = [{}]

    changes = changed(stack("everything-on"), CILIUM, edit_rule if field == "fromGroups" else edit)
    assert effects(changes) == {Effect.UNKNOWN}
    assert field in said(changes)


def test_a_policy_for_other_pods_leaves_the_old_ones_open() -> None:
    def edit(policy: dict[str, Any]) -> None:
        policy["spec"]["endpointSelector"]["matchLabels"]["app"] = "other"

    changes = changed(stack("everything-on"), CILIUM, edit)
    assert {Effect.ACCESS_OPENED, Effect.ACCESS_CLOSED} <= effects(changes)


def test_a_rule_on_requests_over_other_pods_takes_their_redis_away() -> None:
    """Prometheus by namespace alone, in the operator's: the proxy takes what the operator sends."""

    def edit(policy: dict[str, Any]) -> None:
        rule = next(rule for rule in policy["spec"]["ingress"] if "rules" in rule["toPorts"][0])
        rule["fromEndpoints"][0]["matchLabels"] = {"io.kubernetes.pod.namespace": "dragonfly-operator-system"}

    assert Effect.STUCK in effects(changed(stack("everything-on"), CILIUM, edit))


def test_a_rule_on_requests_for_some_of_the_pods_of_another_is_unknown() -> None:
    rule = let_in("ai-system", "6379", rules={"http": [{"method": "GET"}]})
    rule["fromEndpoints"][0]["matchLabels"]["app"] = "web"
    objects = stack("everything-on")
    objects[CILIUM]["spec"]["ingress"].append(let_in("ai-system", "6379"))
    changes = changed(objects, CILIUM, lambda policy: policy["spec"]["ingress"].append(rule))
    assert Effect.UNKNOWN in effects(changes)


def test_an_unknown_label_is_unknown() -> None:
    changes = changed(stack("everything-on"), CILIUM, lambda policy: policy["metadata"].update(labels={"a": "b"}))
    assert effects(changes) == {Effect.UNKNOWN}
