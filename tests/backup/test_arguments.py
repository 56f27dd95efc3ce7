"""Arguments of a backup: one place, and settings that belong to it."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.arguments.model import validate
from constructs_lib.backup.arguments import BackupArguments
from constructs_lib.values.s3 import S3Endpoint

PLACES: dict[str, Any] = {
    "bucket": "backups",
    "size": "10Gi",
    "persistent_volume_claim_spec": {
        "accessModes": ["ReadWriteOnce"],
        "resources": {"requests": {"storage": "10Gi"}},
    },
    "existing_persistent_volume_claim_name": "claim",
}


def errors(**given: Any) -> list[str]:
    return [str(error) for error in validate(BackupArguments, given).errors]


def warnings(**given: Any) -> list[str]:
    return [str(warning) for warning in validate(BackupArguments, given).warnings]


@pytest.mark.parametrize("place", PLACES)
def test_one_place_is_enough(place: str) -> None:
    assert errors(**{place: PLACES[place]}) == []


def test_a_schedule_without_a_place_would_keep_the_operator_from_making_any_pod() -> None:
    assert errors() == [
        "schedule: no place for the snapshots, and the operator then makes no pod at all; accepted: one of `bucket`, "
        "`size`, `persistent_volume_claim_spec`, `existing_persistent_volume_claim_name`"
    ]


@pytest.mark.parametrize("place", [place for place in PLACES if place != "bucket"])
def test_a_bucket_and_a_volume_are_two_places(place: str) -> None:
    assert errors(bucket="backups", **{place: PLACES[place]}) == [
        f"{place}: given beside `bucket`: the snapshots go to one place, and the operator makes no pod for two; "
        "leave one out"
    ]


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("prefix", "cache"),
        ("endpoint", "rustfs:9000"),
        ("region", "eu-central-1"),
        ("credentials_secret", "s3"),
        ("use_service_account", True),
        ("sign_payload", True),
        ("sign_payload", False),
        ("https", False),
        ("secret_access_key_key", "s3-secret"),
    ],
)
def test_a_setting_of_s3_needs_a_bucket(setting: str, value: object) -> None:
    assert errors(size="10Gi", **{setting: value}) == [
        f"{setting}: means nothing without `bucket`; give that as well, or leave it out"
    ]


def test_a_storage_class_needs_a_size() -> None:
    assert errors(bucket="backups", storage_class="fast") == [
        "storage_class: means nothing without `size`; give that as well, or leave it out"
    ]


def test_credentials_come_from_one_place() -> None:
    assert errors(bucket="backups", credentials_secret="s3", use_service_account=True) == [
        "credentials_secret: given beside `use_service_account`; leave one of the two out"
    ]


@pytest.mark.parametrize(
    ("argument", "value", "message"),
    [
        ("schedule", "61 * * * *", "'61' in '61 * * * *' is no minute that the server reads as written"),
        ("bucket", "s3://backups", "'s3://backups' is no name of a bucket"),
        ("endpoint", "http://rustfs:9000", "'http://rustfs:9000' is no S3 endpoint; accepted: HOST or HOST:PORT"),
        ("prefix", "a//b", "'a//b' is no prefix of object keys"),
        ("access_key_id_key", "my key", "'my key' is not a valid name"),
        ("region", "", "'' is not accepted; accepted: a text that is not empty"),
    ],
)
def test_a_wrong_value_is_told_with_what_is_accepted(argument: str, value: str, message: str) -> None:
    (error,) = errors(**{"bucket": "backups", argument: value})
    assert error.startswith(f"{argument}: {message}")
    assert "accepted: " in error


@pytest.mark.parametrize("size", ["0", "10gb"])
def test_a_volume_has_a_size(size: str) -> None:
    (error,) = errors(size=size)
    assert error.startswith("size: ")


def test_an_endpoint_is_parsed_and_aws_has_none() -> None:
    assert BackupArguments(bucket="backups", endpoint="rustfs:9000").s3_endpoint == S3Endpoint("rustfs", 9000)
    assert BackupArguments(bucket="backups").s3_endpoint is None


@pytest.mark.parametrize(
    ("given", "store"),
    [({}, "Amazon S3"), ({"endpoint": "s3.eu-central-1.amazonaws.com"}, "s3.eu-central-1.amazonaws.com")],
    ids=["no endpoint", "endpoint"],
)
def test_snapshots_that_leave_the_cluster_in_the_clear_are_warned_of(given: dict[str, Any], store: str) -> None:
    assert warnings(bucket="backups", https=False, **given) == [
        f"https: false, and {store} is not named as a Service of the cluster: requests are signed, but the snapshots "
        "go over the network in the clear; set it to true where the store speaks TLS"
    ]


@pytest.mark.parametrize(
    "given",
    [
        {"bucket": "backups"},
        {"bucket": "backups", "endpoint": "s3.example.com"},
        {"bucket": "backups", "endpoint": "rustfs-svc.storage.svc.cluster.local:9000", "https": False},
        {"bucket": "backups", "endpoint": "rustfs:9000", "https": False},
    ],
    ids=str,
)
def test_tls_or_a_store_in_the_cluster_is_not_warned_of(given: dict[str, Any]) -> None:
    assert warnings(**given) == []


def test_the_default_schedule_is_every_six_hours() -> None:
    assert str(BackupArguments(bucket="backups").schedule) == "0 */6 * * *"
