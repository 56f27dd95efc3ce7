"""The API server and the controllers as binaries: built once from `kubernetes/`, kept in the user's cache folder.

python -m tests.cluster.binaries    # build them now, or say what is missing
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MODULE = Path(__file__).with_name("kubernetes")
PROGRAMS = ("kube-apiserver", "kube-controller-manager")


class CannotRun(Exception):
    """This machine lacks what a control plane needs; the text says what to install."""


def binaries() -> Path:
    """The folder with both programs, built if need be.

    Raises:
        CannotRun: there is no Go, no etcd, or the build failed.
    """
    require("go", "Go 1.26 or newer (https://go.dev/dl)")
    require("etcd", "etcd (Debian and Ubuntu: apt-get install etcd-server)")
    folder = _cache_folder() / f"kubernetes-{_fingerprint()}"
    with _lock(folder.with_suffix(".lock")):
        if not all((folder / program).exists() for program in PROGRAMS):
            _build(folder)
    return folder


def require(program: str, what: str) -> None:
    """Raises CannotRun unless the program is on the PATH."""
    if shutil.which(program) is None:
        raise CannotRun(f"no {program} on the PATH: the tests on a real API server need {what}")


def kubernetes_version() -> str:
    """The version of Kubernetes that the module pins."""
    found = re.search(r"^\s*k8s\.io/kubernetes (v\S+)", (MODULE / "go.mod").read_text(encoding="utf-8"), re.MULTILINE)
    assert found, "go.mod requires k8s.io/kubernetes"
    return found[1]


def _build(folder: Path) -> None:
    version = kubernetes_version()
    sys.stderr.write(f"Building the control plane of Kubernetes {version}: once, four to eight minutes on two cores\n")
    # Without the version, which a release build links in as well, the server calls itself v0.0.0.
    linked = f"-s -w -X k8s.io/component-base/version.gitVersion={version}"
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        built = Path(scratch, "built")
        run = subprocess.run(
            ["go", "build", "-mod=readonly", "-buildvcs=false", "-ldflags", linked, "-o", f"{built}/", "./..."],
            cwd=MODULE,
            env={**os.environ, "CGO_ENABLED": "0", "GOFLAGS": "", "GOWORK": "off"},
            text=True,
            stderr=subprocess.PIPE,
            check=False,
        )
        if run.returncode:
            raise CannotRun(f"building the control plane failed:\n{run.stderr[-2000:]}")
        shutil.rmtree(folder, ignore_errors=True)
        built.rename(folder)


def _fingerprint() -> str:
    """A hash over the module and the Go that builds it."""
    digest = hashlib.sha256(subprocess.run(["go", "version"], capture_output=True, check=True).stdout)
    for file in sorted([*MODULE.glob("go.*"), *MODULE.rglob("*.go")]):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _cache_folder() -> Path:
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "cdk8s-dragonfly")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def _lock(file: Path) -> Iterator[None]:
    """Two test runs that start together build once."""
    with file.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    try:
        print(binaries())
    except CannotRun as reason:
        sys.exit(str(reason))
