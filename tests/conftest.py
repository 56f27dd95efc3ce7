"""What the tests share: Node, and the ways to synthesize a stack."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from cdk8s import Chart

    from constructs_lib import DragonflyCache

ROOT = Path(__file__).resolve().parent.parent
STACKS = sorted((ROOT / "tests" / "stacks").glob("*.yaml"))

# What `make setup` installed, also where pytest was not started by make.
os.environ.setdefault("JSII_NODE", str(Path(sys.executable).parent / "node"))
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

# How long an example takes says how busy the machine is.
settings.register_profile("untimed", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """To accept snapshots (`make snapshots`), run the tests alone that take one."""
    if config.getoption("--snapshot-update"):
        others = [item for item in items if not _takes_snapshot(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = filter(_takes_snapshot, items)


def _takes_snapshot(item: pytest.Item) -> bool:
    return isinstance(item, pytest.Function) and "snapshot" in item.fixturenames


def read_folder(folder: Path) -> dict[str, str]:
    """Every file below a folder, by its path in it."""
    return {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*")) if path.is_file()}


def without_line_numbers(text: str) -> str:
    """What is said of a configuration, without the numbers of its lines: `cluster.yaml: ` for `cluster.yaml:3: `."""
    return re.sub(r"(\w\.yaml):\d+: ", r"\1: ", text)


def default_stack_of_any_cluster() -> dict[str, str]:
    """The default stack as `init` begins it: without the two objects of a cluster that the defaults name."""
    files = read_folder(ROOT / "dist")
    for path, named in _NAMED_IN_DEFAULTS.items():
        assert named in files[path]
        files[path] = files[path].replace(named, "")
    return files


_NAMED_IN_DEFAULTS = {
    "flux/Kustomization.dragonfly-operator.yaml": "  dependsOn:\n    - name: coredns\n      namespace: kube-system\n",
    "flux/Kustomization.dragonfly.yaml": (
        "  postBuild:\n    substituteFrom:\n      - kind: Secret\n        name: cluster-secrets\n"
    ),
}
"""By the file, what docs/flux.md says of each."""


def cdk8s_synth(config: Path, outdir: Path) -> subprocess.CompletedProcess[str]:
    """Run `cdk8s synth` as a user would."""
    return subprocess.run(
        [Path(sys.executable).parent / "cdk8s", "synth", "--output", outdir],
        cwd=ROOT,
        env={**os.environ, "CLUSTER_CONFIG": str(config)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def root() -> Path:
    """The project's own folder."""
    return ROOT


@pytest.fixture
def chart() -> Chart:
    """A chart in namespace `cache`."""
    # Loaded here: most tests of values, arguments and files need no Node.
    from tests.charts import new_chart

    return new_chart()


@pytest.fixture
def cache(chart: Chart) -> DragonflyCache:
    """A cache with nothing asked for."""
    from constructs_lib import DragonflyCache

    return DragonflyCache(chart, "cache")
