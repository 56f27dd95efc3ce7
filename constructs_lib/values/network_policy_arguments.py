"""Arguments of a `DragonflyNetworkPolicy`: who may reach a cache, and what it may reach."""

from typing import Annotated, Literal

from pydantic import Field

from constructs_lib.values.arguments import Arguments, Meaning
from constructs_lib.values.kinds import Labels, NamespaceName, Reference
from constructs_lib.values.operator_arguments import OPERATOR_NAMESPACE


class Client(Reference):
    """Pods that may use the cache: `Client(namespace="identity", pod_labels={"app": "keycloak"})`."""

    namespace: NamespaceName
    pod_labels: Labels = Field(default_factory=dict)
    """Labels of the pods; every pod of the namespace when left out."""


class NetworkPolicyArguments(Arguments):
    """The flows of one cache: clients, operator, replication, Prometheus, DNS and S3."""

    mode: Annotated[
        Literal["enforce", "audit"],
        Meaning("`enforce` drops what no rule allows; `audit` drops nothing and shows the flows in Hubble."),
    ] = "enforce"
    clients: Annotated[
        list[Annotated[Client, Field(strict=False)]], Meaning("Who may use port 6379 (and memcached's, if it is open).")
    ] = Field(default_factory=list)
    operator_namespace: Annotated[NamespaceName, Meaning("Where the operator runs.")] = OPERATOR_NAMESPACE
    prometheus_namespace: Annotated[
        NamespaceName | None,
        Meaning(
            "Where Prometheus runs: it may `GET /metrics` on port 9999 and, when enforced, nothing else.",
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
