"""A cache that does not get ready has failed when its time is over: Flux' shortest is half a minute."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.e2e.delivery import stand_ins
from tests.e2e.delivery.conftest import NewDelivery
from tests.e2e.delivery.delivery import Delivery, until_each

CACHE = "dragonfly"
NEVER = {"api_version": "dragonflydb.io/v1alpha1", "kind": "Dragonfly", "current": "status.phase == 'Never'"}
SHORTEST = "30s"
"""Flux takes a shorter one for this one: GetTimeout in api/v1/kustomization_types.go."""


@pytest.fixture(scope="module")
def unready(new_delivery: NewDelivery) -> Mapping[str, Delivery]:
    """Deliveries whose cache does not get ready, side by side."""
    made = {name: new_delivery(name) for name in ("configuring", "no-operator", "never-true")}
    made["configuring"].phase = "Configuring"
    made["no-operator"].operator_present = False
    for name, delivery in made.items():
        exprs = {"dragonfly_flux_health_check_exprs": [NEVER]} if name == "never-true" else {}
        delivery.write(dragonfly_flux_timeout=SHORTEST, **exprs)
        delivery.push()
    return made


@pytest.fixture(scope="module")
def told(unready: Mapping[str, Delivery]) -> Mapping[str, str]:
    """What Flux said of each when its time was over; it tries again soon after."""
    said: dict[str, str] = {}

    def has_failed(delivery: Delivery) -> bool:
        ready = delivery.ready(CACHE)
        if ready.get("reason") == "HealthCheckFailed":
            said[delivery.name] = ready["message"]
        return delivery.name in said

    until_each(unready.values(), has_failed, "give up")
    return said


@pytest.mark.parametrize("name", ["configuring", "no-operator"])
def test_a_cache_that_never_gets_ready_has_failed_when_its_time_is_over(name: str, told: Mapping[str, str]) -> None:
    assert f"timeout waiting for: [Dragonfly/{name}-cache/dragonfly status:" in told[name]


def test_a_health_expression_that_is_never_true_fails_however_ready_the_cache_is(
    told: Mapping[str, str], unready: Mapping[str, Delivery]
) -> None:
    assert "Dragonfly/never-true-cache/dragonfly status: 'InProgress'" in told["never-true"]
    live = unready["never-true"].get(*stand_ins.DRAGONFLY, CACHE).body
    assert live["status"]["phase"] == stand_ins.READY


def test_a_failed_cache_is_ready_once_its_phase_is(told: Mapping[str, str], unready: Mapping[str, Delivery]) -> None:
    assert told["no-operator"]
    unready["no-operator"].operator_present = True
    unready["no-operator"].settle()
