"""The Job that sets a bucket up: what it makes, again and again, and what it leaves alone."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.backup.jobs.bucket import main
from tests.backup.jobs.conftest import BUCKET

WORDS = ["--versioning", "--prefix", "cache/dragonfly"]


def state(s3: Any) -> tuple[Any, Any]:
    return s3.get_bucket_versioning(Bucket=BUCKET)["Status"], s3.get_bucket_lifecycle_configuration(Bucket=BUCKET)[
        "Rules"
    ]


def test_twice_makes_the_same_bucket_and_the_second_time_changes_nothing(
    s3: Any, environment: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(WORDS, environment) == 0
    first = state(s3)
    assert capsys.readouterr().out.splitlines() == [
        f"bucket {BUCKET}: made",
        "versioning: switched on",
        "lifecycle: 2 rules set, 0 of others kept",
    ]
    assert main(WORDS, environment) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"bucket {BUCKET}: is there",
        "versioning: is on",
        "lifecycle: as wanted",
    ]
    assert state(s3) == first


def test_no_rule_deletes_a_snapshot_by_its_age(s3: Any, environment: dict[str, str]) -> None:
    assert main(WORDS, environment) == 0
    status, rules = state(s3)
    assert status == "Enabled"
    assert {rule["ID"]: sorted(rule) for rule in rules} == {
        "dragonfly-incomplete-uploads": ["AbortIncompleteMultipartUpload", "Filter", "ID", "Status"],
        "dragonfly-noncurrent-versions": ["Filter", "ID", "NoncurrentVersionExpiration", "Status"],
    }
    assert {rule["Filter"]["Prefix"] for rule in rules} == {"cache/dragonfly/"}


def test_rules_of_others_stay_and_our_own_are_replaced(s3: Any, environment: dict[str, str]) -> None:
    s3.create_bucket(Bucket=BUCKET)
    theirs = {"ID": "logs", "Status": "Enabled", "Filter": {"Prefix": "logs/"}, "Expiration": {"Days": 7}}
    s3.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": [theirs]})
    assert main(WORDS, environment) == 0
    assert main([*WORDS, "--noncurrent-days", "3"], environment) == 0
    _, rules = state(s3)
    assert [rule["ID"] for rule in rules] == ["logs", "dragonfly-incomplete-uploads", "dragonfly-noncurrent-versions"]
    assert rules[0]["Expiration"] == {"Days": 7}
    assert rules[2]["NoncurrentVersionExpiration"] == {"NoncurrentDays": 3}


def test_without_versioning_it_is_left_as_it_is(s3: Any, environment: dict[str, str]) -> None:
    assert main([], environment) == 0
    assert "Status" not in s3.get_bucket_versioning(Bucket=BUCKET)


def test_another_region_is_told_where_the_bucket_is_made(s3: Any, environment: dict[str, str]) -> None:
    assert main([], {**environment, "AWS_REGION": "eu-central-1"}) == 0
    assert s3.get_bucket_location(Bucket=BUCKET)["LocationConstraint"] == "eu-central-1"


def test_an_endpoint_that_is_down_is_named(environment: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], {**environment, "S3_ENDPOINT": "http://127.0.0.1:9"}) == 1
    assert capsys.readouterr().err.startswith(f"look for bucket {BUCKET}: http://127.0.0.1:9 is not reached: ")


def test_no_credentials_are_told_without_asking_anybody(
    environment: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    del environment["AWS_SECRET_ACCESS_KEY"]
    assert main([], environment) == 1
    assert capsys.readouterr().err == "no credentials for S3 (nothing is set)\n"
