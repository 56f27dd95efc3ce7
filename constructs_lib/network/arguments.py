"""Arguments of a `DragonflyNetworkPolicy`: who may reach a cache, and what it may reach."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from constructs_lib.arguments.model import Arguments, Meaning, rule
from constructs_lib.arguments.references import Reference
from constructs_lib.arguments.types import Cidr, Host, Labels, NamespaceName, Port
from constructs_lib.cache.clients import Client, Clients, clients_in, one_of, written
from constructs_lib.errors import Finding
from constructs_lib.operator.arguments import OPERATOR_NAMESPACE, OPERATOR_POD_LABELS

Provider = Literal["cilium", "kubernetes"]


class S3Egress(Reference):
    """Where snapshots go: `S3Egress(namespace="storage", port=9000)`, by `cidr`, or by `host` name (Cilium alone)."""

    namespace: NamespaceName | None = None
    pod_labels: Labels = Field(default_factory=dict)
    """Labels of the pods; every pod of the namespace when left out."""
    cidr: Cidr | None = None
    """Addresses outside the cluster."""
    host: Host | None = None
    """A host's name, `*` for any characters but a dot; with Cilium."""
    port: Port | None = None
    """Port of the pods (not of their Service, which a policy does not see) or the host; the S3 endpoint's when left
    out."""

    @model_validator(mode="after")
    def _one_of_three(self) -> "S3Egress":
        return one_of(self, "namespace", "cidr", "host")

    def __str__(self) -> str:
        return written(self)


class NetworkPolicyArguments(Arguments):
    """The flows of one cache: clients, operator, replication, Prometheus, DNS and S3."""

    provider: Annotated[
        Provider,
        Meaning(
            "The kind of policy: a CiliumNetworkPolicy, or a NetworkPolicy of Kubernetes' own, which knows no host "
            "names, no requests and no audit."
        ),
    ] = "cilium"
    mode: Annotated[
        Literal["enforce", "audit"],
        Meaning("`enforce` drops what no rule allows; `audit` drops nothing and shows the flows in Hubble."),
    ] = "enforce"
    clients: Clients = Field(default_factory=list)
    operator_namespace: Annotated[NamespaceName, Meaning("Where the operator runs.")] = OPERATOR_NAMESPACE
    prometheus_namespace: Annotated[
        NamespaceName | None,
        Meaning(
            "Where Prometheus runs: it may `GET /metrics` on port 9999 and, when enforced by Cilium, nothing else.",
            default="nobody may",
        ),
    ] = None
    prometheus_pod_labels: Annotated[
        Labels, Meaning("Labels of Prometheus' pods.", default="every pod of its namespace")
    ] = Field(default_factory=dict)
    dns_namespace: Annotated[NamespaceName, Meaning("Where the cluster's DNS runs.")] = "kube-system"
    dns_pod_labels: Annotated[Labels, Meaning("Labels of the DNS pods.")] = Field(
        default_factory=lambda: {"k8s-app": "kube-dns"}
    )
    dns_port: Annotated[Port, Meaning("Port that the DNS pods listen on.")] = 53
    s3_egress: Annotated[
        list[Annotated[S3Egress, Field(strict=False)]],
        Meaning("Where snapshots go, each by namespace, CIDR or host.", default="as the backup's endpoint says"),
    ] = Field(default_factory=list)

    @rule("provider", "mode")
    def _somebody_can_audit(self) -> Iterator[Finding]:
        if self.provider == "kubernetes" and self.mode == "audit":
            yield Finding.error(
                "mode",
                "'audit' is more than a NetworkPolicy can do: it drops what it does not allow, or is not there; "
                "accepted: 'enforce', or `provider` 'cilium'",
            )

    @rule("provider", "clients")
    def _clients_are_supported(self) -> Iterator[Finding]:
        for client in clients_in(self.clients):
            if client.entities and self.provider == "kubernetes":
                yield Finding.error("clients", f"{client}: {ENTITIES_ARE_CILIUMS}")

    @rule("provider", "s3_egress")
    def _s3_egress_is_supported(self) -> Iterator[Finding]:
        for egress in self.s3_egress:
            if egress.host and self.provider == "kubernetes":
                yield Finding.error("s3_egress", f"{egress}: {NO_HOST_NAMES}")

    @rule("provider", "prometheus_namespace", "prometheus_pod_labels")
    def _prometheus_is_named(self) -> Iterator[Finding]:
        if self.provider == "kubernetes" and self.prometheus_namespace and not self.prometheus_pod_labels:
            yield Finding.warning(
                "prometheus_pod_labels",
                f"none: every pod in namespace '{self.prometheus_namespace}' may do everything on port 9999, which "
                "asks for no password; give those of Prometheus, such as {app.kubernetes.io/name: prometheus}",
            )

    @rule("mode", "provider", "prometheus_namespace", "prometheus_pod_labels", "operator_namespace")
    def _operator_is_not_taken_for_prometheus(self) -> Iterator[Finding]:
        yield from self.taken_for_prometheus("the operator", self.operator_namespace, OPERATOR_POD_LABELS)

    def taken_for_prometheus(self, who: str, namespace: str, pod_labels: Labels) -> Iterator[Finding]:
        """An error where Prometheus' selector covers pods that must do more than `GET /metrics`.

        Of two rules for one peer, one of them on requests, Cilium sends all through its HTTP proxy, which does not let
        the Redis protocol pass: https://github.com/cilium/cilium/issues/3697
        """
        by_request = self.provider == "cilium" and self.mode == "enforce"
        covered = namespace == self.prometheus_namespace and self.prometheus_pod_labels.items() <= pod_labels.items()
        if by_request and covered:
            yield Finding.error(
                "prometheus_pod_labels",
                f"{self.prometheus_pod_labels or 'none'}: in namespace '{namespace}' that is {who} as well, whose "
                "commands Cilium would then take for HTTP and drop; accepted: labels that only Prometheus has, such as "
                "{app.kubernetes.io/name: prometheus}",
            )


def outside_warnings(mode: str, service_type: str, clients: Iterable[Client]) -> Iterator[Finding]:
    """A warning where a Service leads in from outside and an enforced policy lets nobody from there through."""
    if mode == "enforce" and service_type != "ClusterIP" and not any(client.is_outside for client in clients):
        yield Finding.warning(
            "clients",
            f"none from outside, while the Service is of type {service_type}: the policy drops what comes through it; "
            "give the addresses, such as {cidr: 203.0.113.0/24}, or make the Service a ClusterIP",
        )


ENTITIES_ARE_CILIUMS = (
    "entities are Cilium's, and a NetworkPolicy knows pods and addresses; give the addresses as `cidr`"
)
NO_HOST_NAMES = (
    "a NetworkPolicy knows pods and addresses, no host names; give `s3_egress` the addresses as {cidr: …} (0.0.0.0/0 "
    "for all) or the pods as {namespace: …}, or take `provider` 'cilium'"
)
