"""Files as a git revision has them, read from git's own store: nothing is checked out."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from constructs_lib.review.sides.trees import SUFFIXES, File


class NoRevision(Exception):
    """There is no git, no repository, no such revision or no such path in it; the text says which."""


def is_revision(text: str, folder: Path) -> bool:
    """Whether git knows a revision by that name, a commit or a tree, in the repository around a folder."""
    return not text.startswith("-") and _object(f"{text}^{{tree}}", folder) is not None


def repository_root(folder: Path) -> Path | None:
    """The root of the work tree around a folder; None where there is none, or no git."""
    try:
        return Path(os.fsdecode(_git(folder, "rev-parse", "--show-toplevel").removesuffix(b"\n")))
    except NoRevision:
        return None


def below_repository_root(folder: Path) -> str:
    """A folder, which need not be there yet, from the root of the repository that it is in; empty for the root, and
    where there is none."""
    there = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.is_dir())
    root = repository_root(there)
    if root is None or not folder.resolve().is_relative_to(root.resolve()):
        return ""
    below = folder.resolve().relative_to(root.resolve())
    return "" if below == Path() else below.as_posix()


def why_no_repository(folder: Path) -> str:
    """Why git knows no revision at all from a folder: there is no git, or no repository; empty where there is one."""
    try:
        _git(folder, "rev-parse", "--git-dir")
    except NoRevision as reason:
        return str(reason).removeprefix("fatal: ")
    return ""


def files_at(revision: str, path: str, folder: Path, shown: str = "") -> list[File] | None:
    """The YAML files below a path, or the one file, in a revision; None where the revision has no such path.

    Args:
        revision: as git takes it: `HEAD`, `origin/main`, a commit, a tree.
        path: from the repository's root; from the folder with a leading `./`.
        folder: a folder in the repository.
        shown: the path as a reader finds it, where that is another.

    Raises:
        NoRevision: there is no git, no repository or no such revision.
    """
    if revision.startswith("-") or _object(f"{revision}^{{tree}}", folder) is None:
        raise NoRevision(f"{revision}: {_reason(folder)}")
    found = _object(f"{revision}:{path}", folder)
    if found is None:
        return None
    prefix = PurePosixPath(shown or path)
    if _git(folder, "cat-file", "-t", found).strip() == b"blob":
        return [File("", str(prefix), _git(folder, "cat-file", "blob", found))]
    listed = _git(folder, "ls-tree", "--full-tree", "-r", "-z", found).split(b"\0")
    blobs = [_blob(entry) for entry in listed if entry]
    wanted = [(name, id) for mode, id, name in blobs if mode in _FILES and name.endswith(SUFFIXES)]
    contents = _contents([id for _, id in wanted], folder)
    return [File(name, str(prefix / name), content) for (name, _), content in zip(wanted, contents, strict=True)]


_FILES = ("100644", "100755")
"""The modes of files; links and submodules have others: https://git-scm.com/docs/git-fast-import#_filemodify"""


def _blob(entry: bytes) -> tuple[str, str, str]:
    """Mode, id and name of a line of `git ls-tree`."""
    about, _, name = entry.partition(b"\t")
    mode, _, id = about.decode().split(" ")
    return mode, id, name.decode("utf-8", "surrogateescape")


def _contents(ids: Sequence[str], folder: Path) -> list[bytes]:
    """What stands in each blob, by one process: https://git-scm.com/docs/git-cat-file#_batch_output"""
    answer = _git(folder, "cat-file", "--batch", input="".join(f"{id}\n" for id in ids).encode())
    contents, at = [], 0
    for _ in ids:
        end = answer.index(b"\n", at)
        size = int(answer[at:end].split(b" ")[2])
        contents.append(answer[end + 1 : end + 1 + size])
        at = end + 1 + size + 1
    return contents


def _object(name: str, folder: Path) -> str | None:
    try:
        return _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", name).decode().split()[-1]
    except NoRevision:
        return None


def _reason(folder: Path) -> str:
    return why_no_repository(folder) or (
        "git knows no such revision; accepted: a commit, a branch, a tag (in CI it must be fetched first)"
    )


def _git(folder: Path, *arguments: str, input: bytes | None = None) -> bytes:
    try:
        run = subprocess.run(["git", *arguments], cwd=folder, input=input, capture_output=True, check=False)
    except OSError as error:
        raise NoRevision(f"git cannot be run: {error.strerror}") from error
    if run.returncode:
        raise NoRevision(run.stderr.decode(errors="replace").strip() or f"git {arguments[0]}: status {run.returncode}")
    return run.stdout
