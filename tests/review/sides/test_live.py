"""What a cluster runs, put as the manifest would put it: no drift is made up, and none is passed over."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

import pytest

from constructs_lib.checks.api_server import Answer, ApiServer, NoCluster
from constructs_lib.review.changes.differences import differences
from constructs_lib.review.changes.model import ObjectKey
from constructs_lib.review.sides.live import LAST_APPLIED, as_written, live_side
from tests.review.manifests import manifest, side

FLUX_LABELS = {"kustomize.toolkit.fluxcd.io/name": "dragonfly", "kustomize.toolkit.fluxcd.io/namespace": "cache"}


def live(body: Mapping[str, Any], owned: Mapping[str, Any] | None = None, manager: str = "kustomize-controller") -> Any:
    """An object as the API server answers it."""
    marks: dict[str, Any] = {
        "f:labels": {f"f:{name}": {} for name in FLUX_LABELS},
        "f:annotations": {f"f:{LAST_APPLIED}": {}},
    }
    fields = {"f:metadata": marks, **(owned or {})}
    entry = {"manager": manager, "operation": "Apply", "fieldsType": "FieldsV1", "fieldsV1": fields}
    metadata = {
        **body["metadata"],
        "uid": "f2",
        "resourceVersion": "7",
        "labels": {**body["metadata"].get("labels", {}), **FLUX_LABELS},
        "annotations": {LAST_APPLIED: "{}"},
        "managedFields": [entry],
    }
    return {**body, "metadata": metadata, "status": {"phase": "Ready"}}


def drift(live: Any, manifest: Any) -> dict[str, tuple[Any, Any]]:
    return {each.field: (each.before, each.after) for each in differences(as_written(live, manifest), manifest)}


def test_what_the_server_and_flux_add_is_no_drift() -> None:
    written = manifest("Job", "a", spec={"template": {"containers": [{"name": "a", "ports": [{"port": 1}]}]}})
    defaulted = {
        "backoffLimit": 6,
        "template": {
            "restartPolicy": "Always",
            "containers": [{"name": "a", "ports": [{"port": 1, "protocol": "TCP"}]}],
        },
    }
    assert drift(live({**written, "spec": defaulted}), written) == {}


def test_another_value_is_drift() -> None:
    written = manifest("Dragonfly", "a", spec={"replicas": 2, "args": ["--a", "--b"]})
    running = {"replicas": 1, "args": ["--a", "--c", "--d"]}
    assert drift(live({**written, "spec": running}), written) == {
        "/spec/replicas": (1, 2),
        "/spec/args": (["--a", "--c", "--d"], ["--a", "--b"]),
    }


def test_a_field_that_is_gone_from_the_cluster_is_drift() -> None:
    written = manifest("Dragonfly", "a", spec={"replicas": 2, "networkPolicyEnabled": False})
    assert drift(live({**written, "spec": {"replicas": 2}}), written) == {"/spec/networkPolicyEnabled": (None, False)}


@pytest.mark.parametrize("manager", ["kustomize-controller", "kubectl-edit", "before-first-apply"])
def test_a_field_that_flux_will_take_away_is_drift(manager: str) -> None:
    written = manifest("Dragonfly", "a", spec={"replicas": 2})
    running = {"replicas": 2, "env": [{"name": "A"}], "snapshot": {"cron": "* * * * *", "dir": "/x"}}
    owned: dict[str, Any] = {"f:spec": {"f:replicas": {}, "f:env": {}, "f:snapshot": {"f:cron": {}}}}
    assert drift(live({**written, "spec": running}, owned, manager), written) == {
        "/spec/env": ([{"name": "A"}], None),
        "/spec/snapshot": ({"cron": "* * * * *"}, None),
    }


def test_a_field_that_another_controller_owns_is_none() -> None:
    written = manifest("Dragonfly", "a", spec={"replicas": 2})
    running = {"replicas": 2, "paused": True}
    assert drift(live({**written, "spec": running}, {"f:spec": {"f:paused": {}}}, "autoscaler"), written) == {}


def test_items_with_keys_are_compared_by_them() -> None:
    written = manifest("Job", "a", spec={"containers": [{"name": "a", "image": "1"}]})
    running = [{"name": "injected"}, {"name": "a", "image": "1", "policy": "Always"}, {"name": "old", "image": "2"}]
    owned: dict[str, Any] = {
        "f:spec": {"f:containers": {'k:{"name":"a"}': {"f:image": {}}, 'k:{"name":"old"}': {"f:image": {}}}}
    }
    (only,) = drift(live({**written, "spec": {"containers": running}}, owned), written).values()
    assert only[0] == [{"name": "a", "image": "1"}, {"image": "2"}]


def test_an_empty_list_is_the_same_as_none() -> None:
    written = manifest("NetworkPolicy", "a", spec={"ingress": [], "podSelector": None})
    assert drift(live({**written, "spec": {}}), written) == {}


@pytest.mark.parametrize(
    ("text", "found", "is_drift"),
    [
        ("s3://${BUCKET}/x-${PART}", "s3://backups/x-1", False),
        ("s3://${BUCKET}/x", "s3://backups/y", True),
        ("${PORT}", 6379, False),
        ("$${datasource}", "${datasource}", False),
        ("$${datasource}", "prometheus", True),
    ],
)
def test_what_flux_puts_for_a_variable_is_no_drift(text: str, found: Any, is_drift: bool) -> None:
    written = manifest("Dragonfly", "a", spec={"dir": text})
    assert bool(drift(live({**written, "spec": {"dir": found}}), written)) is is_drift


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def test_texts_of_a_secret_are_compared_with_what_they_are_kept_as() -> None:
    written = manifest("Secret", "a", stringData={"one": "1", "two": "2"})
    kept = {**manifest("Secret", "a"), "data": {"one": encoded("1"), "two": encoded("3")}}
    assert drift(live(kept, {"f:data": {"f:one": {}, "f:two": {}}}), written) == {"/stringData/two": ("3", "2")}


def test_of_an_encrypted_secret_the_keys_are_compared() -> None:
    written = manifest("Secret", "a", stringData={"one": "ENC[…]", "two": "ENC[…]"}, sops={"mac": "ENC[…]"})
    kept = {**manifest("Secret", "a"), "data": {"one": encoded("1")}}
    assert drift(live(kept), written) == {"/stringData/two": (None, "ENC[…]")}


class Answering(ApiServer):
    """An API server with one answer for every object, by its name."""

    def __init__(self, **answers: Answer) -> None:
        self.answers = answers

    def get(self, api_version: str, kind: str, namespace: str, name: str) -> Answer:
        return self.answers[name]


def test_what_is_not_there_yet_is_on_no_side() -> None:
    named = side(manifest("Dragonfly", "a"), manifest("Dragonfly", "b"))
    server = Answering(a=Answer(404, {}), b=Answer(200, live(manifest("Dragonfly", "b"))))
    assert list(live_side(named, server).tree) == [ObjectKey("Dragonfly", "cache", "b")]


def test_what_has_no_name_yet_is_on_no_side() -> None:
    generated = {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"generateName": "a-"}}
    assert live_side(side(generated, manifest("Job", "")), Answering()).tree == {}


def test_what_may_not_be_read_is_an_error_that_names_it() -> None:
    named = side(manifest("Secret", "a"))
    with pytest.raises(NoCluster, match="Secret cache/a: the cluster does not let it be read: no right"):
        live_side(named, Answering(a=Answer(403, {"message": "no right"})))
