"""Arguments of a `DragonflyCache`: the whole of the operator's `Dragonfly` resource."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from constructs_lib.arguments.claims import claim_findings
from constructs_lib.arguments.core_v1 import CoreV1
from constructs_lib.arguments.model import Meaning, rule
from constructs_lib.arguments.references import InSecret, SecretKey, SecretKeyReference, secret_key_of
from constructs_lib.arguments.types import (
    Annotations,
    CountOrPercentage,
    ExactVersion,
    InstanceName,
    NamespaceName,
    OwnLabels,
    Port,
    PositiveInt,
    SecretName,
    Text,
    secret_name,
)
from constructs_lib.cache.pods import PodArguments
from constructs_lib.cache.server import Server, ServerArguments
from constructs_lib.dragonfly.operator_versions import field_findings, has_field, operator_version_findings
from constructs_lib.dragonfly.ports import ADMIN_PORT, REDIS_PORT
from constructs_lib.errors import Finding
from constructs_lib.values.names import ACL_KEY, CA_KEY, PASSWORD_KEY, default_secret
from constructs_lib.values.version import Version

IMAGE = "docker.dragonflydb.io/dragonflydb/dragonfly"

FIELD_OF_ARGUMENT = {
    "additional_containers": "additionalContainers",
    "additional_volumes": "additionalVolumes",
    "custom_liveness_probe_config_map": "customLivenessProbeConfigMap",
    "custom_readiness_probe_config_map": "customReadinessProbeConfigMap",
    "custom_startup_probe_config_map": "customStartupProbeConfigMap",
    "enable_replication_readiness_gate": "enableReplicationReadinessGate",
    "network_policy_enabled": "networkPolicyEnabled",
    "owned_objects_metadata_annotations": "ownedObjectsMetadata",
    "owned_objects_metadata_labels": "ownedObjectsMetadata",
    "pdb_max_unavailable": "pdb",
    "pdb_min_available": "pdb",
    "pod_metadata_annotations": "podMetadata",
    "pod_metadata_labels": "podMetadata",
    "tiering": "tiering",
}
"""Arguments whose CRD field does not exist in every supported version."""


class InstanceArguments(Server):
    """What an instance is to whoever stands around it: versions, memory, Secret, TLS, Service."""

    name: Annotated[InstanceName, Meaning("Name of the instance: of its StatefulSet, pods and Service.")] = "dragonfly"
    namespace: Annotated[NamespaceName | None, Meaning("Namespace of the instance.", default="the chart's")] = None
    operator_version: Annotated[ExactVersion, Meaning("Version of the operator that will serve the instance.")] = (
        "v1.3.1"
    )
    replicas: Annotated[
        PositiveInt,
        Meaning("Pods: one master, the others its replicas.", source="CRD `replicas`: 0, no pod, when left out"),
    ] = 1
    authentication: Annotated[bool, Meaning("Ask clients for a password. Port 9999 asks nobody, whatever is set.")] = (
        True
    )
    password_from_secret: Annotated[
        Annotated[SecretKeyReference, InSecret(PASSWORD_KEY)] | None,
        Meaning(
            "The Secret's key that holds the password; the Secret must exist.",
            default="key `password` of the Secret `NAME-auth`",
        ),
    ] = None
    acl_from_secret: Annotated[
        Annotated[SecretKeyReference, InSecret(ACL_KEY)] | None,
        Meaning(
            "The Secret's key that holds the ACL file; it needs a line for user `default`.",
            default="key `acl.conf` beside the password, once there are users",
        ),
    ] = None
    acl_default: Annotated[
        Literal["password", "closed"],
        Meaning(
            "The user `default`, once there are others: `password` leaves it all rights behind its password, `closed` "
            "lets in the others alone."
        ),
    ] = "password"
    tls_secret_ref: Annotated[
        SecretName | None,
        Meaning("Secret with `tls.crt` and `tls.key`: clients then speak TLS. 9999 and replication stay plain."),
    ] = None
    client_ca_cert_secret: Annotated[
        Annotated[SecretKeyReference, InSecret(CA_KEY)] | None,
        Meaning("The Secret's key with the CA whose client certificates are asked for."),
    ] = None
    memcached_port: Annotated[
        Port | None, Meaning("Port for the memcached protocol, which asks for no password and heeds no ACL.")
    ] = None
    service_type: Annotated[Literal["ClusterIP", "NodePort", "LoadBalancer"], Meaning("Type of the Service.")] = (
        "ClusterIP"
    )
    service_name: Annotated[
        InstanceName | None,
        Meaning(
            "Another name for the Service. Changed later, the old Service stays and still leads to the master.",
            default="the instance's name",
        ),
    ] = None

    @property
    def operator(self) -> Version:
        """The operator's version, parsed."""
        return Version.of(self.operator_version)

    @property
    def password_secret(self) -> SecretKey | None:
        """The key of the Secret that holds the password, or None without authentication."""
        if not self.authentication:
            return None
        if self.password_from_secret is None:
            return SecretKey(name=default_secret(self.name), key=PASSWORD_KEY)
        return secret_key_of(self.password_from_secret)

    @property
    def secret(self) -> str:
        """The Secret with the password; without authentication, the one where whatever else is secret is looked for."""
        return self.password_secret.name if self.password_secret else default_secret(self.name)

    @property
    def tls_secret(self) -> str | None:
        """The Secret with the certificate that was given, by its name."""
        return secret_name(self.tls_secret_ref) if self.tls_secret_ref else None

    @property
    def service(self) -> str:
        """Name of the Service."""
        return self.service_name or self.name

    def service_host(self, namespace: str) -> str:
        """DNS name of the Service, where the instance is in that namespace."""
        return f"{self.service}.{namespace}.svc.cluster.local"

    @property
    def pod_labels(self) -> dict[str, str]:
        """The labels by which the instance's pods are known."""
        return {"app": self.name, "app.kubernetes.io/name": "dragonfly"}


class CacheArguments(InstanceArguments, ServerArguments, PodArguments):
    """A Dragonfly instance: a master, its replicas and the Service that leads to the master."""

    image: Annotated[
        Text | None,
        Meaning(
            "Image of the server: a mirror's, say; `version` still says what is in it.", default=f"`{IMAGE}:VERSION`"
        ),
    ] = None
    service_node_port: Annotated[Port | None, Meaning("Port on every node, with `NodePort`.")] = None
    service_annotations: Annotated[Annotations, Meaning("Annotations on the Service.")] = Field(default_factory=dict)
    service_labels: Annotated[OwnLabels, Meaning("Labels on the Service.")] = Field(default_factory=dict)
    pdb_min_available: Annotated[
        CountOrPercentage | None, Meaning("Pods that a drain must leave running.", source="CRD `pdb.minAvailable`")
    ] = None
    pdb_max_unavailable: Annotated[
        CountOrPercentage | None,
        Meaning(
            "Pods that a drain may take at once.",
            default="1, with more than one replica",
            source="CRD `pdb.maxUnavailable`",
        ),
    ] = None
    enable_replication_readiness_gate: Annotated[
        bool | None, Meaning("A replica is ready only once it is in sync.")
    ] = None
    network_policy_enabled: Annotated[
        bool | None,
        Meaning(
            "Let operators v1.5.0 to v1.6.1 make a NetworkPolicy of their own, which cuts off Prometheus "
            "and, from v1.6, "
            "clients in other namespaces.",
            default="false where the operator would make one",
        ),
    ] = None
    tiering: Annotated[
        Any,
        CoreV1("PersistentVolumeClaimSpec"),
        Meaning(
            "Claim for data that does not fit into memory. Cannot be added to a living instance.",
            source="CRD `tiering`",
        ),
    ] = None

    @rule("operator_version")
    def _operator_is_supported(self) -> Iterator[Finding]:
        yield from operator_version_findings(self.operator)

    @rule("operator_version", *FIELD_OF_ARGUMENT)
    def _operator_has_the_fields(self) -> Iterator[Finding]:
        for argument, field in FIELD_OF_ARGUMENT.items():
            if getattr(self, argument) not in (None, {}, []):
                yield from field_findings(self.operator, field, argument)

    @rule("operator_version", "pod_security_context")
    def _operator_has_the_contexts_fields(self) -> Iterator[Finding]:
        for name in self.pod_security_context if isinstance(self.pod_security_context, dict) else ():
            yield from field_findings(self.operator, f"podSecurityContext.{name}", f"pod_security_context.{name}")

    @rule("operator_version", "network_policy_enabled")
    def _operators_policy_lets_everybody_in(self) -> Iterator[Finding]:
        if self.network_policy_enabled and has_field(self.operator, "networkPolicyEnabled"):
            yield Finding.warning(
                "network_policy_enabled",
                f"operator {self.operator}'s own policy cuts off Prometheus"
                + (", and clients in other namespaces" if self.operator >= Version.of("v1.6.0") else "")
                + "; use DragonflyNetworkPolicy instead",
            )

    @rule("image", "version")
    def _image_is_that_version(self) -> Iterator[Finding]:
        tag = re.search(r":(v?\d+\.\d+\.\d+)(@|$)", self.image or "")
        if tag and Version.of(tag[1]) != self.server:
            yield Finding.error("image", f"{self.image!r} is not version {self.server}; give that as `version`")
        elif self.image and re.search(r":[^/@]*latest", self.image):
            yield Finding.error(
                "image", f"{self.image!r} changes under a running cache; accepted: the tag of one version"
            )

    @rule("tiering")
    def _tiering_is_a_whole_claim(self) -> Iterator[Finding]:
        if self.tiering is not None:
            yield from claim_findings("tiering", self.tiering)

    @rule("pdb_min_available", "pdb_max_unavailable")
    def _pdb_has_one_bound(self) -> Iterator[Finding]:
        if self.pdb_min_available is not None and self.pdb_max_unavailable is not None:
            yield Finding.error(
                "pdb_min_available",
                "given beside `pdb_max_unavailable`, and the API server refuses both; leave one out",
            )

    @rule("pdb_min_available", "replicas")
    def _pdb_lets_nodes_drain(self) -> Iterator[Finding]:
        if isinstance(self.pdb_min_available, int) and self.pdb_min_available >= self.replicas:
            yield Finding.warning(
                "pdb_min_available",
                f"{self.pdb_min_available} of {self.replicas} pods: no node with one of them can be drained",
            )

    @rule("authentication", "password_from_secret")
    def _password_is_used(self) -> Iterator[Finding]:
        if not self.authentication and self.password_from_secret is not None:
            yield Finding.error("password_from_secret", "given while `authentication` is off; leave one of the two out")

    @rule("tls_secret_ref", "authentication", "client_ca_cert_secret")
    def _tls_has_a_password_or_a_ca(self) -> Iterator[Finding]:
        if self.tls_secret_ref and not self.authentication and self.client_ca_cert_secret is None:
            yield Finding.error(
                "tls_secret_ref",
                "TLS without a password or a client CA: the server exits at start; give "
                "`client_ca_cert_secret`, or leave "
                "`authentication` on",
            )

    @rule("tls_secret_ref", "client_ca_cert_secret")
    def _client_certificates_need_tls(self) -> Iterator[Finding]:
        if self.client_ca_cert_secret is not None and not self.tls_secret_ref:
            yield Finding.error(
                "client_ca_cert_secret", "without `tls_secret_ref` no client speaks TLS; give that as well"
            )

    @rule("authentication", "acl_from_secret", "client_ca_cert_secret")
    def _somebody_is_asked(self) -> Iterator[Finding]:
        if not self.authentication and self.acl_from_secret is None and self.client_ca_cert_secret is None:
            yield Finding.warning("authentication", f"false: whoever reaches port {REDIS_PORT} owns the data")

    @rule("memcached_port")
    def _memcached_is_open(self) -> Iterator[Finding]:
        if self.memcached_port in (REDIS_PORT, ADMIN_PORT):
            yield Finding.error(
                "memcached_port", f"{self.memcached_port} is the server's already; accepted: another, such as 11211"
            )
        elif self.memcached_port:
            yield Finding.warning(
                "memcached_port", "memcached clients need no password and heed no ACL; let a network policy say who may"
            )

    @rule("service_type", "service_node_port")
    def _node_port_has_its_type(self) -> Iterator[Finding]:
        if self.service_node_port is not None and self.service_type == "ClusterIP":
            yield Finding.error(
                "service_node_port", "given beside `service_type` 'ClusterIP'; accepted: with NodePort or LoadBalancer"
            )
