"""The processes that `bench.py` measures: this Python, with the project on its path and the Node beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import time
from importlib.util import cache_from_source, find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NODE = Path(sys.executable).parent / "node"


def compile_everything() -> None:
    """Put byte code on disk: ours, and that of the installed packages where it is missing."""
    folders = [str(ROOT / name) for name in ("constructs_lib", "imports", "tools")]
    installed = [find_spec(name) for name in ("jsii", "cdk8s", "pydantic", "promql_parser")]
    if not all(spec and spec.origin and Path(cache_from_source(spec.origin)).exists() for spec in installed):
        folders.append(sysconfig.get_path("purelib"))
    subprocess.run([sys.executable, "-m", "compileall", "-q", *folders, str(ROOT / "main.py")], check=False)


def run(command: list[str], **variables: str) -> str:
    """Run Python with a command and give what it printed; the bench ends where it fails."""
    node = {"JSII_NODE": str(NODE)} if NODE.exists() else {}
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**node, **kept, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore", **variables}
    process = subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True)
    if process.returncode:
        raise SystemExit(process.stderr)
    return process.stdout


def seconds(command: list[str], **variables: str) -> float:
    """The same, from the command to its end."""
    start = time.perf_counter()
    run(command, **variables)
    return time.perf_counter() - start
