"""Arguments of a `DragonflyOperator`: the Helm release that installs it."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from constructs_lib.arguments.core_v1 import CoreV1
from constructs_lib.arguments.model import Arguments, Meaning, rule
from constructs_lib.arguments.resources import cpu_request_findings, memory_request_findings
from constructs_lib.arguments.types import (
    CpuAmount,
    ExactVersion,
    FluxDuration,
    Labels,
    MemoryAmount,
    NamespaceName,
    ObjectName,
    PositiveInt,
    PrometheusDuration,
)
from constructs_lib.dragonfly.operator_versions import operator_version_findings
from constructs_lib.errors import Finding
from constructs_lib.values.version import Version

OPERATOR_NAMESPACE = "dragonfly-operator-system"
CHART = "dragonfly-operator"

OPERATOR_POD_LABELS = {"app.kubernetes.io/name": "dragonfly-operator", "control-plane": "controller-manager"}
"""Labels by which the operator's pods are selected (docs/dragonfly.md: the Helm chart)."""


class OperatorArguments(Arguments):
    """The operator's Helm release: chart, version, resources, scheduling and metrics."""

    version: Annotated[ExactVersion, Meaning("Version of the operator and of its chart.")] = "v1.3.1"
    namespace: Annotated[NamespaceName, Meaning("Namespace that the operator runs in.")] = OPERATOR_NAMESPACE
    source: Annotated[
        Literal["HelmRepository", "OCIRepository"],
        Meaning("The kind of Flux source that the chart comes from."),
    ] = "HelmRepository"
    interval: Annotated[FluxDuration, Meaning("How often Flux looks at the source and the release.")] = "1h"
    crds_keep: Annotated[
        bool,
        Meaning(
            "Leave the CRDs, and with them every instance, when the release is uninstalled.", source="chart `crds.keep`"
        ),
    ] = True
    replica_count: Annotated[
        PositiveInt, Meaning("Pods of the operator; one of them leads.", source="chart `replicaCount`")
    ] = 1
    cpu_request: Annotated[CpuAmount, Meaning("CPU that the scheduler sets aside.", unit="cores")] = "50m"
    cpu_limit: Annotated[
        CpuAmount | None, Meaning("CPU at which the operator is throttled.", unit="cores", default="no limit")
    ] = None
    memory_request: Annotated[MemoryAmount, Meaning("Memory that the scheduler sets aside.", unit="bytes")] = "64Mi"
    memory_limit: Annotated[MemoryAmount, Meaning("Memory at which the operator is killed.", unit="bytes")] = "128Mi"
    priority_class_name: Annotated[ObjectName | None, Meaning("PriorityClass of the operator.")] = (
        "system-cluster-critical"
    )
    node_selector: Annotated[Labels, Meaning("Labels that a node must have.")] = Field(default_factory=dict)
    tolerations: Annotated[
        list[Any] | None, CoreV1("Toleration", many=True), Meaning("Taints of nodes that the operator tolerates.")
    ] = None
    monitoring: Annotated[
        bool,
        Meaning(
            "Have Prometheus scrape the operator through a ServiceMonitor. Switches the chart's RBAC proxy "
            "off: behind it "
            "the target is always down.",
            source="chart `serviceMonitor`, `rbacProxy`",
        ),
    ] = False
    monitoring_interval: Annotated[PrometheusDuration, Meaning("How often the operator is scraped.")] = "30s"
    monitoring_labels: Annotated[
        Labels, Meaning("Labels on the ServiceMonitor, where Prometheus selects by label.")
    ] = Field(default_factory=dict)

    @property
    def release(self) -> Version:
        """The operator's version, parsed."""
        return Version.of(self.version)

    @rule("version")
    def _version_is_supported(self) -> Iterator[Finding]:
        yield from operator_version_findings(self.release, "version")

    @rule("memory_request", "memory_limit")
    def _memory_request_is_within_the_limit(self) -> Iterator[Finding]:
        yield from memory_request_findings(self.memory_request, self.memory_limit)

    @rule("cpu_request", "cpu_limit")
    def _cpu_request_is_within_the_limit(self) -> Iterator[Finding]:
        yield from cpu_request_findings(self.cpu_request, self.cpu_limit)
