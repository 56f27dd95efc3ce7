"""Who may use a cache: pods, addresses or entities, let in by `cache.allow_from(…)` or by a policy's `clients`."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BeforeValidator, Field, model_validator

from constructs_lib.arguments.model import Arguments, Meaning
from constructs_lib.arguments.references import Reference
from constructs_lib.arguments.types import Cidr, Labels, NamespaceName, validated_as
from constructs_lib.values.cdk8s_objects import PeerLike

_ReferenceT = TypeVar("_ReferenceT", bound=Reference)

Entity = Literal["all", "cluster", "host", "ingress", "remote-node", "world"]
"""Cilium's names for what is no pod: https://docs.cilium.io/en/stable/security/policy/language/#entities-based"""


class Client(Reference):
    """Who may use the cache: `Client(namespace="identity", pod_labels={"app": "keycloak"})`.

    Pods by their namespace and labels; or what comes from outside, by address (`cidr`) or, with Cilium, by entity.
    """

    namespace: NamespaceName | None = None
    pod_labels: Labels = Field(default_factory=dict)
    """Labels of the pods; every pod of the namespace when left out."""
    cidr: Cidr | None = None
    """Addresses outside the cluster, such as `203.0.113.0/24`."""
    entities: list[Entity] = Field(default_factory=list)
    """Cilium's entities, such as `["world", "remote-node"]`."""

    @model_validator(mode="after")
    def _one_of_three(self) -> "Client":
        return one_of(self, "namespace", "cidr", "entities")

    @property
    def is_outside(self) -> bool:
        """It reaches the cache through a Service of type NodePort or LoadBalancer, not as a pod."""
        return self.namespace is None

    def __str__(self) -> str:
        return written(self)


def _namespace_named(value: Any) -> Any:
    return {"namespace": value} if isinstance(value, str) else value


_NAMED = BeforeValidator(_namespace_named, json_schema_input_type=Client | str)

ClientLike = Client | PeerLike | str
"""A `Client`, the name of a namespace for all its pods, or what cdk8s-plus selects pods by."""

Clients = Annotated[
    Sequence[ClientLike],
    validated_as(list[Annotated[Client, Field(strict=False), _NAMED]]),
    Meaning("Who may use port 6379 (and memcached's, if it is open); a text is a namespace, for all its pods."),
]


class ClientsArguments(Arguments):
    """The clients of a cache."""

    clients: Clients = Field(default_factory=list)


def clients_in(validated: Sequence[ClientLike]) -> Sequence[Client]:
    """The clients that a validated argument holds."""
    return [client for client in validated if isinstance(client, Client)]


def one_of(reference: _ReferenceT, *fields: str) -> _ReferenceT:
    """The reference, if it has just one of those fields.

    Raises:
        ValueError: none or several, or labels of pods without a namespace.
    """
    given = [field for field in fields if getattr(reference, field)]
    if len(given) != 1:
        raise ValueError(f"{' and '.join(given) or 'nothing'} given; accepted: one of {', '.join(fields)}")
    if given != ["namespace"] and getattr(reference, "pod_labels", None):
        raise ValueError(f"pod_labels given beside {given[0]}; they go with namespace")
    return reference


def written(reference: Reference) -> str:
    """A reference as its user wrote it, for an error."""
    fields = reference.model_dump(exclude_defaults=True)
    return f"{type(reference).__name__}({', '.join(f'{name}={value!r}' for name, value in fields.items())})"
