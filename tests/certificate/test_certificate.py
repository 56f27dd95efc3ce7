"""`DragonflyCertificate`: the certificate that cert-manager makes, and a cache that shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from cdk8s import Chart

from constructs_lib import (
    DragonflyCache,
    DragonflyCertificate,
    DragonflyNetworkPolicy,
    InvalidArguments,
    Issuer,
    SecretKey,
)
from tests.charts import manifests, spec_of, synthesized

CA = Issuer(name="internal-ca", kind="ClusterIssuer")


def guarded(chart: Chart, cache: DragonflyCache) -> None:
    """Without a policy a cache that speaks TLS is warned of."""
    DragonflyNetworkPolicy(chart, "policy", cache=cache)


def test_a_certificate_is_for_every_name_of_the_service(chart: Chart, cache: DragonflyCache) -> None:
    guarded(chart, cache)
    certificate = DragonflyCertificate(
        chart, "certificate", cache=cache, issuer=CA, dns_names=["cache.example.com"], ip_addresses=["203.0.113.7"]
    )
    written = manifests(chart)
    assert written["Certificate"] == {
        "apiVersion": "cert-manager.io/v1",
        "kind": "Certificate",
        "metadata": {"name": "dragonfly", "namespace": "cache"},
        "spec": {
            "secretName": "dragonfly-tls",
            "issuerRef": {"name": "internal-ca", "kind": "ClusterIssuer", "group": "cert-manager.io"},
            "dnsNames": [
                "dragonfly",
                "dragonfly.cache",
                "dragonfly.cache.svc",
                "dragonfly.cache.svc.cluster.local",
                "cache.example.com",
            ],
            "ipAddresses": ["203.0.113.7"],
            "duration": "8760h",
            "renewBefore": "2160h",
            "privateKey": {"rotationPolicy": "Always"},
            "usages": ["digital signature", "key encipherment", "server auth"],
        },
    }
    assert written["Dragonfly"]["spec"]["tlsSecretRef"] == {"name": certificate.secret_name}
    assert cache.url() == "rediss://dragonfly.cache.svc.cluster.local:6379"
    assert cache.host in certificate.dns_names


def test_a_service_of_another_name_is_what_the_certificate_is_for(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", name="sessions", service_name="redis", operator_version="v1.6.1")
    guarded(chart, cache)
    DragonflyCertificate(chart, "certificate", cache=cache, issuer=CA)
    assert spec_of(chart, "Certificate")["dnsNames"][:2] == ["redis", "redis.cache"]


def test_a_cache_that_names_its_secret_gets_the_certificate_there(chart: Chart) -> None:
    cache = DragonflyCache(
        chart,
        "cache",
        tls_secret_ref="tls",
        authentication=False,
        client_ca_cert_secret=SecretKey(name="clients", key="ca.crt"),
    )
    guarded(chart, cache)
    assert cache.connection().tls
    DragonflyCertificate(chart, "certificate", cache=cache, issuer=CA)
    written = manifests(chart)
    assert written["Certificate"]["spec"]["secretName"] == "tls"
    assert written["Dragonfly"]["spec"]["tlsSecretRef"] == {"name": "tls"}
    assert written["Dragonfly"]["spec"]["authentication"] == {
        "clientCaCertSecret": {"name": "clients", "key": "ca.crt"}
    }


def refusal(chart: Chart, cache: DragonflyCache, **given: Any) -> str:
    with pytest.raises(InvalidArguments) as error:
        DragonflyCertificate(chart, "certificate", cache=cache, issuer=CA, **given)
    assert chart.node.try_find_child("certificate") is None
    return str(error.value)


def test_without_password_and_client_ca_the_server_would_exit(chart: Chart) -> None:
    with pytest.warns(UserWarning, match="owns the data"):
        cache = DragonflyCache(chart, "cache", authentication=False)
    assert "with TLS the server then exits at start" in refusal(chart, cache)


@pytest.mark.parametrize("ask", [lambda cache: cache.connection(), lambda cache: cache.url()])
def test_a_connection_handed_out_without_tls_is_an_error_at_synth(
    ask: Callable[[DragonflyCache], object], chart: Chart, cache: DragonflyCache
) -> None:
    guarded(chart, cache)
    ask(cache)
    DragonflyCertificate(chart, "certificate", cache=cache, issuer=CA)
    with pytest.raises(RuntimeError, match=r"'sessions/cache': connection: handed out as redis://.* is rediss://"):
        synthesized(chart)


def test_a_connection_that_is_asked_for_last_is_the_right_one(chart: Chart, cache: DragonflyCache) -> None:
    guarded(chart, cache)
    DragonflyCertificate(chart, "certificate", cache=cache, issuer=CA)
    assert cache.connection().url == "rediss://default@dragonfly.cache.svc.cluster.local:6379/0"
    synthesized(chart)


def test_a_cache_shows_one_certificate(chart: Chart, cache: DragonflyCache) -> None:
    DragonflyCertificate(chart, "first", cache=cache, issuer=CA)
    assert "'dragonfly' has a DragonflyCertificate already" in refusal(chart, cache)


def test_certificate_and_cache_name_one_secret(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", tls_secret_ref="one")
    assert "secret_name: 'two' is not the cache's `tls_secret_ref` 'one'" in refusal(chart, cache, secret_name="two")
