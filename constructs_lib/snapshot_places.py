"""Where the caches of an app save themselves: no two to one place, nor one below another's."""

from __future__ import annotations

import json
from collections.abc import Iterator

from constructs import Construct

from constructs_lib.errors import Fault
from constructs_lib.values.snapshots import Snapshots

_KIND = "constructs_lib:snapshots"


def place_faults(scope: Construct, where: str, place: str, cache: str) -> Iterator[Fault]:
    """What is wrong with saving a cache there, as far as the app's other caches have places already."""
    for entry in scope.node.root.node.metadata:
        if entry.type == _KIND:
            other, owner = json.loads(str(entry.data))
            if f"{place}/".startswith(f"{other}/") or f"{other}/".startswith(f"{place}/"):
                yield Fault(
                    where,
                    f"'{cache}' would be saved to {place}, and '{owner}' is saved to {other}: retention and restores "
                    "of one would take in the other's; accepted: a place of its own",
                )


def take_place(scope: Construct, place: str, cache: str) -> None:
    """Note that a cache is saved there. The tree keeps it, which Python's own objects of it do not outlive."""
    scope.node.root.node.add_metadata(_KIND, json.dumps([place, cache]))


def place_of(snapshots: Snapshots, namespace: str) -> str | None:
    """The place, by a name that only the same place has; None for volumes of the pods' own."""
    if snapshots.root is not None:
        server = snapshots.server.endpoint if snapshots.server else None
        return f"{server or 'AWS'}: {snapshots.root}"
    if snapshots.existing_persistent_volume_claim_name is not None:
        return f"claim {namespace}/{snapshots.existing_persistent_volume_claim_name}"
    return None
