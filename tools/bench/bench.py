"""What this library costs, as ratios of one run: each with the most that it may be.

    python -m tools.bench [ROUNDS]

Every measurement is a process of its own. They take turns, so that whatever else the machine does strikes all of them;
the median of each counts. The first turn fills the caches and is dropped. Byte code is on disk, as on a user's machine.
Fleets take longer: one turn in three, or in five where they are large, of which the quickest counts. What it takes to
start is no part of their time. At the end stands what the same objects cost by templates, start-up taken in.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import nan
from pathlib import Path
from statistics import median
from typing import Any

from tools.bench.others import others
from tools.bench.process import ROOT, compile_everything, run, seconds

FLEET = ROOT / "tools" / "bench" / "fleet.py"
REVIEW = ROOT / "tools" / "bench" / "review.py"

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
FEW_TENANTS, TENANTS = 100, 500
"""Caches of one `cluster.yaml`: a further one costs the difference, growth is the one beside the other."""
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
    memory: float | None
    """MiB of Python and Node at their most, where the system tells."""

    @property
    def seconds(self) -> float:
        """From nothing to the files."""
        return self.made + self.synthesized


Fleets = dict[tuple[str, int], list[Fleet]]


def main() -> int:
    """Print the figures; exit status 1 where one is over its limit."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    compile_everything()
    print(f"{'':<52}{'ratio':>7}{'at most':>9}   cost")
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        figures = _told(_cold_figures(rounds, scratch))
        fleets = _fleets("constructs", (SMALL, DOUBLE, LARGE), (SMALL, DOUBLE), max(rounds // 3, 1), scratch)
        figures += _told(_further_figures(fleets, "constructs", SMALL, DOUBLE))
        figures += _told([_growth(fleets, "constructs", SMALL, LARGE, 4.2)])
        figures += _told([_review_figure(max(rounds // 3, 1), scratch)])
        few_turns = max(rounds // 5, 1)
        print("\nCaches of one cluster.yaml:")
        tenants = _fleets("cluster", (FEW_TENANTS, TENANTS), (FEW_TENANTS, TENANTS), few_turns, scratch)
        figures += _told(_further_figures(tenants, "cluster", FEW_TENANTS, TENANTS))
        figures += _told([_growth(tenants, "cluster", FEW_TENANTS, TENANTS, 5.25), *_memory(tenants)])
        for line in others(few_turns, scratch):
            print(line, flush=True)
    _print_calls("by constructs", fleets, "constructs", SMALL, DOUBLE)
    _print_calls("of a cluster.yaml", tenants, "cluster", FEW_TENANTS, TENANTS)
    return int(any(figure.is_over for figure in figures))


def _told(figures: list[Figure]) -> list[Figure]:
    print(*figures, sep="\n", flush=True)
    return figures


def _cold_figures(rounds: int, scratch: Path) -> list[Figure]:
    """Whole processes, from the command to the files."""

    def process(name: str, command: list[str], stack: str = "default") -> Callable[[], float]:
        config = ROOT / "tests" / "stacks" / f"{stack}.yaml"

        return lambda: seconds(command, CLUSTER_CONFIG=str(config), CDK8S_OUTDIR=str(scratch / name))

    processes = {
        "bare": process("bare", ["-c", BARE]),
        "default": process("default", ["main.py"]),
        "everything": process("everything", ["main.py"], "everything-on"),
        "early": process("early", ["-c", LIKE_MAIN, "early"]),
        "late": process("late", ["-c", LIKE_MAIN, "late"]),
    }
    turns = [{name: measure() for name, measure in processes.items()} for _ in range(rounds + 1)]
    cold = {name: median(turn[name] for turn in turns[1:]) for name in processes}
    return [
        Figure("cold: the default stack / bare cdk8s", cold["default"], cold["bare"], 1.35),
        Figure("cold: everything on / bare cdk8s", cold["everything"], cold["bare"], 1.9),
        Figure("cold: the default stack, Node early / not", cold["early"], cold["late"]),
    ]


def _fleets(way: str, counts: Sequence[int], counts_of_raw: Sequence[int], rounds: int, scratch: Path) -> Fleets:
    """Fleets of ours, and of the same bytes written raw."""
    fleets: Fleets = {}
    for _ in range(rounds):
        for count in counts:
            written = scratch / f"{way}-{count}"
            fleets.setdefault((way, count), []).append(_fleet(way, count, written))
            if count in counts_of_raw:
                copy = scratch / f"raw-{way}-{count}"
                fleets.setdefault(("raw", count), []).append(_fleet("raw", written, copy))
                _same(written, copy)
    return fleets


def _fleet(way: str, what: int | Path, outdir: Path) -> Fleet:
    before = _children_cpu()
    said: dict[str, Any] = json.loads(run([str(FLEET), way, str(what), str(outdir)]))
    cpu = _children_cpu() - before
    return Fleet(said["made"], said["synthesized"], cpu, Counter(said["calls"]), said["memory"])


def _children_cpu() -> float:
    used = os.times()
    return used.children_user + used.children_system


def _same(written: Path, copy: Path) -> None:
    """The bytes are the same, but for the order of an object's top-level fields."""
    paths = sorted(path.relative_to(written) for path in written.rglob("*.yaml"))
    for path in paths:
        if sorted((written / path).read_text().splitlines()) != sorted((copy / path).read_text().splitlines()):
            raise SystemExit(f"{path} written raw is not what the constructs wrote: the two cannot be compared")


def _further_figures(fleets: Fleets, way: str, few: int, many: int) -> list[Figure]:
    def further(way: str, part: Callable[[Fleet], float]) -> float:
        least, most = (min(part(fleet) for fleet in fleets[way, count]) for count in (few, many))
        return (most - least) / (many - few)

    def figure(name: str, part: Callable[[Fleet], float], limit: float | None = None, unit: str = "s") -> Figure:
        return Figure(name, further(way, part), further("raw", part), limit, unit)

    return [
        figure("a further cache / the same bytes raw", lambda fleet: fleet.seconds, 1.5),
        figure("  made", lambda fleet: fleet.made),
        figure("  synthesized", lambda fleet: fleet.synthesized),
        figure("  processor time of Python and Node", lambda fleet: fleet.cpu),
        figure("  calls between Python and Node", lambda fleet: fleet.calls.total(), unit="calls"),
    ]


def _growth(fleets: Fleets, way: str, few: int, many: int, limit: float) -> Figure:
    """The most that it may be is a twentieth over the straight line."""
    small, large = (min(fleet.seconds for fleet in fleets[way, count]) for count in (few, many))
    return Figure(f"growth: {many} caches / {few} caches, start-up taken off", large, small, limit)


def _memory(fleets: Fleets) -> list[Figure]:
    told = {
        way: [fleet.memory for fleet in fleets[way, TENANTS] if fleet.memory is not None] for way in ("cluster", "raw")
    }
    if not all(told.values()):
        print("peak memory: left out, for this system has no /proc that tells it")
        return []
    ours, raw = (min(told[way]) for way in ("cluster", "raw"))
    return [Figure(f"peak memory of {TENANTS} caches / the same bytes raw", ours, raw, 2, "MiB")]


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
    said = [json.loads(run([str(REVIEW), str(old), str(new)])) for _ in range(rounds)]
    if min(each["changes"] for each in said) < 3 * REVIEWED:
        raise SystemExit("the review found fewer changes than were made")
    reviewed, read = (min(each[name] for each in said) for name in ("reviewed", "read"))
    return Figure(f"review: {REVIEWED} caches changed / reading both trees", reviewed, read, 3)


def _print_calls(what: str, fleets: Fleets, way: str, few: int, many: int) -> None:
    """What is called most for a further cache."""
    fewer, more = (fleets[way, count][0].calls for count in (few, many))
    print(f"\nThe most frequent calls of a further cache, {what}:")
    for call, count in (more - fewer).most_common(SHOWN_CALLS):
        print(f"  {count / (many - few):>6.1f}  {call}")


if __name__ == "__main__":
    sys.exit(main())
