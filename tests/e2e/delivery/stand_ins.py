"""What the other controllers of a cluster would do, as far as Flux waits for it: each a stand-in, and no more.

They are asked to act, one by one, so that a test decides who is there and who is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from constructs_lib.checks.api_server import ApiServer

DRAGONFLY = ("dragonflydb.io/v1alpha1", "Dragonfly")
HELM_RELEASE = ("helm.toolkit.fluxcd.io/v2", "HelmRelease")
READY = "Ready"
"""The phase that an operator writes of an instance that serves (`ready` at some versions)."""


def helm_controller(server: ApiServer, namespace: str) -> None:
    """Every HelmRelease is installed."""
    for each in _all(server, *HELM_RELEASE, namespace):
        generation = each["metadata"]["generation"]
        if each.get("status", {}).get("observedGeneration") != generation:
            ready = {
                "type": "Ready",
                "status": "True",
                "reason": "InstallSucceeded",
                "message": "installed",
                "lastTransitionTime": "2026-01-01T00:00:00Z",
                "observedGeneration": generation,
            }
            _patch_status(server, each, {"observedGeneration": generation, "conditions": [ready]})


def operator(server: ApiServer, namespace: str, phase: str = READY) -> None:
    """Every Dragonfly comes to a phase."""
    for each in _all(server, *DRAGONFLY, namespace):
        if each.get("status", {}).get("phase") != phase:
            _patch_status(server, each, {"phase": phase})


def kubelet(server: ApiServer, namespace: str) -> None:
    """Every pod of a Job runs and succeeds."""
    for each in _all(server, "v1", "Pod", namespace):
        owners = {owner["kind"] for owner in each["metadata"].get("ownerReferences", ())}
        if owners == {"Job"} and each["status"].get("phase") == "Pending":
            _patch_status(server, each, {"phase": "Succeeded"})


def _all(server: ApiServer, api_version: str, kind: str, namespace: str) -> Iterator[dict[str, Any]]:
    resource = server.resource(api_version, kind)
    if resource is None:
        return
    answer = server.request("GET", resource.at(namespace))
    assert answer.accepted, answer.message
    for each in answer.body["items"]:
        yield {**each, "apiVersion": api_version, "kind": kind}


def _patch_status(server: ApiServer, body: Mapping[str, Any], status: Mapping[str, Any]) -> None:
    resource = server.resource(body["apiVersion"], body["kind"])
    assert resource
    answer = server.request(
        "PATCH",
        resource.at(body["metadata"]["namespace"], body["metadata"]["name"], "status"),
        {"status": status},
        content_type="application/merge-patch+json",
    )
    assert answer.accepted or answer.status == 404, answer.message  # 404: pruned meanwhile
