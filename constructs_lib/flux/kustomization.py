"""`FluxKustomization`: Flux applies one folder of manifests, in order and with real health checks."""

from __future__ import annotations

from typing import Any

from cdk8s import ApiObject
from constructs import Construct

from constructs_lib.arguments.types import secret_name
from constructs_lib.construct.api_object import RESOURCE, RenderedObject
from constructs_lib.construct.keyword_arguments import keyword_arguments, namespace_of
from constructs_lib.flux.annotations import FLUX_GROUP
from constructs_lib.flux.arguments import HealthCheckExpression, KustomizationArguments, SubstituteFrom
from constructs_lib.values.cdk8s_objects import SecretLike


class FluxKustomization(Construct):
    """One Flux Kustomization.

    FluxKustomization(chart, "sessions", name="sessions", path="./dist/sessions",
                      depends_on=[Dependency(name="dragonfly-operator")],
                      health_check_exprs=[DRAGONFLY_IS_READY])
    """

    @keyword_arguments(KustomizationArguments)
    def __init__(self, scope: Construct, id: str, arguments: KustomizationArguments) -> None:
        namespace = namespace_of(arguments.namespace, type(self), scope, id)
        super().__init__(scope, id)
        self._api_object = RenderedObject(
            self,
            RESOURCE,
            f"{FLUX_GROUP}/v1",
            "Kustomization",
            lambda: {"spec": _spec(arguments)},
            name=arguments.name,
            namespace=namespace,
        )

    @property
    def api_object(self) -> ApiObject:
        """The Kustomization, for what the arguments do not foresee."""
        return self._api_object


def _spec(arguments: KustomizationArguments) -> dict[str, Any]:
    spec = {
        "path": arguments.path,
        "sourceRef": arguments.source_ref.model_dump(),
        "interval": arguments.interval,
        "retryInterval": arguments.retry_interval,
        "timeout": arguments.timeout,
        "prune": arguments.prune,
        "wait": arguments.wait,
        "suspend": arguments.suspend or None,
        "dependsOn": [dependency.model_dump(exclude_none=True) for dependency in arguments.depends_on],
        "healthCheckExprs": [_health_check(expression) for expression in arguments.health_check_exprs],
        "serviceAccountName": arguments.service_account_name,
        "postBuild": _post_build(arguments.substitute_from),
        "decryption": _decryption(arguments.decryption_secret),
    }
    return {name: value for name, value in spec.items() if value not in (None, [], {})}


def _health_check(expression: HealthCheckExpression) -> dict[str, str]:
    fields = {
        "apiVersion": expression.api_version,
        "kind": expression.kind,
        "current": expression.current,
        "inProgress": expression.in_progress,
        "failed": expression.failed,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _post_build(sources: list[SubstituteFrom]) -> dict[str, Any]:
    if not sources:
        return {}
    references = [
        {"kind": source.kind, "name": source.name, **({"optional": True} if source.optional else {})}
        for source in sources
    ]
    return {"substituteFrom": references}


def _decryption(secret: str | SecretLike | None) -> dict[str, Any]:
    return {"provider": "sops", "secretRef": {"name": secret_name(secret)}} if secret else {}
