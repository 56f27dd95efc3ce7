"""Doubts that only the finished tree can tell, warned of when the app is synthesized."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator

import jsii
from constructs import Construct, IValidation

from constructs_lib.arguments import describe
from constructs_lib.errors import ArgumentWarning, Doubt


def doubts_at_synth(construct: Construct, check: Callable[[], Iterator[Doubt]]) -> None:
    """Have `check` called when the app is synthesized, and warn of what it finds.

    Each costs two calls to Node: ask only where there may be something to say.
    """
    construct.node.add_validation(_Check(construct, check))


@jsii.implements(IValidation)
class _Check:
    def __init__(self, construct: Construct, check: Callable[[], Iterator[Doubt]]) -> None:
        self._construct = construct
        self._check = check

    def validate(self) -> list[str]:
        """What cdk8s calls; no error comes of it."""
        for doubt in self._check():
            warnings.warn(f"{describe(self._construct, self._construct, '')}: {doubt}", ArgumentWarning, stacklevel=2)
        return []
