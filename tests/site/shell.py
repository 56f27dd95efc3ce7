"""Blocks of shell in the pages, run in a repository as its reader has it; stand-ins take what needs a cluster."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

_PROGRAMS = Path(__file__).parent / "programs"

_CLUSTER = ("NS", "NAME", "REDIS", "OLD", "NEW", "DIR", "BUCKET", "PREFIX", "SNAPSHOT")
_SECRETS = ("PASSWORD", "ID", "KEY", "DEFAULT", "KEYCLOAK")
"""What the pages tell their reader to set, or leave to him."""


class Terminal:
    """A bash in a folder, with the stand-ins before everything else."""

    def __init__(self, folder: Path, work: Path) -> None:
        self.folder = folder
        self._faults = work / "faults"
        programs = work / "bin"
        shutil.copytree(_PROGRAMS, programs)
        (work / "home").mkdir()
        (programs / "python3").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
        (programs / "python3").chmod(0o755)
        self._environment = {
            **os.environ,
            "PATH": os.pathsep.join([str(programs), os.environ["PATH"]]),
            "PYTHONPATH": str(ROOT),
            "PROJECT": str(ROOT),
            "HOME": str(work / "home"),
            "XDG_CONFIG_HOME": str(work / "home" / ".config"),
            "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache")),
            "FAULTS": str(self._faults),
            "REAL_KUBECTL": shutil.which("kubectl") or "kubectl",
            "GIT_CONFIG_GLOBAL": os.devnull,
            **{f"GIT_{who}_{what}": "a" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
            **{name: name.lower() for name in (*_CLUSTER, *_SECRETS)},
        }

    def run(self, script: str) -> subprocess.CompletedProcess[str]:
        """Run lines of shell; what they print is one stream, as at a terminal."""
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-u", "-c", script],
            cwd=self.folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def faults(self, printed: str) -> list[str]:
        """What the stand-ins did not understand, and what bash did not."""
        told = self._faults.read_text().splitlines() if self._faults.exists() else []
        return told + re.findall(r"(?m)^bash: .*|.*(?:command not found|unbound variable).*", printed)


def session(block: str) -> list[tuple[str, str]]:
    """The commands of a session at a terminal, each with what is printed after it."""
    commands: list[tuple[str, str]] = []
    for line in block.splitlines(keepends=True):
        if line.startswith("$ "):
            commands.append((line.removeprefix("$ ").rstrip(), ""))
        else:
            command, printed = commands.pop()
            commands.append((command, printed + line))
    return commands
