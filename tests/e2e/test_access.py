"""Every ServiceAccount that is written may do what its roles say, and nothing that no Job of ours needs."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from constructs_lib.checks.manifests import read_manifests
from tests.e2e.access import BEYOND, accounts, granted, may
from tests.e2e.clusters import Cluster, wait_for
from tests.e2e.flux import Flux
from tests.e2e.pods import pod_specs
from tests.e2e.stacks import STACKS, Stacks

EVERY_STACK = pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.stem)


@EVERY_STACK
def test_an_account_may_what_its_roles_say(
    stack: Path, operator: str, cluster: Cluster, stacks: Stacks, flux: Flux
) -> None:
    manifests = list(read_manifests(stacks.dist(stack, operator)))
    if accounts(manifests):
        flux.reconcile(stacks.dist(stack, operator))
    for account in accounts(manifests):
        for request in granted(account, manifests):
            # The authorizer learns of a role a moment after the role is stored.
            wait_for(
                partial(may, cluster.server, account.namespace, account.name, request),
                f"{account} to be allowed {request}",
                seconds=5,
            )


@EVERY_STACK
def test_an_account_may_nothing_beyond(
    stack: Path, operator: str, cluster: Cluster, stacks: Stacks, flux: Flux
) -> None:
    manifests = list(read_manifests(stacks.dist(stack, operator)))
    if accounts(manifests):
        flux.reconcile(stacks.dist(stack, operator))
    told = []
    for account in accounts(manifests):
        for namespace in (account.namespace, "kube-system"):
            beyond = [replace(request, namespace=namespace) for request in BEYOND]
            if namespace != account.namespace:
                beyond += [replace(request, namespace=namespace) for request in granted(account, manifests)]
            told += [
                f"{account}: {request}"
                for request in beyond
                if may(cluster.server, account.namespace, account.name, request)
            ]
    assert told == []


@EVERY_STACK
def test_every_account_that_pods_run_as_is_written(stack: Path, operator: str, stacks: Stacks) -> None:
    """A pod whose ServiceAccount is missing is never made, and its Job waits for ever."""
    manifests = list(read_manifests(stacks.dist(stack, operator)))
    written = {(account.namespace, account.name) for account in accounts(manifests)}
    used = {
        (manifest.namespace, spec.get("serviceAccountName", "default"))
        for manifest in manifests
        for spec in pod_specs(manifest)
    }
    assert {account for account in used if account[1] != "default"} <= written
