"""A Secret that somebody else makes: nothing is written, and nothing of it can be known."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from constructs import Construct

from constructs_lib.cache.secret import SecretContents
from constructs_lib.errors import Finding
from constructs_lib.secrets.arguments import SecretsArguments


class ExistingSecret:
    """Nothing in the tree."""

    api_object = None

    def __init__(
        self, construct: Construct, arguments: SecretsArguments, cache: str, contents: Callable[[], SecretContents]
    ) -> None:
        pass

    def version(self) -> str:
        """Nothing: it may change at any time."""
        return ""

    def findings(self) -> Iterator[Finding]:
        """Nothing to find."""
        yield from ()

    def finish(self) -> None:
        """Nothing beside the tree."""
