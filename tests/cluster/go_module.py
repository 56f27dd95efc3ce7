"""Programs of others, built from a small Go module here that pins them: once, then kept in the user's cache folder."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


class CannotRun(Exception):
    """This machine lacks what the tests on a real API server need; the text says what to install."""


@dataclass(frozen=True)
class GoModule:
    """Programs that are built from a folder with a go.mod."""

    name: str
    """Of the folder with the programs, in the cache."""
    folder: Path
    what: str
    """What it gives, as it is told to whoever waits for it."""
    takes: str
    """How long a build takes."""
    pinned: str
    """The Go module that the programs are of, which go.mod requires at one version."""
    programs: tuple[str, ...]
    packages: tuple[str, ...]
    """Where the programs' code is: packages of the folder's own, or of the pinned module."""
    linked: str
    """What a release build links in, so that a program knows its version: `{version}` is v1.2.3, `{number}` 1.2.3."""
    tags: tuple[str, ...] = ()
    """Go's build tags."""

    @property
    def version(self) -> str:
        """The version that is pinned."""
        text = (self.folder / "go.mod").read_text(encoding="utf-8")
        found = re.search(rf"^\s*(?:require )?{re.escape(self.pinned)} (v\S+)", text, re.MULTILINE)
        assert found, f"go.mod requires {self.pinned}"
        return found[1]

    def built(self) -> Path:
        """The folder with the programs, built if need be.

        Raises:
            CannotRun: there is no Go, or the build failed.
        """
        require("go", "Go 1.26 or newer (https://go.dev/dl)")
        folder = _cache_folder() / f"{self.name}-{self._fingerprint()}"
        with _lock(folder.with_suffix(".lock")):
            if not all((folder / program).exists() for program in self.programs):
                self._build(folder)
        return folder

    def source(self) -> Path:
        """The folder with the pinned module as it is published, its manifests too.

        Raises:
            CannotRun: it cannot be had.
        """
        run = self._go("mod", "download", "-json", f"{self.pinned}@{self.version}", stdout=subprocess.PIPE)
        if run.returncode:
            raise CannotRun(f"{self.pinned} cannot be downloaded:\n{run.stdout}{run.stderr}")
        return Path(json.loads(run.stdout)["Dir"])

    def _build(self, folder: Path) -> None:
        sys.stderr.write(f"Building {self.what} {self.version}: once, {self.takes} on two cores\n")
        linked = "-s -w -X " + self.linked.format(version=self.version, number=self.version.removeprefix("v"))
        with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
            built = Path(scratch, "built")
            arguments = ("-mod=readonly", "-buildvcs=false", f"-tags={','.join(self.tags)}", "-ldflags", linked)
            run = self._go("build", *arguments, "-o", f"{built}/", *self.packages)
            if run.returncode:
                raise CannotRun(f"building {self.what} failed:\n{run.stderr[-2000:]}")
            shutil.rmtree(folder, ignore_errors=True)
            built.rename(folder)

    def _go(self, *arguments: str, stdout: int | None = None) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "CGO_ENABLED": "0", "GOFLAGS": "", "GOWORK": "off"}
        return subprocess.run(
            ["go", *arguments],
            cwd=self.folder,
            env=environment,
            text=True,
            stdout=stdout,
            stderr=subprocess.PIPE,
            check=False,
        )

    def _fingerprint(self) -> str:
        """A hash over the module and the Go that builds it."""
        digest = hashlib.sha256(subprocess.run(["go", "version"], capture_output=True, check=True).stdout)
        for file in sorted([*self.folder.glob("go.*"), *self.folder.rglob("*.go")]):
            digest.update(file.read_bytes())
        return digest.hexdigest()[:16]


def require(program: str, what: str) -> None:
    """Raises CannotRun unless the program is on the PATH."""
    if shutil.which(program) is None:
        raise CannotRun(f"no {program} on the PATH: the tests on a real API server need {what}")


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
