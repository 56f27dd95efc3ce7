"""A repository of its own for a release: files of this one, one commit, and a remote that has it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tests.conftest import ROOT
from tools.release.release import PASSED

VERSION = "0.1.0"
TODAY = datetime.now(UTC).date().isoformat()

CHANGELOG = f"""\
# Changes

## {VERSION} ({TODAY})

### Added

- All.

### Fixed

- A fault.
"""


class Repository:
    """A copy of some files, as they are now, with a version and a changelog of its own."""

    def __init__(self, folder: Path, has: Callable[[str], bool]) -> None:
        self.folder = folder
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for name in filter(None, listed.split("\0")):
            if (ROOT / name).exists() and has(name):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, folder / name)
        self.write("CHANGELOG.md", CHANGELOG)
        own = re.sub(r'(?m)^version = ".*"$', f'version = "{VERSION}"', self.read("pyproject.toml"), count=1)
        self.write("pyproject.toml", own)
        self.git("init", "--quiet", "--initial-branch", "main")
        self.commit()
        self.git("clone", "--quiet", "--bare", ".", f"{folder}.git")
        self.git("remote", "add", "origin", f"{folder}.git")

    def git(self, *arguments: str) -> str:
        """What git says, of a user who has a name and nothing else configured."""
        who = {f"GIT_{who}_{what}": "a" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        environment = {**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull}
        command = ["git", *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=True
        ).stdout

    def commit(self) -> None:
        """Commit all that is there, as `.ci/run` leaves it."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "Change")
        (self.folder / PASSED).parent.mkdir(exist_ok=True)
        (self.folder / PASSED).write_text(self.git("rev-parse", "HEAD"))

    def push(self) -> None:
        """Give the remote the branch, and the tags with it."""
        self.git("push", "--quiet", "--tags", "origin", "HEAD")

    def read(self, name: str | Path) -> str:
        """The text of a file."""
        return (self.folder / name).read_text()

    def write(self, name: str | Path, text: str) -> None:
        """Another text of a file."""
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text)

    def edit(self, name: str | Path, before: str, after: str) -> None:
        """Another text in the first place of a file that has one."""
        text = self.read(name)
        assert before in text
        self.write(name, text.replace(before, after, 1))
