"""What a cold run costs, as a ratio to bare cdk8s with one ConfigMap, all measured in one go.

    python tools/bench.py [ROUNDS]

Runs take turns, so that whatever else the machine does strikes all of them; the median of each counts.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent

BARE = """
from cdk8s import ApiObject, ApiObjectMetadata, App, Chart
app = App()
ApiObject(Chart(app, "c"), "o", api_version="v1", kind="ConfigMap", metadata=ApiObjectMetadata(name="o"))
app.synth()
"""

LIMITS = {"default": 1.8, "everything-on": 2.5}
"""The most that each may cost, in times of bare cdk8s."""


def main() -> int:
    """Print the ratios; exit status 1 where one is over its limit."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as scratch:
        main_py = [sys.executable, str(ROOT / "main.py")]
        commands: dict[str, tuple[list[str], dict[str, str]]] = {"bare": ([sys.executable, "-c", BARE], {})}
        for stack in LIMITS:
            commands[stack] = (main_py, {"CLUSTER_CONFIG": str(ROOT / "tests" / "stacks" / f"{stack}.yaml")})
        seconds: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds + 1):
            for name, (command, variables) in commands.items():
                seconds[name].append(_seconds(command, variables, Path(scratch) / name))
    # The first round filled the caches.
    medians = {name: median(runs[1:]) for name, runs in seconds.items()}
    print(f"bare cdk8s, one ConfigMap: {medians['bare']:.3f} s")
    for stack, limit in LIMITS.items():
        print(f"{stack}: {medians[stack] / medians['bare']:.2f} times that (at most {limit})")
    return int(any(medians[stack] > limit * medians["bare"] for stack, limit in LIMITS.items()))


def _seconds(command: list[str], variables: dict[str, str], outdir: Path) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, **variables, "CDK8S_OUTDIR": str(outdir)})
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
