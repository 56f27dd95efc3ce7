"""What the constructs made for a cache are to the cache, which knows nothing else of them.

A cache has one of each: a second would write files of the same names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from constructs import Node

from constructs_lib.errors import Finding


class CachePart(Protocol):
    """A construct that has something to say when the app is finished."""

    @property
    def node(self) -> Node:
        """Its place in the tree."""

    def findings(self) -> Iterator[Finding]:
        """What is wrong or worth a warning about it when the app is finished."""


class SecretPart(CachePart, Protocol):
    """Where the cache's Secret comes from."""

    def version(self) -> str:
        """What changes with the Secret, as far as it can be known at synth; empty where nothing can."""

    def finish(self) -> None:
        """Write what is no object of the tree, once nothing was found wrong."""
