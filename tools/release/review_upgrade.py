"""What an upgrade does to one test stack, for a program: its changes, or why it is refused now.

    python -m tools.release.review_upgrade OLD NEW

Both are told as to `cdk8s-dragonfly review`. Written is {"changes": […]}, as the review has them, or {"refused":
{"dragonfly_replicas": "what is wrong"}}; where the review cannot run at all, it ends as any program that fails.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

from constructs_lib.cli.review.sides import NoSide, places, read_sides
from constructs_lib.errors import Finding, InvalidArguments, InvalidConfig
from constructs_lib.review.outputs.document import document
from constructs_lib.review.review import review


def main() -> None:
    """The entry point."""
    json.dump(upgrade(*sys.argv[1:]), sys.stdout)


def upgrade(old: str, new: str) -> dict[str, Any]:
    """The changes, or the refusal.

    Raises:
        NoSide: one of the two is not there.
    """
    try:
        before, after = read_sides(*places(old, new))
    except NoSide as error:
        if isinstance(error.__cause__, InvalidArguments | InvalidConfig):
            return {"refused": _refused(error.__cause__.errors)}
        raise
    return {"changes": document(review(before.tree, after.tree, None, before.folders))["changes"]}


def _refused(errors: Sequence[Finding]) -> dict[str, str]:
    """What is wrong, by the variable."""
    return {error.where.partition(".")[0].partition("[")[0]: error.text for error in errors}


if __name__ == "__main__":
    main()
