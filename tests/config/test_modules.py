"""The modules of config/ can be read one after another: imports run one way, and none needs Node."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import constructs_lib
from constructs_lib.config.variables import MODELS

PACKAGE = "constructs_lib.config"
FOLDER = Path(constructs_lib.__file__).parent / "config"
MODULES = sorted(
    ".".join(file.relative_to(FOLDER).with_suffix("").parts) for file in FOLDER.rglob("*.py") if file.stem != "__init__"
)


def imported(module: str) -> set[str]:
    """The modules beside it that a module imports anywhere, for types and in functions as well."""
    tree = ast.parse((FOLDER / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8"))
    modules = {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {name.removeprefix(f"{PACKAGE}.") for name in modules if name.startswith(f"{PACKAGE}.")}


def test_imports_run_one_way_from_load_to_the_tables() -> None:
    order = list(TopologicalSorter({module: imported(module) for module in MODULES}).static_order())
    assert order[-1] == "load"
    assert not {name for module in MODULES for name in imported(module)} - {*MODULES}


def test_the_folder_itself_offers_nothing() -> None:
    (docstring,) = ast.parse((FOLDER / "__init__.py").read_text(encoding="utf-8")).body
    assert isinstance(docstring, ast.Expr)


def test_none_of_them_loads_cdk8s_nor_do_the_models() -> None:
    models = "from constructs_lib.config.variables import MODELS, model_named; [model_named(name) for name in MODELS]"
    modules = ", ".join(f"{PACKAGE}.{name}" for name in MODULES)
    found = "{name.split('.')[0] for name in sys.modules} & {'cdk8s', 'constructs', 'jsii', 'imports'}"
    code = f"import sys, {modules}; {models}; print({found})"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_the_module_of_a_part_is_loaded_when_a_file_has_that_part() -> None:
    always = {"flux.arguments.KustomizationArguments", "operator.arguments.OperatorArguments"}
    names = {f"constructs_lib.{path.rpartition('.')[0]}" for path in {*MODELS.values()} - always}
    code = f"import sys, {PACKAGE}.load; print(sorted({names!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
