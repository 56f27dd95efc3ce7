"""`cdk8s-dragonfly import` as it is called, what it writes carried out, and what it lists read back."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import cdk8s
import pytest
from typer.testing import CliRunner, Result

import constructs_lib
from constructs_lib.cli.app import app
from constructs_lib.review.changes.model import Change, ObjectKey
from constructs_lib.review.review import review
from constructs_lib.review.sides.trees import Reader, files_of, key_of
from constructs_lib.values.version import Version
from main import synthesize

Tree = Mapping[ObjectKey, Mapping[str, Any]]


@dataclass(frozen=True)
class Entry:
    """A line of the list: what could not be carried over."""

    object: str
    field: str
    text: str

    def names(self, change: Change) -> bool:
        """Whether it is about that change; a flag is named by its word, which the review has under all of them."""
        is_a_word = change.field == "/spec/args" and self.field.startswith("/spec/args/")
        return self.object == str(change.object) and (self.field == change.field or is_a_word)


def run(*arguments: object, piped: str | None = None) -> Result:
    """Run the command."""
    return CliRunner().invoke(app, ["import", *map(str, arguments)], input=piped)


def entries(stderr: str) -> list[Entry]:
    """The lines of the list."""
    lines = (re.fullmatch(r"(\w+ \S+?)(?: (/\S*))?: (.+; .+)", line) for line in stderr.splitlines())
    return [Entry(line[1], line[2] or "", line[3]) for line in lines if line]


def written(text: str, folder: Path) -> Tree:
    """What a `cluster.yaml`, or an app, gives."""
    dist = folder / "dist"
    dist.mkdir()
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patch:
        warnings.simplefilter("ignore", constructs_lib.DragonflyWarning)
        if text.startswith('"""'):
            patch.setattr(cdk8s, "App", partial(cdk8s.App, outdir=str(dist)))
            exec(text, {})
        else:
            (folder / "cluster.yaml").write_text(text)
            synthesize([folder / "cluster.yaml"], dist)
    return Reader().read(list(files_of(dist))).tree


def original(path: Path, listed: Sequence[Entry]) -> Tree:
    """The manifests, each object in the namespace that the list says was taken for it."""
    taken = {
        entry.object: match[1]
        for entry in listed
        if entry.field == "/metadata/namespace" and (match := re.search(r"taken: ([\w-]+)", entry.text))
    }
    tree = {}
    for key, manifest in Reader().read(list(files_of(path))).tree.items():
        placed = deepcopy(dict(manifest))
        if str(key) in taken:
            placed["metadata"] = {**placed["metadata"], "namespace": taken[str(key)]}
        tree[key_of(placed)] = placed
    return tree


def not_named(path: Path, result: Result, folder: Path, operator: str | None = None) -> list[Change]:
    """What a review of the manifests against what is written says and the list does not."""
    listed = entries(result.stderr)
    reviewed = review(
        original(path, listed), written(result.stdout, folder), Version.of(operator) if operator else None
    )
    return [change for change in reviewed.changes if not any(entry.names(change) for entry in listed)]
