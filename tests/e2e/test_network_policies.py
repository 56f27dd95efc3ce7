"""Written policies before the engines that judge them on clusters: Cilium's own, and that of kube-network-policies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from copy import deepcopy
from random import Random
from typing import Any

import pytest
from cdk8s import Chart

from constructs_lib import (
    Client,
    DragonflyBackup,
    DragonflyCache,
    DragonflyCertificate,
    DragonflyNetworkPolicy,
    DragonflyRestoreDrill,
    Issuer,
    S3Egress,
)
from constructs_lib.network.peers import Party
from constructs_lib.network.reach import EVERYTHING, HTTP, UnreadablePolicy
from constructs_lib.network.rules import Manifest
from tests.builds import CannotRun
from tests.charts import new_chart, synthesized
from tests.engines.engine import KINDS, Connection, Engine, Refused, Reserved, Verdict, compare
from tests.engines.random_policies import EVERYBODY, random_policies
from tests.engines.random_policies import PORTS as RANDOM_PORTS
from tests.network.test_reachability import PARTIES, PORTS, SCRAPE, Row, cell, table, written

Engines = Callable[[str], Engine]

JUDGES = [
    pytest.param("cilium", "cilium", id="cilium"),
    pytest.param("kubernetes", "kube-network-policies", id="kubernetes"),
    pytest.param("kubernetes", "cilium", id="kubernetes by cilium"),
]
"""A kind of policy, and an engine that knows it."""

ENTITIES = [Reserved(name) for name in ("host", "remote-node", "kube-apiserver", "ingress", "world")]


@pytest.fixture(scope="module")
def engines() -> Iterator[Engines]:
    """The engines by name, each started when it is first asked for."""
    running: dict[str, Engine] = {}
    with ExitStack() as stack:

        def engine(name: str) -> Engine:
            if name not in running:
                try:
                    running[name] = stack.enter_context(Engine(name))
                except CannotRun as reason:
                    pytest.skip(str(reason))
            return running[name]

        yield engine


def reached(engine: Engine, policy: Manifest, subject: str = "replica") -> dict[str, Row]:
    """The table of the reachability tests as the engine makes it."""
    connections = [
        Connection(source, target, port, protocol)
        for name in PARTIES
        for source, target in ((name, subject), (subject, name))
        for port in PORTS
        for protocol in ("TCP", "UDP")
    ]
    verdicts = iter(engine.judge([policy], PARTIES.values(), connections))
    return {name: tuple(cell(next(verdicts), next(verdicts)) for _ in range(2 * len(PORTS))) for name in PARTIES}


def let_through(engine: Engine, policy: Manifest, *connection: Any) -> Verdict:
    """What passes in one connection."""
    return engine.judge([policy], [*EVERYBODY.values(), *ENTITIES], [Connection(*connection)])[0]


def policy_beside(chart: Chart, cache: DragonflyCache, **given: Any) -> Manifest:
    """The one policy of a chart, made last."""
    DragonflyNetworkPolicy(chart, "policy", cache=cache, **given)
    (policy,) = [manifest for manifest in synthesized(chart) if manifest["kind"].endswith("NetworkPolicy")]
    return policy


def without(policy: Manifest, direction: str, index: int) -> Manifest:
    """The policy without one rule."""
    less = deepcopy(dict(policy))
    del less["spec"][direction][index]
    return less


@pytest.mark.parametrize("later", [False, True], ids=["at once", "later"])
@pytest.mark.parametrize("s3_is_outside", [False, True], ids=["s3 inside", "s3 outside"])
@pytest.mark.parametrize(("provider", "judge"), JUDGES)
def test_everybody_reaches_what_the_table_says_and_no_more(
    provider: str, judge: str, s3_is_outside: bool, later: bool, engines: Engines
) -> None:
    policy = written(provider, s3_is_outside=s3_is_outside, later=later)
    assert reached(engines(judge), policy) == table(provider, s3_is_outside=s3_is_outside)


def test_an_audited_policy_drops_nothing(engines: Engines) -> None:
    table = reached(engines("cilium"), written("cilium", mode="audit"))
    assert {cell for row in table.values() for cell in row} == {"both"}


@pytest.mark.parametrize(("provider", "judge"), JUDGES)
def test_the_policy_is_for_the_instances_pods_alone(provider: str, judge: str, engines: Engines) -> None:
    policy = written(provider)
    governed = {name for name, party in PARTIES.items() if party.namespace and governs(engines(judge), policy, name)}
    assert governed == {"replica"}


def governs(engine: Engine, policy: Manifest, pod: str) -> bool:
    """Whether a stranger is kept from a pod, or the pod from a stranger."""
    ways = [Connection("internet", pod, 1, "TCP"), Connection(pod, "internet", 1, "TCP")]
    return frozenset() in engine.judge([policy], PARTIES.values(), ways)


@pytest.mark.parametrize(("provider", "judge"), JUDGES)
def test_without_port_9999_the_operator_is_denied(provider: str, judge: str, engines: Engines) -> None:
    policy = written(provider)
    assert let_through(engines(judge), policy, "operator", "replica", 9999) == EVERYTHING
    assert let_through(engines(judge), without(policy, "ingress", 0), "operator", "replica", 9999) == frozenset()


@pytest.mark.parametrize("direction", ["ingress", "egress"])
@pytest.mark.parametrize(("provider", "judge"), JUDGES)
def test_every_rule_is_missed_by_somebody(provider: str, judge: str, direction: str, engines: Engines) -> None:
    policy = written(provider)
    whole = reached(engines(judge), policy)
    for index in range(len(policy["spec"][direction])):
        assert reached(engines(judge), without(policy, direction, index)) != whole


@pytest.mark.parametrize(("provider", "judge"), JUDGES)
def test_tls_changes_no_flow(provider: Any, judge: str, engines: Engines) -> None:
    def policy(tls: bool) -> Manifest:
        chart = new_chart()
        cache = DragonflyCache(chart, "cache", name="sessions", replicas=2)
        if tls:
            DragonflyCertificate(chart, "certificate", cache=cache, issuer=Issuer(name="internal-ca"))
        return policy_beside(chart, cache, provider=provider, clients=[Client(namespace="shop")])

    with_tls = reached(engines(judge), policy(tls=True))
    assert with_tls["shop"][0] == "tcp"
    assert with_tls == reached(engines(judge), policy(tls=False))


@pytest.mark.parametrize(("provider", "judge"), JUDGES)
def test_prometheus_may_scrape_and_with_cilium_do_nothing_else(provider: str, judge: str, engines: Engines) -> None:
    scrape = let_through(engines(judge), written(provider), "prometheus", "replica", 9999)
    assert scrape == (SCRAPE if provider == "cilium" else EVERYTHING)


EGRESS: list[tuple[dict[str, Any], set[str]]] = [
    ({"namespace": "storage"}, {"rustfs", "beside-rustfs"}),
    ({"namespace": "storage", "pod_labels": {"app": "rustfs"}}, {"rustfs"}),
    ({"cidr": "198.51.100.7"}, {"s3"}),
    ({"cidr": "198.51.100.0/24"}, {"s3", "bucket"}),
]
BY_NAME: list[tuple[dict[str, Any], set[str]]] = [
    ({"host": "s3.example.com"}, {"s3"}),
    ({"host": "*.s3.example.com"}, {"bucket"}),
]
"""Where snapshots go, and who is there; a NetworkPolicy knows no names."""


@pytest.mark.parametrize(
    ("provider", "judge", "egress", "reaches"),
    [(*judge.values, *egress) for judge in JUDGES for egress in EGRESS]
    + [("cilium", "cilium", *egress) for egress in BY_NAME],
)
def test_snapshots_leave_for_where_they_are_kept_alone(
    provider: Any, judge: str, egress: dict[str, Any], reaches: set[str], engines: Engines
) -> None:
    policy = policy_with_backup(provider, "s3.example.com:9000", s3_egress=[S3Egress(**egress)])
    assert reached_with_snapshots(engines(judge), policy, 9000) == reaches


@pytest.mark.parametrize(
    ("endpoint", "port", "reaches"),
    [
        (None, 443, {"amazon", "amazon-bucket"}),
        ("s3.example.com:9000", 9000, {"s3", "bucket"}),
        ("198.51.100.7:9000", 9000, {"s3"}),
        ("rustfs-svc.storage.svc.cluster.local:9000", 9000, {"rustfs", "beside-rustfs"}),
    ],
)
def test_snapshots_leave_for_the_endpoint(endpoint: str | None, port: int, reaches: set[str], engines: Engines) -> None:
    policy = policy_with_backup("cilium", endpoint)
    assert reached_with_snapshots(engines("cilium"), policy, port) == reaches


def policy_with_backup(provider: Any, endpoint: str | None, **given: Any) -> Manifest:
    chart = new_chart()
    cache = DragonflyCache(chart, "cache", name="sessions")
    DragonflyBackup(chart, "backup", cache=cache, bucket="backups", endpoint=endpoint, region="eu-central-1")
    return policy_beside(chart, cache, provider=provider, **given)


def reached_with_snapshots(engine: Engine, policy: Manifest, port: int) -> set[str]:
    """Whom the instance's pods reach at that port."""
    connections = [Connection("replica", name, port) for name in EVERYBODY]
    verdicts = engine.judge([policy], EVERYBODY.values(), connections)
    return {each.target for each, verdict in zip(connections, verdicts, strict=True) if verdict}


def test_a_name_is_reached_only_where_the_dns_proxy_saw_the_answer(engines: Engines) -> None:
    """Without its rule on DNS the policy would name a host whose addresses Cilium never learns."""
    policy = policy_with_backup("cilium", "s3.example.com:9000")
    for rule in policy["spec"]["egress"]:
        for to_ports in rule["toPorts"]:
            to_ports.pop("rules", None)
    assert reached_with_snapshots(engines("cilium"), policy, 9000) == set()


@pytest.mark.parametrize("compares", [True, False], ids=["compares", "counts alone"])
@pytest.mark.parametrize(("provider", "judge"), JUDGES)
def test_a_drill_reaches_the_living_cache_if_it_compares(
    provider: Any, judge: str, compares: bool, engines: Engines
) -> None:
    chart = new_chart()
    cache = DragonflyCache(chart, "cache", name="sessions")
    backup = DragonflyBackup(chart, "backup", cache=cache, bucket="backups", endpoint="rustfs.storage.svc:9000")
    DragonflyRestoreDrill(chart, "drill", backup=backup, compare_with_live=compares)
    policy = policy_beside(chart, cache, provider=provider)
    (job,) = [manifest for manifest in synthesized(chart) if manifest["kind"] == "CronJob"]
    pod = job["spec"]["jobTemplate"]["spec"]["template"]
    drill = Party("the drill", cache.namespace, pod["metadata"]["labels"])
    ways = [("replica", 6379), ("replica", 9999), ("rustfs", 9000)]
    live, admin, out = engines(judge).judge(
        [policy], [*PARTIES.values(), drill], [Connection("the drill", target, port) for target, port in ways]
    )
    assert live == (EVERYTHING if compares else frozenset())
    assert admin == frozenset()
    assert out == EVERYTHING


@pytest.mark.parametrize(
    ("client", "reaches"),
    [
        (Client(namespace="shop"), {"shop"}),
        (Client(namespace="identity", pod_labels={"app": "keycloak"}), {"keycloak"}),
        (Client(cidr="203.0.113.0/24"), {"office"}),
        (Client(entities=["world"]), {name for name, party in EVERYBODY.items() if party.address} | {"world"}),
        # The API server runs on a node.
        (Client(entities=["remote-node"]), {"remote-node", "kube-apiserver"}),
        (Client(entities=["ingress"]), {"ingress"}),
    ],
    ids=lambda value: str(value) if isinstance(value, Client) else "",
)
def test_a_client_is_let_in_and_nobody_else_is(client: Client, reaches: set[str], engines: Engines) -> None:
    """The node that the pods run on is always let in: its kubelet probes them."""
    chart = new_chart()
    policy = policy_beside(chart, DragonflyCache(chart, "cache", name="sessions"), clients=[client])
    parties: list[Party | Reserved] = [*EVERYBODY.values(), *ENTITIES]
    connections = [Connection(party.name, "replica", 6379) for party in parties]
    verdicts = engines("cilium").judge([policy], parties, connections)
    let_in = {each.source for each, verdict in zip(connections, verdicts, strict=True) if verdict}
    assert let_in == {*reaches, "host"}


def test_the_whole_cluster_is_let_in_as_an_entity(engines: Engines) -> None:
    chart = new_chart()
    policy = policy_beside(
        chart, DragonflyCache(chart, "cache", name="sessions"), clients=[Client(entities=["cluster"])]
    )
    assert let_through(engines("cilium"), policy, "stranger-elsewhere", "replica", 6379) == EVERYTHING
    assert let_through(engines("cilium"), policy, "remote-node", "replica", 6379) == EVERYTHING
    assert let_through(engines("cilium"), policy, "internet", "replica", 6379) == frozenset()


def test_a_rule_on_requests_over_another_for_the_same_pods_stops_the_redis_protocol(engines: Engines) -> None:
    """What the constructs refuse: Prometheus by namespace alone, in the operator's."""
    policy = written("cilium")
    rule = next(rule for rule in policy["spec"]["ingress"] if "rules" in rule["toPorts"][0])
    rule["fromEndpoints"][0]["matchLabels"] = {"io.kubernetes.pod.namespace": "dragonfly-operator-system"}
    assert let_through(engines("cilium"), policy, "operator", "replica", 9999) == frozenset(HTTP)


def test_a_range_of_addresses_takes_in_pods_with_engines_that_go_by_addresses(engines: Engines) -> None:
    """Kubernetes leaves it open; to Cilium a range is of what is outside the cluster alone."""
    policy = policy_with_backup("kubernetes", "s3.example.com:9000", s3_egress=[S3Egress(cidr="0.0.0.0/0")])
    pod = Party("pod", "elsewhere", {"app": "web"}, address="10.244.0.7")
    judged = {
        name: engines(name).judge([policy], [*PARTIES.values(), pod], [Connection("replica", "pod", 9000)])
        for name in KINDS["NetworkPolicy"]
    }
    assert judged == {"kube-network-policies": [EVERYTHING], "cilium": [frozenset()]}


@pytest.mark.parametrize(
    ("provider", "judge", "count"),
    [
        pytest.param("cilium", "cilium", 1000, id="cilium"),
        pytest.param("kubernetes", "kube-network-policies", 1000, id="kubernetes"),
        pytest.param("kubernetes", "cilium", 200, id="kubernetes by cilium"),
    ],
)
def test_the_library_reads_random_policies_as_the_engine_judges_them(
    provider: Any, judge: str, count: int, engines: Engines
) -> None:
    subjects = [PARTIES[name] for name in ("replica", "other-instance")]
    outcomes: Counter[str] = Counter()
    ports = Random(9999)
    for policy in random_policies(provider, seed=9999):
        if provider == "kubernetes" and judge == "cilium" and not has_both_types(policy):
            continue
        try:
            disagreements = compare(engines(judge), policy, EVERYBODY.values(), subjects, ports.sample(RANDOM_PORTS, 3))
        except (Refused, UnreadablePolicy) as reason:
            outcomes[type(reason).__name__] += 1
            continue
        assert disagreements == [], policy["spec"]
        outcomes["judged"] += 1
        if outcomes["judged"] == count:
            break
    assert outcomes["Refused"] > outcomes["UnreadablePolicy"]
    assert outcomes["judged"] > outcomes["Refused"]


def has_both_types(policy: Manifest) -> bool:
    """Cilium enforces a NetworkPolicy wherever it has rules, whatever its types say: written policies have both."""
    return set(policy["spec"].get("policyTypes", ["Ingress", "Egress"])) == {"Ingress", "Egress"}
