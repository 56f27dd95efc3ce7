"""Arguments of the pods: where they run, how they are secured, and what stands beside the server in them."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from constructs_lib.arguments.core_v1 import CoreV1
from constructs_lib.arguments.model import Arguments, Meaning, rule
from constructs_lib.arguments.types import Annotations, Labels, ObjectName, OwnLabels, SecretNames
from constructs_lib.errors import Finding

DRAGONFLY_ID = 999
"""User and group that the image runs as."""

CONTROL_PLANE_LABEL = "node-role.kubernetes.io/control-plane"

RESTRICTED_POD = {
    "runAsNonRoot": True,
    "runAsUser": DRAGONFLY_ID,
    "runAsGroup": DRAGONFLY_ID,
    "fsGroup": DRAGONFLY_ID,
    "seccompProfile": {"type": "RuntimeDefault"},
}
RESTRICTED_CONTAINER = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
"""What Pod Security's `restricted` asks for, and the image runs with (docs/dragonfly.md, "Secrets"; seen running)."""

KNOWN_ENVIRONMENT_PREFIX = "DFLY_"


class PodArguments(Arguments):
    """Scheduling, security and contents of the pods. Parts that are core/v1 are given as the YAML they are."""

    affinity: Annotated[
        Any,
        CoreV1("Affinity"),
        Meaning(
            "Rules for the nodes and neighbours of the pods.",
            default="with more than one replica: rather not two on one node",
        ),
    ] = None
    topology_spread_constraints: Annotated[
        list[Any] | None,
        CoreV1("TopologySpreadConstraint", many=True),
        Meaning("How the pods spread over zones or nodes; one without a labelSelector gets the pods' own."),
    ] = None
    node_selector: Annotated[Labels, Meaning("Labels that a node must have.")] = Field(default_factory=dict)
    tolerations: Annotated[
        list[Any] | None, CoreV1("Toleration", many=True), Meaning("Taints of nodes that the pods tolerate.")
    ] = None
    priority_class_name: Annotated[ObjectName | None, Meaning("PriorityClass of the pods.")] = None
    control_plane_only: Annotated[
        bool, Meaning("Run on control-plane nodes alone: sets the node selector and the toleration.")
    ] = False
    pod_security: Annotated[
        Literal["baseline", "restricted"],
        Meaning(
            "Pod Security level that the pods must pass. The operator's own pods pass `baseline`; `restricted` sets "
            "the security contexts that it asks for."
        ),
    ] = "baseline"
    pod_security_context: Annotated[
        Any,
        CoreV1("PodSecurityContext"),
        Meaning(
            "Security context of the pods. Setting it drops the operator's `fsGroup: 999`, so that is put back where "
            "you give none.",
        ),
    ] = None
    container_security_context: Annotated[
        Any, CoreV1("SecurityContext"), Meaning("Security context of the server's container.")
    ] = None
    skip_fs_group: Annotated[
        bool, Meaning("Leave `fsGroup` to the platform (OpenShift).", source="CRD `skipFSGroup`")
    ] = False
    labels: Annotated[OwnLabels, Meaning("Labels on the StatefulSet's pods; the operator's own keys are refused.")] = (
        Field(default_factory=dict)
    )
    annotations: Annotated[Annotations, Meaning("Annotations on the pods; a change restarts them.")] = Field(
        default_factory=dict
    )
    pod_metadata_labels: Annotated[OwnLabels, Meaning("Labels on the pods alone.", source="CRD `podMetadata`")] = Field(
        default_factory=dict
    )
    pod_metadata_annotations: Annotated[
        Annotations, Meaning("Annotations on the pods alone.", source="CRD `podMetadata`")
    ] = Field(default_factory=dict)
    owned_objects_metadata_labels: Annotated[
        OwnLabels, Meaning("Labels on all that the operator makes.", source="CRD `ownedObjectsMetadata`")
    ] = Field(default_factory=dict)
    owned_objects_metadata_annotations: Annotated[
        Annotations, Meaning("Annotations on all that the operator makes.", source="CRD `ownedObjectsMetadata`")
    ] = Field(default_factory=dict)
    env: Annotated[
        list[Any] | None,
        CoreV1("EnvVar", many=True),
        Meaning("Environment of the server's container. `DFLY_…` variables are flags: use the arguments."),
    ] = None
    init_containers: Annotated[
        list[Any] | None, CoreV1("Container", many=True), Meaning("Containers that run before the server.")
    ] = None
    additional_containers: Annotated[
        list[Any] | None, CoreV1("Container", many=True), Meaning("Containers beside the server.")
    ] = None
    additional_volumes: Annotated[list[Any] | None, CoreV1("Volume", many=True), Meaning("Volumes of the pods.")] = None
    image_pull_policy: Annotated[
        Literal["Always", "IfNotPresent", "Never"] | None, Meaning("When the image is pulled.")
    ] = None
    image_pull_secrets: Annotated[SecretNames, Meaning("Secrets for the image's registry.")] = Field(
        default_factory=list
    )
    service_account_name: Annotated[ObjectName | None, Meaning("ServiceAccount of the pods.")] = None
    custom_liveness_probe_config_map: Annotated[
        ObjectName | None, Meaning("ConfigMap with a script of your own for the liveness probe.")
    ] = None
    custom_readiness_probe_config_map: Annotated[
        ObjectName | None, Meaning("ConfigMap with a script of your own for the readiness probe.")
    ] = None
    custom_startup_probe_config_map: Annotated[
        ObjectName | None, Meaning("ConfigMap with a script of your own for the startup probe.")
    ] = None

    @property
    def environment_names(self) -> list[str]:
        """Names of the environment's variables, in the order of `env`."""
        return [str(_field(variable, "name")) for variable in self.env or ()]

    @rule("pod_security", "pod_security_context", "container_security_context")
    def _restricted_means_restricted(self) -> Iterator[Finding]:
        if self.pod_security == "restricted":
            for name in ("pod_security_context", "container_security_context"):
                if getattr(self, name) is not None:
                    yield Finding.error(
                        name,
                        "`pod_security` 'restricted' sets it; leave one of the two out",
                    )

    @rule("pod_security", "skip_fs_group")
    def _restricted_keeps_its_group(self) -> Iterator[Finding]:
        if self.pod_security == "restricted" and self.skip_fs_group:
            yield Finding.error(
                "skip_fs_group", "`pod_security` 'restricted' sets fsGroup 999; leave one of the two out"
            )

    @rule("additional_containers", "init_containers")
    def _no_container_replaces_the_servers(self) -> Iterator[Finding]:
        for argument in ("additional_containers", "init_containers"):
            for index, container in enumerate(getattr(self, argument) or ()):
                if _field(container, "name") == "dragonfly":
                    yield Finding.error(
                        f"{argument}[{index}].name",
                        "'dragonfly' replaces the server's container; accepted: another name",
                    )

    @rule("env")
    def _no_flag_hides_in_the_environment(self) -> Iterator[Finding]:
        for index, name in enumerate(self.environment_names):
            if name.startswith(KNOWN_ENVIRONMENT_PREFIX):
                yield Finding.error(
                    f"env[{index}].name",
                    f"{name!r} is a flag of the server, which exits on those that it does not know; give it as an "
                    "argument or in `flags`",
                )

    @rule("control_plane_only", "node_selector")
    def _control_plane_is_chosen_once(self) -> Iterator[Finding]:
        if self.control_plane_only and self.node_selector.get(CONTROL_PLANE_LABEL, ""):
            yield Finding.error(
                f"node_selector.{CONTROL_PLANE_LABEL}", "`control_plane_only` sets it to ''; leave one of the two out"
            )


def _field(part: Any, name: str) -> Any:
    """A field of a core/v1 part, given as a mapping or as one of cdk8s-plus' own types."""
    return part.get(name) if isinstance(part, dict) else getattr(part, name, None)
