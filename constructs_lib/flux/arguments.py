"""Arguments of a `FluxKustomization`: how Flux applies one folder."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from constructs_lib.arguments.model import Arguments, Meaning, rule
from constructs_lib.arguments.references import Reference
from constructs_lib.arguments.types import FluxDuration, NamespaceName, ObjectName, SecretName, Text
from constructs_lib.errors import Finding
from constructs_lib.values.duration import seconds_of

SHORTEST_TIMEOUT = 30
"""Seconds."""


class SourceReference(Reference):
    """The Flux source that the folder is in."""

    kind: Literal["GitRepository", "OCIRepository", "Bucket"] = "GitRepository"
    name: ObjectName = "flux-system"
    namespace: NamespaceName = "flux-system"


class Dependency(Reference):
    """A Kustomization that must be ready first."""

    name: ObjectName
    namespace: NamespaceName | None = None
    """The Kustomization's own namespace when left out."""


class SubstituteFrom(Reference):
    """A Secret or ConfigMap whose keys replace `${KEY}` in what is applied."""

    kind: Literal["Secret", "ConfigMap"] = "Secret"
    name: ObjectName
    optional: bool = False


class HealthCheckExpression(Reference):
    """How Flux tells that an object of a kind is ready, in CEL (Flux v2.5 or later)."""

    api_version: Text
    kind: Text
    current: Text
    in_progress: Text | None = None
    failed: Text | None = None


_READY = "has(status.phase) && status.phase in ['Ready', 'ready']"

DRAGONFLY_IS_READY = HealthCheckExpression(
    api_version="dragonflydb.io/v1alpha1", kind="Dragonfly", current=_READY, in_progress=f"!({_READY})"
)
"""A Dragonfly has a phase and no conditions, so that Flux calls it ready at once without this. Beside `wait: true`
a `healthChecks` entry is ignored and this is not (docs/dragonfly.md, "Flux"; seen running)."""


class KustomizationArguments(Arguments):
    """One Flux Kustomization."""

    name: Annotated[ObjectName, Meaning("Name of the Kustomization.")]
    namespace: Annotated[
        NamespaceName | None, Meaning("Namespace of the Kustomization object.", default="the chart's")
    ] = None
    path: Annotated[Text, Meaning("The folder to apply, from the source's root.")]
    source_ref: Annotated[
        Annotated[SourceReference, Field(strict=False)], Meaning("The source that the folder is in.")
    ] = SourceReference()
    depends_on: Annotated[
        list[Annotated[Dependency, Field(strict=False)]], Meaning("Kustomizations that must be ready first.")
    ] = Field(default_factory=list)
    interval: Annotated[FluxDuration, Meaning("How often Flux applies the folder again.")] = "1h"
    retry_interval: Annotated[FluxDuration, Meaning("How soon Flux tries again after a failure.")] = "30s"
    timeout: Annotated[
        FluxDuration, Meaning("How long Flux waits for what it applied to be ready: 30s at least, whatever is given.")
    ] = "10m"
    prune: Annotated[bool, Meaning("Delete from the cluster what is no longer in the folder.")] = True
    wait: Annotated[bool, Meaning("Be ready only when all that was applied is.")] = True
    suspend: Annotated[bool, Meaning("Stop applying the folder.")] = False
    substitute_from: Annotated[
        list[Annotated[SubstituteFrom, Field(strict=False)]],
        Meaning("Secrets and ConfigMaps whose keys replace `${KEY}` in what is applied."),
    ] = Field(default_factory=list)
    decryption_secret: Annotated[
        SecretName | None, Meaning("Secret with the key that decrypts SOPS-encrypted files in the folder.")
    ] = None
    health_check_exprs: Annotated[
        list[Annotated[HealthCheckExpression, Field(strict=False)]],
        Meaning("How to tell that objects are ready which Flux cannot judge by itself."),
    ] = Field(default_factory=list)
    service_account_name: Annotated[ObjectName | None, Meaning("ServiceAccount that Flux applies the folder as.")] = (
        None
    )

    @rule("timeout")
    def _flux_waits_half_a_minute_at_least(self) -> Iterator[Finding]:
        # GetTimeout: https://github.com/fluxcd/kustomize-controller/blob/main/api/v1/kustomization_types.go
        if seconds_of(self.timeout) < SHORTEST_TIMEOUT:
            yield Finding.warning("timeout", f"{self.timeout}: Flux takes it for 30s, its shortest; give 30s or more")
