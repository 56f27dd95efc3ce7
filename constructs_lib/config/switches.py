"""The switches of `cluster.yaml`: which parts there are, and which other components the cluster has."""

from typing import Annotated, Any, Literal

from pydantic import Field

from constructs_lib.acl.presets import PresetName
from constructs_lib.arguments.model import Arguments, Meaning
from constructs_lib.arguments.types import NamespaceName, ObjectName, Text
from constructs_lib.flux.arguments import (
    DRAGONFLY_IS_READY,
    Dependency,
    HealthCheckExpression,
    SubstituteFrom,
)


class Switches(Arguments):
    """What the file itself decides: which parts there are, and which other components the cluster has."""

    dragonfly_enabled: Annotated[
        bool,
        Meaning(
            "Write Dragonfly's manifests at all. Switched off, `flux/kustomization.yaml` alone is written, which names "
            "no resources: Flux then removes the cache, its data and the operator; namespaces and CRDs stay. To keep "
            "the cache, set `dragonfly_flux_prune: false` and apply that before."
        ),
    ] = False
    dragonfly_instances: Annotated[
        dict[str, dict[str, Any] | None] | None,
        Meaning(
            "A fleet: the name of each cache, with the variables that it has otherwise than the flat ones, which all "
            "inherit (docs/cache/fleets.md).",
            default="one cache, `dragonfly_name`",
        ),
    ] = None
    dragonfly_backup_enabled: Annotated[bool, Meaning("Save the cache to S3 on schedule.")] = False
    dragonfly_monitoring_enabled: Annotated[
        bool, Meaning("Scrape the cache, alert on it and show a dashboard. Needs `monitoring_enabled`.")
    ] = False
    dragonfly_monitoring_dashboard_scope: Annotated[
        Literal["fleet", "instance"] | None,
        Meaning(
            "One dashboard for the fleet, with a picker, or one for each instance.",
            default="`fleet` with `dragonfly_instances`",
        ),
    ] = None
    dragonfly_acl_enabled: Annotated[
        bool,
        Meaning(
            "Give clients users of their own, each with its own keys and password: those of `dragonfly_acl_clients` "
            "and of `dragonfly_acl_users`."
        ),
    ] = False
    dragonfly_acl_clients: Annotated[
        list[PresetName] | None,
        Meaning(
            "Known clients that are users, each under its own name (docs/acl.md says what each may do).",
            default="`keycloak`, `appcache`, and `litellm` and `langfuse` where their switch is on",
        ),
    ] = None
    dragonfly_acl_users: Annotated[
        list[dict[str, Any]],
        Meaning(
            "Further users: `name`, and `preset` or `keys`, `channels`, `allow`, `deny`, `databases` (docs/acl.md). "
            "One with the name of a known client takes its place."
        ),
    ] = Field(default_factory=list)
    dragonfly_auth_secret: Annotated[
        ObjectName | None,
        Meaning(
            "Secret with `password`, and with the users' passwords, the ACL file and the S3 keys where those are on.",
            default="`NAME-auth`",
        ),
    ] = None
    dragonfly_client_namespaces: Annotated[
        list[NamespaceName],
        Meaning("Namespaces, beside those of the switches and `default`, whose pods may use the cache."),
    ] = Field(default_factory=list)
    dragonfly_tls_enabled: Annotated[
        bool,
        Meaning(
            "Clients speak TLS: with a certificate that cert-manager makes, by `dragonfly_tls_issuer`, or with that in "
            "the Secret `dragonfly_tls_secret`. Port 9999 and replication stay plain."
        ),
    ] = False
    dragonfly_tls_depends_on: Annotated[
        list[Annotated[Dependency, Field(strict=False)]],
        Meaning("Kustomizations that the cache waits for when it has a certificate: cert-manager's, say."),
    ] = Field(default_factory=list)
    dragonfly_flux_path: Annotated[Text, Meaning("Path of the output folder in the repository that Flux reads.")] = (
        "./dist"
    )
    dragonfly_flux_namespace: Annotated[
        NamespaceName | None, Meaning("Namespace of the Flux Kustomizations.", default="`dragonfly_namespace`")
    ] = None
    dragonfly_flux_depends_on: Annotated[
        list[Annotated[Dependency, Field(strict=False)]],
        Meaning("Kustomizations of the cluster that the operator waits for; `[]` for none."),
    ] = [Dependency(name="coredns", namespace="kube-system")]  # noqa: RUF012  # frozen by the model
    dragonfly_flux_substitute_from: Annotated[
        list[Annotated[SubstituteFrom, Field(strict=False)]],
        Meaning("Secrets and ConfigMaps whose keys replace `${KEY}` in the cache's manifests; `[]` for none."),
    ] = [SubstituteFrom(name="cluster-secrets")]  # noqa: RUF012
    dragonfly_backup_depends_on: Annotated[
        list[Annotated[Dependency, Field(strict=False)]],
        Meaning("Kustomizations that the cache waits for when it is saved to RustFS; `[]` for none."),
    ] = [Dependency(name="rustfs", namespace="storage")]  # noqa: RUF012
    dragonfly_flux_health_check_exprs: Annotated[
        list[Annotated[HealthCheckExpression, Field(strict=False)]],
        Meaning(
            "How Flux tells that the cache's objects are ready; `[]` for none.",
            default="a Dragonfly's `status.phase` is Ready",
        ),
    ] = [DRAGONFLY_IS_READY]  # noqa: RUF012
    monitoring_enabled: Annotated[bool, Meaning("The cluster runs Prometheus and its operator, in `monitoring`.")] = (
        False
    )
    rustfs_enabled: Annotated[bool, Meaning("The cluster runs RustFS, in `storage`.")] = False
    network_policies_enabled: Annotated[
        bool,
        Meaning("The cluster's components have network policies: Cilium's, or of `dragonfly_network_policy_provider`."),
    ] = False
    network_policies_mode: Annotated[
        Literal["audit", "enforce"], Meaning("`audit` drops nothing and shows the flows in Hubble.")
    ] = "audit"
    keycloak_enabled: Annotated[bool, Meaning("Keycloak's pods, in `identity`, may use the cache.")] = False
    litellm_enabled: Annotated[
        bool,
        Meaning("LiteLLM's pods, in `ai-system`, may use the cache; with `dragonfly_acl_enabled` as user `litellm`."),
    ] = False
    langfuse_enabled: Annotated[
        bool,
        Meaning("Langfuse's pods, in `ai-system`, may use the cache; with `dragonfly_acl_enabled` as user `langfuse`."),
    ] = False
