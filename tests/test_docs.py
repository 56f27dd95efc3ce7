"""The documentation says what the code says: generated parts are as `make docs` writes them, links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from shutil import which

import pytest
import typer

import constructs_lib
from constructs_lib.cli.app import app
from constructs_lib.config.reference import variable_references
from tests.conftest import ROOT
from tools import draw_stack, make_check_list, make_docs

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


GENERATED = make_docs.generated()


@pytest.mark.parametrize("path", GENERATED)
def test_a_generated_file_is_up_to_date(path: str) -> None:
    assert (ROOT / path).read_text() == GENERATED[path]


def test_no_page_of_variables_is_left_over() -> None:
    there = (ROOT / "docs" / "reference" / "variables").glob("*.md")
    assert [path for path in there if str(path.relative_to(ROOT)) not in GENERATED] == []


def test_every_variable_is_explained_on_one_page() -> None:
    pages = [text for path, text in GENERATED.items() if "/variables/" in path]
    explained = re.findall(r"(?m)^## `(\w+)`$", "\n".join(pages))
    assert sorted(explained) == sorted(each.key for each in variable_references())


def test_every_command_is_explained() -> None:
    explained = re.findall(r"(?m)^## `cdk8s-dragonfly (.+)`$", GENERATED["docs/reference/commands.md"])
    assert {command.split()[0] for command in explained} == set(typer.main.get_group(app).commands)


def test_everything_that_is_imported_is_explained() -> None:
    explained = re.findall(r"(?m)^## `(\w+)`$", GENERATED["docs/constructs.md"])
    assert sorted(explained) == sorted(constructs_lib.__all__)


def test_the_list_of_checks_is_up_to_date() -> None:
    assert make_check_list.check_list() in (ROOT / "docs" / "doctor.md").read_text()


@pytest.mark.parametrize("theme", draw_stack.THEMES)
def test_the_picture_of_the_stack_is_up_to_date(theme: str) -> None:
    source = draw_stack.source(theme)
    assert draw_stack.picture(theme).read_text().startswith(draw_stack.mark(source))


@pytest.mark.skipif(which("dot") is None, reason="needs dot (Debian: graphviz)")
@pytest.mark.parametrize("theme", draw_stack.THEMES)
def test_the_picture_of_the_stack_is_drawn_the_same_each_time(theme: str) -> None:
    drawn = draw_stack.drawn(draw_stack.source(theme))
    assert drawn == draw_stack.drawn(draw_stack.source(theme))
    # Another version of dot, or another font, moves things; what is there stays.
    assert said(drawn) == said(draw_stack.picture(theme).read_text())


def said(picture: str) -> list[str]:
    """The names and texts of a picture's parts."""
    return [text.strip() for text in re.findall(r"<(?:title|text)[^>]*>([^<]*)", picture)]


def test_what_the_picture_says_to_switch_on_are_variables() -> None:
    named = set(re.findall(r"dragonfly_\w+", draw_stack.source("light")))
    assert len(named) == 3
    assert named <= {each.key for each in variable_references()}


def test_what_the_default_stack_has_is_not_drawn_as_an_addition() -> None:
    stack = draw_stack.Stack.of(ROOT / "dist")
    assert (stack.is_replicated, stack.is_scraped, stack.is_saved) == (False, False, False)
    full = draw_stack.Stack.of(ROOT / "tests" / "__snapshots__" / "test_stacks" / "everything-on")
    assert (full.is_replicated, full.is_scraped, full.is_saved) == (True, True, True)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_to_files_lead_somewhere(page: Path) -> None:
    links = re.findall(r"""(?:\]\(|src="|srcset=")(?!https?://|#)([^)#"]+)""", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text()
LIBRARY = ROOT / "constructs_lib"
WORDS = re.findall(r"^\| (\S.*?) \| `([\w/.]+)` \|", CONTRIBUTING, re.MULTILINE)
"""The glossary: each word, and the module or folder that owns it."""


def test_what_contributing_names_is_there() -> None:
    named = re.findall(r"`([\w.]+(?:/[\w.]*)*(?:/|\.py))`", CONTRIBUTING)
    assert "acl/presets.py" in named
    assert [path for path in named if not (LIBRARY / path).exists() and not (ROOT / path).exists()] == []


def test_contributing_draws_every_folder_of_the_library() -> None:
    (drawing,) = re.findall(r"```\n(cli/.*?)```", CONTRIBUTING, re.DOTALL)
    drawn = [name for line in drawing.splitlines() for name in re.findall(r"(\w+)/", line.split("  ")[0])]
    assert sorted(drawn) == sorted(path.parent.name for path in LIBRARY.glob("*/__init__.py"))


def test_a_word_of_the_glossary_stands_there_once() -> None:
    words = [word for word, _ in WORDS]
    assert len(words) > 30
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize(("word", "owner"), [pair for pair in WORDS if pair[0].startswith("`")])
def test_a_name_of_the_glossary_is_defined_by_its_owner(word: str, owner: str) -> None:
    name = re.escape(word.strip("`"))
    defined = rf"^(?:(?:class|def|    def) {name}\b|{name} = )"
    assert re.search(defined, (LIBRARY / owner).read_text(), re.MULTILINE)
