"""Namespaces with Pod Security labels, which Flux never prunes."""

from __future__ import annotations

from typing import Literal

from cdk8s import ApiObject
from constructs import Construct

from constructs_lib.construct.api_object import RenderedObject
from constructs_lib.flux.annotations import FLUX_GROUP

PodSecurity = Literal["privileged", "baseline", "restricted"]


def add_namespace(scope: Construct, name: str, pod_security: PodSecurity) -> ApiObject:
    """A Namespace whose pods must pass a Pod Security level.

    Flux leaves it in place when it goes out of the folder: with it would go every object and volume in it.

    Args:
        scope: the chart.
        name: name of the namespace.
        pod_security: the level that is enforced, audited and warned of.
    """
    modes = ("enforce", "audit", "warn")
    return RenderedObject(
        scope,
        f"namespace-{name}",
        "v1",
        "Namespace",
        dict,
        name=name,
        labels={
            f"{FLUX_GROUP}/prune": "disabled",
            **{f"pod-security.kubernetes.io/{mode}": pod_security for mode in modes},
        },
        cluster_scoped=True,
    )
