"""What paths hold: manifests, and texts with directives of Redis; and which of the two is taken over.

given = read_given([Path("clusters/production")], piped=b"")
given.redis or given.manifests
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from constructs_lib.adoption.redis.configuration import assert_one_server
from constructs_lib.adoption.redis.sources import (
    Source,
    as_text,
    is_redis_configuration,
    source_of_file,
    sources_in_folder,
    sources_in_manifests,
)
from constructs_lib.checks.manifests import PIPED, FoundManifests, Manifest, find_manifests

PIPED_FILE = "stdin"
"""What a text that is piped in is called."""


class NeitherOrBoth(Exception):
    """A file of Redis was named beside something else; the text says what."""


@dataclass(frozen=True, slots=True)
class Given:
    """What is taken over: files of Redis, or else manifests."""

    manifests: Sequence[Manifest]
    redis: Sequence[Source]
    """Of one Redis; none where manifests are taken over."""
    passed_over: Mapping[Path, str]


@dataclass(frozen=True, slots=True)
class _Path:
    """What one path holds."""

    path: Path
    found: FoundManifests
    redis: Sequence[Source]
    is_redis: bool = False
    """Whether it is itself a file of Redis, and not a folder or a manifest with some."""

    @property
    def has_a_dragonfly(self) -> bool:
        return any(manifest.kind == "Dragonfly" for manifest in self.found.manifests)


def read_given(paths: Sequence[Path], piped: bytes) -> Given:
    """Read everything once. Where there is a Dragonfly it counts, and what there is of Redis is passed over.

    Args:
        paths: files, folders, or `-` for what is piped in.
        piped: that.

    Raises:
        NeitherOrBoth: a file of Redis is named, and beside it a Dragonfly, or what is neither.
        SeveralConfigurations: nobody named a file of Redis, and there are those of several servers.
    """
    read = [_read(path, piped) for path in dict.fromkeys(paths)]
    redis = _once(each.redis for each in read)
    passed_over = {file: why for each in read for file, why in each.found.passed_over.items()}
    if named := [each for each in read if each.is_redis]:
        _assert_nothing_else(read, named[0].path)
    elif any(each.has_a_dragonfly for each in read):
        files = {source.folder / source.file: _A_DRAGONFLY for source in redis if source.folder}
        passed_over, redis = passed_over | files, []
    else:
        assert_one_server(redis)
    return Given(_each_once(read), redis, passed_over)


_A_DRAGONFLY = "a file of Redis, and there is a Dragonfly, which counts"


def _read(path: Path, piped: bytes) -> _Path:
    nothing = FoundManifests()
    if path == PIPED:
        text = as_text(piped)
        if is_redis_configuration(text):
            return _Path(path, nothing, [Source(PIPED_FILE, text)], is_redis=True)
    elif path.is_file():
        source = source_of_file(path)
        if is_redis_configuration(source.content):
            return _Path(path, nothing, [source], is_redis=True)
    found = find_manifests(path, piped)
    in_folder = sources_in_folder(path) if path.is_dir() else []
    return _Path(path, found, [*in_folder, *sources_in_manifests(found.manifests)])


def _assert_nothing_else(read: Sequence[_Path], named: Path) -> None:
    if others := [str(each.path) for each in read if each.has_a_dragonfly or not each.redis]:
        raise NeitherOrBoth(
            f"{', '.join(others)}: no directives of Redis, as in {named}; accepted: the one or the other"
        )


def _once(sources: Iterable[Sequence[Source]]) -> list[Source]:
    return list(dict.fromkeys(source for each in sources for source in each))


def _each_once(read: Sequence[_Path]) -> list[Manifest]:
    """The manifests, each object that several paths reach once."""
    manifests: dict[tuple[Path, int, str], Manifest] = {}
    for each in read:
        for manifest in each.found.manifests:
            manifests.setdefault((manifest.file.absolute(), manifest.document, manifest.within), manifest)
    return list(manifests.values())
