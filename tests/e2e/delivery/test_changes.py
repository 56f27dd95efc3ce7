"""What somebody changed comes back, and Jobs are made anew where they change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from constructs_lib.checks.manifests import Manifest
from tests.e2e.delivery import stand_ins
from tests.e2e.delivery.delivery import Delivery
from tests.e2e.delivery.differences import differences
from tests.e2e.delivery.stacks import BACKED_UP

PREPARATION = "dragonfly-backup"
JOB = ("batch/v1", "Job")
USES = ("drifting", "another-bucket", "patched-job")


def test_what_somebody_changed_or_deleted_comes_back(delivered: Mapping[str, Delivery]) -> None:
    delivery = delivered["drifting"]
    (dashboard,) = (each.name for each in delivery.manifests if each.name.endswith("dashboard"))
    delivery.patch(*stand_ins.DRAGONFLY, "dragonfly", {"spec": {"replicas": 5}})
    delivery.patch("v1", "ConfigMap", dashboard, {"metadata": {"labels": {"grafana_dashboard": "0"}}})
    delivery.patch("batch/v1", "CronJob", "dragonfly-retention", {"spec": {"suspend": True, "schedule": "* * * * *"}})
    delivery.delete("monitoring.coreos.com/v1", "PodMonitor", "dragonfly")
    delivery.reconcile()
    for manifest in delivery.manifests:
        live = delivery.server.get(manifest.api_version, manifest.kind, manifest.namespace, manifest.name).body
        assert differences(manifest.object, live) == [], manifest


def test_another_setting_of_the_bucket_runs_another_job_and_the_old_one_goes(delivered: Mapping[str, Delivery]) -> None:
    delivery = delivered["another-bucket"]
    (old,) = jobs(delivery)
    delivery.deliver(**BACKED_UP, dragonfly_s3_versioning=False)
    (new,) = jobs(delivery)
    assert new.name != old.name
    assert has_run(delivery, new)
    assert not delivery.there(*JOB, old.name)
    assert not delivery.there("v1", "ConfigMap", old.name)


def test_a_job_that_is_changed_under_its_name_is_run_anew(delivered: Mapping[str, Delivery]) -> None:
    """By a JSON patch of the user's own, say: its pod cannot be changed, so Flux makes another Job."""
    delivery = delivered["patched-job"]
    (job,) = jobs(delivery)
    old = delivery.get(*JOB, job.name).body
    change_image(job, "registry.example.com/python:3.13")
    delivery.push()
    delivery.settle()
    new = delivery.get(*JOB, job.name).body
    assert new["metadata"]["uid"] != old["metadata"]["uid"]
    assert image_of(new) == "registry.example.com/python:3.13"
    assert has_run(delivery, job)


def jobs(delivery: Delivery) -> list[Manifest]:
    return [manifest for manifest in delivery.manifests if manifest.kind == "Job"]


def has_run(delivery: Delivery, job: Manifest) -> bool:
    return bool(delivery.get(*JOB, job.name).body["status"].get("succeeded"))


def image_of(job: Mapping[str, Any]) -> str:
    return str(job["spec"]["template"]["spec"]["containers"][0]["image"])


def change_image(job: Manifest, image: str) -> None:
    body = yaml.safe_load(job.file.read_text(encoding="utf-8"))
    body["spec"]["template"]["spec"]["containers"][0]["image"] = image
    job.file.write_text(yaml.safe_dump(body), encoding="utf-8")
