"""The operator versions that the tests run with, read off the catalogue: a new row is tried by all of them."""

from __future__ import annotations

from constructs_lib.dragonfly.operator_versions import NEWEST_SEEN_RUNNING, OPERATOR_RELEASES

OPERATORS = tuple(str(release.version) for release in OPERATOR_RELEASES if release.version <= NEWEST_SEEN_RUNNING)
"""Those that were seen running."""

NEWEST = OPERATORS[-1]

NEWEST_KNOWN = str(OPERATOR_RELEASES[-1].version)
"""What a version is taken for that is newer than all rows; of it the release notes alone may be known."""

NOT_KNOWN_YET = "v9.9.9"
"""Newer than all rows."""
