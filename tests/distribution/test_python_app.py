"""Whoever begins with cdk8s' own `cdk8s init python-app` adds the wheel, and needs no `cluster.yaml`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT
from tests.distribution.environment import BIN, Environment

EXAMPLE = ROOT / "examples" / "python-app"
TEMPLATE = ROOT / "node_modules" / "cdk8s-cli" / "templates" / "python-app"


EXPAND = """
const [sscaff, template, folder] = process.argv.slice(1);
require(sscaff).sscaff(template, folder, { constructs_version: "10.4.2" });
"""
"""What `cdk8s init` does, but for the template's hook, which would fetch what is there already."""


@pytest.fixture
def app(wheel: Path, tmp_path: Path) -> Path:
    """What the template comes to, edited as the example's page says, with the wheel in its environment."""
    folder = tmp_path / "shop"
    shutil.copytree(TEMPLATE, tmp_path / "template", ignore=shutil.ignore_patterns(".hooks*"))
    sscaff = ROOT / "node_modules" / "sscaff"
    subprocess.run([BIN / "node", "-e", EXPAND, sscaff, tmp_path / "template", folder], check=True)
    Environment.with_wheel(folder / ".venv", wheel)
    (edit,) = re.findall(r"^\$ (sed .*?) +#", (EXAMPLE / "README.md").read_text(), re.MULTILINE)
    subprocess.run(edit, shell=True, cwd=folder, check=True)
    shutil.copy(EXAMPLE / "main.py", folder)
    return folder


def test_the_template_synthesizes_with_a_cache_in_its_chart(app: Path) -> None:
    done = synth(app)
    assert done.returncode == 0, done.stderr
    written = list(yaml.safe_load_all((app / "dist" / "shop.k8s.yaml").read_text()))
    assert [(each["kind"], each["metadata"]["name"]) for each in written] == [
        ("Dragonfly", "pages"),
        ("CiliumNetworkPolicy", "pages"),
    ]


def test_the_app_asks_for_a_python_that_the_library_runs_on(app: Path) -> None:
    """Else `uv add` finds no solution."""
    asked, supported = (tomllib.loads((each / "pyproject.toml").read_text())["project"] for each in (app, ROOT))
    assert asked["requires-python"] == supported["requires-python"]


def synth(app: Path) -> subprocess.CompletedProcess[str]:
    """`cdk8s synth`, which runs `uv run` in the app's own environment; uv fetches nothing."""
    ours = ("PYTHONPATH", "VIRTUAL_ENV", "CDK8S_OUTDIR")
    variables = {name: value for name, value in os.environ.items() if name not in ours}
    variables |= {"UV_OFFLINE": "1", "UV_NO_SYNC": "1", "UV_NO_CONFIG": "1"}
    return subprocess.run([BIN / "cdk8s", "synth"], cwd=app, env=variables, capture_output=True, text=True, check=False)
