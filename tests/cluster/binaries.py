"""The programs of a cluster that the tests run: Kubernetes' API server and controllers, Prometheus and its operator.

python -m tests.cluster.binaries    # build them now, or say what is missing
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.cluster.go_module import CannotRun, GoModule, require

HERE = Path(__file__).parent

KUBERNETES = GoModule(
    name="kubernetes",
    folder=HERE / "kubernetes",
    what="the control plane of Kubernetes",
    takes="four to eight minutes",
    pinned="k8s.io/kubernetes",
    programs=("kube-apiserver", "kube-controller-manager"),
    packages=("./...",),
    linked="k8s.io/component-base/version.gitVersion={version}",
)
PROMETHEUS_OPERATOR = GoModule(
    name="prometheus-operator",
    folder=HERE / "prometheus",
    what="Prometheus' operator",
    takes="two to five minutes",
    pinned="github.com/prometheus-operator/prometheus-operator",
    programs=("operator",),
    packages=("github.com/prometheus-operator/prometheus-operator/cmd/operator",),
    linked="github.com/prometheus/common/version.Version={number}",
)
PROMETHEUS = GoModule(
    name="prometheus",
    folder=HERE / "prometheus",
    what="Prometheus",
    takes="two to five minutes",
    pinned="github.com/prometheus/prometheus",
    programs=("prometheus",),
    packages=("github.com/prometheus/prometheus/cmd/prometheus",),
    linked="github.com/prometheus/common/version.Version={number}",
    tags=("remove_all_sd", "enable_kubernetes_sd"),
)
"""The one of Debian and Ubuntu is built without the discovery of Kubernetes' pods."""


def binaries() -> Path:
    """The folder with the programs of the control plane, built if need be.

    Raises:
        CannotRun: there is no Go, no etcd, or the build failed.
    """
    require("go", "Go 1.26 or newer (https://go.dev/dl)")
    require("etcd", "etcd (Debian and Ubuntu: apt-get install etcd-server)")
    return KUBERNETES.built()


if __name__ == "__main__":
    try:
        print(binaries())
        print(PROMETHEUS_OPERATOR.built())
        print(PROMETHEUS.built())
    except CannotRun as reason:
        sys.exit(str(reason))
