"""`DragonflyOperator`: the operator, installed by Flux from its Helm chart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cdk8s import ApiObject
from constructs import Construct

from constructs_lib.arguments.core_v1 import plain
from constructs_lib.construct.api_object import RESOURCE, RenderedObject
from constructs_lib.construct.keyword_arguments import keyword_arguments
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
        source = self._helm_repository if arguments.source == "HelmRepository" else self._oci_repository
        self._source = self._object("Source", "source.toolkit.fluxcd.io/v1", arguments.source, source)
        self._release = self._object(RESOURCE, "helm.toolkit.fluxcd.io/v2", "HelmRelease", self._helm_release)

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

    def _object(self, id: str, api_version: str, kind: str, spec: Callable[[], dict[str, Any]]) -> ApiObject:
        return RenderedObject(
            self, id, api_version, kind, lambda: {"spec": spec()}, name=RELEASE, namespace=self.namespace
        )

    def _helm_repository(self) -> dict[str, Any]:
        return {"type": "oci", "url": CHART_REPOSITORY, "interval": self._arguments.interval}

    def _oci_repository(self) -> dict[str, Any]:
        return {
            "url": f"{CHART_REPOSITORY}/{CHART}",
            "interval": self._arguments.interval,
            "ref": {"tag": str(self._arguments.release)},
        }

    def _helm_release(self) -> dict[str, Any]:
        return {
            "interval": self._arguments.interval,
            "releaseName": RELEASE,
            **self._chart(),
            "install": {"remediation": {"retries": 3}},
            "upgrade": {"cleanupOnFail": True, "remediation": {"retries": 3}},
            "values": _chart_values(self._arguments),
        }

    def _chart(self) -> dict[str, Any]:
        source = {"kind": self._arguments.source, "name": RELEASE}
        if self._arguments.source == "OCIRepository":
            return {"chartRef": source}
        version = str(self._arguments.release)
        return {"chart": {"spec": {"chart": CHART, "version": version, "sourceRef": source}}}


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
