"""`cdk8s-dragonfly check --cluster`: the API server's own word on a folder, and nothing changed there."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from constructs_lib.cli.app import app
from tests.e2e.clusters import Cluster
from tests.e2e.flux import Flux, identity, parts_of
from tests.e2e.stacks import STACKS, Stacks

SECRET_VALUE = "47110815"


@pytest.fixture
def dist(cluster: Cluster, stacks: Stacks) -> Path:
    """The default stack at an operator version that the cluster can have."""
    operator = cluster.operators[0]
    cluster.use(operator)
    return stacks.dist(next(stack for stack in STACKS if stack.stem == "default"), operator)


@pytest.fixture(autouse=True)
def kubeconfig(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUBECONFIG", str(cluster.kubeconfig))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["check", *map(str, arguments), "--cluster"])


def write(folder: Path, name: str, **manifest: object) -> None:
    made = {"metadata": {"name": name, "namespace": "default"}, **manifest}
    Path(folder, f"{name}.yaml").write_text(yaml.safe_dump(made), encoding="utf-8")


def test_a_good_folder_passes_and_nothing_is_made(dist: Path, cluster: Cluster) -> None:
    result = run(dist)
    assert result.exit_code == 0, result.output
    assert "objects checked by a server-side dry run: no errors\n" in result.stdout
    assert not cluster.server.get("dragonflydb.io/v1alpha1", "Dragonfly", "default", "dragonfly").accepted


def test_every_refusal_and_warning_comes_in_the_server_s_words(tmp_path: Path, dist: Path) -> None:
    write(tmp_path, "a", apiVersion="helm.toolkit.fluxcd.io/v2", kind="HelmRelease", spec={"interval": "1h"})
    write(tmp_path, "b", apiVersion="dragonflydb.io/v1alpha1", kind="Dragonfly", spec={"replica": 1})
    service = {"ports": [{"port": 1}], "externalIPs": ["192.0.2.1"]}
    write(tmp_path, "c", apiVersion="v1", kind="Service", spec=service)
    result = run(tmp_path)
    first, second, third, _ = result.stdout.splitlines()
    assert result.exit_code == 1
    assert first.startswith(f"{tmp_path / 'a.yaml'}: HelmRelease a: ")
    assert "either chart or chartRef must be set" in first
    assert ".spec.replica: field not declared in schema" in second
    assert ": Service c: warning: spec.externalIPs is deprecated" in third


def test_a_change_that_the_cluster_refuses_is_seen_before_it_is_made(tmp_path: Path, dist: Path, flux: Flux) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    for folder, image in ((before, "registry.example/image:1"), (after, "registry.example/image:2")):
        folder.mkdir()
        pod = {"restartPolicy": "Never", "containers": [{"name": "main", "image": image}]}
        write(folder, "trial", apiVersion="batch/v1", kind="Job", spec={"template": {"spec": pod}})
    assert flux.reconcile(before) == []
    assert run(before).exit_code == 0
    assert "field is immutable" in run(after).stdout


def test_a_refused_secret_is_told_without_its_values(tmp_path: Path, dist: Path) -> None:
    write(tmp_path, "a", apiVersion="v1", kind="Secret", data={"password": f"{SECRET_VALUE}!"})
    result = run(tmp_path)
    assert result.exit_code == 1
    assert "Secret a: the API server does not take it as it is" in result.stdout
    assert SECRET_VALUE not in result.output


def test_what_flux_delivers_is_what_is_checked(dist: Path, cluster: Cluster) -> None:
    """The dry run needs no order, but it must not know fewer objects than Flux delivers."""
    delivered = {identity(manifest) for part in parts_of(dist) for manifest in part.manifests}
    assert f"{len(delivered)} objects checked" in run(dist).stdout


def test_a_cluster_that_does_not_answer_is_told(dist: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = {"clusters": [{"name": "a", "cluster": {"server": "https://127.0.0.1:1"}}]}
    context = {"contexts": [{"name": "a", "context": {"cluster": "a", "user": "a"}}], "current-context": "a"}
    kubeconfig = tmp_path / "kubeconfig"
    kubeconfig.write_text(
        yaml.safe_dump({"apiVersion": "v1", "kind": "Config", **nowhere, **context}), encoding="utf-8"
    )
    monkeypatch.setenv("KUBECONFIG", str(kubeconfig))
    result = run(dist)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr
