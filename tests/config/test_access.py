"""Who gets in, by a cluster.yaml: TLS, the policy's kind and clients, and what is said of a port that stays open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from tests.config.conftest import Run

Runs = Callable[[str], Run]

BASE: dict[str, Any] = {"dragonfly_enabled": True}
POLICY: dict[str, Any] = {**BASE, "network_policies_enabled": True, "network_policies_mode": "enforce"}
KUBERNETES: dict[str, Any] = {**POLICY, "dragonfly_network_policy_provider": "kubernetes"}


def written(run: Runs, variables: dict[str, Any], kind: str, name: str = "dragonfly") -> dict[str, Any]:
    done = run(yaml.safe_dump(variables))
    assert (done.status, [line for line in done.told if ": note: " not in line]) == (0, [])
    objects = [yaml.safe_load(text) for text in done.written.values()]
    (found,) = [each for each in objects if (each["kind"], each["metadata"]["name"]) == (kind, name)]
    return dict(found["spec"])


def told(run: Runs, variables: dict[str, Any], status: int) -> list[str]:
    done = run(yaml.safe_dump(variables, sort_keys=False))
    assert done.status == status
    return [line.removeprefix("cluster.yaml: ") for line in done.told]


def test_an_issuer_makes_the_certificate_that_the_cache_shows(run: Runs) -> None:
    issuer = {"name": "internal-ca", "kind": "ClusterIssuer"}
    tls = {
        **POLICY,
        "dragonfly_tls_enabled": True,
        "dragonfly_tls_issuer": issuer,
        "dragonfly_tls_duration": "2160h",
        "dragonfly_tls_renew_before": "720h",
        "dragonfly_tls_dns_names": ["cache.example.com"],
        "dragonfly_tls_ip_addresses": ["203.0.113.7"],
        "dragonfly_tls_client_ca_secret": {"name": "clients", "key": "ca.crt"},
        "dragonfly_tls_depends_on": [{"name": "cert-manager", "namespace": "cert-manager"}],
    }
    certificate = written(run, tls, "Certificate")
    assert certificate["issuerRef"] == {**issuer, "group": "cert-manager.io"}
    assert (certificate["duration"], certificate["renewBefore"]) == ("2160h", "720h")
    assert certificate["dnsNames"][-1] == "cache.example.com"
    assert certificate["ipAddresses"] == ["203.0.113.7"]
    dragonfly = written(run, tls, "Dragonfly")
    assert dragonfly["tlsSecretRef"]["name"] == certificate["secretName"] == "dragonfly-tls"
    assert dragonfly["authentication"]["clientCaCertSecret"] == {"name": "clients", "key": "ca.crt"}
    depends_on = written(run, tls, "Kustomization")["dependsOn"]
    assert {"name": "cert-manager", "namespace": "cert-manager"} in depends_on


def test_a_secret_that_exists_needs_no_issuer(run: Runs) -> None:
    tls = {**POLICY, "dragonfly_tls_secret": "mine"}
    for enabled in ({}, {"dragonfly_tls_enabled": True}):
        assert written(run, {**tls, **enabled}, "Dragonfly")["tlsSecretRef"] == {"name": "mine"}


def test_a_certificate_goes_into_the_secret_that_is_named(run: Runs) -> None:
    tls = {"dragonfly_tls_enabled": True, "dragonfly_tls_secret": "mine", "dragonfly_tls_issuer": {"name": "ca"}}
    assert written(run, {**POLICY, **tls}, "Certificate")["secretName"] == "mine"


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        (
            {"dragonfly_tls_enabled": True},
            [
                "dragonfly_tls_enabled: true without a certificate; give `dragonfly_tls_issuer`, such as {name: "
                "internal-ca, kind: ClusterIssuer}, for cert-manager to make one, or `dragonfly_tls_secret`, a Secret "
                "that holds one"
            ],
        ),
        (
            {"dragonfly_tls_issuer": {"name": "ca"}},
            [
                "dragonfly_tls_issuer: given without `dragonfly_tls_enabled`, so that no certificate is made; give "
                "both, or neither"
            ],
        ),
        (
            {"dragonfly_tls_enabled": True, "dragonfly_tls_secret": "tls", "dragonfly_tls_duration": "24h"},
            [
                "dragonfly_tls_duration: given without `dragonfly_tls_issuer`, so that no certificate is made; give "
                "both, or neither"
            ],
        ),
        (
            {
                "dragonfly_tls_enabled": True,
                "dragonfly_tls_issuer": {"name": "ca"},
                "dragonfly_tls_duration": "720h",
                "dragonfly_tls_renew_before": "720h",
            },
            [
                "dragonfly_tls_renew_before: 720h is not less than `dragonfly_tls_duration` 720h, so that it would be "
                "renewed for ever; accepted: a part of it, such as a quarter"
            ],
        ),
        (
            {
                "dragonfly_tls_enabled": True,
                "dragonfly_tls_issuer": {"name": "ca"},
                "dragonfly_authentication": False,
            },
            [
                "dragonfly_tls_secret: TLS without a password or a client CA: the server exits at start; give "
                "`dragonfly_tls_client_ca_secret`, or leave `dragonfly_authentication` on"
            ],
        ),
    ],
)
def test_tls_that_cannot_work_is_refused(given: dict[str, Any], errors: list[str], run: Runs) -> None:
    assert told(run, {**POLICY, **given}, 1) == errors


def test_clients_are_named_in_the_file(run: Runs) -> None:
    given = {
        "dragonfly_clients": [
            {"namespace": "shop", "pod_labels": {"app": "web"}},
            {"namespace": "default"},
            {"cidr": "203.0.113.0/24"},
        ],
        "dragonfly_client_namespaces": ["jobs"],
        "keycloak_enabled": True,
    }
    ingress = written(run, {**KUBERNETES, **given}, "NetworkPolicy", "dragonfly-access")["ingress"]
    assert [peer for rule in ingress[2:] for peer in rule["from"]] == [
        {
            "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "shop"}},
            "podSelector": {"matchLabels": {"app": "web"}},
        },
        {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "default"}}},
        {"ipBlock": {"cidr": "203.0.113.0/24"}},
        {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "identity"}}},
        {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "jobs"}}},
    ]


def test_dns_prometheus_and_s3_are_where_the_file_says(run: Runs) -> None:
    given = {
        "monitoring_enabled": True,
        "dragonfly_prometheus_pod_labels": {"app.kubernetes.io/name": "prometheus"},
        "dragonfly_dns_namespace": "openshift-dns",
        "dragonfly_dns_pod_labels": {"dns": "default"},
        "dragonfly_dns_port": 5353,
        "dragonfly_backup_enabled": True,
        "dragonfly_s3_endpoint": "s3.example.com",
        "dragonfly_s3_use_https": True,
        "dragonfly_s3_egress": [{"cidr": "198.51.100.0/24"}],
    }
    policy = written(run, {**KUBERNETES, **given}, "NetworkPolicy", "dragonfly-access")
    assert policy["ingress"][-1]["from"][0]["podSelector"]["matchLabels"] == given["dragonfly_prometheus_pod_labels"]
    assert policy["egress"][1]["to"][0]["podSelector"]["matchLabels"] == {"dns": "default"}
    assert {port["port"] for port in policy["egress"][1]["ports"]} == {5353}
    assert policy["egress"][2] == {
        "to": [{"ipBlock": {"cidr": "198.51.100.0/24"}}],
        "ports": [{"port": 443, "protocol": "TCP"}],
    }


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"network_policies_mode": "audit"}, "network_policies_mode: 'audit' is more than a NetworkPolicy can do: it"),
        (
            {"dragonfly_backup_enabled": True, "dragonfly_s3_endpoint": "s3.example.com"},
            "dragonfly_s3_egress: snapshots go to s3.example.com: a NetworkPolicy knows pods and addresses, no host",
        ),
        (
            {"dragonfly_clients": [{"entities": ["world"]}]},
            "dragonfly_clients: Client(entities=['world']): entities are Cilium's, and a NetworkPolicy knows pods and",
        ),
        (
            {"dragonfly_clients": [{"namespace": "shop"}, {"name": "shop"}]},
            "dragonfly_clients[1].name: no such field; did you mean 'namespace'?",
        ),
    ],
)
def test_what_kubernetes_own_policy_cannot_say_is_refused(given: dict[str, Any], error: str, run: Runs) -> None:
    (found,) = told(run, {**KUBERNETES, **given}, 1)
    assert found.startswith(error)


@pytest.mark.parametrize(
    "closing",
    [
        {"dragonfly_tls_secret": "tls"},
        {"dragonfly_clients": [{"namespace": "shop"}]},
        {"dragonfly_client_namespaces": ["shop"]},
    ],
)
def test_access_that_is_restricted_while_9999_is_open_is_warned_of(closing: dict[str, Any], run: Runs) -> None:
    (found,) = told(run, {**BASE, **closing}, 0)
    assert found.startswith(
        f"warning: network_policies_enabled: false, while `{next(iter(closing))}` restricts who gets"
    )
    assert "port 9999" in found


def test_a_file_that_restricts_nothing_is_told_nothing(run: Runs) -> None:
    assert told(run, BASE, 0) == []


def test_a_load_balancer_that_nobody_may_come_through_is_warned_of(run: Runs) -> None:
    given = {**POLICY, "dragonfly_service_type": "LoadBalancer"}
    (found,) = told(run, given, 0)
    assert found.startswith("warning: dragonfly_clients: none from outside, while the Service is of type LoadBalancer")
    assert told(run, {**given, "dragonfly_clients": [{"cidr": "203.0.113.0/24"}]}, 0) == []


def test_prometheus_by_namespace_alone_is_warned_of_with_kubernetes_own_policy(run: Runs) -> None:
    (found,) = told(run, {**KUBERNETES, "monitoring_enabled": True}, 0)
    assert found.startswith(
        "warning: dragonfly_prometheus_pod_labels: none: every pod in namespace 'monitoring' may do"
    )


def test_a_namespace_is_a_client_by_its_name_alone_and_once(run: Runs) -> None:
    keycloak = {**POLICY, "keycloak_enabled": True}
    by_name, by_fields = (
        written(run, {**keycloak, "dragonfly_clients": [client]}, "CiliumNetworkPolicy")
        for client in ("identity", {"namespace": "identity"})
    )
    assert by_name == by_fields
    assert str(by_name).count("'identity'") == 1


def test_a_share_of_the_memory_limit_is_written_as_an_amount(run: Runs) -> None:
    spec = written(run, {**BASE, "dragonfly_memory_limit": "2Gi", "dragonfly_maxmemory": "75%"}, "Dragonfly")
    assert "--maxmemory=1536mb" in spec["args"]
    assert told(run, {**BASE, "dragonfly_memory_limit": "1Gi", "dragonfly_maxmemory": "40%"}, 1) == [
        "dragonfly_maxmemory: 409mb (40% of the memory limit of 1Gi) is too little for 2 threads, and the server "
        "exits at start; accepted: at least 512mb, 256mb a thread"
    ]
