"""Who reaches whom through the policies that are written, of both kinds, against one table; and no rule is idle."""

from __future__ import annotations

from typing import Any

import pytest
from cdk8s import Chart

from constructs_lib import Client, DragonflyBackup, DragonflyCache, DragonflyNetworkPolicy, S3Egress
from constructs_lib.network.peers import Party
from constructs_lib.network.reach import EVERYTHING, HTTP, Reach, UnreadablePolicy, allowed_by, reach_of
from constructs_lib.network.rules import Manifest
from tests.charts import new_chart, synthesized
from tests.network.mutants import mutants

OPERATOR = {"app.kubernetes.io/name": "dragonfly-operator", "control-plane": "controller-manager"}
INSTANCE = {"app": "sessions", "app.kubernetes.io/name": "dragonfly", "role": "replica"}

PARTIES = {
    party.name: party
    for party in (
        Party("operator", "dragonfly-operator-system", OPERATOR),
        Party("replica", "cache", INSTANCE),
        Party("prometheus", "monitoring", {"app.kubernetes.io/name": "prometheus"}),
        Party("keycloak", "identity", {"app": "keycloak"}),
        Party("shop", "shop", {"app": "web"}),
        Party("office", address="203.0.113.7"),
        Party("dns", "kube-system", {"k8s-app": "kube-dns"}),
        Party("rustfs", "storage", {"app": "rustfs"}),
        Party("s3", address="198.51.100.7", host="s3.example.com"),
        Party("bucket", address="198.51.100.8", host="backups.s3.example.com"),
        # Strangers: in the same namespace, elsewhere, and each with one thing less than somebody who is let through.
        Party("stranger-here", "cache", {"app": "web"}),
        Party("other-instance", "cache", {**INSTANCE, "app": "queue"}),
        Party("namesake", "cache", {"app": "sessions"}),
        Party("instance-elsewhere", "elsewhere", INSTANCE),
        Party("stranger-elsewhere", "elsewhere", {"app": "web"}),
        Party("beside-operator", "dragonfly-operator-system", {"app.kubernetes.io/name": "dragonfly-operator"}),
        Party("controller", "dragonfly-operator-system", {"control-plane": "controller-manager"}),
        Party("operator-elsewhere", "elsewhere", OPERATOR),
        Party("beside-prometheus", "monitoring", {"app": "grafana"}),
        Party("prometheus-elsewhere", "elsewhere", {"app.kubernetes.io/name": "prometheus"}),
        Party("beside-keycloak", "identity", {"app": "web"}),
        Party("keycloak-elsewhere", "elsewhere", {"app": "keycloak"}),
        Party("beside-dns", "kube-system", {"app": "web"}),
        Party("dns-elsewhere", "elsewhere", {"k8s-app": "kube-dns"}),
        Party("beside-rustfs", "storage", {"app": "web"}),
        Party("rustfs-elsewhere", "elsewhere", {"app": "rustfs"}),
        Party("internet", address="192.0.2.1", host="www.example.com"),
    )
}

SCRAPE = frozenset({("GET", "/metrics")})

TABLE = """
                      to the instance            from the instance
                      6379  9999    53    9000   6379  9999  53    9000
operator              -     tcp     -     -      -     -     -     -
replica               -     tcp     -     -      -     tcp   -     -
prometheus            -     scrape  -     -      -     -     -     -
keycloak              tcp   -       -     -      -     -     -     -
shop                  tcp   -       -     -      -     -     -     -
office                tcp   -       -     -      -     -     -     -
dns                   -     -       -     -      -     -     both  -
rustfs                -     -       -     -      -     -     -     tcp
s3                    -     -       -     -      -     -     -     -
bucket                -     -       -     -      -     -     -     -
stranger-here         -     -       -     -      -     -     -     -
other-instance        -     -       -     -      -     -     -     -
namesake              -     -       -     -      -     -     -     -
instance-elsewhere    -     -       -     -      -     -     -     -
stranger-elsewhere    -     -       -     -      -     -     -     -
beside-operator       -     -       -     -      -     -     -     -
controller            -     -       -     -      -     -     -     -
operator-elsewhere    -     -       -     -      -     -     -     -
beside-prometheus     -     -       -     -      -     -     -     -
prometheus-elsewhere  -     -       -     -      -     -     -     -
beside-keycloak       -     -       -     -      -     -     -     -
keycloak-elsewhere    -     -       -     -      -     -     -     -
beside-dns            -     -       -     -      -     -     -     -
dns-elsewhere         -     -       -     -      -     -     -     -
beside-rustfs         -     -       -     -      -     -     -     -
rustfs-elsewhere      -     -       -     -      -     -     -     -
internet              -     -       -     -      -     -     -     -
"""
"""tcp: everything over TCP; both: over UDP as well; scrape: GET /metrics and nothing else."""

PORTS = (6379, 9999, 53, 9000)
PROVIDERS = ("cilium", "kubernetes")

SAID_FOR_THE_READER = {
    "cilium": {
        # The policy's own namespace is meant where none is named; no protocol is any, which UDP and TCP are here.
        "without ingress.1.fromEndpoints.0.matchLabels.io.kubernetes.pod.namespace",
        "without egress.0.toEndpoints.0.matchLabels.io.kubernetes.pod.namespace",
        "without egress.1.toPorts.0.ports.0.protocol",
        "without egress.1.toPorts.0.ports.1.protocol",
    },
    "kubernetes": {"without ingress.1.from.0.namespaceSelector", "without egress.0.to.0.namespaceSelector"},
}
"""What may be left out without a change, by the kind of policy."""

Row = tuple[str, ...]


def table(provider: str, *, s3_is_outside: bool = False) -> dict[str, Row]:
    """The table for a kind of policy: a NetworkPolicy knows no requests, so that Prometheus has the whole port."""
    rows = {words[0]: tuple(words[1:]) for line in TABLE.strip().splitlines()[1:] if (words := line.split())[1:]}
    del rows["6379"]
    if provider == "kubernetes":
        rows["prometheus"] = tuple(cell.replace("scrape", "tcp") for cell in rows["prometheus"])
    if s3_is_outside:
        rows |= {"rustfs": rows["s3"], "s3": rows["rustfs"], "bucket": rows["rustfs"]}
    return rows


def reached(policy: Manifest) -> dict[str, Row]:
    """The table as the policy makes it."""
    reach = reach_of(policy)
    return {
        name: tuple(_cell(reach, direction, party, port) for direction in ("ingress", "egress") for port in PORTS)
        for name, party in PARTIES.items()
    }


def _cell(reach: Reach, direction: Any, party: Party, port: int) -> str:
    return cell(*(allowed_by(reach, direction, party, port, protocol) for protocol in ("TCP", "UDP")))


def cell(tcp: frozenset[Any], udp: frozenset[Any]) -> str:
    """What passes over TCP and over UDP, as the table writes it."""
    known = {
        (frozenset(), frozenset()): "-",
        (EVERYTHING, frozenset()): "tcp",
        (frozenset(), EVERYTHING): "udp",
        (EVERYTHING, EVERYTHING): "both",
        (SCRAPE, frozenset()): "scrape",
        (frozenset(HTTP), frozenset()): "http",
    }
    return known.get((tcp, udp), f"{sorted(map(str, tcp))}")


def permission_of(policy: Manifest) -> tuple[dict[str, Row], set[str]] | None:
    """Who reaches what and whom the policy is for, or None where the API server would refuse it."""
    try:
        return reached(policy), governed(policy)
    except UnreadablePolicy:
        return None


def governed(policy: Manifest) -> set[str]:
    reach = reach_of(policy)
    return {
        name
        for name, party in PARTIES.items()
        if party.namespace == reach.namespace and reach.pods.selects(party.labels)
    }


def written(provider: Any, *, s3_is_outside: bool = False, later: bool = False, **given: Any) -> Manifest:
    """A policy with everybody in it; `later` lets the clients in and the snapshots out only after it is made."""
    chart = new_chart()
    cache = DragonflyCache(chart, "cache", name="sessions", replicas=3)
    clients = [
        Client(namespace="identity", pod_labels={"app": "keycloak"}),
        Client(namespace="shop"),
        Client(cidr="203.0.113.0/24"),
    ]
    egress = [S3Egress(namespace="storage", pod_labels={"app": "rustfs"}, port=9000)]
    if s3_is_outside:
        egress = [S3Egress(cidr="198.51.100.0/24")] if provider == "kubernetes" else []
    if not later:
        cache.allow_from(*clients[:1])
        backup(chart, cache, s3_is_outside)
    DragonflyNetworkPolicy(
        chart,
        "policy",
        cache=cache,
        provider=provider,
        clients=[] if later else clients,
        prometheus_namespace="monitoring",
        prometheus_pod_labels={"app.kubernetes.io/name": "prometheus"},
        s3_egress=egress,
        **given,
    )
    if later:
        backup(chart, cache, s3_is_outside)
        cache.allow_from(*clients)
    (policy,) = [manifest for manifest in synthesized(chart) if manifest["kind"].endswith("NetworkPolicy")]
    return policy


def backup(chart: Chart, cache: DragonflyCache, s3_is_outside: bool) -> None:
    endpoint = "s3.example.com:9000" if s3_is_outside else "rustfs-svc.storage.svc.cluster.local:80"
    DragonflyBackup(chart, "backup", cache=cache, bucket="backups", endpoint=endpoint, https=s3_is_outside)


@pytest.mark.parametrize("later", [False, True], ids=["at once", "later"])
@pytest.mark.parametrize("s3_is_outside", [False, True], ids=["s3 inside", "s3 outside"])
@pytest.mark.parametrize("provider", PROVIDERS)
def test_everybody_reaches_what_the_table_says_and_no_more(provider: str, s3_is_outside: bool, later: bool) -> None:
    policy = written(provider, s3_is_outside=s3_is_outside, later=later)
    assert reached(policy) == table(provider, s3_is_outside=s3_is_outside)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_policy_is_for_the_instances_pods_alone(provider: str) -> None:
    assert governed(written(provider)) == {"replica"}


@pytest.mark.parametrize("s3_is_outside", [False, True], ids=["s3 inside", "s3 outside"])
@pytest.mark.parametrize("provider", PROVIDERS)
def test_no_part_of_a_rule_can_be_left_out_or_changed(provider: str, s3_is_outside: bool) -> None:
    policy = written(provider, s3_is_outside=s3_is_outside)
    permission = permission_of(policy)
    assert permission is not None
    all_mutants = dict(mutants(policy))
    assert len(all_mutants) > 100
    idle = {what for what, mutant in all_mutants.items() if permission_of(mutant) == permission}
    assert idle == SAID_FOR_THE_READER[provider]


def test_an_audited_policy_drops_nothing() -> None:
    reach = reached(written("cilium", mode="audit"))
    assert {cell for row in reach.values() for cell in row} == {"both"}


def test_a_rule_on_requests_over_another_for_the_same_pods_would_stop_the_redis_protocol() -> None:
    """What the constructs refuse, as the evaluation sees it: Prometheus by namespace alone, in the operator's."""
    policy = written("cilium")
    rule = next(rule for rule in policy["spec"]["ingress"] if "rules" in rule["toPorts"][0])
    rule["fromEndpoints"][0]["matchLabels"] = {"io.kubernetes.pod.namespace": "dragonfly-operator-system"}
    assert reached(policy)["operator"][1] == "http"


def test_entities_let_in_what_is_no_pod() -> None:
    chart = new_chart()
    cache = DragonflyCache(chart, "cache", name="sessions")
    DragonflyNetworkPolicy(chart, "policy", cache=cache, clients=[Client(entities=["world"])])
    policy = synthesized(chart)[1]
    let_in = {name for name, row in reached(policy).items() if row[0] == "tcp"}
    assert let_in == {name for name, party in PARTIES.items() if party.address}
