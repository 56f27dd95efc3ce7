"""Release the version in `pyproject.toml`: say everything that is in the way, build, check, tag.

    python -m tools.release             # all but the tag
    python -m tools.release 1.2.3       # and the tag v1.2.3

Nothing is pushed. To push the tag publishes it: `.github/workflows/release.yml`.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from constructs_lib.deprecations import rows
from tools.breaking import Since, last_tag, since
from tools.changelog import BREAKING, UNRELEASED, Entry, entries

ROOT = Path(__file__).resolve().parent.parent

PASSED = Path(".ci", "passed")
"""Where `.ci/run` writes the commit at which all has passed."""

OUTPUT = Path("build", "release")


def main() -> None:
    """The entry point."""
    parser = argparse.ArgumentParser(description="Release the version in pyproject.toml.")
    parser.add_argument("version", nargs="?", default="", help="the version, to tag it; without it all but the tag")
    wanted = parser.parse_args().version
    release = Release.of(ROOT)
    reasons = list(refusals(release, wanted))
    print(f"{release.version}, since {release.tag or 'no version: none is tagged, so nothing is compared'}")
    for path in () if reasons else build(ROOT):
        print(f"built {path.relative_to(ROOT)}")
    if reasons:
        sys.exit("\n".join(f"not released: {reason}" for reason in reasons))
    if wanted:
        git(ROOT, "tag", "--annotate", f"v{wanted}", "--message", f"Version {wanted}")
        print(f"tagged v{wanted}; `git push origin v{wanted}` publishes it")
    else:
        print(f"nothing is in the way; `make release VERSION={release.version}` tags it")


@dataclass(frozen=True, slots=True)
class Release:
    """What is to be released, and what came before."""

    root: Path
    version: str
    entries: list[Entry]
    tag: str | None
    since: Since | None
    """None before the first version."""

    @classmethod
    def of(cls, root: Path) -> Release:
        """Read from a working copy."""
        version = tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"]
        tag = last_tag(root)
        changelog = entries((root / "CHANGELOG.md").read_text())
        return cls(root, version, changelog, tag, since(tag, root) if tag else None)

    @property
    def entry(self) -> Entry:
        """What the changelog says of it."""
        return self.entries[0]


def refusals(release: Release, wanted: str = "") -> Iterator[str]:
    """Everything that is in the way of a release, each with what to do."""
    yield from _of_the_working_copy(release)
    yield from _of_the_number(release, wanted)
    yield from _of_the_changelog(release)
    yield from _of_what_is_deprecated(release)


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


def git(root: Path, *arguments: str) -> str:
    """What git says; empty where it fails."""
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False).stdout.strip()


def _run(root: Path, module: str, *arguments: str | Path) -> None:
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"not released: {module} failed\n{done.stdout}{done.stderr}")


def _of_the_working_copy(release: Release) -> Iterator[str]:
    root = release.root
    if changed := git(root, "status", "--porcelain"):
        paths = ", ".join(line.split(maxsplit=1)[-1] for line in changed.splitlines())
        yield f"the working copy is not clean: {paths}; commit or remove it"
    if (branch := git(root, "branch", "--show-current")) != "main":
        yield f"the branch is {branch or 'none'}; accepted: main"
    head = git(root, "rev-parse", "HEAD")
    if git(root, "rev-parse", "--verify", "--quiet", "origin/main") not in ("", head):
        yield "HEAD is not what origin/main is; push or pull first"
    passed = root / PASSED
    if not passed.exists() or passed.read_text().strip() != head:
        yield "the tests have not passed at this commit; run .ci/run"


def _of_the_number(release: Release, wanted: str) -> Iterator[str]:
    if wanted and wanted != release.version:
        yield f"VERSION={wanted} is not the version in pyproject.toml, {release.version}"
    if git(release.root, "tag", "--list", f"v{release.version}"):
        yield f"v{release.version} is tagged already; write the next version to pyproject.toml"
    elif release.tag and release.since:
        least, why = least_version(release.tag.removeprefix("v"), release.entry, release.since)
        if numbers(release.version) < numbers(least):
            yield f"{release.version} is too low after {release.tag}: {why}; accepted: {least} or later"


def least_version(last: str, entry: Entry, since: Since) -> tuple[str, str]:
    """The lowest number that says enough of what changed, and why; before 1.0.0 the second stands for the first."""
    major, minor, patch = numbers(last)
    if any(since.breaks.values()) or any(section in entry.sections for section in BREAKING):
        return (f"{major + 1}.0.0" if major else f"0.{minor + 1}.0"), "something breaks"
    if major and since.restarts:
        return f"{major}.{minor + 1}.0", f"pods restart ({', '.join(since.restarts)})"
    if major and "Added" in entry.sections:
        return f"{major}.{minor + 1}.0", "something is added"
    return f"{major}.{minor}.{patch + 1}", "it is no later version"


def numbers(version: str) -> tuple[int, int, int]:
    """A version's three numbers."""
    major, minor, patch = version.split(".")
    return int(major), int(minor), int(patch)


def _of_the_changelog(release: Release) -> Iterator[str]:
    entry = release.entry
    if entry.version != release.version:
        yield f"the first heading of CHANGELOG.md is of {entry.version}; accepted: ## {release.version} (its day)"
        return
    if entry.day == UNRELEASED:
        yield f"CHANGELOG.md calls {entry.version} unreleased; write its day, as in ## {entry.version} (2026-11-26)"
    if not any(entry.sections.values()):
        yield f"CHANGELOG.md says nothing of {entry.version}"
    for section, breaks in release.since.breaks.items() if release.since else ():
        for each in entry.unnamed(section, breaks):
            yield f'{each}; CHANGELOG.md does not name it under "{section}": a point with {" and ".join(each.names)}'


def _of_what_is_deprecated(release: Release) -> Iterator[str]:
    for name, row in rows():
        if numbers(row.removed_in) <= numbers(release.version):
            yield f"{name} was to be gone in {row.removed_in}; remove it, or name another in deprecations.py"


if __name__ == "__main__":
    main()
