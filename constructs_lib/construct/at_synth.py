"""What only the finished tree can tell, found when the app is synthesized: doubts are warned of, faults end it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator

import jsii
from constructs import Construct, IValidation

from constructs_lib.construct.keyword_arguments import describe
from constructs_lib.errors import ArgumentWarning, Doubt, Fault


def doubts_at_synth(construct: Construct, check: Callable[[], Iterator[Doubt]]) -> None:
    """Have `check` called when the app is synthesized, and warn of what it finds.

    Each costs two calls to Node: ask only where there may be something to say.
    """
    construct.node.add_validation(_Check(construct, check))


def faults_at_synth(construct: Construct, check: Callable[[], Iterator[Fault]]) -> None:
    """Have `check` called when the app is synthesized; cdk8s writes nothing if it finds a fault, and raises with all.

    Doubts among what it finds are warned of.
    """
    construct.node.add_validation(_Check(construct, check))


@jsii.implements(IValidation)
class _Check:
    def __init__(self, construct: Construct, check: Callable[[], Iterator[Fault]]) -> None:
        self._construct = construct
        self._check = check

    def validate(self) -> list[str]:
        """What cdk8s calls: the faults, which it raises with the construct's path before each."""
        faults = []
        for finding in self._check():
            if isinstance(finding, Doubt):
                named = describe(self._construct, self._construct, "")
                warnings.warn(f"{named}: {finding}", ArgumentWarning, stacklevel=2)
            else:
                faults.append(str(finding))
        return faults
