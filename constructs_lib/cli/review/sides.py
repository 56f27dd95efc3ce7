"""What the arguments of `cdk8s-dragonfly review` and `graph` name, and what stands there."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from constructs_lib.cli.review.configurations import is_cluster_yaml, side_at, side_now
from constructs_lib.errors import DragonflyError
from constructs_lib.review.sides.git import files_at, is_revision, repository_root, why_no_repository
from constructs_lib.review.sides.trees import File, Reader, Side, files_of, shown

CLUSTER = "cluster"
"""The argument that names what the current context of kubectl runs."""

DIST = "dist"
"""The path of a side that has none, where the other has none either."""

HEAD = "HEAD"

ACCEPTED = (
    "accepted: a folder, a file, a git revision (HEAD, origin/main, main:dist), a cluster.yaml, "
    f"or `{CLUSTER}` for what the current context of kubectl runs"
)


class NoSide(Exception):
    """An argument names nothing that can be reviewed; the text says why and what is accepted."""


@dataclass(frozen=True, slots=True)
class Place:
    """What an argument names: a path now, a path in a revision, or the cluster."""

    path: str = ""
    revision: str = ""
    is_cluster: bool = False
    beside: str = ""
    """The other side's path, below the working folder, that a revision without one is asked for."""

    def __str__(self) -> str:
        return ":".join(part for part in (self.revision, self.path or self.beside) if part) or CLUSTER


def places(old: str, new: str | None) -> tuple[Place, Place]:
    """What both arguments name; with one, the other side is what HEAD has there, and of the cluster its `dist`.

    A revision needs another side: alone it could be meant as what is applied, or as what will be.

    Raises:
        NoSide: one of them names nothing, or a revision stands alone.
    """
    if new is None:
        alone = _place(old)
        if alone.is_cluster:
            return alone, _dist_of_cluster()
        if alone.revision:
            raise NoSide(
                f"{old}: a revision: name what to compare it with, such as "
                f"`cdk8s-dragonfly review {old} {alone.path or DIST}`"
            )
        return Place(revision=HEAD, beside=alone.path), alone
    before, after = _place(old), _place(new)
    if before.is_cluster and after.is_cluster:
        raise NoSide(f"both sides are {CLUSTER}, and the objects are those that the other side names; {ACCEPTED}")
    return _beside(before, after), _beside(after, before)


def read_sides(old: Place, new: Place) -> tuple[Side, Side]:
    """Both sides, read.

    Args:
        old: where the one is.
        new: where the other is.

    Raises:
        NoSide: there is nothing at one of them.
        UnreadableManifest: a file there cannot be read.
        NoCluster: the cluster does not answer.
        NoRevision: git cannot be asked.
    """
    reader = Reader()
    # What an old cluster.yaml is warned of was told when it was new.
    with contextlib.redirect_stderr(io.StringIO()):
        before = None if old.is_cluster else _read(old, reader)
    after = None if new.is_cluster else _read(new, reader)
    if before is None and after is not None:
        return _live(after), after
    if after is None and before is not None:
        return before, _live(before)
    assert before is not None
    assert after is not None
    if not any([before.tree, before.others, after.tree, after.others]):
        raise NoSide(f"{old}, {new}: no manifest on either side; {ACCEPTED}")
    return before, after


def read_alone(argument: str) -> Side:
    """What one argument names by itself, its objects' folders told from there on.

    A revision without a path is its `dist`; the cluster is what it runs of the objects in `dist`.

    Raises:
        NoSide: there is nothing.
        UnreadableManifest: a file there cannot be read.
        NoCluster: the cluster does not answer.
        NoRevision: git cannot be asked.
    """
    given = _place(argument)
    place = _dist_of_cluster() if given.is_cluster else _beside(given, given)
    side = _read(place, Reader())
    if not side.tree and not side.others:
        raise NoSide(f"{place}: no manifest there; {ACCEPTED}")
    root = PurePosixPath(_shown(place))
    folders = {key: _below(PurePosixPath(folder), root) for key, folder in side.folders.items()}
    side = replace(side, folders=folders)
    return _live(side) if given.is_cluster else side


def _shown(place: Place) -> str:
    """A place's path as a reader finds it from the working folder; in a revision it is from the repository's root."""
    if not place.revision:
        return shown(Path(place.path))
    root = repository_root(Path.cwd())
    if root is None or not place.path or place.path.startswith(("./", "../")):
        return place.path
    return os.path.relpath(root / place.path)


def _below(folder: PurePosixPath, root: PurePosixPath) -> str:
    return str(folder.relative_to(root)) if folder.is_relative_to(root) else str(folder)


def _place(text: str) -> Place:
    if text == CLUSTER:
        return Place(is_cluster=True)
    if Path(text).exists():
        return Place(text)
    revision, colon, path = text.partition(":")
    if is_revision(revision, Path.cwd()):
        return Place(path, revision)
    if without := why_no_repository(Path.cwd()):
        raise NoSide(f"{text}: no such folder or file, and no git revision: {without}; {ACCEPTED}")
    if colon and revision:
        raise NoSide(f"{text}: git knows no revision {revision!r} here (in CI it must be fetched first); {ACCEPTED}")
    raise NoSide(f"{text}: no such folder, file or git revision; {ACCEPTED}")


def _dist_of_cluster() -> Place:
    """The folder whose objects are looked for in the cluster, where nothing else names them."""
    if not Path(DIST).exists():
        raise NoSide(
            f"{CLUSTER}: of what it runs, the objects in {DIST} are read, and there is no {DIST} in this folder; "
            f"accepted: a working folder with {DIST} in it"
        )
    return Place(DIST)


def _beside(place: Place, other: Place) -> Place:
    """A revision without a path has that of the other side."""
    if not place.revision or place.path or place.beside:
        return place
    if other.revision and other.path:
        return Place(other.path, place.revision)
    return Place(revision=place.revision, beside=other.beside or other.path or DIST)


def _read(place: Place, reader: Reader) -> Side:
    files = list(_files(place))
    if len(files) == 1 and is_cluster_yaml(files[0]):
        return _configured(place, files[0], reader)
    return reader.read(files)


def _configured(place: Place, file: File, reader: Reader) -> Side:
    if not place.revision:
        return side_now(file, Path(place.path), reader)
    try:
        return side_at(place.revision, _from_root(place), file, reader)
    except DragonflyError as error:
        raise NoSide("\n".join(f"{place.revision}: {line}" for line in str(error).splitlines())) from error


def _from_root(place: Place) -> str:
    """A path in a revision, from the repository's root."""
    if place.path and not place.path.startswith(("./", "../")):
        return place.path
    root = repository_root(Path.cwd())
    assert root is not None  # the revision has been found
    return os.path.relpath(Path(place.beside or place.path).resolve(), root.resolve())


def _files(place: Place) -> Iterable[File]:
    if not place.revision:
        if not Path(place.path).exists():
            raise NoSide(f"{place.path}: no such folder or file; {ACCEPTED}")
        return files_of(Path(place.path))
    if place.beside:
        # What is new has no older version, and all of it is created.
        return _beside_files(place) or []
    found = files_at(place.revision, place.path, Path.cwd(), _shown(place))
    if found is None:
        raise NoSide(f"{place}: no such path in that revision; accepted: one from the repository's root, or ./PATH")
    return found


def _beside_files(place: Place) -> list[File] | None:
    path = Path(place.beside)
    folder, name = (path, "") if path.is_dir() else (path.parent, path.name)
    return files_at(place.revision, f"./{name}", folder if folder.is_dir() else Path.cwd(), shown(path))


def _live(named: Side) -> Side:
    from constructs_lib.checks.api_server import current_cluster
    from constructs_lib.review.sides.live import live_side

    with current_cluster() as server:
        return live_side(named, server)
