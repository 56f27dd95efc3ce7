"""The strict check by schemas says what the API server says: of our own manifests, and of thousands made wrong."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from constructs_lib.checks.findings import check_manifests, manifest_errors
from constructs_lib.checks.manifests import Manifest, read_manifests
from tests.e2e.clusters import Cluster
from tests.e2e.flux import Flux
from tests.e2e.stacks import STACKS, Stacks

WRONG_VALUES: tuple[Any, ...] = ("text", "", 7, -1, 1.5, True, None, [], ["text"], {}, {"text": "text"})
EVERY_KIND = ("external-secrets", "restored", "everything-on")
"""Stacks that have all kinds between them; the fullest comes last, whose objects then count."""
SERVICE_MONITOR = Manifest(
    Path("ServiceMonitor.dragonfly-operator.yaml"),
    {
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": "ServiceMonitor",
        "metadata": {"name": "dragonfly-operator", "namespace": "default"},
        "spec": {
            "selector": {"matchLabels": {"control-plane": "controller-manager"}},
            "endpoints": [{"port": "metrics", "interval": "30s", "honorLabels": False}],
        },
    },
)
"""What users write beside it, for the metrics of the operator."""
EVERY = 13
"""Of the wrong manifests each thirteenth is tried, which takes a few seconds."""
SERVER_ALONE = (
    "either chart or chartRef must be set",  # a CEL rule of HelmRelease's
    "must be one of privileged, baseline, restricted",  # the labels of Pod Security admission
)
"""What the API server refuses and no schema can."""


@pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.stem)
def test_the_schemas_find_nothing_in_what_is_written(
    stack: Path, operator: str, cluster: Cluster, stacks: Stacks
) -> None:
    findings = check_manifests(read_manifests(stacks.dist(stack, operator)), cluster.definitions(operator))
    assert findings.errors == []
    assert findings.unknown == {}


def test_the_schemas_and_the_server_refuse_the_same(
    operator: str, cluster: Cluster, stacks: Stacks, flux: Flux
) -> None:
    """An object of each kind, with a field renamed, left out, doubled or of another value."""
    written = stacks.all(operator)
    flux.reconcile(written["everything-on"])
    flux.remove()  # what is left are the namespaces: over an object that is there, the server judges the change
    disagreements = []
    manifests = [manifest for stack in EVERY_KIND for manifest in read_manifests(written[stack])]
    if cluster.definitions(operator).get(SERVICE_MONITOR.api_version, SERVICE_MONITOR.kind):
        manifests.append(SERVICE_MONITOR)
    for number, (made, what) in enumerate(_wrong(manifests)):
        if number % EVERY:
            continue
        answer = cluster.server.apply(made.object, dry_run=True)
        errors = manifest_errors(made, cluster.definitions(operator))
        known = any(text in answer.message for text in SERVER_ALONE)
        if answer.accepted == bool(errors) and not known:
            disagreements.append(f"{made.kind}: {what}: {errors} / {answer.message or 'accepted'}")
    assert disagreements == []


def _wrong(manifests: list[Manifest]) -> Iterator[tuple[Manifest, str]]:
    """One manifest of each kind that a CRD defines, once for each way to make it wrong."""
    of_kind = {manifest.kind: manifest for manifest in manifests if "." in manifest.group}
    for manifest in of_kind.values():
        for path in _paths(manifest.object["spec"], ("spec",)):
            for how in ("renamed", "left out", "doubled", *WRONG_VALUES):
                made = _made_wrong(manifest.object, path, how)
                if made is not None:
                    yield Manifest(manifest.file, made), f"{'.'.join(map(str, path))} {how!r}"


def _paths(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    """The way to every field and item."""
    if isinstance(value, dict | list):
        for step, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield (*path, step)
            yield from _paths(item, (*path, step))


def _made_wrong(manifest: Any, path: tuple[str | int, ...], how: object) -> Any:
    made = copy.deepcopy(manifest)
    parent: Any = made
    for step in path[:-1]:
        parent = parent[step]
    last = path[-1]
    value = parent[last]
    if how == "renamed" and isinstance(parent, dict):
        parent[f"{last}s"] = value
        del parent[last]
    elif how == "left out":
        del parent[last]
    elif how == "doubled" and isinstance(parent, list):
        parent.append(copy.deepcopy(value))
    elif how in ("renamed", "doubled"):
        return None
    else:
        parent[last] = copy.deepcopy(how)
    return made
