"""The distribution as it would be published: an sdist, a wheel, and an environment that has the wheel alone of ours."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.distribution.environment import Environment


def build(source: Path, output: Path) -> Path:
    """The wheel that a folder builds, and beside it the sdist."""
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(output)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (wheel,) = output.glob("*.whl")
    return wheel


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel."""
    return build(ROOT, tmp_path_factory.mktemp("distribution"))


@pytest.fixture(scope="session")
def sdist(wheel: Path) -> Path:
    """The sdist that was built with it."""
    (sdist,) = wheel.parent.glob("*.tar.gz")
    return sdist


@pytest.fixture(scope="session")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """A fresh environment with the wheel."""
    return Environment.with_wheel(tmp_path_factory.mktemp("environment") / "venv", wheel)
