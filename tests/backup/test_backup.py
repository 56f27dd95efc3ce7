"""`DragonflyBackup`: where each pod saves itself, and what the server is told of it."""

from __future__ import annotations

from typing import Any

import pytest
from cdk8s import Chart
from cdk8s_plus_28 import k8s

from constructs_lib import DragonflyBackup, DragonflyCache, InvalidArguments, SecretKey
from tests.charts import spec_of

POD_NAME = {"name": "POD_NAME", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}
RUSTFS = "rustfs-svc.storage.svc.cluster.local:9000"


def credentials(secret: str, access_key_id: str, secret_access_key: str) -> list[dict[str, Any]]:
    keys = {"AWS_ACCESS_KEY_ID": access_key_id, "AWS_SECRET_ACCESS_KEY": secret_access_key}
    return [{"name": name, "valueFrom": {"secretKeyRef": {"name": secret, "key": key}}} for name, key in keys.items()]


def flags(chart: Chart) -> list[str]:
    return [flag for flag in spec_of(chart)["args"] if flag.startswith("--s3_")]


def test_a_backup_to_s3_is_all_that_the_server_needs(chart: Chart, cache: DragonflyCache) -> None:
    backup = DragonflyBackup(chart, "backup", cache=cache, bucket="backups", endpoint=RUSTFS, https=False)
    spec = spec_of(chart)
    assert spec["snapshot"] == {"cron": "0 */6 * * *", "dir": "s3://backups/cache/dragonfly/$(POD_NAME)"}
    assert flags(chart) == [f"--s3_endpoint={RUSTFS}", "--s3_use_https=false"]
    assert spec["env"] == [POD_NAME, *credentials("dragonfly-auth", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")]
    assert str(backup.directory) == "s3://backups/cache/dragonfly/$(POD_NAME)"


def test_a_backup_to_amazon_names_no_endpoint(chart: Chart, cache: DragonflyCache) -> None:
    DragonflyBackup(chart, "backup", cache=cache, bucket="backups", region="eu-central-1")
    assert flags(chart) == []
    assert {"name": "AWS_REGION", "value": "eu-central-1"} in spec_of(chart)["env"]


@pytest.mark.parametrize("replicas", [1, 3])
def test_the_pods_never_share_a_snapshot_prefix(chart: Chart, replicas: int) -> None:
    cache = DragonflyCache(chart, "cache", replicas=replicas)
    DragonflyBackup(chart, "backup", cache=cache, bucket="backups", prefix="/all/")
    assert spec_of(chart)["snapshot"]["dir"] == "s3://backups/all/$(POD_NAME)"
    assert POD_NAME in spec_of(chart)["env"]


def test_no_prefix_at_all_is_one_too(chart: Chart, cache: DragonflyCache) -> None:
    DragonflyBackup(chart, "backup", cache=cache, bucket="backups", prefix="")
    assert spec_of(chart)["snapshot"]["dir"] == "s3://backups/$(POD_NAME)"


def test_two_caches_in_one_bucket_have_places_of_their_own(chart: Chart) -> None:
    places = set()
    for namespace, name in (("cache", "a"), ("cache", "b"), ("other", "a")):
        cache = DragonflyCache(chart, f"{namespace}-{name}", name=name, namespace=namespace)
        backup = DragonflyBackup(chart, f"backup-{namespace}-{name}", cache=cache, bucket="backups")
        places.add(str(backup.directory))
    assert len(places) == 3


def test_the_caches_own_environment_and_flags_stay(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", env=[{"name": "TZ", "value": "UTC"}], flags={"hz": 10})
    DragonflyBackup(chart, "backup", cache=cache, bucket="backups", sign_payload=False)
    spec = spec_of(chart)
    assert [variable["name"] for variable in spec["env"]] == [
        "TZ",
        "POD_NAME",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
    ]
    assert spec["args"][-2:] == ["--hz=10", "--s3_sign_payload=false"]


def test_credentials_may_stand_in_another_secret_under_other_keys(chart: Chart, cache: DragonflyCache) -> None:
    DragonflyBackup(
        chart,
        "backup",
        cache=cache,
        bucket="backups",
        credentials_secret="s3",
        access_key_id_key="id",
        secret_access_key_key="key",
    )
    assert spec_of(chart)["env"] == [POD_NAME, *credentials("s3", "id", "key")]


def test_credentials_follow_the_caches_password(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", password_from_secret=SecretKey(name="vault", key="redis"))
    DragonflyBackup(chart, "backup", cache=cache, bucket="backups")
    assert spec_of(chart)["env"][1]["valueFrom"]["secretKeyRef"]["name"] == "vault"


def test_credentials_of_the_service_account_need_no_secret(chart: Chart, cache: DragonflyCache) -> None:
    DragonflyBackup(chart, "backup", cache=cache, bucket="backups", use_service_account=True)
    assert spec_of(chart)["env"] == [POD_NAME]
    assert flags(chart) == ["--s3_ec2_metadata=true"]


def test_a_volume_of_its_own_for_each_pod(chart: Chart, cache: DragonflyCache) -> None:
    DragonflyBackup(chart, "backup", cache=cache, size="10Gi", storage_class="fast", schedule="30 4 * * *")
    spec = spec_of(chart)
    assert spec["snapshot"] == {
        "cron": "30 4 * * *",
        "persistentVolumeClaimSpec": {
            "accessModes": ["ReadWriteOnce"],
            "resources": {"requests": {"storage": "10Gi"}},
            "storageClassName": "fast",
        },
    }
    assert "env" not in spec
    assert flags(chart) == []


def test_a_claim_in_full_may_be_cdk8s_plus_own(chart: Chart, cache: DragonflyCache) -> None:
    claim = k8s.PersistentVolumeClaimSpec(
        access_modes=["ReadWriteOnce"],
        resources=k8s.ResourceRequirements(requests={"storage": k8s.Quantity.from_string("1Gi")}),
    )
    DragonflyBackup(chart, "backup", cache=cache, persistent_volume_claim_spec=claim)
    assert spec_of(chart)["snapshot"]["persistentVolumeClaimSpec"] == {
        "accessModes": ["ReadWriteOnce"],
        "resources": {"requests": {"storage": "1Gi"}},
    }


def test_an_existing_claim_serves_one_pod(chart: Chart) -> None:
    cache = DragonflyCache(chart, "cache", operator_version="v1.4.0")
    DragonflyBackup(chart, "backup", cache=cache, existing_persistent_volume_claim_name="claim")
    assert spec_of(chart)["snapshot"] == {"cron": "0 */6 * * *", "existingPersistentVolumeClaimName": "claim"}


def test_an_existing_claim_is_refused_where_pods_would_overwrite_each_other_or_the_operator_lacks_it(
    chart: Chart,
) -> None:
    cache = DragonflyCache(chart, "cache", replicas=2, operator_version="v1.3.1")
    with pytest.raises(InvalidArguments) as error:
        DragonflyBackup(chart, "backup", cache=cache, existing_persistent_volume_claim_name="claim")
    assert [str(error) for error in error.value.errors] == [
        "existing_persistent_volume_claim_name: operator v1.3.1 has no field "
        "snapshot.existingPersistentVolumeClaimName; it comes with v1.4.0: use that version or leave it out",
        "existing_persistent_volume_claim_name: the 2 pods of 'dragonfly' would write the same names to one volume; "
        "accepted: `size` for a volume each, `bucket`, or one replica",
    ]


def test_two_backups_of_one_cache_are_an_error_before_the_tree_is_touched(chart: Chart, cache: DragonflyCache) -> None:
    DragonflyBackup(chart, "backup", cache=cache, bucket="backups")
    with pytest.raises(InvalidArguments) as error:
        DragonflyBackup(chart, "again", cache=cache, size="10Gi")
    assert str(error.value) == (
        "DragonflyBackup 'sessions/again': cache: 'dragonfly' is saved to s3://backups/cache/dragonfly/$(POD_NAME) "
        "already; give a cache one DragonflyBackup"
    )
    assert [child.node.id for child in chart.node.children] == ["cache", "backup"]
    assert "persistentVolumeClaimSpec" not in spec_of(chart)["snapshot"]


def test_a_backup_needs_a_cache(chart: Chart) -> None:
    with pytest.raises(InvalidArguments, match="DragonflyBackup 'sessions/backup': cache: missing; it has no default"):
        DragonflyBackup(chart, "backup", bucket="backups")  # type: ignore[call-arg]
    with pytest.raises(InvalidArguments, match="cache: 'cache' is not accepted; accepted: a DragonflyCache"):
        DragonflyBackup(chart, "backup", cache="cache", bucket="backups")  # type: ignore[arg-type]


def test_a_cache_knows_its_backup_and_where_it_is_saved(chart: Chart, cache: DragonflyCache) -> None:
    assert cache.backup is None
    assert cache.snapshots is None
    backup = DragonflyBackup(chart, "backup", cache=cache, bucket="backups")
    assert cache.backup is backup
    assert cache.snapshots is not None
    assert cache.snapshots.directory == backup.directory


def test_what_the_cache_gives_already_is_not_set_a_second_time(chart: Chart) -> None:
    env = [{"name": "TZ", "value": "UTC"}, {"name": "POD_NAME", "value": "a"}, k8s.EnvVar(name="AWS_REGION", value="b")]
    cache = DragonflyCache(chart, "cache", env=env, flags={"s3_endpoint": "a:1", "s3_use_https": False})
    with pytest.raises(InvalidArguments) as error:
        DragonflyBackup(chart, "backup", cache=cache, bucket="backups", endpoint=RUSTFS, region="eu-central-1")
    assert [str(error) for error in error.value.errors] == [
        "cache.flags.s3_endpoint: the backup sets the flag as well; give it there alone",
        "cache.env[1].name: 'POD_NAME' is set by the backup as well; leave it out",
        "cache.env[2].name: 'AWS_REGION' is set by the backup as well; leave it out",
    ]
