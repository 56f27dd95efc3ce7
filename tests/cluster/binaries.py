"""The API server and the controllers as binaries, built from `kubernetes/`.

python -m tests.cluster.binaries    # build them now, or say what is missing
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.cluster.go_module import CannotRun, GoModule, require

_MODULE = GoModule(
    Path(__file__).with_name("kubernetes"),
    what="the control plane of Kubernetes",
    takes="four to eight minutes on two cores",
    pinned="k8s.io/kubernetes",
    programs=("kube-apiserver", "kube-controller-manager"),
    # Without the version, which a release build links in as well, the server calls itself v0.0.0.
    linked="-X k8s.io/component-base/version.gitVersion={version}",
)


def binaries() -> Path:
    """The folder with both programs, built if need be.

    Raises:
        CannotRun: there is no Go, no etcd, or the build failed.
    """
    require("go", "Go 1.26 or newer (https://go.dev/dl)")
    require("etcd", "etcd (Debian and Ubuntu: apt-get install etcd-server)")
    return _MODULE.built()


def kubernetes_version() -> str:
    """The version of Kubernetes that the module pins."""
    return _MODULE.version


if __name__ == "__main__":
    try:
        print(binaries())
    except CannotRun as reason:
        sys.exit(str(reason))
