"""The manifests of a `cluster.yaml` without an output folder: for a review, a picture, an import."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from constructs_lib.cli.synth.synthesis import synthesize
from constructs_lib.review.sides.trees import Reader, Side, files_of


def synthesized(configs: Sequence[Path], reader: Reader | None = None) -> Side:
    """What a configuration gives, with each object's folder as below the output folder.

    What the files name beside themselves is read where they stand.

    Raises:
        DragonflyError: the configuration says what cannot work.
    """
    with TemporaryDirectory() as folder:
        dist = Path(folder)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the file's own findings are printed under its own keys
            synthesize(configs, dist)
        side = (reader or Reader()).read(list(files_of(dist)))
        below = {key: PurePosixPath(each).relative_to(dist.as_posix()) for key, each in side.folders.items()}
    return replace(side, sources={}, folders={key: str(each) for key, each in below.items()})
