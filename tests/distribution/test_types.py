"""Whoever has the wheel and checks types strictly, by mypy or by pyright, finds nothing to say of what we show."""

from __future__ import annotations

import ast
import builtins
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import cdk8s
import pytest

import constructs_lib
from tests.conftest import ROOT
from tests.distribution.environment import BIN, Environment

EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/main.py"))
DOCSTRINGS = ROOT / "docs" / "constructs.md"
"""Its programs are alternatives, each out of a docstring; tests/site/ runs them one by one."""

PAGES = sorted({ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")} - {DOCSTRINGS})

MODULES = {"kplus": "cdk8s_plus_28"}
"""What programs in prose call a module."""

GIVEN = {
    "chart": 'Chart(App(), "chart", namespace="cache")',
    "first": 'Chart(App(), "first", namespace="cache")',
    "cache": 'DragonflyCache(chart, "cache")',
    "monitoring": 'DragonflyMonitoring(chart, "monitoring", cache=cache)',
}
"""What else they take for granted, each after what it needs itself."""

WRONG = 'DragonflyCache(chart, "other", replicas="3")'
"""Told by whoever finds the types; without them everything is accepted."""


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Programs, each in a folder of its own: the examples, of each page what it shows in Python, and the wrong one."""
    folder = tmp_path_factory.mktemp("programs")
    (folder / "wrong").mkdir()
    (folder / "wrong" / "main.py").write_text(completed(WRONG))
    for example in EXAMPLES:
        shutil.copytree(example, folder / f"examples-{example.name}")
    for page in PAGES:
        if shown := re.findall(r"^```python\n(.*?)^```", page.read_text(), re.DOTALL | re.MULTILINE):
            program = folder / "-".join(page.relative_to(ROOT).with_suffix("").parts) / "main.py"
            program.parent.mkdir()
            program.write_text(completed("\n".join(shown)))
    return folder


def completed(program: str) -> str:
    """A program in prose, with what it takes for granted above it."""
    order = list(GIVEN)
    while names := not_defined(program):
        above = sorted(names, key=lambda name: (order.index(name) if name in GIVEN else -1, name))
        program = "\n".join([*map(definition, above), program])
    return program


def not_defined(program: str) -> set[str]:
    """The names that it uses and does not define."""
    used, defined = set(), set(dir(builtins))
    for node in ast.walk(ast.parse(program)):
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                used.add(name)
            case ast.Name(id=name) | ast.arg(arg=name) | ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                defined.add(name)
            case ast.alias(name=name, asname=other):
                defined.add(other or name)
    return used - defined


def definition(name: str) -> str:
    """The line that gives a name what programs in prose mean by it."""
    if name in GIVEN:
        return f"{name} = {GIVEN[name]}"
    if name in MODULES:
        return f"import {MODULES[name]} as {name}"
    module = "constructs_lib" if name in constructs_lib.__all__ else "cdk8s"
    assert module != "cdk8s" or hasattr(cdk8s, name), f"{name}: not known to a reader; GIVEN has what is"
    return f"from {module} import {name}"


def test_pyright_accepts_every_example_and_page(programs: Path, environment: Environment) -> None:
    (programs / "pyrightconfig.json").write_text(json.dumps({"typeCheckingMode": "strict"}))
    done = run("basedpyright", "--pythonpath", environment.python, "--outputjson", cwd=programs)
    told = json.loads(done.stdout)
    (wrong,) = [f"{each['file']}: {each['message']}" for each in told["generalDiagnostics"]]
    assert re.match(r".*/wrong/main\.py: .* cannot be assigned to parameter \"replicas\"", wrong)
    assert told["summary"]["filesAnalyzed"] == len(list(programs.rglob("*.py")))


def test_mypy_accepts_every_example_and_page(programs: Path, environment: Environment, tmp_path: Path) -> None:
    options = ("--strict", "--no-error-summary", "--cache-dir", tmp_path, "--python-executable", environment.python)
    folders = sorted(path for path in programs.iterdir() if path.is_dir())
    told = {folder.name: run("mypy", *options, ".", cwd=folder) for folder in folders}
    wrong = told.pop("wrong")
    assert re.match(r'main\.py:\d+: error: Argument "replicas" to "DragonflyCache" has incompatible type', wrong.stdout)
    assert {name: done.stdout + done.stderr for name, done in told.items() if done.returncode} == {}


def run(checker: str, *arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a type checker, which is told nothing of this checkout."""
    variables = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "MYPYPATH")}
    return subprocess.run(
        [BIN / checker, *arguments], cwd=cwd, env=variables, capture_output=True, text=True, check=False
    )
