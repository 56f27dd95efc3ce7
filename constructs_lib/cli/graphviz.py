"""Graphviz' `dot`, a program that draws graphs."""

from __future__ import annotations

import re
import subprocess
from shutil import which


class NoGraphviz(Exception):
    """`dot` is not installed, or fails."""


def svg(source: str) -> str:
    """A graph in dot's language as SVG, without the comments in which dot names its version.

    Raises:
        NoGraphviz: with what to install, or with what `dot` says.
    """
    if which("dot") is None:
        raise NoGraphviz(
            "dot is not installed, which draws SVG; install Graphviz (Debian: `apt-get install graphviz`, macOS: "
            "`brew install graphviz`), or take `--format mermaid`, which needs no program"
        )
    done = subprocess.run(["dot", "-Tsvg"], input=source, capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise NoGraphviz(f"dot fails: {done.stderr.strip()}")
    return re.sub(r"<!--.*?-->\n?", "", done.stdout[done.stdout.index("<svg") :], flags=re.DOTALL)
