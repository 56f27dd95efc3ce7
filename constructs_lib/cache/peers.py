"""What cdk8s-plus-28 selects pods by, as clients of a cache: a workload, pods, namespaces, a block of addresses.

    cache.allow_from(deployment, kplus.Namespaces.select(chart, "shops", names=["shop-eu", "shop-us"]))

Which selectors a peer stands for only cdk8s-plus knows, and it says so in a policy: one is made in an app that is never
written, as its `Connections` make one. The peer's own app is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import count
from typing import Any, cast

from cdk8s import ApiObject, App, Chart
from constructs import Construct
from pydantic import ValidationInfo, field_validator

from constructs_lib.arguments.model import Arguments
from constructs_lib.cache.clients import Client, ClientLike, ClientsArguments, clients_in
from constructs_lib.construct.keyword_arguments import describe, valid_arguments
from constructs_lib.values.cdk8s_objects import PeerLike, is_like
from constructs_lib.values.redact import type_name


def let_in(clients: Sequence[ClientLike], namespace: str, described: Callable[[], str]) -> Sequence[Client]:
    """Clients as a cache of that namespace knows them.

    Raises:
        InvalidArguments: with everything that is wrong with them.
    """
    return clients_in(valid_arguments(_LetIn, {"namespace": namespace, "clients": clients}, described).clients)


def as_clients(given: Any, namespace: str) -> Any:
    """What was given for clients, with peers as the clients that they stand for.

    Args:
        given: a list of them; anything else is given back, for its validation to refuse.
        namespace: the cache's own, meant by a peer that says none.

    Raises:
        ValueError: a peer selects what no client can say.
    """
    if not isinstance(given, list | tuple):
        return given
    return [client for each in given for client in _as_clients(each, namespace)]


class _OfNamespace(Arguments):
    namespace: str


class _LetIn(ClientsArguments, _OfNamespace):
    # Of several bases the last one's fields are validated first.
    @field_validator("clients", mode="before")
    @classmethod
    def _are_clients(cls, given: Any, info: ValidationInfo) -> Any:
        return as_clients(given, info.data["namespace"])


def _as_clients(given: Any, namespace: str) -> list[Any]:
    if not is_like(PeerLike, given):
        return [given]
    selected = _selected_by(given)
    if not selected:
        raise ValueError(f"{describe(given)} selects nobody; accepted: one that does")
    return [_client(each, namespace, given) for each in selected]


def _selected_by(peer: Construct) -> list[dict[str, Any]]:
    """The `from` of a policy that lets a peer in."""
    from cdk8s_plus_28 import INetworkPolicyPeer, NetworkPolicy

    policy = NetworkPolicy(_scratch(), f"peer-{next(_NUMBERS)}")
    try:
        policy.add_ingress_rule(cast("INetworkPolicyPeer", peer))
    except (AttributeError, TypeError, RuntimeError) as error:
        reason = str(error).partition("\n")[0]
        raise ValueError(
            f"{type_name(peer)} is no peer of cdk8s-plus-28 ({reason}); accepted: one, or a Client"
        ) from None
    selected: list[dict[str, Any]] = ApiObject.of(policy).to_json()["spec"]["ingress"][0].get("from", [])
    return selected


@cache
def _scratch() -> Chart:
    return Chart(App(), "peers")


_NUMBERS = count()


def _client(selected: Mapping[str, Any], namespace: str, peer: Construct) -> Client:
    if block := selected.get("ipBlock"):
        if block.get("except"):
            raise ValueError(f"{describe(peer)} leaves addresses out of its block; accepted: a block in whole")
        return Client(cidr=block["cidr"])
    labels = _labels(selected.get("podSelector", {}))
    if labels is None:
        raise ValueError(
            f"{describe(peer)} selects pods by more than labels; accepted: labels, and expressions that name one value"
        )
    return Client(namespace=_namespace(selected.get("namespaceSelector"), namespace, peer), pod_labels=labels)


def _namespace(selector: Mapping[str, Any] | None, own: str, peer: Construct) -> str:
    if selector is None:
        return own
    labels = _labels(selector) or {}
    if set(labels) != {_NAMESPACE_NAME}:
        raise ValueError(
            f"{describe(peer)} selects namespaces by more than their names; accepted: "
            "Namespaces.select(…, names=[…]), or a Client for each namespace"
        )
    return labels[_NAMESPACE_NAME]


_NAMESPACE_NAME = "kubernetes.io/metadata.name"
"""The label that every namespace has, with its name, since Kubernetes 1.21:
https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name"""


def _labels(selector: Mapping[str, Any]) -> dict[str, str] | None:
    """The labels that a selector asks for; None where it asks for anything else."""
    labels: dict[str, str] = dict(selector.get("matchLabels") or {})
    for expression in selector.get("matchExpressions") or ():
        values = expression.get("values") or []
        if expression["operator"] != "In" or len(values) != 1:
            return None
        if labels.setdefault(expression["key"], values[0]) != values[0]:
            return None
    return labels
