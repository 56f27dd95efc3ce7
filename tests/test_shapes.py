"""What we write has the fields that its CRD has: the reviewed manifests of every stack, against the bindings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from constructs_lib.dragonfly.operator_versions import FIELD_GONE, NEWEST_SEEN_RUNNING, is_in_crd
from constructs_lib.review.kinds import KINDS
from tests.bindings import BOUND, shape_errors
from tests.conftest import ROOT

SNAPSHOTS = ROOT / "tests" / "__snapshots__" / "test_stacks"

GONE = {field for field in FIELD_GONE if not is_in_crd(NEWEST_SEEN_RUNNING, field)}
"""Fields of a Dragonfly that the newest CRD, which is the one bound, no longer has; stacks for older operators do."""


@pytest.mark.parametrize("stack", sorted(path.name for path in SNAPSHOTS.iterdir()))
def test_every_custom_resource_of_a_stack_has_the_fields_of_its_crd(stack: str) -> None:
    manifests = [yaml.safe_load(path.read_text()) for path in sorted((SNAPSHOTS / stack).glob("*/*.yaml"))]
    bound = [each for each in manifests if (each["apiVersion"], each["kind"]) in BOUND]
    assert {each["kind"] for each in bound} >= {"Dragonfly", "HelmRelease", "Kustomization"}
    for manifest in bound:
        if manifest["kind"] == "Dragonfly":
            manifest["spec"] = {name: value for name, value in manifest["spec"].items() if name not in GONE}
        assert shape_errors(manifest) == [], manifest["kind"]


WRITTEN = {
    (each["apiVersion"], each["kind"])
    for path in SNAPSHOTS.glob("*/*/*.yaml")
    for each in [yaml.safe_load(path.read_text())]
}
"""API version and kind of everything in a stack."""


def test_every_kind_that_is_bound_is_in_some_stack() -> None:
    unwritten = BOUND - WRITTEN
    assert unwritten == set(), "write it in a stack of tests/stacks/"


def test_every_custom_resource_of_a_stack_is_bound() -> None:
    groups = {api_version: api_version.rpartition("/")[0] for api_version, _ in WRITTEN}
    custom = {(each, kind) for each, kind in WRITTEN if "." in groups[each] and not groups[each].endswith(".k8s.io")}
    unbound = custom - BOUND
    assert unbound == set(), "give its CRD an address in cdk8s.yaml and a row in tools/imports/make_imports.py"


def test_what_a_change_of_every_kind_does_is_known_to_the_review() -> None:
    unknown = {kind for _, kind in WRITTEN} - set(KINDS)
    assert unknown == set(), "give it a module, and a line in review/kinds.py"


@pytest.mark.parametrize(
    ("spec", "error"),
    [
        ({"secretName": "tls", "issuerRef": {"name": "ca"}, "renewBefor": "1h"}, "spec.renewBefor: no field of Certif"),
        ({"issuerRef": {"name": "ca"}}, "spec: without secretName"),
        ({"secretName": "tls", "issuerRef": {"name": 3}}, "spec.issuerRef.name: 3 is no string"),
    ],
)
def test_a_wrong_shape_is_seen(spec: dict[str, object], error: str) -> None:
    (found,) = shape_errors({"apiVersion": "cert-manager.io/v1", "kind": "Certificate", "spec": spec})
    assert found.startswith(error)


def test_a_synth_loads_no_binding(tmp_path: Path) -> None:
    """They serve the tests, and whoever writes such objects beside ours: each takes its time to load."""
    program = (
        "import main, pathlib, sys\n"
        f"main.synthesize([pathlib.Path('tests/stacks/everything-on.yaml')], pathlib.Path({str(tmp_path)!r}))\n"
        "print([name for name in sys.modules if name.startswith('imports.')])"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
