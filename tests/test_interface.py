"""What others import stays, or CHANGELOG.md says under "Breaking" what does not."""

from __future__ import annotations

import tomllib

import pytest

from tests.conftest import ROOT
from tools.breaking import last_tag, since
from tools.changelog import UNRELEASED, entries
from tools.interface import FILE, Break, breaks, interface

OLD = """
class Cache(Construct):
    def __init__(self, scope: Construct, id: str, /, *, replicas: int = 1, name: str = "dragonfly") -> None: ...
    @property
    def host(self) -> str: ...
    def grant(self, client: str) -> None: ...

def add_namespace(scope: Construct, name: str) -> None: ...
"""


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


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (("replicas: int = 1, ", ""), [Break(("Cache", "replicas"), "parameter was removed")]),
        (
            ("replicas: int = 1", "replicas: int = 3"),
            [Break(("Cache", "replicas"), "parameter default was changed, 1 to 3")],
        ),
        (("replicas: int = 1", "replicas: int"), [Break(("Cache", "replicas"), "parameter is now required")]),
        (("grant(self, client: str", "grant(self"), [Break(("Cache", "grant", "client"), "parameter was removed")]),
        (("def host", "def address"), [Break(("Cache", "host"), "public object was removed")]),
        (("def add_namespace", "def namespace"), [Break(("add_namespace",), "public object was removed")]),
        (("name: str =", "size: int = 2, name: str ="), []),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_change_breaks_that_takes_something_away(change: tuple[str, str], found: list[Break]) -> None:
    assert breaks(OLD, OLD.replace(*change)) == found


def test_what_breaks_since_the_last_version_is_in_the_changelog() -> None:
    tag = last_tag(ROOT)
    if tag is None:
        pytest.skip("no version is tagged yet")
    entry = entries((ROOT / "CHANGELOG.md").read_text())[0]
    unnamed = [each for section, found in since(tag, ROOT).breaks.items() for each in entry.unnamed(section, found)]
    assert [str(each) for each in unnamed] == []


def test_the_changelog_begins_with_the_version_in_pyproject() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    first, *others = entries((ROOT / "CHANGELOG.md").read_text())
    assert first.version == version
    assert [each for each in others if each.day == UNRELEASED] == []
