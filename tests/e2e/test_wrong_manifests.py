"""Each kind of proof finds what is wrong, and what the schemas let through: one wrong manifest for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from constructs_lib.checks.findings import check_manifests
from constructs_lib.checks.manifests import Manifest, read_manifests
from tests.e2e.access import Request, accounts, granted, may
from tests.e2e.clusters import Cluster, wait_for
from tests.e2e.flux import Flux
from tests.e2e.pods import PODS, pod_specs, try_pod
from tests.e2e.test_apply import settles
from tests.e2e.test_pods import has_pod

Object = dict[str, Any]
Write = Callable[..., Path]

RBAC = "rbac.authorization.k8s.io"
PRUNE_DISABLED = {"kustomize.toolkit.fluxcd.io/prune": "disabled"}


@pytest.fixture
def newest(cluster: Cluster) -> str:
    """The newest operator version that the cluster can have, in use."""
    newest = cluster.operators[-1]
    cluster.use(newest)
    return newest


@pytest.fixture
def namespace(cluster: Cluster, newest: str) -> str:
    """A namespace for wrong manifests, with no Pod Security level."""
    return cluster.namespace("wrong")


@pytest.fixture
def write(tmp_path: Path, cluster: Cluster, newest: str) -> Write:
    """Writes what is to be delivered: objects, or folders of objects by name. The schemas find nothing wrong in any."""

    def written(*objects: Object, **folders: Object) -> Path:
        dist = tmp_path / f"dist-{len(list(tmp_path.iterdir()))}"
        dist.mkdir()
        for folder, made in [(".", made) for made in objects] + [*folders.items()]:
            Path(dist, folder).mkdir(exist_ok=True)
            file = Path(dist, folder, f"{made['kind']}.{made['metadata']['name']}.yaml")
            file.write_text(yaml.safe_dump(made), encoding="utf-8")
        for manifest in read_manifests(dist):
            assert check_manifests([manifest], cluster.definitions(newest)).errors == []
        return dist

    return written


def of(api_version: str, kind: str, namespace: str, name: str = "wrong", **body: Any) -> Object:
    return {"apiVersion": api_version, "kind": kind, "metadata": {"name": name, "namespace": namespace}, **body}


def config_map(namespace: str, name: str = "wrong", **data: str) -> Object:
    return of("v1", "ConfigMap", namespace, name, data=data)


def job(namespace: str, image: str = "registry.example/image:1.0.0", **pod: str) -> Object:
    spec = {**PODS["baseline"], "containers": [{"name": "main", "image": image}], "restartPolicy": "Never", **pod}
    return of("batch/v1", "Job", namespace, spec={"template": {"spec": spec}})


def account_with_role(namespace: str, rule: Object, role: str = "wrong") -> tuple[Object, Object, Object]:
    reference = {"apiGroup": RBAC, "kind": "Role", "name": role}
    subjects = [{"kind": "ServiceAccount", "name": "wrong", "namespace": namespace}]
    return (
        of("v1", "ServiceAccount", namespace),
        of(f"{RBAC}/v1", "Role", namespace, rules=[rule]),
        of(f"{RBAC}/v1", "RoleBinding", namespace, roleRef=reference, subjects=subjects),
    )


def kustomization(namespace: str, name: str, after: str = "", **more: Any) -> Object:
    spec = {
        "interval": "1h",
        "path": f"./dist/{name}",
        "prune": True,
        "sourceRef": {"kind": "GitRepository", "name": "flux-system"},
        "dependsOn": [{"name": after}] if after else [],
        **more,
    }
    return of("kustomize.toolkit.fluxcd.io/v1", "Kustomization", namespace, name, spec=spec)


def only(dist: Path) -> Manifest:
    (manifest,) = read_manifests(dist)
    return manifest


@pytest.mark.parametrize(
    ("api_version", "kind", "body", "told"),
    [
        pytest.param(
            "helm.toolkit.fluxcd.io/v2",
            "HelmRelease",
            {"spec": {"interval": "1h"}},
            "either chart or chartRef must be set",
            id="a CEL rule of a CRD",
        ),
        pytest.param(
            "networking.k8s.io/v1",
            "NetworkPolicy",
            {"spec": {"podSelector": {}, "egress": [{"to": [{"ipBlock": {"cidr": "10.0.0.1/8"}}]}]}},
            "must not have bits set beyond the prefix length",
            id="a network's bits",
        ),
        pytest.param(
            "v1",
            "ConfigMap",
            {"data": {"not a key": "x"}},
            "a valid config key must consist of",
            id="a ConfigMap's key",
        ),
        pytest.param(
            "example.org/v1", "Widget", {}, "the cluster knows no Widget in example.org/v1", id="a kind not installed"
        ),
    ],
)
def test_what_the_server_alone_refuses_is_told(
    api_version: str, kind: str, body: Object, told: str, namespace: str, write: Write, flux: Flux
) -> None:
    (error,) = flux.reconcile(write(of(api_version, kind, namespace, **body)))
    assert f"{kind} wrong: refused: " in error
    assert told in error


def test_a_field_that_does_not_exist_is_refused_not_dropped(cluster: Cluster, namespace: str) -> None:
    answer = cluster.server.apply(of("dragonflydb.io/v1alpha1", "Dragonfly", namespace, spec={"replica": 1}))
    assert ".spec.replica: field not declared in schema" in answer.message


def test_a_warning_of_the_server_is_told(namespace: str, write: Write, flux: Flux) -> None:
    spec = {"ports": [{"port": 1}], "selector": {"a": "b"}, "externalIPs": ["192.0.2.1"]}
    (error,) = flux.reconcile(write(of("v1", "Service", namespace, spec=spec)))
    assert "Service wrong: warning: spec.externalIPs is deprecated" in error


def test_an_object_without_its_namespace_is_told(write: Write, flux: Flux) -> None:
    made = config_map("")
    del made["metadata"]["namespace"]
    (error,) = flux.reconcile(write(made))
    assert "Flux wants a namespace" in error


def test_an_object_of_a_later_folder_s_namespace_is_told(cluster: Cluster, write: Write, flux: Flux) -> None:
    """The namespace comes with the second Kustomization, the object with the first."""
    later = f"{cluster.run}-later"
    here = cluster.namespace("wrong")
    flux.ensure_namespace = lambda name: None
    dist = write(first=config_map(later), second={"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": later}})
    Path(dist, "flux").mkdir()
    for name, after in (("first", ""), ("second", "first")):
        made = yaml.safe_dump(kustomization(here, name, after))
        Path(dist, "flux", f"{name}.yaml").write_text(made, encoding="utf-8")
    (error,) = flux.reconcile(dist)
    assert f'namespaces "{later}" not found' in error


def test_two_folders_that_fight_over_an_object_never_settle(namespace: str, write: Write, flux: Flux) -> None:
    dist = write(first=config_map(namespace, by="first"), second=config_map(namespace, by="second"))
    Path(dist, "flux").mkdir()
    for name in ("first", "second"):
        made = yaml.safe_dump(kustomization(namespace, name))
        Path(dist, "flux", f"{name}.yaml").write_text(made, encoding="utf-8")
    assert flux.reconcile(dist) == []
    assert not settles(flux, dist)


def test_kustomizations_that_wait_for_each_other_are_told(namespace: str, write: Write, flux: Flux) -> None:
    dist = write(first=config_map(namespace, "first"), second=config_map(namespace, "second"))
    Path(dist, "flux").mkdir()
    for name, after in (("first", "second"), ("second", "first")):
        made = yaml.safe_dump(kustomization(namespace, name, after))
        Path(dist, "flux", f"{name}.yaml").write_text(made, encoding="utf-8")
    with pytest.raises(AssertionError, match="wait for each other"):
        flux.reconcile(dist)


def test_a_folder_that_no_kustomization_applies_is_told(namespace: str, write: Write, flux: Flux) -> None:
    dist = write(flux=kustomization(namespace, "first"), first=config_map(namespace), forgotten=config_map(namespace))
    with pytest.raises(AssertionError, match="no Kustomization applies forgotten"):
        flux.reconcile(dist)


def test_a_variable_that_flux_would_put_in_is_told(namespace: str, write: Write, flux: Flux) -> None:
    variables = {"substituteFrom": [{"kind": "Secret", "name": "cluster-secrets"}]}
    query = config_map(namespace, query='up{job="${job}"}')
    with pytest.raises(AssertionError, match=r"where \$\{job\} stands"):
        flux.reconcile(write(flux=kustomization(namespace, "first", postBuild=variables), first=query))


def test_a_change_that_the_server_refuses_is_told(namespace: str, write: Write, flux: Flux) -> None:
    """Each of both manifests is good; only the way from one to the other is not."""
    assert flux.reconcile(write(job(namespace))) == []
    (error,) = flux.reconcile(write(job(namespace, "registry.example/image:2.0.0")))
    assert "field is immutable" in error


def test_a_namespace_that_flux_would_prune_is_seen(cluster: Cluster, write: Write, flux: Flux) -> None:
    name = f"{cluster.run}-pruned"
    kept = config_map(name)
    flux.reconcile(write({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}, kept))
    flux.reconcile(write(kept))
    wait_for(lambda: not flux.remaining(), "the namespace to take its ConfigMap along")


def test_an_object_that_flux_may_not_prune_is_seen(namespace: str, write: Write, flux: Flux) -> None:
    kept = config_map(namespace)
    kept["metadata"]["annotations"] = PRUNE_DISABLED
    flux.reconcile(write(kept))
    flux.reconcile(write(config_map(namespace, "other")))
    assert ("v1", "ConfigMap", namespace, "wrong") in flux.remaining()


def test_a_job_whose_pods_are_not_admitted_is_seen(cluster: Cluster, write: Write, flux: Flux) -> None:
    """The Job itself is taken without a word, and never gets a pod."""
    levels = {"pod-security.kubernetes.io/enforce": "restricted", "pod-security.kubernetes.io/warn": "privileged"}
    strict = cluster.namespace("strict", levels)
    dist = write(job(strict))
    assert flux.reconcile(dist) == []
    (spec,) = pod_specs(only(dist))
    assert 'violates PodSecurity "restricted' in try_pod(cluster.server, strict, spec).message
    assert not has_pod(cluster, strict, "wrong")


def test_a_job_whose_account_is_missing_is_seen(cluster: Cluster, namespace: str, write: Write, flux: Flux) -> None:
    dist = write(job(namespace, serviceAccountName="nobody"))
    assert flux.reconcile(dist) == []
    (spec,) = pod_specs(only(dist))
    assert 'serviceaccount "nobody" not found' in try_pod(cluster.server, namespace, spec).message


def test_a_role_that_allows_too_much_is_seen(cluster: Cluster, namespace: str, write: Write, flux: Flux) -> None:
    everything = {"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}
    assert flux.reconcile(write(*account_with_role(namespace, everything))) == []
    beyond = Request("list", "", "secrets", namespace)
    wait_for(lambda: may(cluster.server, namespace, "wrong", beyond), "the role to count")


def test_a_binding_that_names_another_role_is_seen(cluster: Cluster, namespace: str, write: Write, flux: Flux) -> None:
    reading = {"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}
    dist = write(*account_with_role(namespace, reading, role="other"))
    assert flux.reconcile(dist) == []
    wanted = Request("get", "", "pods", namespace)
    assert not may(cluster.server, namespace, "wrong", wanted)
    manifests = list(read_manifests(dist))
    (account,) = accounts(manifests)
    assert list(granted(account, manifests)) == []


def test_a_right_ends_at_its_namespace(cluster: Cluster, namespace: str, write: Write, flux: Flux) -> None:
    reading = {"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}
    dist = write(*account_with_role(namespace, reading))
    flux.reconcile(dist)
    manifests = list(read_manifests(dist))
    (wanted,) = granted(accounts(manifests)[0], manifests)
    wait_for(lambda: may(cluster.server, namespace, "wrong", wanted), "the role to count")
    assert not may(cluster.server, namespace, "wrong", replace(wanted, namespace="kube-system"))
