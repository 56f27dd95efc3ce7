"""`DragonflyNetworkPolicy`: the flows of a cache as a CiliumNetworkPolicy, or a NetworkPolicy of Kubernetes' own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cdk8s_plus_28 as kplus
import pytest
from cdk8s import Chart, JsonPatch

from constructs_lib import (
    Client,
    DragonflyBackup,
    DragonflyCache,
    DragonflyMonitoring,
    DragonflyNetworkPolicy,
    DragonflyWarning,
    InvalidArguments,
)
from tests.charts import manifests, new_chart, spec_of, synthesized

NAMESPACE = "io.kubernetes.pod.namespace"
POLICY = "CiliumNetworkPolicy"
SELF = {NAMESPACE: "cache", "app": "dragonfly", "app.kubernetes.io/name": "dragonfly"}
OPERATOR = {
    NAMESPACE: "dragonfly-operator-system",
    "app.kubernetes.io/name": "dragonfly-operator",
    "control-plane": "controller-manager",
}
DNS = {NAMESPACE: "kube-system", "k8s-app": "kube-dns"}
RUSTFS = "rustfs-svc.storage.svc.cluster.local:9000"


def rule(direction: str, labels: dict[str, str], *ports: tuple[str, str], **rules: Any) -> dict[str, Any]:
    """A rule for the pods with these labels."""
    to_ports: dict[str, Any] = {"ports": [{"port": port, "protocol": protocol} for port, protocol in ports]}
    return {direction: [{"matchLabels": labels}], "toPorts": [to_ports | ({"rules": rules} if rules else {})]}


def has_layer_7(policy: dict[str, Any]) -> bool:
    rules = [port for rule in policy["ingress"] + policy["egress"] for port in rule["toPorts"]]
    return any("http" in port.get("rules", {}) for port in rules)


def test_an_enforced_policy_has_the_flows_and_no_others(chart: Chart, cache: DragonflyCache) -> None:
    DragonflyNetworkPolicy(
        chart,
        "policy",
        cache=cache,
        clients=[Client(namespace="identity", pod_labels={"app": "keycloak"}), Client(namespace="default")],
        prometheus_namespace="monitoring",
    )
    policy = manifests(chart)[POLICY]
    assert policy["metadata"] == {"name": "dragonfly", "namespace": "cache"}
    assert policy["spec"] == {
        "endpointSelector": {"matchLabels": cache.pod_labels},
        "enableDefaultDeny": {"ingress": True, "egress": True},
        "ingress": [
            rule("fromEndpoints", OPERATOR, ("9999", "TCP")),
            rule("fromEndpoints", SELF, ("9999", "TCP")),
            rule("fromEndpoints", {NAMESPACE: "identity", "app": "keycloak"}, ("6379", "TCP")),
            rule("fromEndpoints", {NAMESPACE: "default"}, ("6379", "TCP")),
            rule(
                "fromEndpoints",
                {NAMESPACE: "monitoring"},
                ("9999", "TCP"),
                http=[{"method": "GET", "path": "/metrics"}],
            ),
        ],
        "egress": [
            rule("toEndpoints", SELF, ("9999", "TCP")),
            rule("toEndpoints", DNS, ("53", "UDP"), ("53", "TCP")),
        ],
    }


def test_an_audited_policy_denies_nothing_and_has_no_rule_on_layer_7(chart: Chart, cache: DragonflyCache) -> None:
    """Such a rule drops what it does not name even where nothing else is dropped."""
    DragonflyNetworkPolicy(chart, "policy", cache=cache, mode="audit", prometheus_namespace="monitoring")
    policy = spec_of(chart, POLICY)
    assert policy["enableDefaultDeny"] == {"ingress": False, "egress": False}
    assert not has_layer_7(policy)
    assert rule("fromEndpoints", {NAMESPACE: "monitoring"}, ("9999", "TCP")) in policy["ingress"]


def test_clients_of_memcached_reach_its_port(chart: Chart) -> None:
    with pytest.warns(UserWarning, match="memcached"):
        cache = DragonflyCache(chart, "cache", memcached_port=11211)
    DragonflyNetworkPolicy(chart, "policy", cache=cache, clients=[{"namespace": "web"}])  # type: ignore[list-item]
    clients = rule("fromEndpoints", {NAMESPACE: "web"}, ("6379", "TCP"), ("11211", "TCP"))
    assert clients in spec_of(chart, POLICY)["ingress"]


@pytest.mark.parametrize("backup_first", [True, False])
def test_snapshots_are_let_out_whichever_construct_is_made_first(backup_first: bool) -> None:
    chart = new_chart()
    cache = DragonflyCache(chart, "cache")
    makers: list[Callable[[], object]] = [
        lambda: DragonflyBackup(chart, "backup", cache=cache, bucket="backups", endpoint=RUSTFS, https=False),
        lambda: DragonflyNetworkPolicy(chart, "policy", cache=cache),
    ]
    for make in makers if backup_first else reversed(makers):
        make()
    assert spec_of(chart, POLICY)["egress"] == [
        rule("toEndpoints", SELF, ("9999", "TCP")),
        rule("toEndpoints", DNS, ("53", "UDP"), ("53", "TCP")),
        rule("toEndpoints", {NAMESPACE: "storage"}, ("9000", "TCP")),
    ]


@pytest.mark.parametrize("mode", ["enforce", "audit"])
def test_names_outside_the_cluster_are_learnt_from_the_dns_that_is_asked(
    chart: Chart, cache: DragonflyCache, mode: Any
) -> None:
    DragonflyNetworkPolicy(chart, "policy", cache=cache, mode=mode)
    DragonflyBackup(chart, "backup", cache=cache, bucket="backups", region="eu-central-1")
    egress = spec_of(chart, POLICY)["egress"]
    assert egress[1] == rule("toEndpoints", DNS, ("53", "UDP"), ("53", "TCP"), dns=[{"matchPattern": "*"}])
    assert egress[2] == {
        "toFQDNs": [
            {"matchName": "s3.amazonaws.com"},
            {"matchName": "s3.eu-central-1.amazonaws.com"},
            {"matchPattern": "*.s3.amazonaws.com"},
            {"matchPattern": "*.s3.eu-central-1.amazonaws.com"},
        ],
        "toPorts": [{"ports": [{"port": "443", "protocol": "TCP"}]}],
    }


def test_an_address_needs_no_name(chart: Chart, cache: DragonflyCache) -> None:
    DragonflyNetworkPolicy(chart, "policy", cache=cache)
    DragonflyBackup(chart, "backup", cache=cache, bucket="backups", endpoint="10.0.0.7:9000")
    egress = spec_of(chart, POLICY)["egress"]
    assert egress[1] == rule("toEndpoints", DNS, ("53", "UDP"), ("53", "TCP"))
    assert egress[2] == {"toCIDR": ["10.0.0.7/32"], "toPorts": [{"ports": [{"port": "9000", "protocol": "TCP"}]}]}


def test_snapshots_on_a_volume_need_no_way_out(chart: Chart, cache: DragonflyCache) -> None:
    DragonflyNetworkPolicy(chart, "policy", cache=cache)
    DragonflyBackup(chart, "backup", cache=cache, size="10Gi")
    assert len(spec_of(chart, POLICY)["egress"]) == 2


def test_the_policy_stands_in_the_caches_namespace(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", name="sessions", namespace="identity")
    DragonflyNetworkPolicy(chart, "policy", cache=cache)
    policy = manifests(chart)[POLICY]
    assert policy["metadata"] == {"name": "sessions", "namespace": "identity"}
    assert policy["spec"]["endpointSelector"]["matchLabels"]["app"] == "sessions"


def test_a_json_patch_of_a_users_own_is_honoured(chart: Chart, cache: DragonflyCache) -> None:
    policy = DragonflyNetworkPolicy(chart, "policy", cache=cache)
    policy.api_object.add_json_patch(JsonPatch.add("/spec/fieldOfTomorrow", {"a": 1}))
    policy.api_object.add_json_patch(JsonPatch.add("/spec/egressDeny", [{"toEntities": ["world"]}]))
    spec = spec_of(chart, POLICY)
    assert (spec["fieldOfTomorrow"], spec["egressDeny"]) == ({"a": 1}, [{"toEntities": ["world"]}])


def test_wrong_clients_are_told_with_their_place(chart: Chart, cache: DragonflyCache) -> None:
    clients: Any = [{"namespace": "Identity"}, {"labels": {}}, 5]
    with pytest.raises(InvalidArguments) as error:
        DragonflyNetworkPolicy(chart, "policy", cache=cache, clients=clients)
    assert [error.where for error in error.value.errors] == [
        "clients[0].namespace",
        "clients[1].labels",
        "clients[2]",
    ]


def test_kubernetes_own_policy_is_what_cdk8s_plus_makes_of_the_same_flows(chart: Chart, cache: DragonflyCache) -> None:
    DragonflyNetworkPolicy(
        chart,
        "policy",
        cache=cache,
        provider="kubernetes",
        clients=[Client(namespace="identity", pod_labels={"app": "keycloak"}), Client(cidr="203.0.113.0/24")],
    )
    policy = manifests(chart)["NetworkPolicy"]
    theirs = kplus_policy(cache)
    assert policy["apiVersion"] == theirs["apiVersion"]
    policy["spec"]["policyTypes"].sort()
    assert policy["spec"] == theirs["spec"]


def kplus_policy(cache: DragonflyCache) -> dict[str, Any]:
    chart = new_chart()

    def pods(id: str, namespace: str, labels: dict[str, str]) -> kplus.Pods:
        namespaces = kplus.Namespaces.select(chart, f"{id}-namespace", names=[namespace])
        return kplus.Pods.select(chart, id, labels=labels, namespaces=namespaces)

    instance = pods("instance", "cache", cache.pod_labels)
    policy = kplus.NetworkPolicy(
        chart,
        "policy",
        selector=kplus.Pods.select(chart, "self", labels=cache.pod_labels),
        ingress=kplus.NetworkPolicyTraffic(default=kplus.NetworkPolicyTrafficDefault.DENY),
        egress=kplus.NetworkPolicyTraffic(default=kplus.NetworkPolicyTrafficDefault.DENY),
    )
    operator = pods(
        "operator",
        "dragonfly-operator-system",
        {"app.kubernetes.io/name": "dragonfly-operator", "control-plane": "controller-manager"},
    )
    admin, redis = kplus.NetworkPolicyPort.tcp(9999), kplus.NetworkPolicyPort.tcp(6379)
    policy.add_ingress_rule(operator, [admin])
    policy.add_ingress_rule(instance, [admin])
    policy.add_ingress_rule(pods("keycloak", "identity", {"app": "keycloak"}), [redis])
    policy.add_ingress_rule(kplus.NetworkPolicyIpBlock.ipv4(chart, "office", "203.0.113.0/24"), [redis])
    policy.add_egress_rule(instance, [admin])
    names = [
        kplus.NetworkPolicyPort.of(port=53, protocol=protocol)
        for protocol in (kplus.NetworkProtocol.UDP, kplus.NetworkProtocol.TCP)
    ]
    policy.add_egress_rule(pods("dns", "kube-system", {"k8s-app": "kube-dns"}), names)
    return manifests(chart)["NetworkPolicy"]


@pytest.mark.parametrize("operator", ["v1.5.0", "v1.6.1"])
def test_kubernetes_own_policy_has_a_name_that_no_operator_removes(operator: str, chart: Chart) -> None:
    """With `networkPolicyEnabled: false` they remove a NetworkPolicy of the instance's name."""
    cache = DragonflyCache(chart, "cache", name="sessions", operator_version=operator)
    DragonflyNetworkPolicy(chart, "policy", cache=cache, provider="kubernetes")
    written = manifests(chart)
    assert written["Dragonfly"]["spec"]["networkPolicyEnabled"] is False
    assert written["NetworkPolicy"]["metadata"] == {"name": "sessions-access", "namespace": "cache"}


@pytest.mark.parametrize("policy_first", [True, False])
@pytest.mark.parametrize("provider", ["cilium", "kubernetes"])
def test_clients_are_let_in_before_the_policy_is_made_and_after(provider: Any, policy_first: bool) -> None:
    written = []
    for at_once in (True, False):
        chart = new_chart()
        cache = DragonflyCache(chart, "cache")
        clients = [Client(namespace="shop"), Client(cidr="10.0.0.0/8")]
        if at_once:
            DragonflyNetworkPolicy(chart, "policy", cache=cache, provider=provider, clients=clients)
        elif policy_first:
            DragonflyNetworkPolicy(chart, "policy", cache=cache, provider=provider)
            cache.allow_from("shop", Client(cidr="10.0.0.0/8"))
        else:
            cache.allow_from("shop")
            cache.allow_from(Client(cidr="10.0.0.0/8"))
            DragonflyNetworkPolicy(chart, "policy", cache=cache, provider=provider)
        written.append(synthesized(chart)[1])
    assert written[0] == written[1]


def test_a_client_named_twice_has_one_rule(chart: Chart, cache: DragonflyCache) -> None:
    cache.allow_from("shop")
    DragonflyNetworkPolicy(chart, "policy", cache=cache, clients=[Client(namespace="shop")])
    cache.allow_from(Client(namespace="shop"))
    assert len(spec_of(chart, POLICY)["ingress"]) == 3


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"cidr": "203.0.113.0/24"}, {"fromCIDR": ["203.0.113.0/24"]}),
        ({"entities": ["world", "remote-node"]}, {"fromEntities": ["world", "remote-node"]}),
    ],
)
def test_clients_from_outside_come_by_address_or_entity(
    given: dict[str, Any], rule: dict[str, Any], chart: Chart, cache: DragonflyCache
) -> None:
    DragonflyNetworkPolicy(chart, "policy", cache=cache, clients=[Client(**given)])
    port = {"ports": [{"port": "6379", "protocol": "TCP"}]}
    assert spec_of(chart, POLICY)["ingress"][-1] == {**rule, "toPorts": [port]}


@pytest.mark.parametrize("policy_first", [True, False])
def test_what_kubernetes_own_policy_cannot_say_is_an_error_in_either_order(policy_first: bool) -> None:
    chart = new_chart()
    cache = DragonflyCache(chart, "cache")
    makers: list[Callable[[], object]] = [
        lambda: DragonflyNetworkPolicy(chart, "policy", cache=cache, provider="kubernetes"),
        lambda: DragonflyBackup(chart, "backup", cache=cache, bucket="backups", region="eu-central-1"),
    ]
    for make in makers if policy_first else reversed(makers):
        make()
    with pytest.raises(RuntimeError, match=r"DragonflyNetworkPolicy 'sessions/policy': s3_egress: a Net"):
        synthesized(chart)


def test_entities_let_in_later_are_refused_for_kubernetes_own_policy(chart: Chart, cache: DragonflyCache) -> None:
    DragonflyNetworkPolicy(chart, "policy", cache=cache, provider="kubernetes")
    cache.allow_from(Client(entities=["world"]))
    with pytest.raises(RuntimeError, match=r"sessions/policy': clients: Client\(entities=\['world'\]\): entities are"):
        synthesized(chart)


def test_prometheus_beside_the_instance_is_told_apart_from_it(chart: Chart, cache: DragonflyCache) -> None:
    with pytest.raises(InvalidArguments, match="prometheus_pod_labels: none: in namespace 'cache' that is the in"):
        DragonflyNetworkPolicy(chart, "policy", cache=cache, prometheus_namespace="cache")


def test_a_load_balancer_that_nobody_may_come_through_is_warned_of_at_synth(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", service_type="LoadBalancer")
    DragonflyNetworkPolicy(chart, "policy", cache=cache)
    with pytest.warns(DragonflyWarning, match=r"'sessions/policy': clients: none from outside"):
        synthesized(chart)
    cache.allow_from(Client(cidr="10.0.0.0/8"))
    synthesized(chart)


@pytest.mark.parametrize(
    "restrict",
    [
        lambda cache: cache.add_user("keycloak", keys=["keycloak:*"]),
        lambda cache: cache.allow_from("shop"),
        lambda cache: cache.add_certificate("tls"),
    ],
)
def test_access_that_is_restricted_while_9999_is_open_is_warned_of_at_synth(
    restrict: Callable[[DragonflyCache], object], chart: Chart, cache: DragonflyCache
) -> None:
    synthesized(chart)
    restrict(cache)
    with pytest.warns(DragonflyWarning, match=r"'sessions/cache': no DragonflyNetworkPolicy: whoever reaches port"):
        synthesized(chart)
    DragonflyNetworkPolicy(chart, "policy", cache=cache)
    synthesized(chart)


def test_a_wrong_client_is_let_in_nowhere_and_told(chart: Chart, cache: DragonflyCache) -> None:
    DragonflyNetworkPolicy(chart, "policy", cache=cache)
    before = spec_of(chart, POLICY)
    wrong: Any = [{"namespace": "jobs", "labels": {}}, "Shop"]
    with pytest.raises(InvalidArguments) as error:
        cache.allow_from("shop", *wrong)
    assert [error.where for error in error.value.errors] == ["clients[1].labels", "clients[2].namespace"]
    assert spec_of(chart, POLICY) == before


@pytest.mark.parametrize("monitoring_first", [True, False])
def test_a_scrape_that_the_policy_drops_is_warned_of(
    chart: Chart, cache: DragonflyCache, monitoring_first: bool
) -> None:
    makers = [DragonflyMonitoring, DragonflyNetworkPolicy]
    for make in makers if monitoring_first else reversed(makers):
        make(chart, make.__name__, cache=cache)
    with pytest.warns(DragonflyWarning, match="prometheus_namespace: left out, while the cache has a"):
        synthesized(chart)
