"""`FluxKustomization`: Flux applies one folder of manifests, in order and with real health checks."""

from __future__ import annotations

from typing import Any

from cdk8s import ApiObject
from constructs import Construct

from constructs_lib.construct.keyword_arguments import keyword_arguments, namespace_of
from constructs_lib.construct.resource import resource
from constructs_lib.flux.arguments import KustomizationArguments


class FluxKustomization(Construct):
    """One Flux Kustomization.

    FluxKustomization(chart, "sessions", name="sessions", path="./dist/sessions",
                      depends_on=[Dependency(name="dragonfly-operator")],
                      health_check_exprs=[DRAGONFLY_IS_READY])
    """

    @keyword_arguments(KustomizationArguments)
    def __init__(self, scope: Construct, id: str, arguments: KustomizationArguments) -> None:
        namespace = namespace_of(arguments.namespace, self, scope, id)
        super().__init__(scope, id)
        self._api_object = self._kustomization(arguments, namespace)

    @property
    def api_object(self) -> ApiObject:
        """The Kustomization, for what the arguments do not foresee."""
        return self._api_object

    def _kustomization(self, arguments: KustomizationArguments, namespace: str) -> ApiObject:
        from imports.dragonfly.io.fluxcd.toolkit.kustomize import Kustomization, KustomizationSpec

        spec = KustomizationSpec(**_spec(arguments))
        return resource(self, "Kustomization", Kustomization, spec, name=arguments.name, namespace=namespace)


def _spec(arguments: KustomizationArguments) -> dict[str, Any]:
    from imports.dragonfly.io.fluxcd.toolkit.kustomize import (
        KustomizationSpecDecryptionProvider,
        KustomizationSpecHealthCheckExprs,
        KustomizationSpecPostBuildSubstituteFromKind,
        KustomizationSpecSourceRefKind,
    )

    source = arguments.source_ref
    spec: dict[str, Any] = {
        "path": arguments.path,
        "source_ref": {**source.model_dump(), "kind": _member(KustomizationSpecSourceRefKind, source.kind)},
        "interval": arguments.interval,
        "retry_interval": arguments.retry_interval,
        "timeout": arguments.timeout,
        "prune": arguments.prune,
        "wait": arguments.wait,
        "depends_on": [dependency.model_dump(exclude_none=True) for dependency in arguments.depends_on],
        "health_check_exprs": [
            KustomizationSpecHealthCheckExprs(**check.model_dump()) for check in arguments.health_check_exprs
        ],
        "service_account_name": arguments.service_account_name,
        "suspend": arguments.suspend or None,
    }
    if arguments.substitute_from:
        kinds = KustomizationSpecPostBuildSubstituteFromKind
        spec["post_build"] = {
            "substitute_from": [
                {"name": source.name, "kind": _member(kinds, source.kind), "optional": source.optional or None}
                for source in arguments.substitute_from
            ]
        }
    if arguments.decryption_secret:
        spec["decryption"] = {
            "provider": KustomizationSpecDecryptionProvider.SOPS,
            "secret_ref": {"name": arguments.decryption_secret},
        }
    return {name: value for name, value in spec.items() if value not in (None, [])}


def _member(enumeration: Any, kind: str) -> Any:
    """The binding's member for a kind: `GitRepository` is `GIT_REPOSITORY`, `OCIRepository` is `OCI_REPOSITORY`."""
    names = {member.name.replace("_", ""): member for member in enumeration}
    return names[kind.upper()]
