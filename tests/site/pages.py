"""The site's sources and its pages, read: navigation, blocks of code, links, what is fetched."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.conftest import ROOT
from tools.docs.make_site import SOURCES, make_site

DOCS = ROOT / "docs"
CONFIG = ROOT / "zensical.toml"

_FETCHED = {"script": "src", "img": "src", "source": "srcset", "iframe": "src", "link": "href"}
"""Attributes by which a browser fetches something unasked."""

_NOT_FETCHED = {"canonical", "next", "prev"}
"""What a `<link>` only tells."""

_TOLD_APART = {"article", "li", "pre", "code", "h1", "h2", "h3"}
"""Elements that are asked for while they are open."""


def sources() -> list[Path]:
    """Every page as it is written, whether the navigation has it or not."""
    return sorted(DOCS.rglob("*.md"))


def build(folder: Path) -> subprocess.CompletedProcess[str]:
    """Build the site as `make site` does, from the sources below a folder into it, put there if they are not."""
    if not (folder / CONFIG.name).exists():
        lay_out(folder)
    return make_site(folder)


def lay_out(folder: Path) -> None:
    """Put the site's sources into a folder."""
    for source in (ROOT / name for name in SOURCES):
        if source.is_dir():
            shutil.copytree(source, folder / source.name)
        else:
            shutil.copy(source, folder)


def in_navigation() -> list[str]:
    """Paths of the pages in the navigation, in its order."""
    return list(_paths(tomllib.loads(CONFIG.read_text())["project"]["nav"]))


def _paths(entry: Any) -> Iterator[str]:
    if isinstance(entry, str):
        yield entry
    else:
        for part in entry.values() if isinstance(entry, dict) else entry:
            yield from _paths(part)


def built(source: Path, site: Path) -> Path:
    """The page that is made of a source."""
    path = source.relative_to(DOCS).with_suffix("")
    folder = path.parent if path.name in ("index", "README") else path
    return site / folder / "index.html"


@cache
def page_at(path: Path) -> Page:
    """A page, read once."""
    return Page(path)


@dataclass
class Page(HTMLParser):
    """What stands in a page."""

    path: Path
    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    blocks: int = 0
    blocks_in_lists: int = 0
    text: str = ""
    """Of its article, without headings and code."""
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.path.read_text())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids |= {given[name] for name in ("id", "name") if name in given}
        if tag in _TOLD_APART:
            self._open.append(tag)
        if tag == "pre" and "article" in self._open:
            self.blocks += 1
            self.blocks_in_lists += "li" in self._open[self._open.index("article") :]
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag in _FETCHED and _FETCHED[tag] in given and given.get("rel") not in _NOT_FETCHED:
            self.fetched.append(given[_FETCHED[tag]])

    def handle_endtag(self, tag: str) -> None:
        if tag in _TOLD_APART:
            self._open.reverse()
            self._open.remove(tag)
            self._open.reverse()

    def handle_data(self, data: str) -> None:
        if "article" in self._open and not {"pre", "code", "h1", "h2", "h3"} & set(self._open):
            self.text += data

    def target(self, link: str) -> tuple[Path, str]:
        """The file that a link within the site leads to, and the place in it."""
        parts = urlsplit(link)
        path = (self.path.parent / unquote(parts.path)).resolve() if parts.path else self.path
        return (path / "index.html" if path.is_dir() else path), unquote(parts.fragment)


def is_elsewhere(link: str) -> bool:
    """Whether a link leads to another host."""
    return bool(urlsplit(link).netloc or urlsplit(link).scheme)


@dataclass(frozen=True, slots=True)
class Fence:
    """A block of code in a source."""

    language: str
    code: str
    """Without the indentation that a list gives it."""
    in_list: bool
    title: str = ""
    """The file that it is."""


def fences(source: Path) -> list[Fence]:
    """The blocks of code of a source."""
    found = re.findall(r"(?ms)^( *)```(\w*)(?: title=\"(.+?)\")?[^\n]*\n(.*?)^\1```$", source.read_text())
    return [
        Fence(language, re.sub(rf"(?m)^{indent}", "", code), bool(indent), title)
        for indent, language, title, code in found
    ]
