"""A fixture is manifests with one fault, or one thing put right, and says at its top what is found, and no more is.

# found: snapshot-cron-without-place Dragonfly orders /spec/snapshot/cron
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from constructs_lib.checks.manifests import find_manifests
from constructs_lib.doctor.doctor import CHECKS, Diagnosis, examine
from constructs_lib.doctor.model import Check
from constructs_lib.doctor.objects import Objects, installed_operator

FOLDER = Path(__file__).parent / "fixtures"
DESIGN = FOLDER / "design"
"""A GitOps tree as the design has it, everything switched on."""
FIXTURES = [*sorted(FOLDER.glob("*.yaml")), DESIGN]

ROWS = (1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 38)
"""What the design that this project implements gets wrong in a manifest: rows of class A and B. Row 3 is a command."""

SHOWN_TOO = (28, 32, 34, 36)
"""Rows of class C that a manifest can show."""


def diagnose(path: Path) -> Diagnosis:
    manifests = find_manifests(path).manifests
    return examine(Objects(manifests, installed_operator(manifests)))


def expected(fixture: Path) -> list[str]:
    files = sorted(fixture.rglob("*.yaml")) if fixture.is_dir() else [fixture]
    return [line for file in files for line in re.findall(r"^# found: (.*)$", file.read_text(), re.MULTILINE)]


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.stem)
def test_what_a_fixture_says_is_found_and_nothing_else(fixture: Path) -> None:
    found = [
        f"{each.check.name} {each.manifest.kind} {each.manifest.name} {each.field}".rstrip()
        for each in diagnose(fixture).findings
    ]
    assert Counter(found) == Counter(expected(fixture))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_every_check_finds_something_in_a_fixture(check: Check) -> None:
    assert check.name in {line.split()[0] for fixture in FIXTURES for line in expected(fixture)}


@pytest.mark.parametrize("row", ROWS + SHOWN_TOO)
def test_every_fault_that_a_manifest_can_show_has_a_fixture_in_which_it_is_found(row: int) -> None:
    assert any(expected(fixture) for fixture in FOLDER.glob(f"row-{row:02}-*.yaml"))


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.stem)
def test_what_is_found_is_of_a_kind_that_its_check_names(fixture: Path) -> None:
    for found in diagnose(fixture).findings:
        assert found.manifest.kind in found.check.kinds or found.check.kinds == ("any",)
