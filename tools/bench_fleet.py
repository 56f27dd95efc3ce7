"""A fleet of caches, made and synthesized in one process: what `bench.py` runs, a process a measurement.

    python tools/bench_fleet.py constructs COUNT OUTDIR
    python tools/bench_fleet.py raw MANIFESTS OUTDIR

`constructs` makes each cache with monitoring and a network policy, a chart a cache. `raw` writes what the folder
MANIFESTS holds again: an `ApiObject` and one call of `add_json_patch` an object, with nothing of this library. Printed
as JSON: seconds made, seconds synthesized, and the calls to Node by what was called.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from cdk8s import ApiObject, ApiObjectMetadata, App, Chart, JsonPatch, YamlOutputType
from jsii._kernel.providers import process

WARM_UP = 20
"""Node compiles what it runs often, within a second or two: that is start-up as well."""

Make = Callable[[App], None]
Charts = dict[str, list[dict[str, Any]]]


def main() -> int:
    """Warm up with a few caches, so that what loads and compiles is no part of it; then measure."""
    way, what, outdir = sys.argv[1:]
    few, all_of_them = _constructs(int(what)) if way == "constructs" else _raw(Path(what))
    with tempfile.TemporaryDirectory() as scratch:
        _seconds(few, Path(scratch))
    calls = _counted_calls()
    made, synthesized = _seconds(all_of_them, Path(outdir))
    print(json.dumps({"made": made, "synthesized": synthesized, "calls": calls}))
    return 0


def _constructs(count: int) -> tuple[Make, Make]:
    # Under names of their own, so that nothing kept by name is found when it counts.
    return (lambda app: _add_caches(app, "warm", WARM_UP)), (lambda app: _add_caches(app, "cache", count))


def _add_caches(app: App, name: str, count: int) -> None:
    from constructs_lib import Client, DragonflyCache, DragonflyMonitoring, DragonflyNetworkPolicy

    for number in range(count):
        chart = Chart(app, f"{name}-{number:03}", namespace="cache")
        cache = DragonflyCache(chart, "cache", name=f"{name}-{number:03}")
        DragonflyMonitoring(chart, "monitoring", cache=cache)
        clients = [Client(namespace="shop")]
        DragonflyNetworkPolicy(chart, "policy", cache=cache, clients=clients, prometheus_namespace="monitoring")


def _raw(manifests: Path) -> tuple[Make, Make]:
    charts: Charts = {}
    for path in sorted(manifests.glob("*/*.yaml")):
        charts.setdefault(path.parent.name, []).append(yaml.load(path.read_text(), yaml.CSafeLoader))
    few = dict(list(charts.items())[:WARM_UP])
    return (lambda app: _add_objects(app, few)), (lambda app: _add_objects(app, charts))


def _add_objects(app: App, charts: Charts) -> None:
    for name, manifests in charts.items():
        chart = Chart(app, name)
        for manifest in manifests:
            fields = dict(manifest)
            api_object = ApiObject(
                chart,
                manifest["kind"],
                api_version=fields.pop("apiVersion"),
                kind=fields.pop("kind"),
                metadata=ApiObjectMetadata(**fields.pop("metadata")),
            )
            api_object.add_json_patch(*(JsonPatch.add(f"/{field}", value) for field, value in fields.items()))


def _seconds(make: Make, outdir: Path) -> tuple[float, float]:
    layout = YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE
    start = time.perf_counter()
    app = App(outdir=str(outdir), output_file_extension=".yaml", yaml_output_type=layout)
    make(app)
    made = time.perf_counter()
    app.synth()
    return made - start, time.perf_counter() - made


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
