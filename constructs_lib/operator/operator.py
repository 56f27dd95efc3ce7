"""`DragonflyOperator`: the operator, installed by Flux from its Helm chart."""

from __future__ import annotations

from typing import Any

from cdk8s import ApiObject
from constructs import Construct

from constructs_lib.arguments.core_v1 import plain
from constructs_lib.construct.keyword_arguments import keyword_arguments
from constructs_lib.construct.resource import resource
from constructs_lib.operator.arguments import CHART, OPERATOR_POD_LABELS, OperatorArguments
from constructs_lib.values.cpu import Cpu
from constructs_lib.values.memory import Memory

RELEASE = "dragonfly-operator"
"""Name of the release. The chart names the Deployment after it, and what is known of its pods holds for this name."""

CHART_REPOSITORY = "oci://ghcr.io/dragonflydb/dragonfly-operator/helm"


class DragonflyOperator(Construct):
    """A Flux source and a HelmRelease that install the Dragonfly operator and its CRDs.

    The namespace must exist (`add_namespace` makes one; its pods pass Pod Security `restricted`).

        DragonflyOperator(chart, "operator", version="v1.6.1", monitoring=True)
    """

    @keyword_arguments(OperatorArguments)
    def __init__(self, scope: Construct, id: str, arguments: OperatorArguments) -> None:
        super().__init__(scope, id)
        self._arguments = arguments
        self._source = self._helm_repository() if arguments.source == "HelmRepository" else self._oci_repository()
        self._release = self._helm_release()

    @property
    def arguments(self) -> OperatorArguments:
        """What the operator was made of, validated."""
        return self._arguments

    @property
    def namespace(self) -> str:
        """Namespace that the operator runs in."""
        return self._arguments.namespace

    @property
    def pod_labels(self) -> dict[str, str]:
        """Labels by which the operator's pods are selected."""
        return dict(OPERATOR_POD_LABELS)

    @property
    def source(self) -> ApiObject:
        """The HelmRepository or OCIRepository."""
        return self._source

    @property
    def api_object(self) -> ApiObject:
        """The HelmRelease, for chart values that the arguments do not foresee: patch `/spec/values`."""
        return self._release

    def _resource(self, kind: str, binding: Any, spec: Any) -> ApiObject:
        return resource(self, kind, binding, spec, name=RELEASE, namespace=self.namespace)

    def _helm_repository(self) -> ApiObject:
        from imports.dragonfly.io.fluxcd.toolkit.source import (
            HelmRepository,
            HelmRepositorySpec,
            HelmRepositorySpecType,
        )

        spec = HelmRepositorySpec(
            type=HelmRepositorySpecType.OCI, url=CHART_REPOSITORY, interval=self._arguments.interval
        )
        return self._resource("HelmRepository", HelmRepository, spec)

    def _oci_repository(self) -> ApiObject:
        from imports.dragonfly.io.fluxcd.toolkit.source import OciRepository, OciRepositorySpec

        spec = OciRepositorySpec(
            url=f"{CHART_REPOSITORY}/{CHART}",
            interval=self._arguments.interval,
            ref={"tag": str(self._arguments.release)},
        )
        return self._resource("OCIRepository", OciRepository, spec)

    def _helm_release(self) -> ApiObject:
        from imports.dragonfly.io.fluxcd.toolkit.helm import HelmRelease, HelmReleaseSpec

        spec = HelmReleaseSpec(
            interval=self._arguments.interval,
            release_name=RELEASE,
            install={"remediation": {"retries": 3}},
            upgrade={"cleanup_on_fail": True, "remediation": {"retries": 3}},
            values=_chart_values(self._arguments),
            **self._chart(),
        )
        return self._resource("HelmRelease", HelmRelease, spec)

    def _chart(self) -> dict[str, Any]:
        from imports.dragonfly.io.fluxcd.toolkit.helm import (
            HelmReleaseSpecChartRefKind,
            HelmReleaseSpecChartSpecSourceRefKind,
        )

        if self._arguments.source == "OCIRepository":
            return {"chart_ref": {"kind": HelmReleaseSpecChartRefKind.OCI_REPOSITORY, "name": RELEASE}}
        source = {"kind": HelmReleaseSpecChartSpecSourceRefKind.HELM_REPOSITORY, "name": RELEASE}
        version = str(self._arguments.release)
        return {"chart": {"spec": {"chart": CHART, "version": version, "source_ref": source}}}


def _chart_values(arguments: OperatorArguments) -> dict[str, Any]:
    """Values that the chart has (docs/dragonfly.md, "The operator's Helm chart"); others it would silently ignore."""
    values: dict[str, Any] = {
        "crds": {"install": True, "keep": arguments.crds_keep},
        "replicaCount": arguments.replica_count,
        # With these the pods pass Pod Security `restricted` in every supported version (seen running).
        "podSecurityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
        "manager": _manager(arguments),
    }
    if arguments.monitoring:
        values["serviceMonitor"] = {"enabled": True, "interval": arguments.monitoring_interval}
        if arguments.monitoring_labels:
            values["serviceMonitor"]["labels"] = arguments.monitoring_labels
        # Behind the proxy the manager listens on loopback, and the ServiceMonitor's target is always down.
        values["rbacProxy"] = {"enabled": False}
    return values


def _manager(arguments: OperatorArguments) -> dict[str, Any]:
    limits = {"memory": str(Memory.of(arguments.memory_limit))}
    if arguments.cpu_limit is not None:
        limits["cpu"] = str(Cpu.of(arguments.cpu_limit))
    manager: dict[str, Any] = {
        "resources": {
            "requests": {"cpu": str(Cpu.of(arguments.cpu_request)), "memory": str(Memory.of(arguments.memory_request))},
            "limits": limits,
        },
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "capabilities": {"drop": ["ALL"]},
            "readOnlyRootFilesystem": True,
        },
    }
    optional = {
        "priorityClassName": arguments.priority_class_name,
        "nodeSelector": arguments.node_selector,
        "tolerations": plain(arguments.tolerations),
    }
    return manager | {name: value for name, value in optional.items() if value}
