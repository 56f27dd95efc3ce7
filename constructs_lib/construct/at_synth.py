"""What only the finished tree can tell, found when the app is synthesized: warnings are warned of, errors end it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator

import jsii
from constructs import Construct, IValidation

from constructs_lib.construct.keyword_arguments import describe
from constructs_lib.errors import ArgumentWarning, Finding


def warnings_at_synth(construct: Construct, check: Callable[[], Iterator[Finding]]) -> None:
    """Have `check` called when the app is synthesized, and warn of what it finds.

    Each costs two calls to Node: ask only where there may be something to say.
    """
    construct.node.add_validation(_Check(construct, check))


def findings_at_synth(construct: Construct, check: Callable[[], Iterator[Finding]]) -> None:
    """Have `check` called when the app is synthesized; cdk8s writes nothing if it finds an error, and raises with all.

    Warnings among what it finds are warned of.
    """
    construct.node.add_validation(_Check(construct, check))


@jsii.implements(IValidation)
class _Check:
    def __init__(self, construct: Construct, check: Callable[[], Iterator[Finding]]) -> None:
        self._construct = construct
        self._check = check

    def validate(self) -> list[str]:
        """What cdk8s calls: the errors, which it raises with the construct's path before each."""
        errors = []
        for finding in self._check():
            if finding.is_warning:
                named = describe(self._construct, self._construct, "")
                warnings.warn(f"{named}: {finding}", ArgumentWarning, stacklevel=2)
            else:
                errors.append(str(finding))
        return errors
