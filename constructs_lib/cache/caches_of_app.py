"""The caches of an app beside each other, and each with its parts, when the app is finished."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, cast

from constructs import Construct

from constructs_lib.cache.parts import CachePart, SecretPart
from constructs_lib.cache.snapshots import Snapshots
from constructs_lib.construct.app_validation import AppValidation
from constructs_lib.errors import Finding


class Cache(CachePart, Protocol):
    """A cache, as far as the others of its app must know it."""

    @property
    def name(self) -> str: ...
    @property
    def namespace(self) -> str: ...
    @property
    def snapshots(self) -> Snapshots | None: ...
    @property
    def backup(self) -> Construct | None: ...
    @property
    def secrets(self) -> SecretPart | None: ...
    @property
    def parts(self) -> Sequence[CachePart]: ...


class CachesOfApp(AppValidation):
    """Every cache of an app: no two of one name, none saved where another is, and what each has to say of itself."""

    ID = "dragonfly:caches"

    def __init__(self, root: Construct) -> None:
        self._caches: list[Cache] = []
        super().__init__(root)

    def add(self, cache: Cache) -> None:
        """Have a cache validated with the others."""
        self._caches.append(cache)

    def findings(self) -> Iterator[tuple[Construct, Finding]]:
        """What is wrong or worth a warning, cache by cache; the time it takes grows with their number and no faster."""
        names: dict[tuple[str, str], Cache] = {}
        places: dict[str, Cache] = {}
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
            if cache.secrets is not None:
                cache.secrets.finish()


def _about(part: CachePart | Construct, finding: Finding) -> tuple[Construct, Finding]:
    return cast("Construct", part), finding


def _one_name(cache: Cache, first: Cache) -> Finding:
    # Two objects of one name would be one file of the output, and the later would replace the earlier.
    return Finding.error(
        "name", f"{cache.name!r} in namespace {cache.namespace} is that of {first.node.path} too; accepted: another"
    )


def _one_place(cache: Cache, place: str, other: Cache, taken: str) -> Finding:
    return Finding.error(
        "existing_persistent_volume_claim_name" if place.startswith("claim ") else "prefix",
        f"'{cache.namespace}/{cache.name}' would be saved to {place}, and '{other.namespace}/{other.name}' is saved to "
        f"{taken}: retention and restores of one would take in the other's; accepted: a place of its own",
    )


def _sharing(place: str, cache: Cache, places: dict[str, Cache]) -> tuple[Cache, str] | None:
    """Another cache that is saved to the same place, or to one above it, and that place."""
    steps = place.split("/")
    above = ("/".join(steps[:length]) for length in range(len(steps), 0, -1))
    return next(((places[way], way) for way in above if way in places and places[way] is not cache), None)


def _place(cache: Cache) -> str | None:
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
