"""What docs/checks.md says that a cluster refuses, it refuses, in the words that stand there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from constructs_lib.checks.api_server import Answer
from tests.e2e.clusters import Cluster

PAGE = Path(__file__).resolve().parents[2] / "docs" / "checks.md"
NO_CLAIM: list[dict[str, Any]] = []
CLAIM: list[dict[str, Any]] = [
    {
        "metadata": {"name": "df"},
        "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "2Gi"}}},
    }
]
LARGER_CLAIM = [{**CLAIM[0], "spec": {**CLAIM[0]["spec"], "resources": {"requests": {"storage": "4Gi"}}}}]


def stateful_set(namespace: str, claims: list[dict[str, Any]], **mount: Any) -> dict[str, Any]:
    """An instance's StatefulSet as the operator makes it, as far as the refusals depend on it."""
    labels = {"app": "refused", "app.kubernetes.io/part-of": "dragonfly"}
    container = {"name": "dragonfly", "image": "registry.example/dragonfly:v1.36.0", **mount}
    return {
        "apiVersion": "apps/v1",
        "kind": "StatefulSet",
        "metadata": {"name": "refused", "namespace": namespace},
        "spec": {
            "selector": {"matchLabels": labels},
            "serviceName": "refused",
            "template": {"metadata": {"labels": labels}, "spec": {"containers": [container]}},
            "volumeClaimTemplates": claims,
        },
    }


def told_in_the_docs(answer: Answer, words: str) -> bool:
    """Whether the server refused in these words, and the page has them."""
    assert not answer.accepted
    return words in answer.message and words in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(NO_CLAIM, CLAIM, id="a volume added"),
        pytest.param(CLAIM, LARGER_CLAIM, id="a volume made larger"),
        pytest.param(CLAIM, NO_CLAIM, id="a volume taken away"),
    ],
)
def test_the_claims_of_an_instance_cannot_be_changed(
    before: list[dict[str, Any]], after: list[dict[str, Any]], cluster: Cluster
) -> None:
    namespace = cluster.namespace("refused")
    made = stateful_set(namespace, before)
    assert cluster.server.apply(made).accepted
    try:
        answer = cluster.server.apply(stateful_set(namespace, after), dry_run=True)
        assert told_in_the_docs(answer, "spec: Forbidden: updates to statefulset spec for fields other than")
    finally:
        cluster.server.request("DELETE", f"/apis/apps/v1/namespaces/{namespace}/statefulsets/refused")


def test_an_operator_that_leaves_the_claims_alone_asks_for_a_volume_that_is_not_there(cluster: Cluster) -> None:
    """As v1.6.1 does: it changes the pods, and not the claims."""
    namespace = cluster.namespace("refused")
    made = stateful_set(namespace, NO_CLAIM, volumeMounts=[{"name": "df", "mountPath": "/dragonfly/snapshots"}])
    answer = cluster.server.apply(made, dry_run=True)
    assert told_in_the_docs(answer, 'volumeMounts[0].name: Not found: "df"')


@pytest.mark.parametrize(
    ("spec", "versions", "words"),
    [
        pytest.param(
            {"pdb": {"minAvailable": 1, "maxUnavailable": 1}},
            ("v1.5.0", "v1.6.1"),
            "minAvailable and maxUnavailable cannot be both set",
            id="both limits of a disruption budget",
        ),
        pytest.param(
            {"tiering": {"persistentVolumeClaimSpec": {}}},
            ("v1.3.1",),
            ".spec.tiering: field not declared in schema",
            id="a field of a later operator",
        ),
    ],
)
def test_a_resource_that_the_crd_refuses_never_reaches_the_operator(
    spec: dict[str, Any], versions: tuple[str, ...], words: str, operator: str, cluster: Cluster
) -> None:
    made = {"apiVersion": "dragonflydb.io/v1alpha1", "kind": "Dragonfly", "metadata": {"name": "refused"}, "spec": spec}
    answer = cluster.server.apply(made, dry_run=True)
    if operator in versions:
        assert told_in_the_docs(answer, words)
    else:
        assert words not in answer.message


def test_the_pods_of_a_job_cannot_be_changed(cluster: Cluster) -> None:
    namespace = cluster.namespace("refused")
    job: dict[str, Any] = {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {"name": "refused", "namespace": namespace},
    }
    try:
        for image in ("registry.example/image:1.0.0", "registry.example/image:2.0.0"):
            pod = {"restartPolicy": "Never", "containers": [{"name": "main", "image": image}]}
            answer = cluster.server.apply({**job, "spec": {"template": {"spec": pod}}})
        assert told_in_the_docs(answer, "field is immutable")
    finally:
        path = f"/apis/batch/v1/namespaces/{namespace}/jobs/refused"
        cluster.server.request("DELETE", path, propagationPolicy="Background")
