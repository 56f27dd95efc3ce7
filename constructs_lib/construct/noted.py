"""Notes on the root of the tree: what an app's constructs must know of each other, whoever made them.

The tree keeps them, which Python's own objects of it do not outlive.
"""

from __future__ import annotations

import json
from typing import Any

from constructs import Construct


def note(scope: Construct, kind: str, value: Any) -> None:
    """Note something, under a name of ours."""
    scope.node.root.node.add_metadata(f"constructs_lib:{kind}", json.dumps(value))


def notes(scope: Construct, kind: str) -> list[Any]:
    """What was noted under that name, anywhere in the app."""
    entries = scope.node.root.node.metadata
    return [json.loads(str(entry.data)) for entry in entries if entry.type == f"constructs_lib:{kind}"]
