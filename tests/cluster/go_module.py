"""A Go module of the tests' own as programs: built once, kept in the user's cache folder, with progress told."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.builds import CannotRun, cache_folder, lock, require, say


@dataclass(frozen=True)
class GoModule:
    """A folder with a `go.mod` that pins what its programs are built from."""

    folder: Path
    what: str
    """What is built, as the line of progress says it."""
    takes: str
    """How long that takes, roughly, where nothing is built yet."""
    pinned: str
    """The module whose version is the version of what is built."""
    programs: tuple[str, ...]
    packages: tuple[str, ...] = ("./...",)
    """Where the programs' code is: packages of the folder's own, or of the pinned module."""
    linked: str = ""
    """Further flags for the linker, with the version as `{version}` (v1.2.3) or `{number}` (1.2.3)."""
    tags: tuple[str, ...] = ()
    """Go's build tags."""
    name: str = ""
    """What tells its programs from others of the same folder, where there are such."""

    @property
    def version(self) -> str:
        """The pinned module's version."""
        required = (self.folder / "go.mod").read_text(encoding="utf-8")
        found = re.search(rf"^(?:require)?\s*{re.escape(self.pinned)} (v\S+)", required, re.MULTILINE)
        assert found, f"go.mod requires {self.pinned}"
        return found[1]

    def built(self) -> Path:
        """The folder with the programs, built if need be.

        Raises:
            CannotRun: there is no Go, or the build failed.
        """
        require("go", "Go 1.26 or newer (https://go.dev/dl)")
        folder = cache_folder() / f"{self.name or self.folder.name}-{self._fingerprint()}"
        with lock(folder.with_suffix(".lock")):
            if not all((folder / program).exists() for program in self.programs):
                self._build(folder)
        return folder

    def source(self) -> Path:
        """The folder with the pinned module as it is published: its manifests are in there too.

        Raises:
            CannotRun: it cannot be had.
        """
        run = subprocess.run(
            ["go", "mod", "download", "-json", f"{self.pinned}@{self.version}"],
            cwd=self.folder,
            env=_environment(),
            text=True,
            capture_output=True,
            check=False,
        )
        if run.returncode:
            raise CannotRun(f"{self.pinned} cannot be downloaded:\n{run.stdout}{run.stderr}")
        return Path(json.loads(run.stdout)["Dir"])

    def _build(self, folder: Path) -> None:
        say(f"Building {self.what} {self.version}: once, {self.takes}")
        started = time.monotonic()
        with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
            built = Path(scratch, "built")
            linked = "-s -w " + self.linked.format(version=self.version, number=self.version.removeprefix("v"))
            command = ["go", "build", "-v", "-mod=readonly", "-buildvcs=false", f"-tags={','.join(self.tags)}"]
            with subprocess.Popen(
                [*command, "-ldflags", linked.strip(), "-o", f"{built}/", *self.packages],
                cwd=self.folder,
                env=_environment(),
                text=True,
                stderr=subprocess.PIPE,
            ) as build:
                assert build.stderr
                last = _follow(build.stderr, started)
            if build.returncode:
                raise CannotRun(f"building {self.what} failed:\n{last}")
            shutil.rmtree(folder, ignore_errors=True)
            built.rename(folder)
        say(f"Built {self.what} in {time.monotonic() - started:.0f} s")

    def _fingerprint(self) -> str:
        """A hash over the module and the Go that builds it."""
        digest = hashlib.sha256(subprocess.run(["go", "version"], capture_output=True, check=True).stdout)
        for file in sorted([*self.folder.glob("go.*"), *self.folder.rglob("*.go")]):
            digest.update(file.read_bytes())
        return digest.hexdigest()[:16]


def _environment() -> dict[str, str]:
    return {**os.environ, "CGO_ENABLED": "0", "GOFLAGS": "", "GOWORK": "off"}


def _follow(lines: Iterator[str], started: float) -> str:
    """Tell every half minute how far the build is, which names each package that it compiles; the last that it said."""
    last: deque[str] = deque(maxlen=20)
    told = started
    for count, line in enumerate(lines, 1):
        last.append(line)
        if time.monotonic() - told > 30:
            told = time.monotonic()
            say(f"  {count} packages compiled after {told - started:.0f} s")
    return "".join(last)
