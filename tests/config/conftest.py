"""What the configuration's tests share: main's own run of a small file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import main
from tests.conftest import read_folder

BEFORE = {"cache/Dragonfly.before.yaml": "as it was"}
"""What an earlier run wrote."""


@dataclass(frozen=True, slots=True)
class Run:
    """How a run ended."""

    status: int
    told: list[str]
    """Lines on stderr; there are none on stdout."""
    written: dict[str, str]
    """The output folder, which held `BEFORE`."""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[[str], Run]:
    """Have main write the manifests of a cluster.yaml."""
    for path, text in BEFORE.items():
        (tmp_path / "dist" / path).parent.mkdir(parents=True)
        (tmp_path / "dist" / path).write_text(text)
    monkeypatch.setenv("CLUSTER_CONFIG", str(tmp_path / "cluster.yaml"))
    monkeypatch.setenv("CDK8S_OUTDIR", str(tmp_path / "dist"))

    def runs(config: str) -> Run:
        (tmp_path / "cluster.yaml").write_text(config, "utf-8")
        status = main.main()
        stdout, stderr = capfd.readouterr()
        assert stdout == ""
        assert sorted(path.name for path in tmp_path.iterdir()) == ["cluster.yaml", "dist"]
        return Run(status, stderr.splitlines(), read_folder(tmp_path / "dist"))

    return runs
