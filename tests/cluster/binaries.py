"""What the tests run on a machine of their own, as binaries: built once from the modules beside this, kept in the
user's cache folder.

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
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


class CannotRun(Exception):
    """This machine lacks what a control plane needs; the text says what to install."""


@dataclass(frozen=True)
class Build:
    """Programs that are built from one module."""

    name: str
    """Of the module's folder here."""
    what: str
    pinned: str
    """The module in its go.mod whose version is the programs' own."""
    programs: tuple[str, ...]
    packages: tuple[str, ...] = ("./...",)
    takes: str = "some minutes"
    linked: str = ""
    """What a release build links in as well, with `{version}`."""

    @property
    def module(self) -> Path:
        return Path(__file__).with_name(self.name)

    @cached_property
    def version(self) -> str:
        """The version that the module pins."""
        go_mod = (self.module / "go.mod").read_text(encoding="utf-8")
        found = re.search(rf"^\s*(?:require )?{re.escape(self.pinned)} (v\S+)", go_mod, re.MULTILINE)
        assert found, f"go.mod requires {self.pinned}"
        return found[1]


CONTROL_PLANE = Build(
    name="kubernetes",
    what="the control plane of Kubernetes",
    pinned="k8s.io/kubernetes",
    programs=("kube-apiserver", "kube-controller-manager"),
    takes="four to eight minutes",
    # Without the version the server calls itself v0.0.0.
    linked="-X k8s.io/component-base/version.gitVersion={version}",
)
FLUX = Build(
    name="flux",
    what="Flux' kustomize-controller",
    pinned="github.com/fluxcd/kustomize-controller",
    programs=("kustomize-controller",),
    packages=("github.com/fluxcd/kustomize-controller",),
    takes="two to five minutes",
)


def binaries(build: Build = CONTROL_PLANE) -> Path:
    """The folder with the programs, built if need be.

    Raises:
        CannotRun: there is no Go, no etcd, or the build failed.
    """
    require("go", "Go 1.26 or newer (https://go.dev/dl)")
    require("etcd", "etcd (Debian and Ubuntu: apt-get install etcd-server)")
    folder = _cache_folder() / f"{build.name}-{_fingerprint(build)}"
    with _lock(folder.with_suffix(".lock")):
        if not all((folder / program).exists() for program in build.programs):
            _build(build, folder)
    return folder


def require(program: str, what: str) -> None:
    """Raises CannotRun unless the program is on the PATH."""
    if shutil.which(program) is None:
        raise CannotRun(f"no {program} on the PATH: the tests on a real API server need {what}")


def sources(build: Build) -> Path:
    """The unpacked sources of the module that a build pins: its CRDs and its roles are in there."""
    run = subprocess.run(
        ["go", "list", "-mod=readonly", "-m", "-f", "{{.Dir}}", build.pinned],
        cwd=build.module,
        env=_environment(),
        text=True,
        capture_output=True,
        check=False,
    )
    if run.returncode or not run.stdout.strip():
        raise CannotRun(f"no sources of {build.pinned}: {run.stderr.strip()}")
    return Path(run.stdout.strip())


def _build(build: Build, folder: Path) -> None:
    sys.stderr.write(f"Building {build.what} {build.version}: once, {build.takes} on two cores\n")
    linked = f"-s -w {build.linked.format(version=build.version)}"
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        built = Path(scratch, "built")
        run = subprocess.run(
            ["go", "build", "-mod=readonly", "-buildvcs=false", "-ldflags", linked, "-o", f"{built}/", *build.packages],
            cwd=build.module,
            env=_environment(),
            text=True,
            stderr=subprocess.PIPE,
            check=False,
        )
        if run.returncode:
            raise CannotRun(f"building {build.what} failed:\n{run.stderr[-2000:]}")
        shutil.rmtree(folder, ignore_errors=True)
        built.rename(folder)


def _environment() -> dict[str, str]:
    return {**os.environ, "CGO_ENABLED": "0", "GOFLAGS": "", "GOWORK": "off"}


def _fingerprint(build: Build) -> str:
    """A hash over the module and the Go that builds it."""
    digest = hashlib.sha256(subprocess.run(["go", "version"], capture_output=True, check=True).stdout)
    for file in sorted([*build.module.glob("go.*"), *build.module.rglob("*.go")]):
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
        for each in (CONTROL_PLANE, FLUX):
            print(binaries(each))
    except CannotRun as reason:
        sys.exit(str(reason))
