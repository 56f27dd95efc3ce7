"""The same caches by a Helm chart and by Jinja templates, beside a `cluster.yaml`: what `bench.py` tells at its end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import floor
from pathlib import Path

from tests.builds import CannotRun
from tools.bench.process import ROOT, seconds
from tools.bench.templates import HELM, JINJA, documents, helm_seconds, same, write_chart, write_templates
from tools.bench.tenants import Tenant, cluster_yaml, written_tenant

OURS = "main.py, a cluster.yaml"
FEW, MANY = 10, 100
"""Caches that a process writes; by what the two differ, a further cache and the start are told apart."""
RELEASES = 5
"""Calls of Helm a turn."""

ABOUT = """
The same caches by templates, from the command to the files, start-up taken in. The chart and the Jinja templates are
made here, of one cache's written manifests: an expression stands for its name and namespace, and there is nothing else
to decide. `helm template` runs once a release, Jinja once for all caches. Each gives the bytes of the cluster.yaml.
"""


@dataclass(frozen=True)
class Cost:
    """What a way to write caches costs, in seconds: to start, and for each of them."""

    start: float
    each: float

    @classmethod
    def between(cls, few: float, many: float) -> Cost:
        """Of what FEW and MANY caches took."""
        each = (many - few) / (MANY - FEW)
        return cls(few - FEW * each, each)

    def __str__(self) -> str:
        return f"{self.each:.4f} s a cache, {self.start:.2f} s to start"

    def ahead_from(self, other: Cost) -> int | None:
        """From how many caches on it costs less than the other; None where it never stays ahead."""
        if self.each >= other.each:
            return None
        return max(floor((self.start - other.start) / (other.each - self.each)) + 1, 1)


def others(turns: int, scratch: Path) -> Iterator[str]:
    """Measure each way and tell of it, a line at a time; of Helm why not, where it cannot be had."""
    yield ABOUT
    _main(FEW, scratch)
    tenant = written_tenant(_dist(FEW, scratch), 1)
    write_templates(tenant, JINJA, scratch / "templates")
    write_chart(tenant, scratch / "chart")
    helm = helm_or_why_not()
    if isinstance(helm, str):
        yield f"helm template: left out. {helm}"
    yield from beside(*_costs(turns, helm if isinstance(helm, Path) else None, scratch))


def helm_or_why_not() -> Path | str:
    """The program, built if need be, or what is missing for it."""
    try:
        return HELM.built() / "helm"
    except CannotRun as reason:
        return str(reason).splitlines()[0]


def beside(ours: Cost, costs: Mapping[str, Cost]) -> Iterator[str]:
    """Our cost, and the others' with from how many caches on ours is less."""
    yield _line(OURS, 1, ours)
    for way, cost in costs.items():
        ahead = ours.ahead_from(cost)
        yield _line(way, cost.each / ours.each, cost)
        yield f"  {OURS} is ahead {f'from {ahead} on' if ahead else 'at no number of them'}"


def _line(way: str, ratio: float, cost: Cost) -> str:
    return f"{way:<52}{ratio:>7.2f}{'':>9}   {cost}"


def _costs(turns: int, helm: Path | None, scratch: Path) -> tuple[Cost, dict[str, Cost]]:
    """Ours and the others': the quickest of each, which take turns."""
    processes = {OURS: _main, "Jinja": _jinja}
    taken: dict[tuple[str, int], list[float]] = defaultdict(list)
    for _ in range(turns):
        for way, measure in processes.items():
            for count in (FEW, MANY):
                taken[way, count].append(measure(count, scratch))
        if helm:
            taken["helm template", 1] += [_release(helm, scratch) for _ in range(RELEASES)]
    ours, jinja = (Cost.between(min(taken[way, FEW]), min(taken[way, MANY])) for way in processes)
    released = {"helm template": Cost(0, min(taken["helm template", 1]))} if helm else {}
    return ours, {**released, "Jinja": jinja}


def _main(count: int, scratch: Path) -> float:
    config = scratch / f"cluster-{count}.yaml"
    config.write_text(cluster_yaml(count), encoding="utf-8")
    return seconds(["main.py"], CLUSTER_CONFIG=str(config), CDK8S_OUTDIR=str(_dist(count, scratch)))


def _dist(count: int, scratch: Path) -> Path:
    return scratch / f"main-{count}"


def _jinja(count: int, scratch: Path) -> float:
    outdir = scratch / f"jinja-{count}"
    taken = seconds([str(ROOT / "tools" / "bench" / "jinja.py"), str(scratch / "templates"), str(count), str(outdir)])
    last = written_tenant(_dist(count, scratch), count - 1)
    _hold("Jinja", [path.read_text("utf-8") for path in (outdir / last.name).iterdir()], last)
    return taken


def _release(helm: Path, scratch: Path) -> float:
    tenant = written_tenant(_dist(FEW, scratch), FEW - 1)
    output = scratch / "release.yaml"
    taken = helm_seconds(helm, scratch / "chart", tenant.name, output)
    _hold("helm template", documents(output.read_text("utf-8")), tenant)
    return taken


def _hold(way: str, rendered: list[str], tenant: Tenant) -> None:
    if not same(rendered, tenant):
        raise SystemExit(f"{way} does not give the bytes of {tenant.name}: the two cannot be compared")
