"""In an app that has bindings of its own, of the same kinds in other versions: neither's fields get lost."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT
from tests.distribution.environment import BIN, Environment

CDK8S_YAML = "language: python\napp: python main.py\nimports: [k8s, cilium.yaml]\n"

CILIUM = """
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ciliumnetworkpolicies.cilium.io}
spec:
  group: cilium.io
  scope: Namespaced
  names: {kind: CiliumNetworkPolicy, plural: ciliumnetworkpolicies, singular: ciliumnetworkpolicy}
  versions:
    - name: v2
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                endpointSelector:
                  type: object
                  properties: {matchLabels: {type: object, additionalProperties: {type: string}}}
                orderOfTheHost: {type: integer}
"""
"""The resource that the library writes too, of a version that has a field of its own and lacks all others."""

CORE = {
    "io.k8s.api.core.v1.ConfigMap": {
        "type": "object",
        "properties": {
            "metadata": {"type": "object", "properties": {"name": {"type": "string"}}},
            "data": {"type": "object", "additionalProperties": {"type": "string"}},
        },
        "x-kubernetes-group-version-kind": [{"group": "", "kind": "ConfigMap", "version": "v1"}],
    }
}
"""As much of Kubernetes as the app imports."""

NO_NETWORK = """
const { readFileSync } = require("fs");
const util = require("./node_modules/cdk8s-cli/lib/util");
util.download = async (from) => readFileSync(from.startsWith("https:") ? `${__dirname}/core.json` : from, "utf-8");
"""
"""Loaded before `cdk8s import`, so that it takes Kubernetes' definitions from a file."""

OF_THE_HOST = """
from imports.io.cilium import CiliumNetworkPolicy
from imports.k8s import KubeConfigMap
"""
OF_THE_LIBRARY = """
from constructs_lib import Client, DragonflyCache, DragonflyNetworkPolicy
DragonflyCache, DragonflyNetworkPolicy
"""

APP = """
from cdk8s import App, Chart, YamlOutputType
{imports}
app = App(yaml_output_type=YamlOutputType.FILE_PER_RESOURCE, output_file_extension=".yaml")
chart = Chart(app, "shop", namespace="shop")
KubeConfigMap(chart, "settings", metadata={{"name": "settings"}}, data={{"a": "b"}})
cache = DragonflyCache(chart, "cache", name="sessions")
DragonflyNetworkPolicy(chart, "policy", cache=cache, clients=[Client(namespace="identity")])
CiliumNetworkPolicy(
    chart, "own", spec={{"endpoint_selector": {{"match_labels": {{"app": "shop"}}}}, "order_of_the_host": 7}}
)
app.synth()
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which `cdk8s import` has written the app's own bindings."""
    folder = tmp_path_factory.mktemp("host")
    for name, text in {
        "cdk8s.yaml": CDK8S_YAML,
        "cilium.yaml": CILIUM,
        "core.json": json.dumps({"definitions": CORE}),
        "no_network.js": NO_NETWORK,
    }.items():
        (folder / name).write_text(text)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    variables = {**os.environ, "NODE_OPTIONS": f"--require={folder / 'no_network.js'}"}
    done = subprocess.run([BIN / "cdk8s", "import"], cwd=folder, env=variables, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


def test_one_synth_writes_both_as_each_binding_has_them_whichever_is_loaded_first(
    app: Path, environment: Environment, tmp_path: Path
) -> None:
    for number, imports in enumerate((OF_THE_HOST + OF_THE_LIBRARY, OF_THE_LIBRARY + OF_THE_HOST)):
        (app / "main.py").write_text(APP.format(imports=imports))
        outdir = tmp_path / str(number)
        done = environment.run("python", "main.py", cwd=app, CDK8S_OUTDIR=str(outdir), JSII_NODE=str(BIN / "node"))
        assert (done.returncode, done.stderr) == (0, "")
        written = [yaml.safe_load(path.read_text()) for path in outdir.glob("*.yaml")]
        assert {each["kind"] for each in written} == {"CiliumNetworkPolicy", "ConfigMap", "Dragonfly"}
        own, ours = specs(written, "CiliumNetworkPolicy")
        assert own == {"endpointSelector": {"matchLabels": {"app": "shop"}}, "orderOfTheHost": 7}
        assert ours.keys() == {"enableDefaultDeny", "endpointSelector", "ingress", "egress"}


def specs(written: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """The specs of a kind's objects, the shortest first."""
    return sorted((each["spec"] for each in written if each["kind"] == kind), key=len)
