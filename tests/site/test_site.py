"""The site builds with no warning, has every page in its navigation, leads nowhere astray and fetches from nobody."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conftest import ROOT
from tests.site.pages import (
    DOCS,
    build,
    built,
    fences,
    in_navigation,
    is_elsewhere,
    lay_out,
    page_at,
    sources,
)

PAGES = pytest.mark.parametrize("source", sources(), ids=lambda source: str(source.relative_to(DOCS)))


def test_every_page_stands_in_the_navigation_once() -> None:
    assert sorted(in_navigation()) == sorted(str(source.relative_to(DOCS)) for source in sources())


@pytest.mark.parametrize("link", ["nowhere.md", "flux.md#nowhere"])
def test_a_link_that_leads_nowhere_fails_the_build(link: str, tmp_path: Path) -> None:
    lay_out(tmp_path)
    with (tmp_path / "docs" / "index.md").open("a") as page:
        page.write(f"\n[there]({link})\n")
    assert build(tmp_path).returncode == 1


@PAGES
def test_links_of_a_page_lead_to_a_file_and_a_place_in_it(source: Path, site: Path) -> None:
    page = page_at(built(source, site))
    astray = []
    for link in {*page.links, *page.fetched}:
        if is_elsewhere(link):
            continue
        path, place = page.target(link)
        if not path.is_file() or (place and place not in page_at(path).ids):
            astray.append(link)
    assert astray == []


@PAGES
def test_links_to_other_hosts_are_addresses(source: Path, site: Path) -> None:
    elsewhere = [urlsplit(link) for link in page_at(built(source, site)).links if is_elsewhere(link)]
    assert [link.geturl() for link in elsewhere if link.scheme != "https" or "." not in link.netloc] == []


@PAGES
def test_a_page_fetches_nothing_from_another_host(source: Path, site: Path) -> None:
    assert [link for link in page_at(built(source, site)).fetched if is_elsewhere(link)] == []


@PAGES
def test_a_block_of_code_is_drawn_as_one(source: Path, site: Path) -> None:
    # In a list the site wants four spaces before it; GitHub is content with three.
    page = page_at(built(source, site))
    assert page.blocks == len(fences(source))
    assert page.blocks_in_lists == len([fence for fence in fences(source) if fence.in_list])


@PAGES
def test_lists_and_tables_are_drawn_as_such(source: Path, site: Path) -> None:
    # Python-Markdown wants an empty line before a list; GitHub does not.
    text = page_at(built(source, site)).text
    assert re.findall(r"(?m)^\s*(?:[-*] |\d+\. |\| |```).*", text) == []


def test_the_page_of_the_project_has_the_addresses_of_the_package(site: Path) -> None:
    addresses = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["urls"]
    elsewhere = {link for link in page_at(built(DOCS / "project.md", site)).links if is_elsewhere(link)}
    assert set(addresses.values()) <= elsewhere
    files = elsewhere - {addresses["Repository"], addresses["Issues"]}
    of_files = re.compile(re.escape(addresses["Repository"]) + r"/(?:blob|tree)/main/(.+)")
    assert [link for link in files if not (found := of_files.fullmatch(link)) or not (ROOT / found[1]).exists()] == []


def test_what_is_sought_is_found_on_the_site_itself(site: Path) -> None:
    index = (site / "search.json").read_text()
    assert "dragonfly_maxmemory" in index
    assert "DragonflyNoMaster" in index
