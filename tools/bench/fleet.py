"""A fleet of caches, made and synthesized in one process: what `bench.py` runs, a process a measurement.

    python tools/bench/fleet.py constructs COUNT OUTDIR
    python tools/bench/fleet.py cluster COUNT OUTDIR
    python tools/bench/fleet.py raw MANIFESTS OUTDIR

`constructs` makes each cache with monitoring and a network policy, a chart a cache. `cluster` synthesizes a
`cluster.yaml` whose `dragonfly_instances` are as many, by what `main.py` calls. `raw` writes what the folder MANIFESTS
holds again: an `ApiObject` and one call of `add_json_patch` an object, with nothing of this library. Printed as JSON:
seconds made, seconds synthesized, the calls to Node by what was called, and the peak of memory of Python and Node.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

import yaml
from cdk8s import ApiObject, ApiObjectMetadata, App, Chart, JsonPatch, YamlOutputType
from jsii._kernel.providers import process

from tools.bench.memory import peak_memory
from tools.bench.tenants import cluster_yaml

WARM_UP = 20
"""Node compiles what it runs often, within a second or two: that is start-up as well."""

Seconds = tuple[float, float]
"""What it took to make, and to synthesize."""


def main() -> int:
    """Warm up with a few caches, so that what loads and compiles is no part of it; then measure."""
    way, what, outdir = sys.argv[1:]
    few, all_of_them = _measures(way, what)
    with tempfile.TemporaryDirectory() as scratch:
        few(Path(scratch))
    calls = _counted_calls()
    made, synthesized = all_of_them(Path(outdir))
    print(json.dumps({"made": made, "synthesized": synthesized, "calls": calls, "memory": peak_memory()}))
    return 0


def _measures(way: str, what: str) -> tuple[Callable[[Path], Seconds], Callable[[Path], Seconds]]:
    """A few caches and all of them, to be written into a folder."""
    if way == "raw":
        return partial(_raw, Path(what), WARM_UP), partial(_raw, Path(what), None)
    # Under names of their own, so that nothing kept by name is found when it counts.
    measure, name = {"constructs": (_constructs, "cache"), "cluster": (_cluster, "tenant")}[way]
    return partial(measure, "warm", WARM_UP), partial(measure, name, int(what))


def _constructs(name: str, count: int, outdir: Path) -> Seconds:
    from constructs_lib import Client, DragonflyCache, DragonflyMonitoring, DragonflyNetworkPolicy

    start = time.perf_counter()
    app = _app(outdir)
    for number in range(count):
        chart = Chart(app, f"{name}-{number:03}", namespace="cache")
        cache = DragonflyCache(chart, "cache", name=f"{name}-{number:03}")
        DragonflyMonitoring(chart, "monitoring", cache=cache)
        clients = [Client(namespace="shop")]
        DragonflyNetworkPolicy(chart, "policy", cache=cache, clients=clients, prometheus_namespace="monitoring")
    made = time.perf_counter() - start
    return made, _seconds(app.synth)


def _cluster(name: str, count: int, outdir: Path) -> Seconds:
    from constructs_lib.cli.synth.synthesis import synthesize

    synth, synthesized = App.synth, []
    with (
        tempfile.TemporaryDirectory() as scratch,
        patch.object(App, "synth", lambda app: synthesized.append(_seconds(partial(synth, app)))),
    ):
        config = Path(scratch, "cluster.yaml")
        config.write_text(cluster_yaml(count, name), encoding="utf-8")
        seconds = _seconds(lambda: synthesize([config], outdir))
    return seconds - sum(synthesized), sum(synthesized)


def _raw(manifests: Path, charts: int | None, outdir: Path) -> Seconds:
    app, made = _app(outdir), 0.0
    for folder in islice(sorted(manifests.iterdir()), charts):
        # One folder at a time: what they hold together is no part of what this needs.
        held = {path.stem: yaml.load(path.read_text(), yaml.CSafeLoader) for path in sorted(folder.glob("*.yaml"))}
        made += _seconds(partial(_add_chart, app, folder.name, held))
    return made, _seconds(app.synth)


def _add_chart(app: App, name: str, manifests: dict[str, dict[str, Any]]) -> None:
    chart = Chart(app, name)
    for identifier, manifest in manifests.items():
        fields = dict(manifest)
        api_object = ApiObject(
            chart,
            identifier,
            api_version=fields.pop("apiVersion"),
            kind=fields.pop("kind"),
            metadata=ApiObjectMetadata(**fields.pop("metadata")),
        )
        api_object.add_json_patch(*(JsonPatch.add(f"/{field}", value) for field, value in fields.items()))


def _app(outdir: Path) -> App:
    layout = YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE
    return App(outdir=str(outdir), output_file_extension=".yaml", yaml_output_type=layout)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _counted_calls() -> Counter[str]:
    """Counts every call that crosses from now on, either way: an answer to Node's own call is one of them."""
    calls: Counter[str] = Counter()
    send = process._NodeProcess.send

    def counted(self: Any, request: Any, response_type: Any) -> Any:
        verb = type(request).__name__.strip("_").removesuffix("Request")
        called = next((getattr(request, name) for name in ("method", "property", "fqn") if hasattr(request, name)), "")
        calls[f"{verb} {called}".strip()] += 1
        return send(self, request, response_type)

    process._NodeProcess.send = counted  # type: ignore[method-assign]
    return calls


if __name__ == "__main__":
    sys.exit(main())
