"""What is not as a version had it: the interfaces, `cluster.yaml`, and what is written for the test stacks.

All is read from git, as the version's tag has it; nothing is checked out.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from semver import Version

from constructs_lib.review.changes.model import Effect, Severity
from tools.release import compare_interfaces, compare_schemas, compare_surfaces, interface, surface
from tools.release.changelog import CHANGED, CLUSTER_YAML, COMMAND_LINE, DEPRECATED, MANIFESTS, PYTHON, SECTIONS, Change
from tools.release.git import file_at, git

STACKS = "tests/stacks"
SNAPSHOTS = "tests/__snapshots__/test_stacks"
INTERFACE = str(interface.FILE)
SURFACE = str(surface.FILE)
SCHEMA = "cluster.schema.json"

BREAKING_EFFECTS = {"access-closed", "address-changed"}
"""Effects of a review that break beside all that are danger: a client cannot connect any more."""

RESTARTS = {"restart", "rolling-restart", "at-next-restart"}
"""Effects that no patch brings: who takes one expects no failover."""


class NotReviewed(Exception):
    """Something could not be compared, so that nothing is known of what breaks."""


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since a version."""

    changes: Mapping[str, list[Change]]
    """What a point of the changelog must name, by section: breaks, restarts, deprecations."""
    added: list[Change]
    """What is new: of this something must be told."""


def last_tag(root: Path) -> str | None:
    """The tag of the last version that HEAD stands on, exactly `v1.2.3`; None before the first."""
    versions = tagged_versions(root, "--merged", "HEAD")
    return f"v{max(versions, key=Version.parse)}" if versions else None


def tagged_versions(root: Path, *among: str) -> list[str]:
    """The versions that are tagged, as `1.2.3`; `among` limits the tags as git's options do."""
    return [tag[1:] for tag in git(root, "tag", *among, "--list", "v*").split() if is_version(tag[1:])]


def is_version(text: str) -> bool:
    """Whether it is `1.2.3`, without a word more."""
    return Version.is_valid(text) and str(Version.parse(text).finalize_version()) == text


def since(tag: str, root: Path) -> Since:
    """What changed since a tag.

    Raises:
        NotReviewed: a test stack could not be reviewed, or the tag has not what is compared.
        GitFailed: there is no such tag.
    """
    _assert_comparable(tag, root)
    stubs, surfaces, schemas = (
        (file_at(root, tag, path), (root / path).read_text()) for path in (INTERFACE, SURFACE, SCHEMA)
    )
    found: dict[str, list[Change]] = {
        PYTHON: [*compare_interfaces.breaks(*stubs), *compare_surfaces.breaks(*surfaces, PYTHON)],
        COMMAND_LINE: compare_surfaces.breaks(*surfaces, COMMAND_LINE),
        CLUSTER_YAML: [*compare_schemas.refused(*schemas), *compare_surfaces.breaks(*surfaces, CLUSTER_YAML)],
        DEPRECATED: compare_surfaces.deprecated(*surfaces),
    }
    for section, changes in _of_stacks(tag, root).items():
        found[section] = [*found.get(section, []), *changes]
    added = [*compare_interfaces.gains(*stubs), *compare_schemas.accepted(*schemas), *compare_surfaces.gains(*surfaces)]
    return Since({section: found[section] for section in SECTIONS if found.get(section)}, added)


def _assert_comparable(tag: str, root: Path) -> None:
    compared = [path for path in (INTERFACE, SURFACE, SCHEMA, STACKS) if (root / path).exists()]
    if moved := [path for path in compared if not git(root, "ls-tree", "--name-only", tag, "--", path)]:
        raise NotReviewed(f"{tag} has no {', '.join(moved)}: nothing tells what changed; leave it where it was")


def _of_stacks(tag: str, root: Path) -> dict[str, list[Change]]:
    """What an upgrade does to the test stacks, by section; what is the same of several is one change."""
    places: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    found: dict[str, list[Change]] = defaultdict(list)
    for stack in _stacks_at(tag, root):
        told = _upgrade(tag, stack, root)
        for key, why in told.get("refused", {}).items():
            found[CLUSTER_YAML].append(Change((key or stack,), f"{stack} is refused: {why}"))
        for change in told.get("changes", ()):
            for section, effect in _effects(change["effects"]):
                places[section, change["object"]["kind"], effect].append(f"{stack}{change['field']}")
    for (section, kind, effect), where in sorted(places.items()):
        found[section].append(Change((kind, effect), ", ".join(where)))
    return found


def _effects(effects: list[str]) -> list[tuple[str, str]]:
    """The effects that the changelog names, each with its section."""
    danger = {effect.id for effect in Effect if effect.severity is Severity.DANGER}
    breaking = [(MANIFESTS, effect) for effect in effects if effect in danger | BREAKING_EFFECTS]
    return breaking or [(CHANGED, effect) for effect in effects if effect in RESTARTS]


def _stacks_at(tag: str, root: Path) -> list[str]:
    listed = git(root, "ls-tree", "--name-only", tag, f"{STACKS}/").split()
    return [Path(name).stem for name in listed if name.endswith(".yaml")]


def _upgrade(tag: str, stack: str, root: Path) -> dict[str, Any]:
    """What the tag wrote, against what is written now from the tag's own file, as `tools.review_upgrade` tells it."""
    config = f"{STACKS}/{stack}.yaml"
    now = root / config
    is_as_it_was = now.exists() and now.read_text() == file_at(root, tag, config)
    new = f"{SNAPSHOTS}/{stack}" if is_as_it_was else f"{tag}:{config}"
    command = [sys.executable, "-m", "tools.release.review_upgrade", f"{tag}:{SNAPSHOTS}/{stack}", new]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotReviewed(f"the stack {stack} could not be reviewed since {tag}: {_last_line(done.stderr)}")
    return dict(json.loads(done.stdout))


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["no word of why"])[-1]
