"""Draw the default stack and the one with everything on, as `cdk8s-dragonfly graph` draws them: docs/images/*.svg.

    python -m tools.docs.draw_stack

Graphviz' `dot` (Debian: graphviz) lays them out.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path
from shutil import which

from constructs_lib.checks.manifests import find_manifests
from constructs_lib.cli.graphviz import svg
from constructs_lib.review.topology.drawings import dot
from constructs_lib.review.topology.of_manifests import topology_of
from constructs_lib.review.topology.themes import Theme

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "images"

STACKS = {
    "stack": ROOT / "dist",
    "everything-on": ROOT / "tests" / "__snapshots__" / "test_stacks" / "everything-on",
}
"""By the name of its picture, what a synth of it has written."""


def main() -> None:
    """Write the pictures; without `dot` they stay as they are."""
    if which("dot") is None:
        print("dot is not there (Debian: graphviz), so docs/images/ stays as it is", file=sys.stderr)
        return
    IMAGES.mkdir(parents=True, exist_ok=True)
    for stack in STACKS:
        for theme in Theme:
            picture(stack, theme).write_text(drawn(source(stack, theme)))


def picture(stack: str, theme: Theme) -> Path:
    """The file of a stack's picture."""
    return IMAGES / f"{stack}-{theme}.svg"


def source(stack: str, theme: Theme) -> str:
    """A stack's picture in dot's language."""
    folder = STACKS[stack]
    return dot(topology_of(find_manifests(folder).manifests, folder), theme)


def mark(source: str) -> str:
    """The line by which a picture says what it was drawn from."""
    return f"<!-- drawn by `make docs` from {sha256(source.encode()).hexdigest()} -->\n"


def drawn(source: str) -> str:
    """The picture as SVG, without what names the version of dot."""
    return mark(source) + svg(source)


if __name__ == "__main__":
    main()
