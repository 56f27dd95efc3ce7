"""The caches of an app beside each other, and each with its parts, when the app is finished."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from constructs import Construct

from constructs_lib.cache.instance import CachePart, DragonflyInstance
from constructs_lib.construct.app_validation import AppValidation, IsGone
from constructs_lib.errors import Finding


class CachesOfApp(AppValidation):
    """Every cache of an app: no two of one name, none saved where another is, and what each has to say of itself."""

    ID = "dragonfly:caches"

    def __init__(self, root: Construct) -> None:
        self._caches: list[DragonflyInstance] = []
        super().__init__(root)

    def add(self, cache: DragonflyInstance) -> None:
        """Have a cache validated with the others."""
        self._caches.append(cache)

    def forget(self, is_gone: IsGone) -> None:
        """Leave out caches, and what was made for one, that its user took out of the tree."""
        self._caches = [cache for cache in self._caches if not is_gone(cache)]
        for cache in self._caches:
            cache.forget_parts(is_gone)

    def findings(self) -> Iterator[tuple[Construct, Finding]]:
        """What is wrong or worth a warning, cache by cache; the time it takes grows with their number and no faster."""
        names: dict[tuple[str, str], DragonflyInstance] = {}
        places: dict[str, DragonflyInstance] = {}
        for cache in self._caches:
            if place := _place(cache):
                places.setdefault(place, cache)
        for cache in self._caches:
            first = names.setdefault((cache.namespace, cache.name), cache)
            if first is not cache:
                yield _about(cache, _one_name(cache, first))
            elif (place := _place(cache)) and (other := _sharing(place, cache, places)):
                yield _about(cache.backup or cache, _one_place(cache, place, *other))
            for part in (cache, *cache.parts):
                yield from (_about(part, finding) for finding in part.findings())

    def finish(self) -> None:
        """Have each cache's Secret write what is no object of the tree."""
        for cache in self._caches:
            cache.finish()


def _about(part: CachePart | Construct, finding: Finding) -> tuple[Construct, Finding]:
    return cast("Construct", part), finding


def _one_name(cache: DragonflyInstance, first: DragonflyInstance) -> Finding:
    what = f"{cache.name!r} in namespace {cache.namespace} is that of {first.node.path} too"
    if not (cache.IS_WRITTEN and first.IS_WRITTEN):
        # A client let in at one would not be known to the policy of the other.
        return Finding.error("name", f"{what}; give that one to whatever is made for the instance")
    # Two objects of one name would be one file of the output, and the later would replace the earlier.
    left_out = "" if "name" in cache.arguments.model_fields_set else " (`name` was left out)"
    return Finding.error("name", f"{what}{left_out}; accepted: another")


def _one_place(cache: DragonflyInstance, place: str, other: DragonflyInstance, taken: str) -> Finding:
    return Finding.error(
        "existing_persistent_volume_claim_name" if place.startswith("claim ") else "prefix",
        f"'{cache.namespace}/{cache.name}' would be saved to {place}, and '{other.namespace}/{other.name}' is saved to "
        f"{taken}: retention and restores of one would take in the other's; accepted: a place of its own",
    )


def _sharing(
    place: str, cache: DragonflyInstance, places: dict[str, DragonflyInstance]
) -> tuple[DragonflyInstance, str] | None:
    """Another cache that is saved to the same place, or to one above it, and that place."""
    steps = place.split("/")
    above = ("/".join(steps[:length]) for length in range(len(steps), 0, -1))
    return next(((places[way], way) for way in above if way in places and places[way] is not cache), None)


def _place(cache: DragonflyInstance) -> str | None:
    """Where a cache is saved, by a name that only the same place has; None where each pod has a volume of its own."""
    snapshots = cache.snapshots
    if snapshots is None:
        return None
    if snapshots.root is not None:
        server = snapshots.server.endpoint if snapshots.server else None
        return f"{server or 'AWS'}: {snapshots.root}"
    if snapshots.existing_persistent_volume_claim_name is not None:
        return f"claim {cache.namespace}/{snapshots.existing_persistent_volume_claim_name}"
    return None
