"""The Job that sets a bucket up: what it makes, again and again, and what it leaves alone."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from typing import Any

import pytest

from constructs_lib.backup.jobs.bucket import add_rules, main
from constructs_lib.backup.jobs.bucket import rules as rules_for
from constructs_lib.backup.jobs.s3 import Bucket
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
        "dragonfly-incomplete-uploads/cache/dragonfly": ["AbortIncompleteMultipartUpload", "Filter", "ID", "Status"],
        "dragonfly-noncurrent-versions/cache/dragonfly": ["Filter", "ID", "NoncurrentVersionExpiration", "Status"],
    }
    assert {rule["Filter"]["Prefix"] for rule in rules} == {"cache/dragonfly/"}


def test_rules_of_others_stay_and_our_own_are_replaced(s3: Any, environment: dict[str, str]) -> None:
    s3.create_bucket(Bucket=BUCKET)
    theirs = {"ID": "logs", "Status": "Enabled", "Filter": {"Prefix": "logs/"}, "Expiration": {"Days": 7}}
    s3.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": [theirs]})
    assert main(WORDS, environment) == 0
    assert main([*WORDS, "--noncurrent-days", "3"], environment) == 0
    _, rules = state(s3)
    assert [rule["ID"].partition("/")[0] for rule in rules] == [
        "logs",
        "dragonfly-incomplete-uploads",
        "dragonfly-noncurrent-versions",
    ]
    assert rules[0]["Expiration"] == {"Days": 7}
    assert rules[2]["NoncurrentVersionExpiration"] == {"NoncurrentDays": 3}


def test_each_cache_of_a_bucket_has_rules_of_its_own(s3: Any, environment: dict[str, str]) -> None:
    for prefix in ("cache/a", "cache/b"):
        assert main(["--prefix", prefix, "--versioning"], environment) == 0
    _, rules = state(s3)
    assert sorted(rule["Filter"]["Prefix"] for rule in rules) == 2 * ["cache/a/"] + 2 * ["cache/b/"]


def test_a_rule_that_had_no_prefix_in_its_name_is_replaced(s3: Any, environment: dict[str, str]) -> None:
    s3.create_bucket(Bucket=BUCKET)
    before = {
        "ID": "dragonfly-noncurrent-versions",
        "Status": "Enabled",
        "Filter": {"Prefix": "cache/dragonfly/"},
        "NoncurrentVersionExpiration": {"NoncurrentDays": 3},
    }
    s3.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": [before]})
    assert main(WORDS, environment) == 0
    _, rules = state(s3)
    assert len(rules) == 2
    assert "dragonfly-noncurrent-versions" not in {rule["ID"] for rule in rules}


def test_what_another_took_away_meanwhile_is_added_again(
    s3: Any, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two Jobs at once: the other has read the list before our rules were in it, and writes it after them."""
    bucket = Bucket.of_environment(environment)
    bucket.create()
    written, set_ = [], bucket.set

    def set_with_another(what: str, document: ElementTree.Element) -> None:
        set_(what, document)
        written.append(document)
        if len(written) == 1:
            theirs = {"ID": "theirs", "Status": "Enabled", "Filter": {"Prefix": "x/"}, "Expiration": {"Days": 7}}
            s3.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": [theirs]})

    monkeypatch.setattr(bucket, "set", set_with_another)
    add_rules(bucket, rules_for("cache/a", 1, 30))
    rules = s3.get_bucket_lifecycle_configuration(Bucket=BUCKET)["Rules"]
    assert sorted(rule["ID"].partition("/")[0] for rule in rules) == [
        "dragonfly-incomplete-uploads",
        "dragonfly-noncurrent-versions",
        "theirs",
    ]


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
