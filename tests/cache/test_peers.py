"""What cdk8s-plus selects pods by, as clients: the policy lets in whom a policy of cdk8s-plus' own would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cdk8s_plus_28 as kplus
import pytest
from cdk8s import ApiObject, App, Chart, Cron

from constructs_lib import Client, DragonflyCache, DragonflyNetworkPolicy, InvalidArguments
from constructs_lib.values.cdk8s_objects import PeerLike
from tests.charts import new_chart, spec_of, synthesized


@pytest.fixture
def shop() -> Chart:
    """Another chart, with a namespace of its own."""
    return Chart(App(), "shop", namespace="shop")


CONTAINER = kplus.ContainerProps(image="shop:1.2.3")


def deployment(chart: Chart) -> kplus.Deployment:
    return kplus.Deployment(chart, "web", containers=[CONTAINER])


def stateful_set(chart: Chart) -> kplus.StatefulSet:
    service = kplus.Service(chart, "service", ports=[kplus.ServicePort(port=80)])
    return kplus.StatefulSet(chart, "set", service=service, containers=[CONTAINER])


def daemon_set(chart: Chart) -> kplus.DaemonSet:
    return kplus.DaemonSet(chart, "daemon", containers=[CONTAINER])


def labels_of(workload: Any) -> dict[str, str]:
    """The labels that a workload selects its own pods by, as it is written."""
    labels: dict[str, str] = ApiObject.of(workload).to_json()["spec"]["selector"]["matchLabels"]
    return labels


@pytest.mark.parametrize("make", [deployment, stateful_set, daemon_set])
def test_a_workload_is_let_in_by_its_own_labels_and_its_charts_namespace(
    cache: DragonflyCache, shop: Chart, make: Callable[[Chart], Any]
) -> None:
    workload = make(shop)
    cache.allow_from(workload)
    assert cache.clients == (Client(namespace="shop", pod_labels=labels_of(workload)),)


def test_jobs_and_pods_are_let_in_by_the_address_that_their_pods_bear(cache: DragonflyCache, shop: Chart) -> None:
    cache.allow_from(kplus.Job(shop, "job"), kplus.CronJob(shop, "nightly", schedule=Cron.daily()))
    cache.allow_from(kplus.Pod(shop, "pod"))
    assert [client.namespace for client in cache.clients] == ["shop"] * 3
    assert [list(client.pod_labels) for client in cache.clients] == [["cdk8s.io/metadata.addr"]] * 3
    assert len({client.pod_labels["cdk8s.io/metadata.addr"] for client in cache.clients}) == 3


def test_pods_are_let_in_by_labels_in_each_of_the_namespaces(cache: DragonflyCache, shop: Chart) -> None:
    namespaces = kplus.Namespaces.select(shop, "both", names=["eu", "us"])
    is_web = kplus.LabelExpression.in_("app", ["web"])
    cache.allow_from(
        kplus.Pods.select(shop, "pods", labels={"tier": "front"}, expressions=[is_web], namespaces=namespaces)
    )
    labels = {"tier": "front", "app": "web"}
    assert cache.clients == tuple(Client(namespace=name, pod_labels=labels) for name in ("eu", "us"))


def test_pods_without_a_namespace_are_the_caches_neighbours(cache: DragonflyCache, shop: Chart) -> None:
    unnamed = Chart(App(), "unnamed")
    cache.allow_from(kplus.Pods.all(shop, "all"), deployment(unnamed))
    assert [client.namespace for client in cache.clients] == [cache.namespace] * 2
    assert cache.clients[0].pod_labels == {}


def test_namespaces_and_addresses_are_let_in(cache: DragonflyCache, shop: Chart) -> None:
    namespace = kplus.Namespace(shop, "namespace", metadata={"name": "identity"})
    cache.allow_from(namespace, kplus.NetworkPolicyIpBlock.ipv4(shop, "block", "203.0.113.0/24"))
    assert cache.clients == (Client(namespace="identity"), Client(cidr="203.0.113.0/24"))


NOT_SAID: list[tuple[Callable[[Chart], PeerLike], str]] = [
    (
        lambda chart: kplus.Namespaces.all(chart, "p"),
        "Namespaces 'shop/p' selects namespaces by more than their names",
    ),
    (
        lambda chart: kplus.Namespaces.select(chart, "p", labels={"team": "a"}),
        "selects namespaces by more than their names; accepted: Namespaces.select(…, names=[…]), or a Client",
    ),
    (lambda chart: kplus.Namespaces.select(chart, "p", names=[]), "Namespaces 'shop/p' selects nobody"),
    (
        lambda chart: kplus.Pods.select(chart, "p", expressions=[kplus.LabelExpression.exists("app")]),
        "Pods 'shop/p' selects pods by more than labels; accepted: labels, and expressions that name one value",
    ),
    (
        lambda chart: kplus.Pods.select(
            chart, "p", labels={"app": "a"}, expressions=[kplus.LabelExpression.in_("app", ["b"])]
        ),
        "Pods 'shop/p' selects pods by more than labels",
    ),
    (
        lambda chart: kplus.NetworkPolicyIpBlock.ipv4(chart, "p", "10.0.0.0/8", ["10.1.0.0/16"]),
        "NetworkPolicyIpBlock 'shop/p' leaves addresses out of its block; accepted: a block in whole",
    ),
]
"""Peers, and why no client says the same."""


@pytest.mark.parametrize(("peer", "message"), NOT_SAID)
def test_what_no_client_can_say_is_an_error(
    cache: DragonflyCache, shop: Chart, peer: Callable[[Chart], PeerLike], message: str
) -> None:
    selected = peer(shop)
    with pytest.raises(InvalidArguments) as by_cache:
        cache.allow_from(selected)
    with pytest.raises(InvalidArguments) as by_policy:
        DragonflyNetworkPolicy(cache, "policy", cache=cache, clients=[selected])
    for error in (by_cache, by_policy):
        assert "clients: " in str(error.value)
        assert message in str(error.value)
    assert cache.clients == ()


class Stranger(Chart):
    """Looks like a peer, and cdk8s-plus-28 knows nothing of it: such as one of another cdk8s-plus."""

    def to_network_policy_peer_config(self) -> None:
        raise AssertionError("nobody asks")


def test_a_peer_of_another_library_is_refused(cache: DragonflyCache, shop: Chart) -> None:
    with pytest.raises(InvalidArguments, match="clients: a Stranger is no peer of cdk8s-plus-28"):
        cache.allow_from(Stranger(shop, "stranger"))


def test_clients_are_judged_although_the_cache_is_missing(chart: Chart, shop: Chart) -> None:
    clients: dict[str, Any] = {"clients": [deployment(shop)]}
    with pytest.raises(InvalidArguments) as error:
        DragonflyNetworkPolicy(chart, "policy", **clients)
    assert str(error.value) == "DragonflyNetworkPolicy 'sessions/policy': cache: missing; it has no default"


@pytest.mark.parametrize("provider", ["cilium", "kubernetes"])
def test_the_policy_is_the_same_for_a_peer_and_for_its_client(shop: Chart, provider: Any) -> None:
    web = deployment(shop)
    written: list[dict[str, Any]] = []
    for client in (web, Client(namespace="shop", pod_labels=labels_of(web))):
        chart = new_chart()
        cache = DragonflyCache(chart, "cache")
        DragonflyNetworkPolicy(chart, "policy", cache=cache, provider=provider, clients=[client, "identity"])
        kind = "CiliumNetworkPolicy" if provider == "cilium" else "NetworkPolicy"
        written.append(spec_of(chart, kind))
    assert written[0] == written[1]
    assert labels_of(web)["cdk8s.io/metadata.addr"] in str(written[0])
    assert "identity" in str(written[0])


def test_nothing_is_added_to_the_clients_own_app(cache: DragonflyCache, shop: Chart) -> None:
    web = deployment(shop)
    before = synthesized(shop)
    cache.allow_from(web)
    assert synthesized(shop) == before


def env_of(workload: kplus.Deployment) -> list[dict[str, Any]]:
    (container,) = ApiObject.of(workload).to_json()["spec"]["template"]["spec"]["containers"]
    env: list[dict[str, Any]] = container["env"]
    return env


def test_a_workload_is_granted_and_told_in_one_line(cache: DragonflyCache, shop: Chart) -> None:
    web = deployment(shop)
    connection = cache.grant(web, "shop", keys=["shop:*"], secret="shop-redis")
    connection.add_to(web.containers[0], names={"url": "CACHE_URL"})
    assert cache.clients == (Client(namespace="shop", pod_labels=labels_of(web)),)
    assert env_of(web) == connection.env(names={"url": "CACHE_URL"})
    DragonflyNetworkPolicy(cache, "policy", cache=cache)
    assert "cdk8s.io/metadata.addr" in str(synthesized(Chart.of(cache)))


def test_a_container_keeps_the_variables_that_it_has(cache: DragonflyCache, shop: Chart) -> None:
    web = kplus.Deployment(shop, "web")
    container = web.add_container(image="shop:1.2.3", env_variables={"A": kplus.EnvValue.from_value("1")})
    cache.connection().add_to(container, "CACHE_")
    assert env_of(web) == [{"name": "A", "value": "1"}, *cache.connection().env("CACHE_")]


def test_a_part_that_no_connection_has_is_told_before_anything_is_put_in(cache: DragonflyCache, shop: Chart) -> None:
    web = deployment(shop)
    with pytest.raises(ValueError, match="a connection has no part 'pasword'; did you mean 'password'"):
        cache.connection().add_to(web.containers[0], names={"pasword": "A"})
    assert "env" not in str(ApiObject.of(web).to_json())
