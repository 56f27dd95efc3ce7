"""The tutorial, from an empty folder to its last line: what is typed, what is printed, what is edited."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.site.pages import DOCS, Fence, fences
from tests.site.shell import Terminal, session

TUTORIAL = DOCS / "tutorial" / "first-commit.md"


def edit(config: Path, lines: str) -> None:
    """Give variables the values that the page shows, in their own lines or in new ones."""
    text = config.read_text()
    for line in lines.splitlines():
        key = line.partition(":")[0]
        text, found = re.subn(rf"(?m)^{key}:.*$", line, text)
        text = text if found else f"{text}\n{line}\n"
    config.write_text(text)


def play(terminal: Terminal, block: Fence) -> None:
    if block.language == "yaml":
        edit(terminal.folder / "cluster.yaml", block.code)
        return
    status = 0
    for command, expected in session(block.code):
        done = terminal.run(f"(exit {status}); {command}")
        assert (command, done.stdout) == (command, expected)
        status = done.returncode


def test_the_tutorial_ends_as_it_says(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    terminal = Terminal(folder, tmp_path)
    blocks = fences(TUTORIAL)
    assert {block.language for block in blocks} == {"console", "yaml"}
    for block in blocks:
        play(terminal, block)
    assert terminal.run("git status --porcelain").stdout == ""
    assert [fault for fault in terminal.faults("") if not fault.startswith("cdk8s-dragonfly")] == []


def test_a_line_that_is_printed_otherwise_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        play(Terminal(tmp_path, tmp_path), Fence("console", "$ echo 1\n2\n", False))
