"""Arguments of a certificate: names, and times that leave somebody time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from constructs_lib.arguments.model import validate
from constructs_lib.certificate.arguments import CertificateArguments, as_timedelta, service_names


def errors(**given: Any) -> list[str]:
    return [str(error) for error in validate(CertificateArguments, {"issuer": {"name": "ca"}, **given}).errors]


def warnings(**given: Any) -> list[str]:
    return [str(warning) for warning in validate(CertificateArguments, {"issuer": {"name": "ca"}, **given}).warnings]


def test_a_service_answers_to_four_names() -> None:
    assert service_names("sessions", "cache") == (
        "sessions",
        "sessions.cache",
        "sessions.cache.svc",
        "sessions.cache.svc.cluster.local",
    )


@pytest.mark.parametrize(
    ("text", "duration"),
    [("8760h", timedelta(days=365)), ("1h30m", timedelta(minutes=90)), ("90m15s", timedelta(seconds=5415))],
)
def test_durations_are_read_as_cert_manager_reads_them(text: str, duration: timedelta) -> None:
    assert as_timedelta(text) == duration


@pytest.mark.parametrize("text", ["365d", "1y", "", "h", "1.5h", "-1h", 8760])
def test_what_cert_manager_does_not_read_is_no_duration(text: Any) -> None:
    (found,) = errors(duration=text)
    assert found == f"duration: {text!r} is no duration; accepted: hours, minutes and seconds, such as 2160h or 1h30m"


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"duration": "59m", "renew_before": "5m"}, "duration: 59m is less than cert-manager takes; accepted: 1h and"),
        ({"renew_before": "4m"}, "renew_before: 4m is less than cert-manager takes; accepted: 5m and more"),
        ({"duration": "720h", "renew_before": "720h"}, "renew_before: 720h is not less than `duration` 720h, so that"),
        ({"duration": "720h"}, "renew_before: 2160h is not less than `duration` 720h, so that it would be renewed"),
        ({"issuer": {"name": "ca", "kind": "Clusterissuer"}}, "issuer.kind: 'Clusterissuer' is no kind of issuer of"),
        ({"issuer": {"kind": "Issuer"}}, "issuer.name: missing; it has no default"),
        ({"dns_names": ["Cache.example.com"]}, "dns_names[0]: 'Cache.example.com' is no DNS name; accepted: such as"),
        ({"dns_names": ["a.*.example.com"]}, "dns_names[0]: 'a.*.example.com' is no DNS name; accepted: such as"),
        ({"ip_addresses": ["10.0.0.0/8"]}, "ip_addresses[0]: '10.0.0.0/8' is no IP address; accepted: such as"),
    ],
)
def test_what_cert_manager_would_refuse_is_refused(given: dict[str, Any], error: str) -> None:
    (found,) = errors(**given)
    assert found.startswith(error)


def test_an_issuer_of_another_group_has_kinds_of_its_own() -> None:
    assert errors(issuer={"name": "pca", "kind": "AWSPCAClusterIssuer", "group": "awspca.cert-manager.io"}) == []


def test_a_renewal_that_leaves_no_time_for_a_restart_is_warned_of() -> None:
    (found,) = warnings(renew_before="24h")
    assert found.startswith("renew_before: 24h: the server reads a certificate only when it starts")
    assert warnings(renew_before="168h") == warnings() == []
