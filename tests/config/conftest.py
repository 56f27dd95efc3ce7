"""What the configuration's tests share: a whole run of a small file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from constructs_lib.cli.synth.synthesis import write_manifests
from tests.conftest import read_folder, without_line_numbers

BEFORE = {"cache/Dragonfly.before.yaml": "as it was"}
"""What an earlier run wrote."""


@dataclass(frozen=True, slots=True)
class Run:
    """How a run ended."""

    status: int
    told: list[str]
    """Lines on stderr, without the numbers of the file's lines; there are none on stdout."""
    written: dict[str, str]
    """The output folder, which held `BEFORE`."""


@pytest.fixture
def run(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Callable[[str], Run]:
    """Have the manifests written of a cluster.yaml."""
    for path, text in BEFORE.items():
        (tmp_path / "dist" / path).parent.mkdir(parents=True)
        (tmp_path / "dist" / path).write_text(text)

    def runs(config: str) -> Run:
        (tmp_path / "cluster.yaml").write_text(config, "utf-8")
        status = write_manifests([tmp_path / "cluster.yaml"], tmp_path / "dist")
        stdout, stderr = capfd.readouterr()
        assert stdout == ""
        assert sorted(path.name for path in tmp_path.iterdir()) == ["cluster.yaml", "dist"]
        return Run(status, without_line_numbers(stderr).splitlines(), read_folder(tmp_path / "dist"))

    return runs
