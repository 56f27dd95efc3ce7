"""What the programs of a cluster are built from, as far as it can be told without building them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.builds import CannotRun
from tests.cluster.binaries import KUBERNETES, KUSTOMIZE_CONTROLLER, PROMETHEUS_OPERATOR, SOURCE_CONTROLLER, binaries
from tests.cluster.go_module import GoModule

ROOT = Path(__file__).resolve().parents[2]


def test_all_of_kubernetes_is_of_one_version() -> None:
    """k8s.io/kubernetes v1.36.3 is made of k8s.io/api v0.36.3 and its like."""
    replaced = re.findall(r"^\s+(k8s\.io/\S+) => \1 (v\S+)$", _go_mod(KUBERNETES), re.MULTILINE)
    assert replaced
    assert {version for _, version in replaced} == {re.sub(r"^v1\.", "v0.", KUBERNETES.version)}


def test_the_operator_of_prometheus_is_of_the_version_whose_crds_are_bound() -> None:
    bound = re.findall(r"prometheus-operator/(v[\d.]+)/", Path(ROOT, "cdk8s.yaml").read_text(encoding="utf-8"))
    assert {*bound} == {PROMETHEUS_OPERATOR.version}


@pytest.mark.parametrize("controller", [KUSTOMIZE_CONTROLLER, SOURCE_CONTROLLER], ids=lambda module: module.what)
def test_flux_is_the_published_one_with_nothing_replaced_by_a_folder(controller: GoModule) -> None:
    assert re.fullmatch(r"v\d+\.\d+\.\d+", controller.version)
    assert re.findall(r"=> (\./\S+)", _go_mod(controller)) == []


@pytest.mark.parametrize("program", ["go", "etcd"])
def test_what_is_missing_is_named_with_where_to_get_it(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None if name == program else f"/usr/bin/{name}")
    with pytest.raises(CannotRun, match=rf"no {program} on the PATH: .*(go\.dev|apt-get install etcd-server)"):
        binaries()


def _go_mod(module: GoModule) -> str:
    return (module.folder / "go.mod").read_text(encoding="utf-8")
