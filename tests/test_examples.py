"""Each example is a whole app that runs, and the README's example is one of them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT, read_folder

EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/main.py"))


def run(*command: str | Path, outdir: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, "CDK8S_OUTDIR": str(outdir), "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_example_writes_manifests_and_says_nothing(example: Path, tmp_path: Path) -> None:
    done = run(example / "main.py", outdir=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    kinds = {each["kind"] for text in read_folder(tmp_path).values() for each in yaml.safe_load_all(text)}
    assert {"Dragonfly", "CiliumNetworkPolicy"} <= kinds


def readme_block(language: str) -> str:
    """The README's first block of code in that language."""
    (block, *_) = re.findall(rf"^```{language}\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL | re.MULTILINE)
    return str(block)


def test_the_readmes_errors_are_told(tmp_path: Path) -> None:
    config = tmp_path / "cluster.yaml"
    config.write_text(readme_block("yaml"))
    done = run(ROOT / "main.py", outdir=tmp_path / "dist", CLUSTER_CONFIG=str(config))
    assert (done.returncode, done.stderr) == (1, readme_block("text"))


def test_the_readmes_example_runs(tmp_path: Path) -> None:
    done = run("-c", readme_block("python"), outdir=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "redis://sessions.cache.svc.cluster.local:6379\n"
    assert "kind: PrometheusRule" in "".join(read_folder(tmp_path).values())
