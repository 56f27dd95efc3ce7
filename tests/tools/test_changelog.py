"""The changelog as `make release` reads it: every point is found, and what none would find is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import ROOT
from tools.release.changelog import Change, UnreadableChangelog, entries

CHANGES = """# Changes

## 1.1.0 (unreleased)

A second version.

### Breaking: Python

- `DragonflyCache` takes
  no `maxclients`, where it took `name=…`.

### Fixed

- A fault.
  - Seen twice.

## 1.0.0 (2026-03-26)

### Added

- All.
"""


def test_it_is_read_by_version_and_section() -> None:
    first, second = entries(CHANGES)
    assert (first.version, first.day, second.version, second.day) == ("1.1.0", "unreleased", "1.0.0", "2026-03-26")
    assert first.sections == {
        "Breaking: Python": ("`DragonflyCache` takes no `maxclients`, where it took `name=…`.",),
        "Fixed": ("A fault. - Seen twice.",),
    }


@pytest.mark.parametrize(
    ("names", "is_named"),
    [
        (("DragonflyCache", "maxclients"), True),
        (("DragonflyCache",), True),
        (("DragonflyCache", "name"), True),
        (("DragonflyCache", "max"), False),
        (("DragonflyBackup", "maxclients"), False),
        (("takes",), False),
        ((), False),
    ],
)
def test_a_point_names_a_change_by_all_its_names_between_backticks(names: tuple[str, ...], is_named: bool) -> None:
    point = entries(CHANGES)[0].point_of("Breaking: Python", Change(names, "parameter was removed"))
    assert (point is not None) == is_named


def test_a_change_is_named_under_its_own_heading_alone() -> None:
    assert entries(CHANGES)[0].point_of("Breaking: manifests", Change(("DragonflyCache",), "")) is None


TO_COME = datetime.now(UTC).date() + timedelta(days=2)
"""Also when midnight passes while the tests run."""


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("1.1.0 (unreleased)", "Unreleased", "'## Unreleased'; accepted: '## 1.2.3 (unreleased)'"),
        ("(2026-03-26)", "", "'## 1.0.0 '; accepted: "),
        ("2026-03-26", "2026-13-41", "'## 1.0.0 (2026-13-41)': no calendar has that day"),
        ("2026-03-26", f"{TO_COME}", f"'## 1.0.0 ({TO_COME})': that day is to come"),
        ("1.0.0 (", "1.1.0 (", "'## 1.1.0' stands twice"),
        ("### Fixed", "### Mended", "'### Mended' of 1.1.0; accepted: Breaking: Python, "),
        ("### Fixed", "### Removed", "'### Removed' of 1.1.0; accepted: Breaking: Python, "),
        ("### Fixed", "### Breaking: Python", "'### Breaking: Python' stands twice of 1.1.0"),
        ("- All.", "", "'### Added' of 1.0.0 has no point"),
        ("- All.", "- All.\n* More.", "'* More.' in '### Added' of 1.0.0 belongs to no point"),
        ("  no `maxc", "no `maxc", "'no `maxclients`, where it took `name=…`.' in '### Breaking: Python' of 1.1.0"),
        ("A second version.", "- A point.", "1.1.0 has a point under no heading"),
    ],
)
def test_what_no_tool_would_find_is_refused(before: str, after: str, said: str) -> None:
    assert before in CHANGES
    with pytest.raises(UnreadableChangelog) as refused:
        entries(CHANGES.replace(before, after, 1))
    assert str(refused.value).startswith(f"CHANGELOG.md: {said}")
    assert len(str(refused.value).splitlines()) == 1


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(UnreadableChangelog) as refused:
        entries(CHANGES.replace("### Fixed", "### Mended").replace("- All.", "All."))
    assert [line.partition(" of ")[0] for line in str(refused.value).splitlines()] == [
        "CHANGELOG.md: '### Mended'",
        "CHANGELOG.md: '### Added'",
        "CHANGELOG.md: 'All.' in '### Added'",
    ]


def test_one_without_a_version_is_refused() -> None:
    with pytest.raises(UnreadableChangelog, match=r"^CHANGELOG\.md: no version; accepted: one under '## 1\.2\.3"):
        entries("# Changes\n")


def test_ours_is_read() -> None:
    assert entries((ROOT / "CHANGELOG.md").read_text())
