"""A cache that does not get ready has failed when its time is over: Flux' shortest is half a minute."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.e2e.delivery import stand_ins
from tests.e2e.delivery.conftest import NewDelivery
from tests.e2e.delivery.delivery import Delivery

pytestmark = pytest.mark.xdist_group("flux-order")

CACHE = "dragonfly"
SHORTEST = {"dragonfly_flux_timeout": "30s"}
"""Flux takes a shorter one for this one: GetTimeout in api/v1/kustomization_types.go."""
NEVER = {"api_version": "dragonflydb.io/v1alpha1", "kind": "Dragonfly", "current": "status.phase == 'Never'"}


@pytest.fixture(scope="module")
def failed(new_delivery: NewDelivery) -> Mapping[str, Delivery]:
    """Deliveries that do not get ready, side by side, after their time."""
    made = {name: new_delivery(name) for name in ("configuring", "no-operator", "never-true")}
    for name, delivery in made.items():
        delivery.operator_present = name == "never-true"
        exprs = {"dragonfly_flux_health_check_exprs": [NEVER]} if name == "never-true" else {}
        delivery.write(**SHORTEST, **exprs)
        delivery.push()

    def all_failed() -> bool:
        stand_ins.operator(made["configuring"].server, made["configuring"].namespace, "Configuring")
        for delivery in made.values():
            delivery.act()
        return all(delivery.ready(CACHE).get("reason") == "HealthCheckFailed" for delivery in made.values())

    made["configuring"].until(all_failed, "three caches to fail", seconds=60)
    return made


@pytest.mark.parametrize("name", ["configuring", "no-operator"])
def test_a_cache_that_never_gets_ready_has_failed_when_its_time_is_over(
    name: str, failed: Mapping[str, Delivery]
) -> None:
    told = failed[name].message(CACHE)
    assert "timeout waiting for: [Dragonfly/" in told, told
    assert f"{failed[name].namespace}/dragonfly" in told, told


def test_a_health_expression_that_is_never_true_fails_however_ready_the_cache_is(
    failed: Mapping[str, Delivery],
) -> None:
    delivery = failed["never-true"]
    assert "status: 'InProgress'" in delivery.message(CACHE)
    assert delivery.get(*stand_ins.DRAGONFLY, CACHE).body["status"]["phase"] == stand_ins.READY


def test_a_failed_cache_is_ready_once_its_phase_is(failed: Mapping[str, Delivery]) -> None:
    delivery = failed["no-operator"]
    delivery.operator_present = True
    delivery.settle()
