"""The certificate that the server shows."""

from __future__ import annotations

from constructs_lib.adoption.model import Carried, Origin, Setting
from constructs_lib.adoption.surroundings import Surroundings
from constructs_lib.certificate.arguments import Issuer, service_names
from constructs_lib.values.fields import items, mapping, text


def read_certificate(around: Surroundings) -> Carried:
    """The arguments of the certificate; nothing where no Certificate of the tree makes its Secret."""
    manifest, instance = around.certificate, around.instance
    if manifest is None:
        return
    spec = mapping(manifest.object, "spec")
    issuer = {name: each for name, each in mapping(spec, "issuerRef").items() if each != _default(name)}
    own = service_names(instance.service, instance.namespace)
    given = {
        "issuer": ("issuerRef", issuer),
        "secret_name": ("secretName", text(spec, "secretName")),
        "dns_names": ("dnsNames", [name for name in items(spec, "dnsNames") if name not in own]),
        "ip_addresses": ("ipAddresses", items(spec, "ipAddresses")),
        "duration": ("duration", text(spec, "duration")),
        "renew_before": ("renewBefore", text(spec, "renewBefore")),
    }
    for argument, (field, found) in given.items():
        if found:
            yield Setting("certificate", argument, found, Origin.of(manifest, f"/spec/{field}"))


def _default(name: str) -> object:
    return Issuer.model_fields[name].default if name in Issuer.model_fields else None
