"""A side that is a `cluster.yaml`: what is synthesized from it, as it is now or as a git revision has it."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from constructs_lib.cli.synth.in_memory import synthesized
from constructs_lib.config.load import load_secrets
from constructs_lib.errors import InvalidConfig
from constructs_lib.review.sides.git import files_at
from constructs_lib.review.sides.trees import File, Reader, Side, Source

_VARIABLE = re.compile(r"""^["']?dragonfly_\w+["']?\s*:""", re.MULTILINE)
_OBJECT = re.compile(r"^(apiVersion|kind)\s*:", re.MULTILINE)


def is_cluster_yaml(file: File) -> bool:
    """Whether a file is a configuration, and no manifest."""
    text = file.content.decode("utf-8", "replace")
    return bool(_VARIABLE.search(text)) and not _OBJECT.search(text)


def side_now(file: File, path: Path, reader: Reader) -> Side:
    """The side of a file as it is; each object stands where that file does.

    Raises:
        DragonflyError: the configuration says what cannot work.
    """
    return _standing_in(file, synthesized([path], reader))


def side_at(revision: str, path: str, file: File, reader: Reader) -> Side:
    """The side of a file as a revision has it, with the encrypted file that it names.

    Args:
        revision: the revision.
        path: the file's path from the repository's root.
        file: what the revision has there.
        reader: what reads the manifests.

    Raises:
        DragonflyError: the configuration says what cannot work.
        NoRevision: git cannot be asked.
    """
    with TemporaryDirectory() as folder:
        config = _written(Path(folder, path), file.content)
        for name in _names(config):
            # Outside of the repository no revision has it.
            place = os.path.normpath(os.path.join(os.path.dirname(path), name))
            for found in files_at(revision, place, Path.cwd()) or () if not place.startswith(("..", "/")) else ():
                _written(Path(folder, place), found.content)
        return _standing_in(file, synthesized([config], reader))


def _names(config: Path) -> list[str]:
    """The file that a configuration reads beside itself."""
    try:
        file = load_secrets(config).arguments.file
    except InvalidConfig:  # said again, and better, where it is synthesized
        return []
    return [file] if file else []


def _written(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _standing_in(file: File, side: Side) -> Side:
    return replace(side, sources={key: Source(file.shown) for key in side.tree})
