"""Release the version in `pyproject.toml`: say everything that is in the way, build, check, tag.

    python -m tools.release             # all but the tag
    python -m tools.release 1.2.3       # and the tag v1.2.3

Nothing is pushed. To push the tag publishes it: `.github/workflows/release.yml`.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from semver import Version

from constructs_lib.deprecations import rows
from tools.release.breaking import NotReviewed, Since, is_version, last_tag, since, tagged_versions
from tools.release.changelog import (
    ADDED,
    BREAKING,
    CHANGED,
    DEPRECATED,
    UNRELEASED,
    Entry,
    UnreadableChangelog,
    entries,
)
from tools.release.git import GitFailed, git

ROOT = Path(__file__).resolve().parents[2]

PASSED = Path(".ci", "passed")
"""Where `.ci/run` writes the commit at which all has passed."""

OUTPUT = Path("build", "release")

BRANCHES = r"main|\d+\.\d+\.x"


def main() -> None:
    """The entry point."""
    parser = argparse.ArgumentParser(description="Release the version in pyproject.toml.")
    parser.add_argument("version", nargs="?", default="", help="the version, to tag it; without it all but the tag")
    wanted = parser.parse_args().version
    try:
        _release(wanted)
    except (GitFailed, NotReviewed, UnreadableChangelog) as reason:
        _refuse(str(reason).splitlines())


def _release(wanted: str) -> None:
    release = Release.of(ROOT)
    print(f"{release.version}, since {release.tag or 'no version: none is tagged, so nothing is compared'}")
    print("".join(f"{line}\n" for line in told(release)), end="")
    if reasons := list(refusals(release, wanted)):
        _refuse(reasons)
    for path in build(ROOT):
        print(f"built {path.relative_to(ROOT)}")
    if wanted:
        git(ROOT, "tag", "--annotate", f"v{wanted}", "--message", f"Version {wanted}")
        print(f"tagged v{wanted}; `git push origin v{wanted}` publishes it")
    else:
        print(f"nothing is in the way; `make release VERSION={release.version}` tags it")


def _refuse(reasons: list[str]) -> None:
    sys.exit("\n".join(f"not released: {reason}" for reason in reasons))


@dataclass(frozen=True, slots=True)
class Release:
    """What is to be released, and what came before."""

    root: Path
    version: str
    entry: Entry
    """What the changelog says of it: its first."""
    tag: str | None
    since: Since
    """Of the tag; nothing before the first version."""

    @classmethod
    def of(cls, root: Path) -> Release:
        """Read from a working copy.

        Raises:
            UnreadableChangelog: it has headings, days or points that no tool would find.
            NotReviewed: a test stack could not be reviewed.
            GitFailed: there is no repository.
        """
        version = tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"]
        entry = entries((root / "CHANGELOG.md").read_text())[0]
        tag = last_tag(root)
        return cls(root, version, entry, tag, since(tag, root) if tag else Since({}, []))


def told(release: Release) -> Iterator[str]:
    """What the changelog must name, each beside the point that does: whether it says the same, a reader sees."""
    for section, changes in release.since.changes.items():
        points = {change: release.entry.point_of(section, change) for change in changes}
        for change, point in points.items():
            if point is not None:
                yield f"{section}: {change}"
                yield f"    told by: {point}"


def refusals(release: Release, wanted: str = "") -> Iterator[str]:
    """Everything that is in the way of a release, each with what to do."""
    yield from _of_the_working_copy(release)
    yield from _of_origin(release)
    yield from _of_what_came_before(release)
    if is_version(release.version):
        yield from _of_the_number(release, wanted)
        yield from _of_the_changelog(release)
        yield from _of_what_is_deprecated(release)
    else:
        yield f"the version in pyproject.toml is {release.version}; accepted: three numbers, as in 1.2.3"


def build(root: Path) -> list[Path]:
    """The sdist and the wheel, as twine finds no fault with them.

    Raises:
        SystemExit: they cannot be built, or twine finds one.
    """
    shutil.rmtree(root / OUTPUT, ignore_errors=True)
    _run(root, "hatchling", "build", "-d", root / OUTPUT)
    built = sorted((root / OUTPUT).iterdir())
    _run(root, "twine", "check", "--strict", *built)
    return built


def _run(root: Path, module: str, *arguments: str | Path) -> None:
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"not released: {module} failed\n{done.stdout}{done.stderr}")


def _of_the_working_copy(release: Release) -> Iterator[str]:
    root = release.root
    if changed := git(root, "status", "--porcelain", "--untracked-files=all"):
        paths = ", ".join(line.split(maxsplit=1)[-1] for line in changed.splitlines())
        yield f"the working copy is not clean: {paths}; commit or remove it"
    branch = _branch(root)
    if re.fullmatch(BRANCHES, branch) is None:
        yield f"the branch is {branch or 'none'}; accepted: main, or 1.2.x for what mends 1.2"
    elif branch != "main" and not release.version.startswith(branch.removesuffix("x")):
        yield f"{release.version} is not of the branch {branch}; write a version of it to pyproject.toml, or go to main"
    passed = root / PASSED
    if not passed.exists() or passed.read_text().strip() != _head(root):
        yield "the tests have not passed at this commit; run .ci/run"


def _of_origin(release: Release) -> Iterator[str]:
    """Asked itself: what this copy has of it may be old."""
    root, branch, tag = release.root, _branch(release.root), f"v{release.version}"
    if "origin" not in git(root, "remote").split():
        yield "there is no remote called origin, to which a tag is pushed; git remote add origin ADDRESS"
        return
    try:
        there = _references(git(root, "ls-remote", "--heads", "--tags", "origin"))
    except GitFailed as reason:
        yield f"origin does not say what it has: {' '.join(str(reason).split())}"
        return
    here = _references(git(root, "show-ref", "--head"))
    if re.fullmatch(BRANCHES, branch) and there.get(f"refs/heads/{branch}") != here["HEAD"]:
        yield f"HEAD is not what {branch} is at origin; push or pull first"
    others = [name for name in there if name.startswith("refs/tags/v") and not name.endswith("^{}")]
    others = [name.removeprefix("refs/tags/") for name in others if here.get(name) != there[name]]
    if others:
        yield f"origin has {', '.join(others)}, and this copy has not; git fetch --tags --force origin"
    if f"refs/tags/{tag}" in {**here, **there}:
        yield f"{tag} is tagged already; write the next version to pyproject.toml"


def _of_what_came_before(release: Release) -> Iterator[str]:
    if release.tag is None and (others := tagged_versions(release.root)):
        yield (
            f"HEAD stands on none of the versions {', '.join(others)}, so nothing is compared; merge what the last one "
            "has, or where the history is cut off, git fetch --unshallow"
        )


def _references(listed: str) -> dict[str, str]:
    """What each branch and tag is, by its name."""
    return {name: commit for commit, name in map(str.split, listed.splitlines())}


def _branch(root: Path) -> str:
    return git(root, "branch", "--show-current").strip()


def _head(root: Path) -> str:
    return git(root, "rev-parse", "HEAD").strip()


def _of_the_number(release: Release, wanted: str) -> Iterator[str]:
    if wanted and wanted != release.version:
        yield f"VERSION={wanted} is not the version in pyproject.toml, {release.version}"
    if release.tag and release.tag != f"v{release.version}":
        least, why = least_version(release.tag.removeprefix("v"), release.entry, release.since)
        if Version.parse(release.version) < least:
            yield f"{release.version} is too low after {release.tag}: {why}; accepted: {least} or later"


def least_version(last: str, entry: Entry, since: Since) -> tuple[Version, str]:
    """The lowest number that says enough of what changed, and why; before 1.0.0 the second stands for the first."""
    version = Version.parse(last)
    if _has(since, entry, *BREAKING):
        return version.bump_major() if version.major else version.bump_minor(), "something breaks"
    if since.changes.get(CHANGED):
        return version.bump_minor(), "pods restart"
    if version.major and _has(since, entry, DEPRECATED):
        return version.bump_minor(), "something is deprecated"
    if version.major and (since.added or ADDED in entry.sections):
        return version.bump_minor(), "something is added"
    return version.bump_patch(), "it is no later version"


def _has(since: Since, entry: Entry, *sections: str) -> bool:
    """Whether something of these sections was found, or is told."""
    return any(since.changes.get(section) or section in entry.sections for section in sections)


def _of_the_changelog(release: Release) -> Iterator[str]:
    entry = release.entry
    if entry.version != release.version:
        yield f"the first heading of CHANGELOG.md is of {entry.version}; accepted: ## {release.version} (its day)"
        return
    if entry.day == UNRELEASED:
        yield f"CHANGELOG.md calls {entry.version} unreleased; write its day, as in ## {entry.version} (2026-11-26)"
    if not entry.sections:
        yield f"CHANGELOG.md says nothing of {entry.version}"
    for section, changes in release.since.changes.items():
        for change in changes:
            if entry.point_of(section, change) is None:
                names = " and ".join(f"`{name}`" for name in change.names)
                yield f'{change}; CHANGELOG.md does not name it under "{section}": a point with {names}'
    if release.since.added and ADDED not in entry.sections:
        new = ", ".join(".".join(change.names) for change in release.since.added)
        yield f'CHANGELOG.md has nothing under "{ADDED}", and this is new: {new}'


def _of_what_is_deprecated(release: Release) -> Iterator[str]:
    for name, row in rows():
        if Version.parse(row.removed_in) <= Version.parse(release.version):
            yield f"{name} was to be gone in {row.removed_in}; remove it, or name another in deprecations.py"


if __name__ == "__main__":
    main()
