"""A Secret that somebody else makes: nothing is written, and nothing of it can be known."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.cache.secret import SecretContents
from constructs_lib.errors import Finding


class ExistingSecret:
    """Nothing in the tree."""

    api_object = None

    def version(self, contents: SecretContents) -> str:
        """Nothing: it may change at any time."""
        return ""

    def write(self, contents: SecretContents) -> None:
        """Nothing to write."""

    def errors(self, contents: SecretContents) -> Iterator[Finding]:
        """Nothing to find."""
        yield from ()
