"""The programs of a cluster that the tests run: Kubernetes' API server and controllers, Flux, Prometheus, its operator.

python -m tests.cluster.binaries    # build them now, or say what is missing
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.builds import CannotRun, require
from tests.cluster.go_module import GoModule

HERE = Path(__file__).parent

KUBERNETES = GoModule(
    HERE / "kubernetes",
    what="the control plane of Kubernetes",
    takes="four to eight minutes on two cores",
    pinned="k8s.io/kubernetes",
    programs=("kube-apiserver", "kube-controller-manager"),
    # Without the version, which a release build links in as well, the server calls itself v0.0.0.
    linked="-X k8s.io/component-base/version.gitVersion={version}",
)
KUSTOMIZE_CONTROLLER = GoModule(
    HERE / "flux",
    what="Flux' kustomize-controller",
    takes="two to five minutes on two cores",
    pinned="github.com/fluxcd/kustomize-controller",
    programs=("kustomize-controller",),
    packages=("github.com/fluxcd/kustomize-controller",),
)
SOURCE_CONTROLLER = GoModule(
    HERE / "source",
    what="Flux' source-controller",
    takes="three to six minutes on two cores",
    pinned="github.com/fluxcd/source-controller",
    programs=("source-controller",),
    packages=("github.com/fluxcd/source-controller",),
)
PROMETHEUS_OPERATOR = GoModule(
    HERE / "prometheus",
    what="Prometheus' operator",
    takes="two to five minutes on two cores",
    pinned="github.com/prometheus-operator/prometheus-operator",
    programs=("operator",),
    packages=("github.com/prometheus-operator/prometheus-operator/cmd/operator",),
    linked="-X github.com/prometheus/common/version.Version={number}",
    name="prometheus-operator",
)
PROMETHEUS = GoModule(
    HERE / "prometheus",
    what="Prometheus",
    takes="two to five minutes on two cores",
    pinned="github.com/prometheus/prometheus",
    programs=("prometheus",),
    packages=("github.com/prometheus/prometheus/cmd/prometheus",),
    linked="-X github.com/prometheus/common/version.Version={number}",
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
        for module in (KUSTOMIZE_CONTROLLER, SOURCE_CONTROLLER, PROMETHEUS_OPERATOR, PROMETHEUS):
            print(module.built())
    except CannotRun as reason:
        sys.exit(str(reason))
