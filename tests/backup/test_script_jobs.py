"""The Jobs of a backup: what each is told, how it is confined, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from cdk8s import App, Chart

from constructs_lib import (
    DragonflyBackup,
    DragonflyBucket,
    DragonflyCache,
    DragonflyMonitoring,
    DragonflyNetworkPolicy,
    DragonflyRestoreDrill,
    InvalidArguments,
)
from constructs_lib.arguments.core_v1 import core_v1_findings, core_v1_object
from constructs_lib.errors import ArgumentWarning
from main import synthesize
from tests.charts import spec_of, synthesized
from tests.conftest import ROOT

RUSTFS = "rustfs-svc.storage.svc.cluster.local:9000"
S3: dict[str, Any] = {"bucket": "backups", "endpoint": RUSTFS, "https": False}
OWN: dict[str, Any] = {"restore_from": "latest", "restore_replaces_data": True}


def jobs(chart: Chart) -> dict[str, dict[str, Any]]:
    """The specs of a chart's Jobs, those of CronJobs among them, by component."""
    found = {}
    for manifest in synthesized(chart):
        if manifest["kind"] in ("Job", "CronJob"):
            spec = manifest["spec"]["jobTemplate"]["spec"] if manifest["kind"] == "CronJob" else manifest["spec"]
            found[manifest["metadata"]["labels"]["app.kubernetes.io/component"]] = spec
    return found


def args(job: dict[str, Any]) -> list[str]:
    given: list[str] = job["template"]["spec"]["containers"][0]["args"]
    return given


def env(job: dict[str, Any]) -> dict[str, Any]:
    variables = job["template"]["spec"]["containers"][0]["env"]
    return {each["name"]: each.get("value") or each["valueFrom"]["secretKeyRef"] for each in variables}


@pytest.fixture
def everything(chart: Chart, cache: DragonflyCache) -> Chart:
    """A chart with every Job there is."""
    DragonflyNetworkPolicy(chart, "network-policy", cache=cache, prometheus_namespace="monitoring")
    backup = DragonflyBackup(chart, "backup", cache=cache, retention=7, **S3, **OWN)
    DragonflyBucket(chart, "bucket", backup=backup, admin_secret="rustfs-admin")
    DragonflyRestoreDrill(chart, "drill", backup=backup)
    volumes = DragonflyCache(chart, "other", name="other")
    DragonflyBackup(chart, "volumes", cache=volumes, size="10Gi", retention="14d")
    return chart


def pods(chart: Chart) -> Iterator[tuple[str, dict[str, Any]]]:
    for component, job in jobs(chart).items():
        yield component, job["template"]["spec"]


def test_a_job_that_is_changed_under_its_name_is_made_anew_by_flux(everything: Chart) -> None:
    """Else `field is immutable` fails the whole Kustomization. A CronJob can be changed, and is."""
    annotated = {
        (manifest["kind"], manifest["metadata"].get("annotations", {}).get("kustomize.toolkit.fluxcd.io/force"))
        for manifest in synthesized(everything)
        if manifest["kind"] in ("Job", "CronJob")
    }
    assert annotated == {("Job", "enabled"), ("CronJob", None)}


def test_every_pod_passes_pod_security_restricted_and_has_no_token(everything: Chart) -> None:
    assert {component for component, _ in pods(everything)} == {"retention", "restore", "bucket", "drill"}
    for component, pod in pods(everything):
        context = pod["securityContext"]
        assert context["runAsNonRoot"] is True, component
        assert context["runAsUser"] > 0
        assert context["seccompProfile"] == {"type": "RuntimeDefault"}
        assert pod["automountServiceAccountToken"] is False
        for container in (*pod.get("initContainers", ()), *pod["containers"]):
            assert container["securityContext"]["allowPrivilegeEscalation"] is False
            assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
            assert {"memory", "cpu"} <= container["resources"]["requests"].keys()
            assert "memory" in container["resources"]["limits"]
        assert {key for volume in pod["volumes"] for key in volume} <= {
            "name",
            "configMap",
            "emptyDir",
            "persistentVolumeClaim",
        }


def test_every_job_ends_by_itself(everything: Chart) -> None:
    for job in jobs(everything).values():
        assert 0 < job["activeDeadlineSeconds"] <= 6 * 3600
        assert 0 < job["backoffLimit"] <= 3


def test_every_object_is_what_kubernetes_knows(everything: Chart) -> None:
    for manifest in synthesized(everything):
        part = core_v1_object(manifest["apiVersion"], manifest["kind"])
        if part is not None:
            fields = {name: value for name, value in manifest.items() if name not in ("apiVersion", "kind")}
            assert list(core_v1_findings(manifest["kind"], part, fields)) == []


def test_no_job_is_selected_by_the_caches_policy_or_service(everything: Chart, cache: DragonflyCache) -> None:
    for job in jobs(everything).values():
        labels = job["template"]["metadata"]["labels"]
        assert not cache.pod_labels.items() <= labels.items()


def test_no_secret_is_in_a_job_but_by_its_name(everything: Chart) -> None:
    assert env(jobs(everything)["bucket"])["AWS_ACCESS_KEY_ID"] == {"name": "rustfs-admin", "key": "AWS_ACCESS_KEY_ID"}
    assert env(jobs(everything)["restore"])["AWS_SECRET_ACCESS_KEY"] == {
        "name": "dragonfly-auth",
        "key": "AWS_SECRET_ACCESS_KEY",
    }
    assert env(jobs(everything)["restore"])["S3_ENDPOINT"] == f"http://{RUSTFS}"


def test_scripts_are_safe_from_fluxs_substitution(everything: Chart) -> None:
    for manifest in synthesized(everything):
        if manifest["kind"] == "ConfigMap":
            assert manifest["metadata"]["annotations"]["kustomize.toolkit.fluxcd.io/substitute"] == "disabled"


def test_a_restore_is_copied_for_each_pod_to_where_it_then_starts(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", replicas=2)
    with pytest.warns(ArgumentWarning, match="hands the old data on"):
        backup = DragonflyBackup(chart, "backup", cache=cache, **S3, **OWN)
    fresh = str(backup.directory).removeprefix("s3://backups/").removesuffix("/$(POD_NAME)")
    assert fresh.startswith("cache/dragonfly/restored-")
    assert args(jobs(chart)["restore"]) == [
        "--snapshot",
        "latest",
        "--source",
        "cache/dragonfly",
        "--to",
        fresh,
        "--pod=dragonfly-0",
        "--pod=dragonfly-1",
    ]
    assert spec_of_dragonfly(chart)["snapshot"]["dir"] == f"s3://backups/{fresh}/$(POD_NAME)"


def spec_of_dragonfly(chart: Chart) -> dict[str, Any]:
    (spec,) = (manifest["spec"] for manifest in synthesized(chart) if manifest["kind"] == "Dragonfly")
    result: dict[str, Any] = spec
    return result


def test_another_restore_has_a_prefix_and_a_job_of_its_own() -> None:
    seen = set()
    for which in ("latest", "dump-2026-05-01T00:00:00", "dump-2026-05-02T00:00:00"):
        chart = Chart(App(), "sessions", namespace="cache")
        cache = DragonflyCache(chart, "cache")
        backup = DragonflyBackup(
            chart, "backup", cache=cache, restore_from=which, restore_replaces_data=True, bucket="backups"
        )
        assert backup.restore_job is not None
        seen |= {str(backup.directory), backup.restore_job.name}
    assert len(seen) == 6


def test_another_caches_snapshot_needs_no_word(chart: Chart, cache: DragonflyCache) -> None:
    DragonflyBackup(chart, "backup", cache=cache, restore_from="latest", restore_of="s3://old/sessions", **S3)
    given = args(jobs(chart)["restore"])
    assert given[:6] == ["--snapshot", "latest", "--source", "sessions", "--source-bucket", "old"]


def test_a_restore_is_named_as_this_cache_looks_for_it(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", flags={"dbfilename": "night-{Y}{m}{d}"})
    DragonflyBackup(chart, "backup", cache=cache, **S3, **OWN)
    given = args(jobs(chart)["restore"])
    assert given[given.index("--dbfilename") + 1] == "night-{Y}{m}{d}"


def test_a_restore_of_a_caches_own_data_needs_a_word(chart: Chart, cache: DragonflyCache) -> None:
    with pytest.raises(InvalidArguments, match="restore_from: a snapshot of 'dragonfly' itself: if it lives"):
        DragonflyBackup(chart, "backup", cache=cache, restore_from="latest", **S3)


def test_a_restore_may_be_applied_before_the_cache(chart: Chart, cache: DragonflyCache) -> None:
    first = Chart(App.of(chart), "first")
    DragonflyBackup(chart, "backup", cache=cache, restore_scope=first, **S3, **OWN)
    assert jobs(first).keys() == {"restore"}
    assert jobs(chart) == {}


def test_retention_prunes_below_the_caches_own_prefix(chart: Chart, cache: DragonflyCache) -> None:
    DragonflyBackup(chart, "backup", cache=cache, retention="14d", retention_schedule="0 4 * * *", **S3)
    (cron_job,) = (manifest for manifest in synthesized(chart) if manifest["kind"] == "CronJob")
    assert args(jobs(chart)["retention"]) == ["--prefix", "cache/dragonfly", "--hours=336"]
    spec = cron_job["spec"]
    assert (spec["schedule"], spec["timeZone"], spec["concurrencyPolicy"]) == ("0 4 * * *", "Etc/UTC", "Forbid")
    assert spec["jobTemplate"]["spec"]["ttlSecondsAfterFinished"] > 0


def test_retention_that_would_never_delete_anything_is_refused(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", flags={"dbfilename": "night-{Y}{m}{d}"})
    with pytest.raises(InvalidArguments, match=r"retention: snapshots are named 'night-\{Y\}\{m\}\{d\}'"):
        DragonflyBackup(chart, "backup", cache=cache, retention=3, **S3)


def test_each_volume_is_pruned_beside_its_pod(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", replicas=2, control_plane_only=True)
    backup = DragonflyBackup(chart, "backup", cache=cache, size="10Gi", retention=3)
    assert [job.name for job in backup.retention_jobs] == ["dragonfly-retention-0", "dragonfly-retention-1"]
    pod = jobs(chart)["retention"]["template"]["spec"]
    (term,) = pod["affinity"]["podAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]
    assert term["labelSelector"]["matchLabels"] == {"statefulset.kubernetes.io/pod-name": "dragonfly-1"}
    assert pod["volumes"][1]["persistentVolumeClaim"] == {"claimName": "df-dragonfly-1"}
    assert pod["securityContext"]["runAsUser"] == 999
    assert pod["tolerations"][0]["key"] == "node-role.kubernetes.io/control-plane"


def test_an_existing_claim_is_pruned(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", operator_version="v1.5.0")
    DragonflyBackup(chart, "backup", cache=cache, existing_persistent_volume_claim_name="claim", retention=3)
    pod = jobs(chart)["retention"]["template"]["spec"]
    assert pod["volumes"][1]["persistentVolumeClaim"] == {"claimName": "claim"}


def test_a_service_account_is_the_jobs_too(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", service_account_name="saver")
    DragonflyBackup(chart, "backup", cache=cache, retention=3, bucket="backups", use_service_account=True)
    job = jobs(chart)["retention"]
    assert job["template"]["spec"]["serviceAccountName"] == "saver"
    assert "AWS_ACCESS_KEY_ID" not in env(job)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"prefix": "all"}, {"prefix": "all"}),
        ({"prefix": "all"}, {"prefix": "all/of/them"}),
        ({"prefix": "all/of/them"}, {"prefix": "all"}),
        ({"prefix": ""}, {"prefix": "all"}),
    ],
)
def test_two_caches_never_save_to_one_place(
    chart: Chart, cache: DragonflyCache, first: dict[str, Any], second: dict[str, Any]
) -> None:
    other_chart = Chart(App.of(chart), "other", namespace="other")
    other = DragonflyCache(other_chart, "cache")
    DragonflyBackup(chart, "backup", cache=cache, bucket="backups", **first)
    DragonflyBackup(other_chart, "backup", cache=other, bucket="backups", **second)
    with pytest.raises(
        RuntimeError, match=r"Backup '\w+/backup': prefix: '\w+/dragonfly' would be saved to .* a place"
    ):
        synthesized(chart)


def test_places_that_only_look_alike_are_two(chart: Chart, cache: DragonflyCache) -> None:
    places: tuple[dict[str, Any], ...] = (
        {"prefix": "all"},
        {"prefix": "all2"},
        {"prefix": "all", "endpoint": RUSTFS},
        {"bucket": "backups2", "prefix": "all"},
    )
    for number, given in enumerate(places):
        other = DragonflyCache(chart, f"cache{number}", name=f"cache{number}")
        DragonflyBackup(chart, f"backup{number}", cache=other, **{"bucket": "backups", **given})


def test_a_volume_too_small_for_one_snapshot_is_refused_and_for_what_is_kept_told(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", memory_limit="10Gi", maxmemory="8gb")
    with pytest.raises(InvalidArguments, match=r"size: 4Gi is less than `maxmemory`, 8gb: .* at least 16Gi"):
        DragonflyBackup(chart, "backup", cache=cache, size="4Gi")
    with pytest.warns(ArgumentWarning, match=r"size: 20Gi may be too little for 3 snapshots .* 32Gi is enough"):
        DragonflyBackup(chart, "backup", cache=cache, size="20Gi", retention=3)


def test_a_schedule_more_often_than_a_snapshot_takes_is_told(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", memory_limit="80Gi", maxmemory="64gb", name="large")
    with pytest.warns(ArgumentWarning, match=r"schedule: '\*/10 \* \* \* \*' leaves 10 minutes .* may take 22"):
        DragonflyBackup(chart, "backup", cache=cache, schedule="*/10 * * * *", bucket="backups")


def test_a_bucket_needs_a_backup_in_a_bucket(chart: Chart, cache: DragonflyCache) -> None:
    backup = DragonflyBackup(chart, "backup", cache=cache, size="10Gi")
    with pytest.raises(InvalidArguments, match="backup: it saves to volumes"):
        DragonflyBucket(chart, "bucket", backup=backup, admin_secret="admin")


def test_a_bucket_is_set_up_with_the_administrators_keys_alone(chart: Chart, cache: DragonflyCache) -> None:
    backup = DragonflyBackup(chart, "backup", cache=cache, **S3)
    bucket = DragonflyBucket(chart, "bucket", backup=backup, admin_secret="admin", noncurrent_days=7)
    assert args(jobs(chart)["bucket"]) == ["--prefix", "cache/dragonfly", "--versioning", "--noncurrent-days=7"]
    assert "dragonfly-auth" not in json.dumps(jobs(chart)["bucket"])
    assert bucket.api_object.name.startswith("dragonfly-bucket-")


def test_a_drill_loads_with_the_caches_own_server_and_flags_and_is_let_in(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", version="v1.40.1", maxmemory="768mb")
    backup = DragonflyBackup(chart, "backup", cache=cache, **S3)
    monitoring = DragonflyMonitoring(chart, "monitoring", cache=cache, dashboard="none")
    policy = DragonflyNetworkPolicy(chart, "network-policy", cache=cache, prometheus_namespace="monitoring")
    DragonflyRestoreDrill(chart, "drill", backup=backup, monitoring=monitoring, schedule="0 5 * * *")
    fetch, server = jobs(chart)["drill"]["template"]["spec"]["initContainers"]
    assert fetch["args"] == ["--prefix", "cache/dragonfly", "--directory", "/snapshots"]
    assert server["image"].endswith(":v1.40.1")
    assert server["restartPolicy"] == "Always"
    assert {"--maxmemory=768mb", "--dbfilename=drill", "--bind=127.0.0.1"} <= set(server["args"])
    assert not [argument for argument in server["args"] if "s3" in argument]
    assert env(jobs(chart)["drill"])["LIVE_PASSWORD"] == {"name": "dragonfly-auth", "key": "password"}
    assert "'app.kubernetes.io/component': 'drill'" in str(policy.api_object.to_json())
    (alert,) = (
        rule
        for group in spec_of_rule(chart)["groups"]
        for rule in group["rules"]
        if rule.get("alert") == "DragonflyRestoreDrillOverdue"
    )
    assert alert["expr"].endswith("> 86400")


def spec_of_rule(chart: Chart) -> dict[str, Any]:
    (spec,) = (manifest["spec"] for manifest in synthesized(chart) if manifest["kind"] == "PrometheusRule")
    result: dict[str, Any] = spec
    return result


def test_a_drill_that_compares_nothing_needs_no_password_and_no_way_in(chart: Chart, cache: DragonflyCache) -> None:
    backup = DragonflyBackup(chart, "backup", cache=cache, **S3)
    DragonflyRestoreDrill(chart, "drill", backup=backup, compare_with_live=False)
    drill = jobs(chart)["drill"]
    assert "LIVE_PASSWORD" not in env(drill)
    assert "--live" not in args(drill)


def test_without_retention_or_restore_a_backup_adds_nothing(chart: Chart, cache: DragonflyCache) -> None:
    backup = DragonflyBackup(chart, "backup", cache=cache, **S3)
    assert (backup.retention_jobs, backup.restore_job) == ((), None)
    assert spec_of(chart)


def test_the_secret_comes_with_the_restore_that_needs_it(tmp_path: Path) -> None:
    """The cache waits for the restore: a Secret beside the cache would never be there for it."""
    config = tmp_path / "cluster.yaml"
    given = yaml.safe_load((ROOT / "tests" / "stacks" / "restored.yaml").read_text())
    more = {"dragonfly_secrets": "external-secrets", "dragonfly_secret_store": {"name": "vault"}}
    config.write_text(yaml.safe_dump({**given, **more}))
    dist = tmp_path / "dist"
    dist.mkdir()
    synthesize([config], dist)
    assert [path.parent.name for path in dist.rglob("ExternalSecret.*.yaml")] == ["dragonfly-backup"]
    kustomization = yaml.safe_load((dist / "flux" / "Kustomization.dragonfly.yaml").read_text())
    assert {"name": "dragonfly-backup"} in kustomization["spec"]["dependsOn"]
