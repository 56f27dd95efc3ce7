"""Policies as the library can write them, of arguments drawn at random, some of them with one or two things changed."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from constructs_lib.arguments.model import validate
from constructs_lib.cache.clients import Client
from constructs_lib.cache.snapshots import S3Server
from constructs_lib.network.arguments import NetworkPolicyArguments, Provider, S3Egress
from constructs_lib.network.flows import Flow, Pods, instance_flows, snapshot_flows, unsupported
from constructs_lib.network.peers import Party
from constructs_lib.network.providers import policy_kind
from constructs_lib.network.rules import Manifest
from constructs_lib.values.s3 import S3Endpoint
from tests.network.mutants import random_mutant
from tests.network.test_reachability import PARTIES

INSTANCE = Pods("cache", {"app": "sessions", "app.kubernetes.io/name": "dragonfly"})

EVERYBODY = {
    **PARTIES,
    **{
        party.name: party
        for party in (
            Party("amazon", address="192.0.2.30", host="s3.amazonaws.com"),
            Party("amazon-bucket", address="192.0.2.31", host="backups.s3.eu-central-1.amazonaws.com"),
            Party("amazon-elsewhere", address="192.0.2.32", host="s3.us-east-1.amazonaws.com"),
            Party("bucket-below", address="192.0.2.33", host="a.b.s3.example.com"),
            Party("drill", "cache", {"app.kubernetes.io/name": "dragonfly-drill", "app.kubernetes.io/instance": "x"}),
        )
    },
}

PORTS = (53, 443, 6379, 9000, 9999, 11211)

_LABELS: tuple[dict[str, str], ...] = (
    {},
    {"app": "web"},
    {"app": "keycloak"},
    {"app.kubernetes.io/name": "prometheus"},
    {"app.kubernetes.io/name": "dragonfly"},
)
_NAMESPACES = ("cache", "elsewhere", "identity", "monitoring", "shop", "storage", "dragonfly-operator-system")
_CIDRS = ("0.0.0.0/0", "203.0.113.0/24", "203.0.113.7", "198.51.100.0/29", "192.0.2.0/27", "2001:db8::/64")
_ENTITIES = ("all", "cluster", "host", "ingress", "remote-node", "world")
_HOSTS = ("s3.example.com", "*.s3.example.com", "*.example.com", "*s3.example.com", "backups.*.example.com", "www.*")
_SERVERS = (
    S3Server(),
    S3Server(region="eu-central-1"),
    S3Server(S3Endpoint.of("s3.example.com")),
    S3Server(S3Endpoint.of("198.51.100.7:9000")),
    S3Server(S3Endpoint.of("rustfs-svc.storage.svc.cluster.local:9000"), https=False),
)


def random_policies(provider: Provider, seed: int) -> Iterator[Manifest]:
    """Policies without end, the same ones for a seed."""
    random = Random(seed)
    while True:
        validation = validate(NetworkPolicyArguments, _arguments(random, provider))
        if validation.errors or validation.arguments is None:
            continue
        arguments = validation.arguments
        kind = policy_kind(provider)
        spec = kind.policy_spec(INSTANCE, _flows(random, arguments), arguments.mode == "enforce")
        policy: Manifest = {
            "apiVersion": kind.API_VERSION,
            "kind": kind.KIND,
            "metadata": {"name": "sessions", "namespace": INSTANCE.namespace},
            "spec": spec,
        }
        for _ in range(random.choice((0, 1, 1, 2))):
            policy = random_mutant(policy, random)
        yield policy


def _arguments(random: Random, provider: Provider) -> dict[str, Any]:
    prometheus = random.choice((None, *_NAMESPACES))
    return {
        "provider": provider,
        "mode": random.choice(("enforce", "enforce", "audit")) if provider == "cilium" else "enforce",
        "clients": [_client(random, provider) for _ in range(random.randrange(4))],
        "operator_namespace": random.choice(("dragonfly-operator-system", "elsewhere")),
        "prometheus_namespace": prometheus,
        "prometheus_pod_labels": random.choice(_LABELS) if prometheus else {},
        "dns_pod_labels": random.choice(({"k8s-app": "kube-dns"}, {})),
        "s3_egress": [_egress(random, provider) for _ in range(random.randrange(3))],
    }


def _client(random: Random, provider: Provider) -> Client:
    way = random.choice(("pods", "pods", "cidr", "entities" if provider == "cilium" else "cidr"))
    if way == "pods":
        return Client(namespace=random.choice(_NAMESPACES), pod_labels=random.choice(_LABELS))
    if way == "cidr":
        return Client(cidr=random.choice(_CIDRS))
    return Client.model_validate({"entities": random.sample(_ENTITIES, random.randint(1, 2))})


def _egress(random: Random, provider: Provider) -> S3Egress:
    way = random.choice(("pods", "cidr", "host" if provider == "cilium" else "cidr"))
    port = random.choice((None, 443, 9000))
    if way == "pods":
        return S3Egress(namespace=random.choice(_NAMESPACES), pod_labels=random.choice(_LABELS), port=port)
    if way == "cidr":
        return S3Egress(cidr=random.choice(_CIDRS), port=port)
    return S3Egress(host=random.choice(_HOSTS), port=port)


def _flows(random: Random, arguments: NetworkPolicyArguments) -> list[Flow]:
    flows = list(instance_flows(INSTANCE, arguments, random.choice((None, 11211))))
    if random.random() < 0.7:
        flows += snapshot_flows(random.choice(_SERVERS), INSTANCE, arguments.s3_egress)
    return [flow for flow in flows if not unsupported(flow, arguments.provider)]
