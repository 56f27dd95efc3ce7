"""The documentation says what the code says: generated parts are as `make docs` writes them, links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from shutil import copytree, ignore_patterns, which
from typing import get_args

import pytest
import typer
from rich.text import Text
from typer.testing import CliRunner

import constructs_lib
from constructs_lib.cli.app import app
from constructs_lib.config.reference import variable_references
from constructs_lib.review.topology.themes import Theme
from constructs_lib.secrets.arguments import Source
from tests.conftest import ROOT
from tools.docs import draw_review, draw_stack, make_check_list, make_docs, make_redis_tables

PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


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


@pytest.mark.parametrize("mark", make_redis_tables.redis_tables())
def test_the_tables_of_redis_are_up_to_date(mark: str) -> None:
    _, _, after = make_redis_tables.GUIDE.read_text().partition(f"{mark}\n\n")
    assert after.startswith(make_redis_tables.redis_tables()[mark])


STACK_PICTURES = [(stack, theme) for stack in draw_stack.STACKS for theme in Theme]


@pytest.mark.parametrize(("stack", "theme"), STACK_PICTURES)
def test_the_picture_of_a_stack_is_up_to_date(stack: str, theme: Theme) -> None:
    source = draw_stack.source(stack, theme)
    assert draw_stack.picture(stack, theme).read_text().startswith(draw_stack.mark(source))


@pytest.mark.skipif(which("dot") is None, reason="needs dot (Debian: graphviz)")
@pytest.mark.parametrize(("stack", "theme"), STACK_PICTURES)
def test_the_picture_of_a_stack_is_drawn_the_same_each_time(stack: str, theme: Theme) -> None:
    drawn = draw_stack.drawn(draw_stack.source(stack, theme))
    assert drawn == draw_stack.drawn(draw_stack.source(stack, theme))
    # Another version of dot, or another font, moves things; what is there stays.
    assert said(drawn) == said(draw_stack.picture(stack, theme).read_text())


def said(picture: str) -> list[str]:
    """The names and texts of a picture's parts."""
    return [text.strip() for text in re.findall(r"<(?:title|text)[^>]*>([^<]*)", picture)]


@pytest.mark.parametrize("stack", draw_stack.STACKS)
def test_the_picture_of_a_stack_is_what_the_command_draws_of_its_manifests(stack: str, tmp_path: Path) -> None:
    manifests = tmp_path / "dist"
    copytree(draw_stack.STACKS[stack], manifests, ignore=ignore_patterns("files.yaml"))
    result = CliRunner().invoke(app, ["graph", str(manifests), "--format", "dot", "--theme", "dark"])
    assert result.stdout == draw_stack.source(stack, Theme.DARK)


@pytest.fixture(scope="module")
def reviewed() -> Text:
    return draw_review.reviewed()


@pytest.mark.parametrize("theme", Theme)
def test_the_picture_of_a_review_is_what_the_review_says_now(theme: Theme, reviewed: Text) -> None:
    assert draw_review.picture(theme).read_text() == draw_review.drawn(reviewed, theme)


def test_the_reviewed_change_stands_beside_its_picture() -> None:
    assert f"```diff\n{draw_review.change()}\n```" in (ROOT / "docs" / "review.md").read_text()


@pytest.mark.parametrize("picture", sorted((ROOT / "docs").rglob("*.svg")), ids=lambda path: path.name)
def test_a_picture_fetches_nothing(picture: Path) -> None:
    text = picture.read_text()
    addresses = set(re.findall(r"\w+://[^\s\"')]+", text)) - {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    assert not re.search(r"@import|@font-face|url\((?!#)|(?:href|src)=\"(?!#)", text)
    assert all(f">{address}" in text for address in addresses)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_to_files_lead_somewhere(page: Path) -> None:
    links = re.findall(r"""(?:\]\(|src="|srcset=")(?!https?://|#)([^)#"]+)""", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("source", get_args(Source))
def test_each_way_to_the_secret_is_told_on_its_page(source: str) -> None:
    assert f"`{source}`" in (ROOT / "docs" / "secrets.md").read_text()


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
