"""What CONTRIBUTING.md says of the way of one variable, each name in the file that it is said to be in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text()
WALK = CONTRIBUTING.partition("\n## The walk of one variable\n")[2].partition("\n## ")[0]
STEPS = re.findall(r"(?m)^(\d+)\. `([\w./-]+)`, `([^`]+)`: ", WALK)
"""The steps: number, file, name."""


def test_each_step_names_a_file_and_what_to_look_for_in_it() -> None:
    numbers = [int(number) for number in re.findall(r"(?m)^(\d+)\. ", WALK)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [int(number) for number, _, _ in STEPS] == numbers
    assert len(numbers) > 10


@pytest.mark.parametrize(("file", "name"), [(file, name) for _, file, name in STEPS])
def test_a_step_is_where_it_is_said_to_be(file: str, name: str) -> None:
    text = found(file).read_text()
    defined = rf"^\s*(?:(?:class|def) |from .*import .*)?{re.escape(name)}\b|^\s*(?:\"{name}\":|- {name})"
    assert re.search(defined, text, re.MULTILINE)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("config/variables.py", '_cache("maxmemory", "maxmemory", "512mb")'),
        ("cache/server.py", "    maxmemory: Annotated["),
        ("cache/server.py", "    def command_line("),
        ("config/cluster.py", "class Cluster:"),
        ("stack.py", 'DragonflyCache(chart, "cache", **instance.cache)'),
    ],
)
def test_what_a_step_quotes_is_there(file: str, text: str) -> None:
    quoted = re.sub(r"^ *(?:def |class )?(\w+)(?:: Annotated\[|\(|:)$", r"\1", text)
    assert f"`{quoted}`" in WALK
    assert text in found(file).read_text()


def test_the_walk_runs_from_the_file_down_to_the_manifest_and_on_to_its_review() -> None:
    files = [file for _, file, _ in STEPS]
    assert files[0] == "main.py"
    assert files.index("config/variables.py") < files.index("stack.py") < files.index("cache/spec.py")
    assert files[-2:] == ["checks/definitions.py", "review/dragonfly/flag_rules.py"]


def found(file: str) -> Path:
    """A file by its path in the library, or in the repository."""
    return next(path for path in (ROOT / "constructs_lib" / file, ROOT / file) if path.exists())
