"""What `graph` writes, and the block of its page, drawn by Mermaid itself in Chromium: every word is in the picture."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from constructs_lib.checks.manifests import read_manifests
from constructs_lib.review.topology.drawings import mermaid
from constructs_lib.review.topology.of_manifests import topology_of
from constructs_lib.review.topology.topology import Edge, Mark, Node, NodeKind, Topology, compared
from tests.conftest import ROOT, STACKS
from tests.site.chromium import needs_chromium
from tests.site.pages import DOCS, fences
from tools.docs.make_site import MERMAID

pytestmark = needs_chromium

SNAPSHOTS = ROOT / "tests" / "__snapshots__" / "test_stacks"

NAME = '"]; end <b>&amp; `*_#\\N'
"""Whatever means something to Mermaid, Markdown or HTML."""

DRAW = """
const [text, done] = arguments
const words = place => [...document.querySelectorAll(`${place} foreignObject > div`)]
  .map(each => each.innerText.trim()).filter(Boolean)
mermaid.render("drawn", text).then(({ svg }) => {
  document.body.innerHTML = svg
  done({ nodes: words("g.node"), edges: words("g.edgeLabel"), frames: words("g.cluster-label") })
}).catch(error => done({ error: [String(error)] }))
"""


@pytest.fixture
def page(browser: Chrome, tmp_path: Path) -> Chrome:
    """An empty page that has Mermaid."""
    empty = tmp_path / "page.html"
    empty.write_text(f'<!doctype html><meta charset="utf-8"><script src="{MERMAID.as_uri()}"></script>')
    browser.get(empty.as_uri())
    return browser


@pytest.mark.parametrize("stack", [path.stem for path in STACKS])
def test_the_picture_of_a_stack_has_every_word(stack: str, page: Chrome) -> None:
    topology = topology_of_stack(stack)
    assert topology.nodes
    assert_drawn(topology, page)


def test_a_picture_of_two_stacks_has_every_word(page: Chrome) -> None:
    topology = compared(topology_of_stack("default"), topology_of_stack("everything-on"))
    assert {Mark.ADDED, Mark.CHANGED} <= {node.mark for node in topology.nodes}
    assert_drawn(topology, page)


def test_a_name_that_means_something_to_mermaid_is_drawn_as_it_is(page: Chrome) -> None:
    nodes = [Node(NodeKind.CLIENT, NAME, (NAME,), NAME), Node(NodeKind.CLIENT, "b", ("b",))]
    assert_drawn(Topology.of(nodes, []), page)


def test_the_block_of_the_page_has_every_word(page: Chrome) -> None:
    (block,) = [fence.code for fence in fences(DOCS / "graph.md") if fence.language == "mermaid"]
    labels = [label.replace("<br>", "\n") for label in re.findall(r'"([^"]+)"', block)]
    expected = sorted(re.sub(r"#(\d+);", lambda found: chr(int(found[1])), label) for label in labels)
    assert sorted(word for words in drawn(block, page).values() for word in words) == expected


def test_what_mermaid_cannot_read_is_noticed(page: Chrome) -> None:
    assert "error" in drawn("flowchart LR\n  a[b\n", page)


def topology_of_stack(stack: str) -> Topology:
    folders = [each for each in sorted((SNAPSHOTS / stack).iterdir()) if each.is_dir()]
    manifests = [manifest for folder in folders for manifest in read_manifests(folder)]
    return topology_of(manifests, SNAPSHOTS / stack)


def assert_drawn(topology: Topology, page: Chrome) -> None:
    assert drawn(mermaid(topology), page) == {
        "nodes": words(topology.nodes),
        "edges": words(edge for edge in topology.edges if edge.lines),
        "frames": sorted({f"namespace {node.namespace}" for node in topology.nodes if node.namespace}),
    }


def words(parts: Iterable[Node | Edge]) -> list[str]:
    marked = ((*part.lines, *([part.mark.value.upper()] if part.mark is not Mark.BOTH else [])) for part in parts)
    return sorted("\n".join(lines) for lines in marked)


def drawn(text: str, page: Chrome) -> dict[str, list[str]]:
    """The words in the picture, by where they stand."""
    found: dict[str, list[str]] = page.execute_async_script(DRAW, text)
    return {place: sorted(words) for place, words in found.items()}
