"""What git says of a working copy; where it fails, in its own words."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


class GitFailed(Exception):
    """Git could not do it; the text says what, and what git said of that."""


def git(root: Path, *arguments: str) -> str:
    """What git prints. It asks nobody for a password.

    Raises:
        GitFailed: its exit status is not 0.
    """
    environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0"}
    done = subprocess.run(["git", *arguments], cwd=root, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise GitFailed(f"git {arguments[0]} failed: {done.stderr.strip() or f'status {done.returncode}'}")
    return done.stdout


def file_at(root: Path, revision: str, path: str) -> str:
    """A file as a revision has it; empty where it has none.

    Raises:
        GitFailed: there is no such revision.
    """
    listed = git(root, "ls-tree", "--name-only", revision, "--", path)
    return git(root, "show", f"{revision}:{path}") if listed else ""
