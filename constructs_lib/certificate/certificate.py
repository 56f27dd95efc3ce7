"""`DragonflyCertificate`: a cache's clients speak TLS, with a certificate that cert-manager makes and renews."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from cdk8s import ApiObject
from constructs import Construct

from constructs_lib.arguments.types import secret_name
from constructs_lib.cache.cache import DragonflyCache
from constructs_lib.cache.existing.existing import refused_of_others
from constructs_lib.certificate.arguments import CertificateArguments, service_names
from constructs_lib.construct.api_object import RESOURCE, RenderedObject
from constructs_lib.construct.keyword_arguments import describe_new, keyword_arguments, report
from constructs_lib.errors import Finding
from constructs_lib.values.names import default_tls_secret


class _Arguments(CertificateArguments):
    cache: Annotated[DragonflyCache, refused_of_others("certificate")]


class DragonflyCertificate(Construct):
    """A cert-manager Certificate for every name that the cache's Service answers to; the cache then speaks TLS.

    Port 9999 and replication stay plain. The server reads the certificate when it starts: after a renewal its pods
    must be restarted before the old one ends.

        DragonflyCertificate(chart, "certificate", cache=cache, issuer=Issuer(name="internal-ca", kind="ClusterIssuer"))
    """

    @keyword_arguments(_Arguments)
    def __init__(self, scope: Construct, id: str, arguments: _Arguments) -> None:
        cache = arguments.cache
        self._arguments = arguments
        given = secret_name(arguments.secret_name) if arguments.secret_name else None
        self._secret_name = given or cache.tls_secret or default_tls_secret(cache.name)
        report(_findings(cache, self._secret_name), lambda: describe_new(type(self), scope, id))
        super().__init__(scope, id)
        cache.add_certificate(self._secret_name)
        self._api_object = RenderedObject(
            self,
            RESOURCE,
            "cert-manager.io/v1",
            "Certificate",
            self._fields,
            name=cache.name,
            namespace=cache.namespace,
        )

    @property
    def arguments(self) -> CertificateArguments:
        """What the certificate was made of, validated."""
        return self._arguments

    @property
    def secret_name(self) -> str:
        """Name of the Secret that it comes to stand in, with `tls.crt`, `tls.key` and, from most issuers, `ca.crt`."""
        return self._secret_name

    @property
    def dns_names(self) -> tuple[str, ...]:
        """Every name that the certificate is for."""
        cache = self._arguments.cache
        names = service_names(cache.arguments.service_name or cache.name, cache.namespace)
        return tuple(dict.fromkeys((*names, *self._arguments.dns_names)))

    @property
    def api_object(self) -> ApiObject:
        """The Certificate, for what the arguments do not foresee."""
        return self._api_object

    def _fields(self) -> dict[str, Any]:
        arguments = self._arguments
        spec = {
            "secretName": self._secret_name,
            "issuerRef": arguments.issuer.model_dump(),
            "dnsNames": list(self.dns_names),
            "ipAddresses": list(arguments.ip_addresses),
            "duration": arguments.duration,
            "renewBefore": arguments.renew_before,
            "privateKey": {"rotationPolicy": "Always"},
            "usages": ["digital signature", "key encipherment", "server auth"],
        }
        return {"spec": {name: value for name, value in spec.items() if value}}


def _findings(cache: DragonflyCache, secret: str) -> Iterator[Finding]:
    if cache.ca is not None:
        yield Finding.error("cache", f"'{cache.name}' has a DragonflyCertificate already; give a cache one")
    elif cache.tls_secret not in (None, secret):
        yield Finding.error(
            "secret_name", f"'{secret}' is not the cache's `tls_secret_ref` '{cache.tls_secret}'; leave one out"
        )
    if not cache.arguments.authentication and cache.arguments.client_ca_cert_secret is None:
        yield Finding.error(
            "cache",
            f"'{cache.name}' has `authentication` off and no `client_ca_cert_secret`: with TLS the server then exits "
            f"at start; switch it on, or give that with `tls_secret_ref` '{secret}'",
        )
