"""The wheel is a whole library: installed alone, far from this checkout, it composes a stack."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.conftest import ROOT, read_folder

WHERE = "import constructs_lib; print(constructs_lib.__file__)"
EXAMPLE = ROOT / "examples" / "sessions" / "main.py"


def test_the_wheel_alone_runs_an_example(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("cdk8s_dragonfly-*.whl")
    installed, outdir = tmp_path / "installed", tmp_path / "dist"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    # Not the editable install of this checkout, which is on the path as well.
    paths = [str(installed), *(path for path in sys.path if Path(path) != ROOT and path)]
    code = f"import runpy, sys; sys.path[:] = {paths!r}; runpy.run_path({str(EXAMPLE)!r}); {WHERE}"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "CDK8S_OUTDIR": str(outdir)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(str(installed))
    assert "sessions/Dragonfly.sessions.yaml" in read_folder(outdir)
