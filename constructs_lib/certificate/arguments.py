"""Arguments of a `DragonflyCertificate`: the server's certificate, as cert-manager makes it."""

import re
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_address
from typing import Annotated, Any

from pydantic import Field, PlainValidator

from constructs_lib.arguments.model import Arguments, Meaning, rule
from constructs_lib.arguments.references import Reference
from constructs_lib.arguments.types import ObjectName, SecretName, Text, duration_as_text
from constructs_lib.errors import Finding
from constructs_lib.values.cdk8s_objects import DurationLike

CERT_MANAGER = "cert-manager.io"

SHORTEST_DURATION = timedelta(hours=1)
SHORTEST_RENEW_BEFORE = timedelta(minutes=5)
"""cert-manager refuses less: https://cert-manager.io/docs/usage/certificate/#renewal"""

TIME_FOR_A_RESTART = timedelta(days=7)
"""Between renewal and expiry somebody has to restart the pods."""

_UNITS = {"h": "hours", "m": "minutes", "s": "seconds"}


def as_timedelta(text: object) -> timedelta:
    """A duration as cert-manager takes it: `2160h`, `1h30m`.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(text, str) or not re.fullmatch(r"([0-9]+[hms])+", text, re.ASCII):
        raise ValueError(f"{text!r} is no duration; accepted: hours, minutes and seconds, such as 2160h or 1h30m")
    return sum(
        (timedelta(**{_UNITS[unit]: int(number)}) for number, unit in re.findall(r"([0-9]+)([hms])", text)), timedelta()
    )


def _duration(value: Any) -> str:
    text = duration_as_text(value)
    as_timedelta(text)
    return str(text)


def _dns_name(text: Any) -> str:
    label = r"(?!-)[a-z0-9-]{1,63}(?<!-)"
    if isinstance(text, str) and re.fullmatch(rf"(?!.{{254}})(\*\.)?{label}(\.{label})*", text, re.ASCII):
        return text
    raise ValueError(f"{text!r} is no DNS name; accepted: such as cache.example.com or *.example.com, in lower case")


def _ip_address(text: Any) -> str:
    try:
        return str(ip_address(text if isinstance(text, str) else ""))
    except ValueError:
        raise ValueError(f"{text!r} is no IP address; accepted: such as 203.0.113.7 or 2001:db8::7") from None


Duration = Annotated[str | DurationLike, PlainValidator(_duration, json_schema_input_type=str)]
DnsName = Annotated[str, PlainValidator(_dns_name, json_schema_input_type=str)]
IpAddress = Annotated[str, PlainValidator(_ip_address, json_schema_input_type=str)]


class Issuer(Reference):
    """Who signs the certificate: `Issuer(name="internal-ca", kind="ClusterIssuer")`."""

    name: ObjectName
    kind: Text = "Issuer"
    group: Text = CERT_MANAGER


class CertificateArguments(Arguments):
    """The certificate that a cache shows its clients, made and renewed by cert-manager."""

    issuer: Annotated[
        Annotated[Issuer, Field(strict=False)],
        Meaning("Who signs it: an `Issuer` of the cache's namespace, or a `ClusterIssuer`.", source="CRD `issuerRef`"),
    ]
    secret_name: Annotated[
        SecretName | None,
        Meaning("Secret that it comes to stand in.", default="the cache's `tls_secret_ref`, else `NAME-tls`"),
    ] = None
    dns_names: Annotated[
        list[DnsName], Meaning("Names beside those of the Service: a load balancer's, or what comes after an alias.")
    ] = Field(default_factory=list)
    ip_addresses: Annotated[list[IpAddress], Meaning("Addresses by which clients connect.")] = Field(
        default_factory=list
    )
    duration: Annotated[Duration, Meaning("How long it holds, if the issuer agrees. In hours: `8760h` is a year.")] = (
        "8760h"
    )
    renew_before: Annotated[
        Duration,
        Meaning(
            "How long before its end cert-manager renews it. In that time the pods must be restarted: the server reads "
            "the certificate when it starts, and not again.",
        ),
    ] = "2160h"

    @rule("issuer")
    def _issuer_is_of_a_kind(self) -> Iterator[Finding]:
        if self.issuer.group == CERT_MANAGER and self.issuer.kind not in ("Issuer", "ClusterIssuer"):
            yield Finding.error(
                "issuer.kind",
                f"{self.issuer.kind!r} is no kind of issuer of {CERT_MANAGER}; accepted: Issuer, ClusterIssuer, or "
                "another `group`",
            )

    @rule("duration")
    def _it_holds_long_enough(self) -> Iterator[Finding]:
        if as_timedelta(self.duration) < SHORTEST_DURATION:
            yield Finding.error("duration", f"{self.duration} is less than cert-manager takes; accepted: 1h and more")

    @rule("duration", "renew_before")
    def _it_is_renewed_in_time(self) -> Iterator[Finding]:
        duration, before = as_timedelta(self.duration), as_timedelta(self.renew_before)
        if before < SHORTEST_RENEW_BEFORE:
            yield Finding.error(
                "renew_before", f"{self.renew_before} is less than cert-manager takes; accepted: 5m and more"
            )
        elif before >= duration:
            yield Finding.error(
                "renew_before",
                f"{self.renew_before} is not less than `duration` {self.duration}, so that it would be renewed for "
                "ever; accepted: a part of it, such as a quarter",
            )
        elif before < TIME_FOR_A_RESTART:
            yield Finding.warning(
                "renew_before",
                f"{self.renew_before}: the server reads a certificate only when it starts; pods that are not restarted "
                "within this time of a renewal show clients one that has ended; a week (168h) or more is kinder",
            )


def service_names(service: str, namespace: str) -> tuple[str, ...]:
    """Every name that a Service answers to."""
    return (service, f"{service}.{namespace}", f"{service}.{namespace}.svc", f"{service}.{namespace}.svc.cluster.local")
