"""Draw the default stack, and who reaches whom in it: docs/images/stack-light.svg and stack-dark.svg.

    python tools/draw_stack.py

What is there is read from dist/, who reaches whom from the library's own flows. Solid is what the default stack has,
dashed what a variable of cluster.yaml switches on. Graphviz' `dot` (Debian: graphviz) lays it out.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from shutil import which
from textwrap import wrap
from typing import Any

import yaml

from constructs_lib.cache.clients import Client
from constructs_lib.cache.snapshots import S3Server
from constructs_lib.cli.graphviz import svg
from constructs_lib.dragonfly.ports import REDIS_PORT
from constructs_lib.network.arguments import NetworkPolicyArguments
from constructs_lib.network.flows import Flow, Pods, instance_flows, snapshot_flows

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"

DASHED = ' style="rounded,dashed"'
FONT = 'fontname="Helvetica,Arial,sans-serif"'
BREAK = "\\n"
LEGEND = "Solid: the default stack. Dashed: what the variable named there adds. Numbers are ports."


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one picture. The page shines through: there is no background."""

    text: str
    quiet: str
    arrow: str
    box: str


THEMES = {
    "light": Theme(text="#1f2328", quiet="#59636e", arrow="#0969da", box="#f6f8fa"),
    "dark": Theme(text="#f0f6fc", quiet="#9198a1", arrow="#4493f8", box="#151b23"),
}


@dataclass(frozen=True, slots=True)
class Stack:
    """The manifests of a stack with one cache."""

    manifests: tuple[dict[str, Any], ...]

    @classmethod
    def of(cls, folder: Path) -> Stack:
        """Read what a synth wrote."""
        return cls(tuple(yaml.safe_load(path.read_text()) for path in sorted(folder.glob("*/*.yaml"))))

    def the(self, kind: str) -> dict[str, Any]:
        """The one object of a kind."""
        (found,) = [manifest for manifest in self.manifests if manifest["kind"] == kind]
        return found

    def step(self, name: str) -> tuple[int, str]:
        """When Flux applies the Kustomization of that name, and which folder that is."""
        found = {each["metadata"]["name"]: each for each in self.manifests if each["kind"] == "Kustomization"}
        spec = found[name]["spec"]
        waits_for = [each["name"] for each in spec["dependsOn"] if each["name"] in found]
        return 1 + len(waits_for), spec["path"].removeprefix("./")

    @property
    def is_scraped(self) -> bool:
        """Whether Prometheus is told of it."""
        return any(manifest["kind"] == "PodMonitor" for manifest in self.manifests)

    @property
    def is_replicated(self) -> bool:
        """Whether there is a pod beside the master."""
        return bool(self.the("Dragonfly")["spec"]["replicas"] > 1)

    @property
    def is_saved(self) -> bool:
        """Whether its snapshots go to S3."""
        return str(self.the("Dragonfly")["spec"].get("snapshot", {}).get("dir", "")).startswith("s3://")


def main() -> None:
    """Write both pictures; without `dot` they stay as they are."""
    if which("dot") is None:
        print("dot is not there (Debian: graphviz), so docs/images/ stays as it is", file=sys.stderr)
        return
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name in THEMES:
        picture(name).write_text(drawn(source(name)))


def picture(theme: str) -> Path:
    """The file of a theme's picture."""
    return IMAGES / f"stack-{theme}.svg"


def source(theme: str) -> str:
    """A theme's picture in dot's language."""
    stack = Stack.of(ROOT / "dist")
    return "\n".join(["digraph stack {", *_looks(THEMES[theme]), *_boxes(stack, THEMES[theme]), *_arrows(stack), "}\n"])


def mark(source: str) -> str:
    """The line by which a picture says what it was drawn from."""
    return f"<!-- drawn by `make docs` from {sha256(source.encode()).hexdigest()} -->\n"


def drawn(source: str) -> str:
    """The picture as SVG, without what names the version of dot."""
    return mark(source) + svg(source)


def _looks(theme: Theme) -> Iterator[str]:
    yield "newrank=true compound=true nodesep=0.5 ranksep=0.5 bgcolor=transparent pad=0.1 labelloc=b"
    yield f'{FONT} fontsize=11 fontcolor="{theme.quiet}" label="{BREAK}{LEGEND}"'
    yield f'node [{FONT} fontsize=12 fontcolor="{theme.text}" color="{theme.text}" fillcolor="{theme.box}"]'
    yield 'node [shape=box style="rounded,filled" margin="0.16,0.1"]'
    yield f'edge [{FONT} fontsize=11 fontcolor="{theme.text}" color="{theme.arrow}" arrowsize=0.8]'


def _boxes(stack: Stack, theme: Theme) -> Iterator[str]:
    release, instance = stack.the("HelmRelease"), stack.the("Dragonfly")
    operator, server = release["spec"]["chart"]["spec"]["version"], instance["spec"]["image"].rpartition(":")[2]
    name, namespace = instance["metadata"]["name"], instance["metadata"]["namespace"]

    yield _box("flux", "Flux", "reads dist/flux")
    yield _box("operator", f"Operator {operator}", f"namespace {release['metadata']['namespace']}")
    yield _box("clients", "Clients")
    yield _box("prometheus", "Prometheus", "dragonfly_monitoring_enabled", solid=stack.is_scraped)
    yield _box("dns", "DNS", "dragonfly_backup_enabled", solid=stack.is_saved)
    yield _box("s3", "S3 store", "dragonfly_backup_enabled", solid=stack.is_saved)
    yield f'subgraph cluster_cache {{ style=rounded color="{theme.quiet}" labelloc=t labeljust=l margin=18'
    yield f'label="namespace {namespace}"'
    yield _box("instance", f"Dragonfly {name} {server}", "becomes Service and pods")
    yield _box("service", "Service", name)
    yield 'subgraph cluster_pods { label="" margin=14'
    yield _box("master", "Pod", "master")
    yield _box("replica", "Pod, replica", "dragonfly_replicas: 2", solid=stack.is_replicated)
    yield "}}"
    for row in ("operator clients", "instance service prometheus", "master replica", "dns s3"):
        yield f"{{rank=same {row}}}"


def _box(id: str, *lines: str, solid: bool = True) -> str:
    return f"{id} [{_label(*lines)}{'' if solid else DASHED}]"


def _arrows(stack: Stack) -> Iterator[str]:
    for end, kind in (("operator", "HelmRelease"), ("instance", "Dragonfly")):
        number, folder = stack.step(stack.the(kind)["metadata"]["name"])
        yield f"flux -> {end} [{_label(f'{number}. applies', folder)}]"
    ways = {
        "the operator elects, rolls and fails over": ("operator -> master [lhead=cluster_pods", True),
        "clients": ("clients -> service [", True),
        "Prometheus scrapes": ("prometheus -> replica [lhead=cluster_pods", stack.is_scraped),
        "replication": ("master -> replica [dir=both minlen=2", stack.is_replicated),
        "names": ("master -> dns [ltail=cluster_pods", stack.is_saved),
        "snapshots": ("replica -> s3 [ltail=cluster_pods", stack.is_saved),
    }
    for flow in _flows(stack):
        way, solid = ways[flow.purpose]
        yield f"{way} {_label(*_words(flow))}{'' if solid else ' style=dashed'}]"
    yield f"service -> master [{_label(str(REDIS_PORT))}]"


def _flows(stack: Stack) -> list[Flow]:
    """The flows of the cache with everything on, one a purpose."""
    instance = Pods(stack.the("Dragonfly")["metadata"]["namespace"])
    everything = NetworkPolicyArguments(clients=[Client(namespace="clients")], prometheus_namespace="monitoring")
    found = (*instance_flows(instance, everything), *snapshot_flows(S3Server(), instance))
    return list({flow.purpose: flow for flow in found}.values())


def _words(flow: Flow) -> Iterator[str]:
    """What stands at a flow's arrow: its port, and what for where the two ends do not say it."""
    if flow.purpose != "snapshots":
        yield str(flow.ports[0])
    if flow.only_get:
        yield f"GET {flow.only_get}"
    elif flow.purpose != "clients":
        yield from wrap(flow.purpose.removeprefix("the operator "), 16)


def _label(*lines: str) -> str:
    """A label with air at both sides, of which dot leaves none."""
    return f'label="{"".join(f" {line} {BREAK}" for line in lines).removesuffix(BREAK)}"'


if __name__ == "__main__":
    main()
