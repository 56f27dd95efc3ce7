"""Where the caches of an app save themselves: no two to one place, nor one below another's."""

from __future__ import annotations

from collections.abc import Iterator

from constructs import Construct

from constructs_lib.cache.snapshots import Snapshots
from constructs_lib.construct.noted import note, notes
from constructs_lib.errors import Finding

_KIND = "snapshots"


def place_findings(scope: Construct, where: str, place: str, cache: str) -> Iterator[Finding]:
    """What is wrong with saving a cache there, as far as the app's other caches have places already."""
    for other, owner in notes(scope, _KIND):
        if f"{place}/".startswith(f"{other}/") or f"{other}/".startswith(f"{place}/"):
            yield Finding.error(
                where,
                f"'{cache}' would be saved to {place}, and '{owner}' is saved to {other}: retention and restores "
                "of one would take in the other's; accepted: a place of its own",
            )


def take_place(scope: Construct, place: str, cache: str) -> None:
    """Note that a cache is saved there."""
    note(scope, _KIND, [place, cache])


def place_of(snapshots: Snapshots, namespace: str) -> str | None:
    """The place, by a name that only the same place has; None for volumes of the pods' own."""
    if snapshots.root is not None:
        server = snapshots.server.endpoint if snapshots.server else None
        return f"{server or 'AWS'}: {snapshots.root}"
    if snapshots.existing_persistent_volume_claim_name is not None:
        return f"claim {namespace}/{snapshots.existing_persistent_volume_claim_name}"
    return None
