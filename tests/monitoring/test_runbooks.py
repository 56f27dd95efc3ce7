"""Each alert has its page, and the page says of it what the catalogue says."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from constructs_lib.monitoring.alert_rule import AlertRule
from constructs_lib.monitoring.arguments import ALERTS

RUNBOOKS = Path(__file__).parent.parent.parent / "docs" / "monitoring" / "runbooks"
SECTIONS = ["What it means", "What users notice", "How to look", "How to fix"]


def facts(row: AlertRule) -> str:
    """The line below the title: severity, duration, which caches, threshold."""
    after = f"after {row.duration}" if row.duration else "at once"
    parts = [f"**{row.severity}**", after, row.condition.text]
    if row.threshold is not None:
        default = "" if callable(row.threshold) else f"{row.threshold:g} "
        parts.append(f"threshold: {default}{row.threshold_means}")
    return " · ".join(parts)


def page(name: str) -> str:
    return (RUNBOOKS / f"{name}.md").read_text()


def test_every_page_is_of_an_alert() -> None:
    assert {path.stem for path in RUNBOOKS.glob("*.md")} - {"README"} == ALERTS.keys()


def test_index_leads_to_every_page() -> None:
    assert set(re.findall(r"\]\((\w+)\.md\)", page("README"))) == ALERTS.keys()


@pytest.mark.parametrize("name", ALERTS)
def test_page_has_the_catalogues_facts_and_all_four_sections(name: str) -> None:
    lines = page(name).splitlines()
    assert lines[:3] == [f"# {name}", "", facts(ALERTS[name])]
    assert [line.removeprefix("## ") for line in lines if line.startswith("## ")] == SECTIONS


@pytest.mark.parametrize("name", ALERTS)
def test_commands_are_shell(name: str) -> None:
    blocks = re.findall(r"```sh\n(.*?)```", page(name), re.DOTALL)
    assert blocks
    for block in blocks:
        done = subprocess.run(["bash", "-n"], input=block, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
