"""docs/import.md shows what the command writes and lists, to the byte, and both forms give what they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from constructs_lib.config.load import load
from tests.adoption.imports import not_named, run
from tests.conftest import ROOT

GUIDE = (ROOT / "docs" / "import.md").read_text()


def block(language: str, number: int = 0) -> str:
    return str(re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)[number])


@pytest.fixture
def manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("cache.yaml").write_text(block("yaml"))
    return Path("cache.yaml")


def test_the_page_shows_the_file_and_the_list(manifest: Path) -> None:
    result = run(manifest)
    assert (result.stdout, result.stderr) == (block("yaml", 1), block("text"))


def test_the_page_shows_the_app(manifest: Path) -> None:
    assert run(manifest, "--python").stdout == block("python")


@pytest.mark.parametrize("form", [(), ("--python",)], ids=["cluster.yaml", "python"])
def test_what_it_shows_gives_the_manifest_but_for_the_list(
    form: tuple[str, ...], manifest: Path, tmp_path: Path
) -> None:
    assert not_named(manifest, run(manifest, *form), tmp_path) == []


def test_the_file_loads(tmp_path: Path) -> None:
    (tmp_path / "cluster.yaml").write_text(block("yaml", 1))
    assert load(tmp_path / "cluster.yaml").instance().name == "sessions"
