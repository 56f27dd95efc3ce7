"""What goes out of the manifests goes from the cluster, but never a namespace, and not what Flux may not prune."""

from __future__ import annotations

from collections.abc import Mapping

from tests.e2e.delivery import stand_ins
from tests.e2e.delivery.delivery import KUSTOMIZATION, Delivery
from tests.e2e.delivery.stacks import BACKED_UP, MONITORED
from tests.e2e.flux import identity

USES = ("backed-up", "to-rename", "to-grow", "to-switch-off", "kept", "to-suspend")
DRAGONFLY = (*stand_ins.DRAGONFLY, "dragonfly")
CRON_JOBS = ("dragonfly-retention", "dragonfly-drill")


def test_a_backup_switched_off_takes_its_cron_jobs_along(delivered: Mapping[str, Delivery]) -> None:
    delivery = delivered["backed-up"]
    assert all(delivery.there("batch/v1", "CronJob", name) for name in CRON_JOBS)
    delivery.write()
    delivery.push()
    everything_else_goes(delivery)
    assert delivery.there(*DRAGONFLY)


def test_a_cache_of_another_name_takes_the_place_of_the_old_one(delivered: Mapping[str, Delivery]) -> None:
    delivery = delivered["to-rename"]
    delivery.deliver(dragonfly_name="sessions")
    everything_else_goes(delivery)
    assert delivery.there(*stand_ins.DRAGONFLY, "sessions")
    assert not delivery.there(*DRAGONFLY)
    assert not delivery.there(*KUSTOMIZATION, "dragonfly")


def test_a_cache_that_becomes_one_of_a_fleet_stays_as_it_is_and_another_goes_with_its_own_alone(
    delivered: Mapping[str, Delivery],
) -> None:
    delivery = delivered["to-grow"]
    generation = delivery.get(*DRAGONFLY).body["metadata"]["generation"]
    around = {identity(each) for each in delivery.manifests if each.kind in ("PodMonitor", "PrometheusRule")}
    before = delivery.versions(around)
    delivery.deliver(**MONITORED, dragonfly_instances={"dragonfly": {}, "queue": {"dragonfly_profile": "queue"}})
    everything_else_goes(delivery)
    assert delivery.there(*stand_ins.DRAGONFLY, "queue")
    assert delivery.there("v1", "ConfigMap", "dragonfly-fleet")
    assert delivery.get(*DRAGONFLY).body["metadata"]["generation"] == generation
    assert delivery.versions(around) == before
    delivery.deliver(**MONITORED, dragonfly_instances={"dragonfly": {}})
    everything_else_goes(delivery)
    assert delivery.there(*DRAGONFLY)
    assert not delivery.there(*KUSTOMIZATION, "queue")


def test_switched_off_everything_goes_but_namespaces_and_switched_on_it_is_back(
    delivered: Mapping[str, Delivery],
) -> None:
    delivery = delivered["to-switch-off"]
    written = {identity(manifest) for manifest in delivery.manifests}
    namespaces = {each for each in written if each[1] == "Namespace"}
    delivery.deliver(dragonfly_enabled=False)
    delivery.until(lambda: delivery.remaining() == namespaces, lambda: f"Flux to prune {delivery.remaining()}")
    delivery.deliver(**MONITORED, **BACKED_UP)
    assert delivery.remaining() == written


def test_what_flux_may_not_prune_lives_on(delivered: Mapping[str, Delivery]) -> None:
    """What the warning advises before it is switched off: `dragonfly_flux_prune: false`."""
    delivery = delivered["kept"]
    parts = {identity(each) for each in delivery.manifests if each.file.parent.name != "flux"}
    delivery.deliver(dragonfly_enabled=False)
    delivery.until(lambda: not delivery.there(*KUSTOMIZATION, "dragonfly"), "the Kustomization to go")
    assert parts <= delivery.remaining()


def test_a_suspended_part_is_neither_changed_nor_pruned(delivered: Mapping[str, Delivery]) -> None:
    delivery = delivered["to-suspend"]
    parts = {identity(each) for each in delivery.manifests if each.file.parent.name != "flux"}
    before = delivery.versions(parts)
    delivery.write(**MONITORED, dragonfly_flux_suspend=True)
    delivery.push()
    delivery.until(lambda: delivery.kustomization("dragonfly")["spec"].get("suspend") is True, "it to be suspended")
    delivery.write(**MONITORED, dragonfly_flux_suspend=True, dragonfly_replicas=4)
    delivery.push()
    delivery.until(delivery.root_is_done, "the root to be done")
    delivery.pause()
    assert delivery.versions(parts) == before
    delivery.deliver(dragonfly_enabled=False)
    delivery.until(lambda: not delivery.there(*KUSTOMIZATION, "dragonfly"), "the Kustomization to go")
    assert parts <= delivery.remaining()


def everything_else_goes(delivery: Delivery) -> None:
    """Until nothing is left of what was written before, but namespaces."""
    written = {identity(manifest) for manifest in delivery.manifests}
    delivery.settle()
    delivery.until(lambda: delivery.remaining() <= written, lambda: f"Flux to prune {delivery.remaining() - written}")
    assert delivery.remaining() == written
