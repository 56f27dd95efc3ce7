"""The documentation says what the code says: generated parts are as `make docs` writes them, links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tools import make_docs

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_reference_of_variables_is_up_to_date() -> None:
    assert (ROOT / "docs" / "cluster-yaml.md").read_text() == make_docs.cluster_yaml()


def test_the_reference_of_arguments_is_up_to_date() -> None:
    assert (ROOT / "docs" / "constructs.md").read_text() == make_docs.constructs()


def test_the_readmes_table_is_up_to_date() -> None:
    readme = (ROOT / "README.md").read_text()
    assert "| `dragonfly_replicas` |" in readme
    assert readme == make_docs.readme_with_table(readme)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_to_files_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []
