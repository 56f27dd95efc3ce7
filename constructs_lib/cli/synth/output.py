"""The output folder: replaced as a whole, or left as it was; or held against what would be written."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from constructs_lib.errors import OutputFolderError, StaleOutputError

SUFFIX = ".yaml"

CDK8S_METADATA = "construct-metadata.json"
"""What cdk8s adds where its validation plugins ask for it."""


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """Give a fresh folder to write to, and put it in the place of `folder` when all went well.

    Raises:
        OutputFolderError: `folder` holds files that no synth has written, which are not deleted; or it cannot be made.
    """
    folder = folder.resolve()
    _refuse_foreign_files(folder)
    with _folder_beside(folder) as beside:
        fresh = Path(beside) / folder.name
        fresh.mkdir()
        yield fresh
        if folder.exists():
            folder.rename(Path(beside) / "before")
        fresh.rename(folder)
        # What was moved aside goes with the temporary folder.


@contextmanager
def compared(folder: Path) -> Iterator[Path]:
    """Give a fresh folder to write to, which is gone afterwards, and hold `folder` against it.

    Raises:
        StaleOutputError: `folder` is not what was written; every file is named.
    """
    with tempfile.TemporaryDirectory() as fresh:
        yield Path(fresh)
        written, there = _files(Path(fresh)), _files(folder)
        stale = [
            *(f"{folder / name}: not there" for name in written.keys() - there.keys()),
            *(f"{folder / name}: not written any more" for name in there.keys() - written.keys()),
            *(f"{folder / name}: differs" for name in written.keys() & there.keys() if written[name] != there[name]),
        ]
    if stale:
        raise StaleOutputError("\n".join([*sorted(stale), _SYNTHESIZE]))


def _files(folder: Path) -> dict[Path, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != CDK8S_METADATA)
    return {path.relative_to(folder): path.read_bytes() for path in paths}


def _refuse_foreign_files(folder: Path) -> None:
    if folder.is_file():
        raise OutputFolderError(f"{folder.name}: is a file; {_ACCEPTED}")
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != CDK8S_METADATA]
    foreign = [path.relative_to(folder) for path in files if path.suffix != SUFFIX]
    if foreign:
        raise OutputFolderError(f"{folder.name}: holds {foreign[0]}, which no synth wrote; {_ACCEPTED}")


def _folder_beside(folder: Path) -> tempfile.TemporaryDirectory[str]:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        return tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent)
    except OSError as error:
        raise OutputFolderError(f"{folder.name}: cannot be written: {error.strerror}; {_ACCEPTED}") from error


_ACCEPTED = f"accepted: a folder of {SUFFIX} files alone, or none (CDK8S_OUTDIR names another)"
_SYNTHESIZE = "what is written now is something else; synthesize again, and commit both"
