"""An application of Spring Boot, built from the sources beside this file; and which properties Spring Boot knows.

python -m tests.spring.program    # build it now, or say what is missing
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from tests.builds import CannotRun, cache_folder, lock, require, say

_HERE = Path(__file__).parent
_SOURCE = _HERE / "Shop.java"
_POM = _HERE / "pom.xml"
_METADATA = "META-INF/spring-configuration-metadata.json"
_JDK = "a JDK of 17 or newer (Debian and Ubuntu: apt-get install default-jdk-headless)"


@dataclass(frozen=True)
class Application:
    """A folder with the classes and all that they stand on."""

    folder: Path

    def run(self, *arguments: str, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        """Start it, and wait until it ends."""
        # It lives for seconds: the better of Java's two compilers would not pay.
        quick = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
        path = f"{self.folder / 'classes'}:{self.folder / 'libraries'}/*"
        command = ["java", *quick, "-cp", path, "shop.Shop", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def properties(self) -> dict[str, dict[str, Any]]:
        """What a class binds, or bound, by its name: as the libraries themselves tell it to editors."""
        found: dict[str, dict[str, Any]] = {}
        for library in self.folder.glob("libraries/*.jar"):
            with ZipFile(library) as opened:
                if _METADATA in opened.namelist():
                    told = json.loads(opened.read(_METADATA))
                    found |= {each["name"]: each for each in told["properties"]}
        return found


def application() -> Application:
    """The application, built if need be.

    Raises:
        CannotRun: there is no JDK, no Maven, or the build failed.
    """
    require("javac", _JDK)
    require("mvn", "Maven (Debian and Ubuntu: apt-get install maven)")
    folder = cache_folder() / f"spring-{_fingerprint()}"
    with lock(folder.with_suffix(".lock")):
        if not folder.exists():
            _build(folder)
    return Application(folder)


def _build(folder: Path) -> None:
    say("Building an application of Spring Boot: once, half a minute, which is what its libraries take to come")
    started = time.monotonic()
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        built = Path(scratch, "built")
        libraries = built / "libraries"
        # Away from the sources: beside them Maven would leave a folder.
        shutil.copy(_POM, scratch)
        _run(
            "mvn",
            "--batch-mode",
            "--quiet",
            "--file",
            str(Path(scratch, _POM.name)),
            "dependency:copy-dependencies",
            f"-DoutputDirectory={libraries}",
            "-DincludeScope=runtime",
        )
        _run(
            "javac",
            "-Xlint:all,-processing",
            "-Werror",
            "-cp",
            f"{libraries}/*",
            "-d",
            f"{built}/classes",
            str(_SOURCE),
        )
        built.rename(folder)
    say(f"Built it in {time.monotonic() - started:.0f} s")


def _run(*command: str) -> None:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        raise CannotRun(f"building an application of Spring Boot by {command[0]} failed:\n{done.stdout}")


def _fingerprint() -> str:
    """A hash over the sources and the Java that compiles them."""
    digest = hashlib.sha256(subprocess.run(["javac", "-version"], capture_output=True, check=True).stdout)
    for file in (_POM, _SOURCE):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


if __name__ == "__main__":
    try:
        print(application().folder)
    except CannotRun as reason:
        sys.exit(str(reason))
