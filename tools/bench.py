"""What this library costs, as ratios of one run: each with the most that it may be.

    python tools/bench.py [ROUNDS]

Every measurement is a process of its own. They take turns, so that whatever else the machine does strikes all of them;
the median of each counts. The first turn fills the caches and is dropped. Byte code is on disk, as on a user's machine.
Fleets take longer: one turn in three, of which the quickest counts. What it takes to start is no part of their time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import cache_from_source, find_spec
from math import nan
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FLEET = ROOT / "tools" / "bench_fleet.py"
REVIEW = ROOT / "tools" / "bench_review.py"
NODE = Path(sys.executable).parent / "node"

BARE = """
from cdk8s import ApiObject, ApiObjectMetadata, App, Chart
app = App()
ApiObject(Chart(app, "c"), "o", api_version="v1", kind="ConfigMap", metadata=ApiObjectMetadata(name="o"))
app.synth()
"""

LIKE_MAIN = """
import os, sys
from importlib import import_module
from pathlib import Path
from threading import Thread
if sys.argv[1] == "early":
    import_module("jsii")
    Thread(target=import_module, args=["cdk8s"]).start()
from constructs_lib.cli.synth.output import replaced
from main import synthesize
with replaced(Path(os.environ["CDK8S_OUTDIR"])) as fresh:
    synthesize([Path(os.environ["CLUSTER_CONFIG"])], fresh)
"""
"""What `main.py` does, with and without its thread."""

SMALL, DOUBLE, LARGE = 75, 150, 300
"""Caches of a fleet. A further cache costs the difference between SMALL and DOUBLE; growth is LARGE beside SMALL."""
SHOWN_CALLS = 6

REVIEWED = 100
"""Caches that are changed in one go, to be reviewed."""
CHANGED = {
    "--maxmemory=": "--hz=20\n    - --maxmemory=",
    "replicas: 1": "replicas: 3",
    ": shop": ": ai-system",
    "30s": "15s",
}
"""What is written instead in each of their files: flags, pods, clients, and how often Prometheus looks."""


@dataclass(frozen=True)
class Figure:
    """One line of the result: two costs, and their ratio."""

    name: str
    cost: float
    beside: float
    limit: float | None = None
    unit: str = "s"

    @property
    def ratio(self) -> float:
        """How many times the other it costs. A machine too busy for a difference to be told gives no number."""
        return self.cost / self.beside if min(self.cost, self.beside) > 0 else nan

    @property
    def is_over(self) -> bool:
        """It costs more than it may, or cannot be told."""
        return self.limit is not None and not self.ratio <= self.limit

    def __str__(self) -> str:
        limit = "" if self.limit is None else f"{self.limit:.2f}"
        digits = 4 if self.unit == "s" else 1
        costs = f"{self.cost:.{digits}f} / {self.beside:.{digits}f} {self.unit}"
        return f"{self.name:<52}{self.ratio:>7.2f}{limit:>9}   {costs:<24}{'OVER' * self.is_over}".rstrip()


@dataclass(frozen=True)
class Fleet:
    """What a process said of its fleet."""

    made: float
    synthesized: float
    cpu: float
    calls: Counter[str]

    @property
    def seconds(self) -> float:
        """From nothing to the files."""
        return self.made + self.synthesized


Fleets = dict[tuple[str, int], list[Fleet]]


def main() -> int:
    """Print the figures; exit status 1 where one is over its limit."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    _compile()
    print(f"{'':<52}{'ratio':>7}{'at most':>9}   cost")
    with tempfile.TemporaryDirectory() as scratch:
        cold = _cold_figures(rounds, Path(scratch))
        _print(cold)
        fleets = _fleets(max(rounds // 3, 1), Path(scratch))
        reviews = [_review_figure(max(rounds // 3, 1), Path(scratch))]
    further = _further_figures(fleets)
    growth = [_growth(fleets)]
    _print([*further, *growth, *reviews])
    _print_calls(fleets)
    return int(any(figure.is_over for figure in (*cold, *further, *growth, *reviews)))


def _print(figures: list[Figure]) -> None:
    print(*figures, sep="\n", flush=True)


def _compile() -> None:
    """Put byte code on disk: ours, and that of the installed packages where it is missing."""
    folders = [str(ROOT / name) for name in ("constructs_lib", "imports", "tools")]
    installed = [find_spec(name) for name in ("jsii", "cdk8s", "pydantic", "promql_parser")]
    if not all(spec and spec.origin and Path(cache_from_source(spec.origin)).exists() for spec in installed):
        folders.append(sysconfig.get_path("purelib"))
    subprocess.run([sys.executable, "-m", "compileall", "-q", *folders, str(ROOT / "main.py")], check=False)


def _run(command: list[str], **variables: str) -> str:
    node = {"JSII_NODE": str(NODE)} if NODE.exists() else {}
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**node, **kept, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore", **variables}
    run = subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True)
    if run.returncode:
        raise SystemExit(run.stderr)
    return run.stdout


def _cold_figures(rounds: int, scratch: Path) -> list[Figure]:
    """Whole processes, from the command to the files."""

    def process(name: str, command: list[str], stack: str = "default") -> Callable[[], float]:
        config = ROOT / "tests" / "stacks" / f"{stack}.yaml"

        def seconds() -> float:
            start = time.perf_counter()
            _run(command, CLUSTER_CONFIG=str(config), CDK8S_OUTDIR=str(scratch / name))
            return time.perf_counter() - start

        return seconds

    processes = {
        "bare": process("bare", ["-c", BARE]),
        "default": process("default", ["main.py"]),
        "everything": process("everything", ["main.py"], "everything-on"),
        "early": process("early", ["-c", LIKE_MAIN, "early"]),
        "late": process("late", ["-c", LIKE_MAIN, "late"]),
    }
    turns = [{name: seconds() for name, seconds in processes.items()} for _ in range(rounds + 1)]
    cold = {name: median(turn[name] for turn in turns[1:]) for name in processes}
    return [
        Figure("cold: the default stack / bare cdk8s", cold["default"], cold["bare"], 1.35),
        Figure("cold: everything on / bare cdk8s", cold["everything"], cold["bare"], 1.9),
        Figure("cold: the default stack, Node early / not", cold["early"], cold["late"]),
    ]


def _fleets(rounds: int, scratch: Path) -> Fleets:
    """Fleets of our constructs, and of the same bytes written raw."""
    fleets: Fleets = {}
    for _ in range(rounds):
        for count in (SMALL, DOUBLE, LARGE):
            written = scratch / f"constructs-{count}"
            fleets.setdefault(("constructs", count), []).append(_fleet("constructs", count, written))
            if count != LARGE:
                copy = scratch / f"raw-{count}"
                fleets.setdefault(("raw", count), []).append(_fleet("raw", written, copy))
                _same(written, copy)
    return fleets


def _fleet(way: str, what: int | Path, outdir: Path) -> Fleet:
    before = _children_cpu()
    said: dict[str, Any] = json.loads(_run([str(FLEET), way, str(what), str(outdir)]))
    return Fleet(said["made"], said["synthesized"], _children_cpu() - before, Counter(said["calls"]))


def _children_cpu() -> float:
    used = os.times()
    return used.children_user + used.children_system


def _same(written: Path, copy: Path) -> None:
    """The bytes are the same, but for the order of an object's top-level fields."""
    paths = sorted(path.relative_to(written) for path in written.rglob("*.yaml"))
    for path in paths:
        if sorted((written / path).read_text().splitlines()) != sorted((copy / path).read_text().splitlines()):
            raise SystemExit(f"{path} written raw is not what the constructs wrote: the two cannot be compared")


def _further_figures(fleets: Fleets) -> list[Figure]:
    def further(way: str, part: Callable[[Fleet], float]) -> float:
        few, many = (min(part(fleet) for fleet in fleets[way, count]) for count in (SMALL, DOUBLE))
        return (many - few) / (DOUBLE - SMALL)

    def figure(name: str, part: Callable[[Fleet], float], limit: float | None = None, unit: str = "s") -> Figure:
        return Figure(name, further("constructs", part), further("raw", part), limit, unit)

    return [
        figure("a further cache / the same bytes raw", lambda fleet: fleet.seconds, 1.5),
        figure("  made", lambda fleet: fleet.made),
        figure("  synthesized", lambda fleet: fleet.synthesized),
        figure("  processor time of Python and Node", lambda fleet: fleet.cpu),
        figure("  calls between Python and Node", lambda fleet: fleet.calls.total(), unit="calls"),
    ]


def _growth(fleets: Fleets) -> Figure:
    small, large = (min(fleet.seconds for fleet in fleets["constructs", count]) for count in (SMALL, LARGE))
    return Figure(f"growth: {LARGE} caches / {SMALL} caches, start-up taken off", large, small, 4.2)


def _review_figure(rounds: int, scratch: Path) -> Figure:
    """Every cache of a fleet changed in one go; the quickest of each counts."""
    old, new = scratch / "reviewed", scratch / "changed"
    _fleet("constructs", REVIEWED, old)
    for path in old.rglob("*.yaml"):
        text = path.read_text()
        for before, after in CHANGED.items():
            text = text.replace(before, after)
        (new / path.relative_to(old)).parent.mkdir(parents=True, exist_ok=True)
        (new / path.relative_to(old)).write_text(text)
    said = [json.loads(_run([str(REVIEW), str(old), str(new)])) for _ in range(rounds)]
    if min(each["changes"] for each in said) < 3 * REVIEWED:
        raise SystemExit("the review found fewer changes than were made")
    reviewed, read = (min(each[name] for each in said) for name in ("reviewed", "read"))
    return Figure(f"review: {REVIEWED} caches changed / reading both trees", reviewed, read, 3)


def _print_calls(fleets: Fleets) -> None:
    """What is called most for a further cache."""
    few, many = (fleets["constructs", count][0].calls for count in (SMALL, DOUBLE))
    print("\nThe most frequent calls of a further cache:")
    for call, count in (many - few).most_common(SHOWN_CALLS):
        print(f"  {count / (DOUBLE - SMALL):>6.1f}  {call}")


if __name__ == "__main__":
    sys.exit(main())
