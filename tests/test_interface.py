"""What others import stays, or CHANGELOG.md says under "Breaking" what does not."""

from __future__ import annotations

import tomllib

import pytest

from tests.conftest import ROOT
from tools.release import surface
from tools.release.breaking import last_tag, since
from tools.release.changelog import UNRELEASED, entries
from tools.release.interface import FILE, interface


def test_the_interface_as_text_is_up_to_date() -> None:
    """A difference is what a reviewer must see; `make docs` writes it."""
    assert (ROOT / FILE).read_text() == interface()


@pytest.mark.parametrize(
    "line",
    [
        "class DragonflyCache(DragonflyInstance):",
        "        control_plane_only: bool = False,",
        "        issuer: Issuer,",
        "    def host(self) -> str: ...",
        "    pod_labels: dict[str, str]",
        "def add_namespace(",
    ],
)
def test_it_says_what_a_program_uses(line: str) -> None:
    assert line in interface().splitlines()


def test_the_surface_beside_it_is_up_to_date() -> None:
    """Commands, JSON, the package, defaults, names: a difference is what a reviewer must see."""
    assert (ROOT / surface.FILE).read_text() == surface.surface()


def test_what_changed_since_the_last_version_is_in_the_changelog() -> None:
    tag = last_tag(ROOT)
    if tag is None:
        pytest.skip("no version is tagged yet")
    entry = entries((ROOT / "CHANGELOG.md").read_text())[0]
    found = [(section, each) for section, changes in since(tag, ROOT).changes.items() for each in changes]
    assert [str(each) for section, each in found if entry.point_of(section, each) is None] == []


def test_the_changelog_begins_with_the_version_in_pyproject() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    first, *others = entries((ROOT / "CHANGELOG.md").read_text())
    assert first.version == version
    assert [each for each in others if each.day == UNRELEASED] == []
