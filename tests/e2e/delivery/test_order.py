"""Flux applies one part after the other, and holds each back until what it stands on is ready."""

from __future__ import annotations

import pytest

from tests.e2e.delivery import stand_ins
from tests.e2e.delivery.delivery import Delivery
from tests.e2e.delivery.stacks import variables_of

DRAGONFLY = (*stand_ins.DRAGONFLY, "dragonfly")
OPERATOR = "dragonfly-operator"
PREPARATION = "dragonfly-backup"
CACHE = "dragonfly"


@pytest.mark.parametrize("stack", ["default", "everything-on"])
def test_the_cache_waits_for_the_operator(stack: str, delivery: Delivery) -> None:
    delivery.helm_present = False
    delivery.secret("sops-age", none="nothing of these stacks is encrypted")
    delivery.write(**variables_of(stack))
    delivery.push()
    delivery.until(lambda: delivery.message(CACHE) == waits_for(delivery, OPERATOR), "the cache to wait")
    assert not delivery.there(*DRAGONFLY)
    delivery.helm_present = True
    delivery.settle()
    assert delivery.there(*DRAGONFLY)


def test_the_cache_waits_for_the_bucket_and_the_restored_snapshot(delivery: Delivery) -> None:
    delivery.kubelet_present = False
    delivery.write(**variables_of("restored"))
    delivery.push()
    delivery.until(lambda: delivery.ready(OPERATOR).get("status") == "True", "the operator")
    delivery.until(lambda: delivery.message(CACHE) == waits_for(delivery, PREPARATION), "the cache to wait")
    assert not delivery.there(*DRAGONFLY)
    delivery.kubelet_present = True
    delivery.settle()
    assert delivery.there(*DRAGONFLY)


def test_the_cache_is_ready_when_its_phase_says_so_and_not_before(delivery: Delivery) -> None:
    delivery.phase = "Configuring"
    delivery.write()
    delivery.push()
    delivery.until(lambda: delivery.there(*DRAGONFLY), "the Dragonfly")
    delivery.pause()
    assert delivery.ready(CACHE)["status"] == "Unknown"
    delivery.phase = "Ready"
    delivery.settle()


def test_without_a_health_expression_the_cache_is_ready_before_its_phase_says_so(delivery: Delivery) -> None:
    """Why there is one: Flux finds nothing in a Dragonfly's status that tells it to wait."""
    delivery.operator_present = False
    delivery.deliver(dragonfly_flux_health_check_exprs=[])
    assert "phase" not in delivery.get(*DRAGONFLY).body.get("status", {})


def test_a_dependency_that_names_nothing_holds_everything_back_and_is_named(delivery: Delivery) -> None:
    delivery.write(dragonfly_flux_depends_on=[{"name": "nothing", "namespace": "kube-system"}])
    delivery.push()
    told = "dependency 'kube-system/nothing' not found"
    delivery.until(lambda: told in delivery.message(OPERATOR), "the operator to say what it lacks")
    delivery.until(lambda: delivery.message(CACHE) == waits_for(delivery, OPERATOR), "the cache to wait")
    assert not delivery.there(*DRAGONFLY)


def waits_for(delivery: Delivery, name: str) -> str:
    """What Flux says of a Kustomization that waits for another one of ours."""
    return f"dependency '{delivery.namespace}/{name}' is not ready"
